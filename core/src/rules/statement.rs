//! One statement that would run, with everything that surrounds it: what risk rules look at.

use crate::catalog::{Catalog, Known, ObjectName, Origin, Relation};
use crate::change::{Guard, Name, Request};
use crate::deployment::{Deployment, Held, Opener, Played, Step};
use crate::finding::{Finding, Label};
use crate::impact::{Effect, Server, Stops, Work};
use crate::sql::Dialect;
use crate::text::Span;

use super::Facts;

/// A statement of a pending script.
#[derive(Clone, Copy)]
pub(super) struct Statement<'a> {
    /// The deployment it belongs to.
    pub(super) deployment: &'a Deployment,
    /// Its script.
    pub(super) played: &'a Played,
    /// What surrounds it and what it does.
    pub(super) step: &'a Step,
    /// What it asks for.
    pub(super) request: &'a Request,
    /// The text that all spans point into.
    pub(super) text: &'a str,
}

impl<'a> Facts<'a> {
    /// The statements of all pending scripts, in the order in which they would run; of a branch, those of its own.
    pub(super) fn statements(&self) -> impl Iterator<Item = Statement<'a>> {
        let (deployment, branch) = (self.deployment, self.branch);
        let is_own = move |played: &&Played| branch.is_none_or(|branch| branch.changed.contains(&played.turn.path));
        deployment.pending().filter(is_own).flat_map(move |played| of_script(deployment, played))
    }
}

/// The statements of one script.
pub(super) fn of_script<'a>(
    deployment: &'a Deployment,
    played: &'a Played,
) -> impl Iterator<Item = Statement<'a>> + 'a {
    let reading = played.turn.reading.as_deref();
    played.steps.iter().filter_map(move |step| {
        let reading = reading?;
        let request = reading.requests.get(step.statement)?;
        Some(Statement { deployment, played, step, request, text: &reading.text })
    })
}

/// The statement that made something.
pub(super) fn at(deployment: &Deployment, made: Origin) -> Option<Statement<'_>> {
    let played = deployment.scripts.get(made.script as usize)?;
    let step = played.steps.get(made.statement as usize)?;
    let reading = played.turn.reading.as_deref()?;
    let request = reading.requests.get(step.statement)?;
    Some(Statement { deployment, played, step, request, text: &reading.text })
}

impl<'a> Statement<'a> {
    /// What it asks for, and what runs inside of it: each with the condition under which it runs.
    pub(super) fn requests(&self) -> Vec<(&'a Request, Option<Guard>)> {
        use crate::change::Change;
        match &self.request.change {
            Change::Block(block) => block.steps.iter().map(|step| (&step.request, step.guard)).collect(),
            _ => vec![(self.request, None)],
        }
    }

