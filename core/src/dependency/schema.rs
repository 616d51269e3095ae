//! A schema with the texts of its objects, and scripts replayed on it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::access::{Access, How, Use};
use super::definition::literals;
use super::entries::Entry;
use super::ledger::Ledger;
use super::touch::touched;
use crate::catalog::{Catalog, Conflict, ConflictKind, Known, ObjectName, ObjectRef, Origin};
use crate::change::{Change, ObjectKind, Reading, Request};
use crate::sql::Dialect;
use crate::text::Span;

/// A script by its name.
#[derive(Debug, Clone)]
pub struct Script {
    /// The name under which it is spoken of.
    pub name: String,
    /// What was read of it; `None` where its content is not known.
    pub reading: Option<Arc<Reading>>,
}

/// A schema with the texts of its objects. To clone it costs next to nothing.
#[derive(Debug, Clone)]
pub struct Schema {
    pub(super) catalog: Catalog,
    pub(super) ledger: Ledger,
}

/// What one script did.
#[derive(Debug, Clone, Default)]
pub struct Played {
    /// What it does to which object, in the order of the statements.
    pub accesses: Vec<Access>,
    /// The statements that the server would refuse.
    pub failures: Vec<Failure>,
    /// The statements whose effect is not known.
    pub opaque: Vec<Opaque>,
    /// What stands in quotes in it.
    pub(super) literals: BTreeSet<String>,
}

/// A statement that the server would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The statement, counted from zero.
    pub statement: usize,
    /// What it is about.
    pub object: ObjectRef,
    /// Why, in a few words: `there is no table public.users`.
    pub why: String,
    /// Whether something is missing, which another script may make.
    pub missing: bool,
}

/// A statement whose effect is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opaque {
    /// The statement, counted from zero.
    pub statement: usize,
    /// Its place in the script.
    pub span: Span,
    /// Why: the end of a sentence.
    pub why: String,
}

impl Schema {
    /// A schema that scripts made, of which nothing is known but the catalog.
    #[must_use]
    pub fn new(catalog: Catalog) -> Self {
        Self { catalog, ledger: Ledger::default() }
    }

    /// What the scripts make of an empty database; of an unknown one, where they need what none of them makes.
    #[must_use]
    pub fn of(scripts: &[Script], dialect: Dialect, open: bool) -> Self {
        let mut schema = Self::new(if open { Catalog::open(dialect) } else { Catalog::new(dialect) });
        for (at, script) in (0..).zip(scripts) {
            schema.replay(script, at);
        }
        schema.settle();
        schema
    }

    /// The catalog.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Makes it cheap to clone, after a long replay.
    pub fn settle(&mut self) {
        self.ledger.settle();
    }

    /// Runs a script in a session of its own, without a look at what it touches.
    pub fn replay(&mut self, script: &Script, number: u32) {
        self.session(script, number, |_, _, _, _, _| {});
    }

    /// Runs a script in a session of its own. `number` tells the objects that it makes from those of other scripts.
    pub fn play(&mut self, script: &Script, number: u32) -> Played {
        let mut played = Played::default();
        let Some(reading) = &script.reading else {
            self.catalog.doubt_absences();
            let why = "its content is not known".to_owned();
            played.opaque.push(Opaque { statement: 0, span: Span::new(0, 0), why });
            return played;
        };
        let text = reading.text.as_str();
        self.session(script, number, |at, request, before, after, conflicts| {
            let mut found = touched(request, text, before, at);
            fail(&mut played, at, conflicts, before.dialect());
            refuse(&mut played, &found.accesses, before, after);
            played.accesses.append(&mut found.accesses);
            let opaque = |why| Opaque { statement: at, span: request.span, why };
            played.opaque.extend(found.opaque.drain(..).map(opaque));
            if !matches!(request.change, Change::CreateRoutine(_)) {
                played.literals.extend(literals(text, request.span, before.dialect()));
            }
        });
        played
    }

