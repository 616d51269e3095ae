//! The events that a callback can be named after.
//!
//! Source: `Event.java` of Flyway 13.0.0 and its reference, "Callback Events".

use crate::settings::Edition;

/// An event.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// The name that a callback's file starts with.
    pub id: &'static str,
    redgate: bool,
}

impl Event {
    /// Whether a build knows the event.
    #[must_use]
    pub fn known_to(&self, edition: Edition) -> bool {
        edition == Edition::Redgate || !self.redgate
    }
}

const fn event(id: &'static str) -> Event {
    Event { id, redgate: false }
}

/// All events, in the order in which their callbacks are listed.
pub const EVENTS: &[Event] = &[
    event("beforeClean"),
    event("afterClean"),
    event("afterCleanError"),
    event("beforeMigrate"),
    event("beforeEachMigrate"),
    event("beforeEachMigrateStatement"),
    event("afterEachMigrateStatement"),
    event("afterEachMigrateStatementError"),
    event("afterEachMigrate"),
    event("afterEachMigrateError"),
    event("beforeRepeatables"),
    event("afterVersioned"),
    event("afterMigrateApplied"),
    event("afterMigrate"),
    event("afterMigrateError"),
    event("afterMigrateOperationFinish"),
    event("beforeUndo"),
    event("beforeEachUndo"),
    event("beforeEachUndoStatement"),
    event("afterEachUndoStatement"),
    event("afterEachUndoStatementError"),
    event("afterEachUndo"),
    event("afterEachUndoError"),
    event("afterUndo"),
    event("afterUndoError"),
    event("beforeValidate"),
    event("afterValidate"),
    event("afterValidateError"),
    event("beforeBaseline"),
    event("afterBaseline"),
    event("afterBaselineError"),
    event("beforeRepair"),
    event("afterRepair"),
    event("afterRepairError"),
    event("beforeInfo"),
    event("afterInfo"),
    event("afterInfoError"),
    event("afterInfoOperationFinish"),
    event("createSchema"),
    event("beforeCreateSchema"),
    event("beforeConnect"),
    event("afterConnect"),
    Event { id: "beforeDeploy", redgate: true },
    Event { id: "afterDeploy", redgate: true },
    Event { id: "afterDeployError", redgate: true },
];