    /// The path of its script.
    pub(super) fn path(&self) -> &'a str {
        &self.played.turn.path
    }

    /// A label on a part of its script.
    pub(super) fn label(&self, span: Span) -> Label {
        Label::at(self.path(), span)
    }

    /// A finding whose primary label is a part of its script.
    pub(super) fn finding(&self, message: impl Into<String>, span: Span) -> Finding {
        Finding::new(message, self.label(span))
    }

    /// A piece of the script.
    pub(super) fn words(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The schema before it.
    pub(super) fn catalog(&self) -> &'a Catalog {
        &self.step.before
    }

    /// The server it runs on.
    pub(super) fn server(&self) -> Server {
        self.deployment.server
    }

    /// The dialect it is written in.
    pub(super) fn dialect(&self) -> Dialect {
        self.deployment.server.dialect
    }

    /// Whether it is for PostgreSQL.
    pub(super) fn is_postgres(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    /// Whether it is for MySQL or MariaDB.
    pub(super) fn is_mysql(&self) -> bool {
        matches!(self.dialect(), Dialect::Mysql | Dialect::Mariadb)
    }

    /// The server with its version, for messages: `PostgreSQL 15 (assumed)`.
    pub(super) fn server_name(&self) -> String {
        let name = match self.dialect() {
            Dialect::Postgres => "PostgreSQL",
            Dialect::Mysql => "MySQL",
            Dialect::Mariadb => "MariaDB",
            Dialect::SqlServer => "SQL Server",
            Dialect::Oracle => "Oracle",
            Dialect::Sqlite => "SQLite",
            Dialect::H2 => "H2",
            Dialect::Generic => "the server",
        };
        let assumed = if self.deployment.assumed { " (assumed)" } else { "" };
        let edition = self.server().edition.map_or_else(String::new, |edition| format!(" {}", edition.title()));
        format!("{name} {}{assumed}{edition}", self.server().version)
    }

    /// The table, view or sequence that a name stands for before the statement; nothing where none is known.
    pub(super) fn relation(&self, name: &Name) -> Option<&'a Relation> {
        match self.catalog().table(name) {
            Known::Present(found) => Some(found),
            _ => None,
        }
    }

    /// Whether a relation is new in this deployment, so that nobody uses it yet; a temporary one, too.
    pub(super) fn is_new(&self, name: &ObjectName) -> bool {
        self.played.has_new(self.catalog(), name)
    }

    /// The same by the name that the statement writes.
    pub(super) fn is_new_name(&self, name: &Name) -> bool {
        self.is_new(&self.catalog().relation_name(name))
    }

    /// A relation as people of this dialect write it.
    pub(super) fn spelled(&self, name: &ObjectName) -> String {
        name.spelled(self.dialect())
    }

    /// What it does to relations that are not new.
    pub(super) fn effects(&self) -> impl Iterator<Item = &'a Effect> {
        let statement = *self;
        self.step.impact.effects.iter().filter(move |effect| !statement.is_new(&effect.relation))
    }

    /// The effects that these facts are the reason of.
    pub(super) fn effects_of(&self, work: Work, facts: &'static [&'static str]) -> impl Iterator<Item = &'a Effect> {
        self.effects().filter(move |effect| effect.work == work && facts.contains(&effect.fact.name))
    }

    /// The lock it takes on a relation, in words: ``takes AccessExclusiveLock on `orders`: reads and writes wait``.
    pub(super) fn lock_in_words(&self, relation: &ObjectName) -> Option<String> {
        let locks = self.step.impact.effects.iter().filter(|effect| effect.relation == *relation);
        let strongest = locks.filter_map(|effect| match effect.work {
            Work::Lock(mode) => Some((mode, effect.stops)),
            _ => None,
        });
        let (mode, stops) = strongest.max_by_key(|(mode, _)| *mode)?;
        let waits = match who_waits(stops) {
            Some(who) => format!(": {who}"),
            None => String::new(),
        };
        Some(format!("takes {} on `{}`{waits}", mode.as_str(), self.spelled(relation)))
    }

    /// The locks that its transaction holds before it, as far as statements of the same script took them.
    pub(super) fn held_before(&self) -> Option<&'a Held> {
        let before = self.played.steps.get(self.step.statement.checked_sub(1)?)?;
        let same = self.step.transaction.is_some_and(|open| before.transaction == Some(open));
        same.then_some(&before.held)
    }

    /// Whether the runner has opened a transaction around it. The one that the server opens for a string of several
    /// statements is joined by a BEGIN and ended by a COMMIT, as those who write them want it.
    pub(super) fn is_wrapped(&self) -> bool {
        self.step.transaction.is_some_and(|open| open.opener == Opener::Runner)
    }
}

/// Who waits, in words: `reads and writes wait`.
pub(super) fn who_waits(stops: Stops) -> Option<&'static str> {
    match (stops.reads, stops.writes) {
        (true, true) => Some("reads and writes wait"),
        (true, false) => Some("reads wait"),
        (false, true) => Some("writes wait"),
        (false, false) => None,
    }
}