    fn session(
        &mut self,
        script: &Script,
        number: u32,
        mut each: impl FnMut(usize, &Request, &Catalog, &Catalog, &[Conflict]),
    ) {
        let Some(reading) = &script.reading else { return self.catalog.doubt_absences() };
        self.catalog.begin();
        for (at, request) in reading.requests.iter().enumerate() {
            let before = self.catalog.clone();
            let statement = u32::try_from(at).unwrap_or(u32::MAX);
            let conflicts = self.catalog.apply(request, &reading.text, Origin { script: number, statement });
            if conflicts.is_empty() {
                let (text, after) = (reading.text.as_str(), &self.catalog);
                Entry { ledger: &mut self.ledger, text, before: &before, after }.request(request);
            }
            each(at, request, &before, &self.catalog, &conflicts);
        }
        self.catalog.commit();
        self.catalog.end_session();
    }
}

fn fail(played: &mut Played, statement: usize, conflicts: &[Conflict], dialect: Dialect) {
    for conflict in conflicts {
        let missing = conflict.kind == ConflictKind::Missing;
        let (object, why) = (conflict.object.clone(), conflict.in_words(dialect));
        played.failures.push(Failure { statement, object, why, missing });
    }
}

/// What the catalog has no conflict for, and servers refuse all the same: names that are taken, parts and schemas that
/// are not there.
fn refuse(played: &mut Played, accesses: &[Access], before: &Catalog, after: &Catalog) {
    let dialect = before.dialect();
    for access in accesses.iter().filter(|access| !access.tolerant && access.certain) {
        let object = &access.object;
        let (here, then) = (before.presence(object), after.presence(object));
        let checked = object.part.is_some() && !object.kind.is_routine() && object.kind != ObjectKind::Key
            || object.kind.is_relation()
            || object.kind == ObjectKind::Schema;
        if let How::Alters(aspect) = &access.how
            && aspect == "type"
            && dialect == Dialect::Postgres
        {
            bound(played, access, before);
            continue;
        }
        let complete = |table: &ObjectName| before.relation_if_applied(table).is_some_and(|table| table.complete);
        let missing = match access.how {
            // A foreign key refers to columns that nothing keeps unique.
            How::Reads(Use::Perhaps) if object.kind == ObjectKind::Key && complete(&object.name) => true,
            How::Makes if here == Known::Present(()) && exclusive(object) => false,
            How::Removes | How::Alters(_) | How::Reads(Use::Name | Use::Bound | Use::Computed | Use::Whole)
                if checked && here == Known::Absent && then == Known::Absent =>
            {
                true
            }
            _ => continue,
        };
        let known = played.failures.iter().any(|failure| failure.statement == access.statement);
        if !(known || object.kind == ObjectKind::Type && object.part.is_some()) {
            let words = if object.kind == ObjectKind::Key {
                format!("unique {}", object.in_words(dialect))
            } else {
                object.in_words(dialect)
            };
            let why = if missing { format!("there is no {words}") } else { format!("{words} exists already") };
            played.failures.push(Failure { statement: access.statement, object: object.clone(), why, missing });
        }
    }
}

/// A column cannot change its type while views, policies or generated columns are bound to it.
fn bound(played: &mut Played, access: &Access, before: &Catalog) {
    const BINDS: [ObjectKind; 4] =
        [ObjectKind::View, ObjectKind::MaterializedView, ObjectKind::Policy, ObjectKind::Column];
    let object = &access.object;
    let binder = before.dependents_of(object).into_iter().find(|other| BINDS.contains(&other.kind));
    if let Some(binder) = binder {
        let words = |object: &ObjectRef| object.in_words(before.dialect());
        let why = format!("{} needs {}", words(&binder), words(object));
        played.failures.push(Failure { statement: access.statement, object: object.clone(), why, missing: false });
    }
}

/// Whether two objects of that kind and name exclude each other for sure.
fn exclusive(object: &ObjectRef) -> bool {
    let unnamed = matches!(object.kind, ObjectKind::Key | ObjectKind::Column | ObjectKind::Cast | ObjectKind::Operator);
    !(unnamed || object.kind == ObjectKind::Type && object.part.is_some())
}
