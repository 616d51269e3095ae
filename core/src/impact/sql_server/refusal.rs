//! What the server refuses, since the release is too old or the schema does not let it.

use crate::catalog::Relation;
use crate::change::{Alter, AlterAction, Change, Request};
use crate::impact::server::Release;
use crate::impact::{Refusal, Situation};

/// Options of indexes, the first release that takes them in `CREATE INDEX`, and in `ALTER INDEX`.
const OPTIONS: [(&str, Release, Release); 3] = [
    ("RESUMABLE", Release(2019, 0, 0), Release(2017, 0, 0)),
    ("WAIT_AT_LOW_PRIORITY", Release(2022, 0, 0), Release(2014, 0, 0)),
    ("OPTIMIZE_FOR_SEQUENTIAL_KEY", Release(2019, 0, 0), Release(2019, 0, 0)),
];

/// Why the server does not run a statement.
pub(super) fn refusal(request: &Request, table: Option<&Relation>, situation: &Situation<'_>) -> Option<Refusal> {
    let words = situation.text.get(request.span.start..request.span.end)?.to_ascii_uppercase();
    let creates = matches!(request.change, Change::CreateIndex(_));
    let indexes = creates || matches!(&request.change, Change::Alter(alter) if alter.table.is_some());
    let unknown = OPTIONS.iter().find(|(word, create, alter)| {
        let since = if creates { create } else { alter };
        indexes && words.contains(word) && situation.server.version < *since
    });
    if let Some((word, ..)) = unknown {
        let reason = format!("SQL Server {} does not know {word} here", situation.server.version);
        return Some(Refusal { reason, span: request.span });
    }
    match &request.change {
        Change::Alter(alter) => of_drop(alter, table?, situation),
        _ => None,
    }
}

/// A column goes only after what is made of it: indexes, constraints, and the constraint that its default is.
fn of_drop(alter: &Alter, table: &Relation, situation: &Situation<'_>) -> Option<Refusal> {
    let drops = |action: &crate::change::Action| matches!(action.what, AlterAction::DropConstraint { .. });
    let frees = alter.actions.iter().any(drops);
    alter.actions.iter().filter(|_| !frees).find_map(|action| {
        let AlterAction::DropColumn { column, .. } = &action.what else { return None };
        let name = situation.catalog.fold(column);
        let found = table.columns.iter().find(|column| column.name == name)?;
        let index = table.indexes.iter().find(|index| index.uses(&name)).map(|_| "an index");
        let needs = |key: &&crate::catalog::Constraint| key.columns.contains(&name);
        let key = table.constraints.iter().find(needs).map(|_| "a constraint");
        let default = found.default.as_ref().map(|_| "the constraint that its default is");
        let needing = index.or(key).or(default)?;
        Some(Refusal { reason: format!("{needing} needs the column `{name}`"), span: action.span })
    })
}
