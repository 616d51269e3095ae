//! What each statement of a script does to the schema and to rows, object by object.

use std::collections::BTreeSet;

use super::book::{Aspect, Before, Book};
use super::note::Noted;
use super::presence::is_made_apart;
use super::rename::{Renamed, renames};
use super::rows;
use super::wording::{changed, fact, words};
use crate::catalog::{Catalog, Difference, DifferenceKind, ObjectName, ObjectRef, Persistence, RelationKind, diff};
use crate::change::{AlterAction, Change, ObjectKind, Reading, Request};
use crate::deployment::Played;
use crate::sql::Dialect;
use crate::text::Span;

/// In which respect something changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Facet {
    /// It comes to be.
    Added,
    /// It goes.
    Removed,
    /// It has another name from now on: this one.
    Renamed(ObjectRef),
    /// One thing about it: `type`, `default`, `comment`.
    Fact(String),
    /// Its rows.
    Rows,
    /// Nobody can tell.
    Unknown,
}

/// What an effect takes away for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What is lost, in words: `the values of column email of public.users`.
    pub what: String,
    /// What to do before, so that it can come back.
    pub recipe: String,
}

/// One thing that a statement does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Act {
    /// What changes.
    pub(super) object: ObjectRef,
    /// In which respect.
    pub(super) facet: Facet,
    /// In words.
    pub(super) what: String,
    /// The statement, or the part of it.
    pub(super) span: Span,
    /// What is lost.
    pub(super) loses: Option<Loss>,
    /// Why it cannot be taken back on this server, although nothing is lost.
    pub(super) stays: Option<&'static str>,
}

/// One statement with all that it does.
#[derive(Debug)]
pub(super) struct Done {
    /// Its position in the script.
    pub(super) statement: usize,
    /// What it does, in the order of the objects.
    pub(super) acts: Vec<Act>,
    /// What differs in the catalog.
    pub(super) diffs: Vec<Difference>,
    /// What gets another name by it.
    pub(super) renamed: Vec<Renamed>,
    /// What was noted before it and is no more, or is otherwise.
    pub(super) notes: Before,
    /// The point of the book before it.
    pub(super) mark: usize,
}

/// Plays a script over the book, and says what each of its statements does. `script` is its number in the deployment.
pub(super) fn play(book: &mut Book, played: &Played, script: u32) -> Vec<Done> {
    let Some(reading) = &played.turn.reading else { return Vec::new() };
    let mut all = Vec::new();
    for (at, step) in played.steps.iter().enumerate() {
        let Some(request) = reading.requests.get(step.statement) else { continue };
        let after = played.steps.get(at + 1).map_or_else(|| played.after(), |next| &next.before);
        let before = &step.before;
        let diffs = diff(before, after);
        let renamed = renames(request, &diffs);
        let mark = book.mark();
        book.take(request, &Noted { text: &reading.text, before, after }, &diffs, &renamed);
        let notes = book.changes(mark);
        let scene = Scene { request, reading, before, after, script, dialect: book.dialect };
        let acts = scene.acts(&diffs, &renamed, &notes, book);
        all.push(Done { statement: step.statement, acts, diffs, renamed, notes, mark });
    }
    all
}

/// Facts that follow from others, or say how much is known.
pub(super) const DERIVED: [&str; 3] = ["partly known", "reads", "owned by"];

/// Whether an object is a column of a view: those follow its text, which is noted.
pub(super) fn is_column_of_view(object: &ObjectRef, catalog: &Catalog) -> bool {
    let is_view = |kind| matches!(kind, RelationKind::View | RelationKind::MaterializedView);
    object.kind == ObjectKind::Column
        && catalog.relation_if_applied(&object.name).is_some_and(|found| is_view(found.kind))
}

/// A statement, and the schema around it.
struct Scene<'a> {
    request: &'a Request,
    reading: &'a Reading,
    before: &'a Catalog,
    after: &'a Catalog,
    script: u32,
    dialect: Dialect,
}

impl Scene<'_> {
    fn acts(&self, diffs: &[Difference], renamed: &[Renamed], notes: &Before, book: &Book) -> Vec<Act> {
        let mut acts: Vec<Act> = renamed.iter().map(|renamed| self.rename(renamed)).collect();
        let whole: BTreeSet<&ObjectName> = diffs
            .iter()
            .filter(|diff| diff.object.part.is_none() && diff.object.kind.is_relation())
            .filter(|diff| matches!(diff.kind, DifferenceKind::Added | DifferenceKind::Removed))
            .map(|diff| &diff.object.name)
            .collect();
        for diff in diffs {
            let part_of_whole = diff.object.part.is_some()
                && whole.contains(&diff.object.name)
                && !is_made_apart(self.after, &diff.object);
            if !part_of_whole && !self.follows(diff, diffs, renamed) {
                acts.push(self.act(diff));
            }
        }
        for (key, old) in notes {
            let object = key.object();
            let goes =
                whole.contains(&key.name) || acts.iter().any(|act| act.object == object && act.facet != Facet::Added);
            let comes = acts.iter().any(|act| {
                let same = act.object == object || act.object.kind == key.kind && act.object.part.is_none();
                same && act.object.name == key.name && act.facet == Facet::Added
            });
            let moves = renamed.iter().any(|renamed| renamed.from.name == key.name || renamed.to.name == key.name);
            let defines = key.aspect == Aspect::Definition && comes;
            if goes || moves || defines {
                continue;
            }
            let verb = match (old, book.get(key)) {
                (None, Some(_)) => "sets",
                (_, None) => "takes away",
                _ => "changes",
            };
            let what = format!("{verb} the {} of {}", key.aspect.in_words(), words(&object, self.dialect));
            acts.push(self.plain(object, Facet::Fact(key.aspect.in_words()), what));
        }
        acts.extend(self.removals_unseen(&acts));
        acts.extend(rows::acts(self.request, self.reading, self.before, self.script));
        acts
    }

    fn plain(&self, object: ObjectRef, facet: Facet, what: String) -> Act {
        let span = self.span_of(&object);
        Act { object, facet, what, span, loses: None, stays: None }
    }

    /// The part of the statement that speaks of a part of a table, else all of it.
    fn span_of(&self, object: &ObjectRef) -> Span {
        let (Change::Alter(alter), Some(part)) = (&self.request.change, object.part.as_deref()) else {
            return self.request.span;
        };
        let mut actions = alter.actions.iter();
        let named = |name: &String| name.eq_ignore_ascii_case(part);
        let found = actions.find(|action| action.what.subject().as_ref().is_some_and(named));
        found.map_or(self.request.span, |action| action.span)
    }

    fn rename(&self, renamed: &Renamed) -> Act {
        let (from, to) = (&renamed.from, &renamed.to);
        let new = to.part.as_deref().map_or_else(|| to.name.spelled(self.dialect), str::to_owned);
        let what = format!("renames {} to {new}", words(from, self.dialect));
        self.plain(from.clone(), Facet::Renamed(to.clone()), what)
    }

    /// Whether a difference follows from another one of the same statement, and needs no undoing of its own.
    fn follows(&self, diff: &Difference, all: &[Difference], renamed: &[Renamed]) -> bool {
        let object = &diff.object;
        if !renamed.is_empty() {
            // What speaks of an object follows its name.
            let concerns = |renamed: &Renamed| {
                (renamed.from == *object || renamed.to == *object)
                    || renamed.from.part.is_none()
                    || object.name != renamed.from.name
                    || matches!(object.kind, ObjectKind::Constraint | ObjectKind::Index | ObjectKind::Policy)
            };
            return renamed.iter().any(concerns);
        }
        if self.is_temporary(&object.name) || is_column_of_view(object, self.after) {
            return true;
        }
        if let DifferenceKind::Changed { what, .. } = &diff.kind {
            return DERIVED.contains(what);
        }
        let beside = |kind: ObjectKind| {
            let twin = ObjectRef { kind, ..object.clone() };
            all.iter().any(|other| other.object == twin && other.kind == diff.kind)
        };
        let relation = |catalog: &Catalog| catalog.relation_if_applied(&object.name).cloned();
        match (object.kind, &object.part) {
            (ObjectKind::Index, Some(part)) => {
                let side = if diff.kind == DifferenceKind::Added { self.after } else { self.before };
                let found = relation(side);
                let index =
                    found.iter().flat_map(|found| &found.indexes).find(|index| index.name.as_deref() == Some(part));
                beside(ObjectKind::Constraint) || index.is_some_and(|index| index.implicit || index.of_constraint)
            }
            (ObjectKind::Sequence, None) => {
                let side = if diff.kind == DifferenceKind::Added { self.after } else { self.before };
                relation(side).is_some_and(|found| {
                    found.owned_by.is_some_and(|(table, column)| {
                        let column = ObjectRef::part(ObjectKind::Column, &table, &column);
                        all.iter().any(|other| {
                            other.object == column || other.object.name == table && other.object.part.is_none()
                        })
                    })
                })
            }
            (_, None) if diff.kind == DifferenceKind::Added && object.kind.is_relation() => {
                // A table that the statement only speaks of is known from now on; it was there before.
                self.after.relation_if_applied(&object.name).is_some_and(|found| found.made.is_none())
            }
            _ => false,
        }
    }

    fn is_temporary(&self, name: &ObjectName) -> bool {
        let sides = [self.before, self.after].map(|catalog| catalog.relation_if_applied(name));
        sides.into_iter().flatten().any(|found| found.persistence == Persistence::Temporary)
    }

    fn act(&self, diff: &Difference) -> Act {
        let object = diff.object.clone();
        let said = words(&object, self.dialect);
        match &diff.kind {
            DifferenceKind::Added => {
                let verb = if object.part.is_some() { "adds" } else { "creates" };
                self.plain(object, Facet::Added, format!("{verb} {said}"))
            }
            DifferenceKind::Removed => {
                let loses = rows::lost_with(&object, self.before, self.script, self.dialect);
                let act = self.plain(object, Facet::Removed, format!("drops {said}"));
                Act { loses, ..act }
            }
            DifferenceKind::Changed { what, from, to } => {
                let loses = rows::lost_by_change(&object, what, self.before, self.after, self.script, self.dialect);
                let stays = stays(what, from.as_deref(), to.as_deref(), self.dialect);
                let what_happens = changed(fact(what), from.as_deref(), to.as_deref(), &said);
                let act = self.plain(object, Facet::Fact((*what).to_owned()), what_happens);
                Act { loses, stays, ..act }
            }
        }
    }

    /// Columns and tables that a statement drops and that nobody has seen before.
    fn removals_unseen(&self, known: &[Act]) -> Vec<Act> {
        let mut found = Vec::new();
        let dropped: Vec<ObjectRef> = match &self.request.change {
            Change::Drop(drop) if drop.kind.is_relation() && self.before.is_open() => {
                let names = drop.names.iter().map(|name| self.before.relation_name(name));
                names.map(|name| ObjectRef::whole(drop.kind, &name)).collect()
            }
            Change::Alter(alter) if alter.kind == ObjectKind::Table => {
                let Some(table) = alter.name.as_ref().map(|name| self.before.relation_name(name)) else {
                    return found;
                };
                let columns = alter.actions.iter().filter_map(|action| match &action.what {
                    AlterAction::DropColumn { column, .. } => Some(self.before.fold(column)),
                    _ => None,
                });
                columns.map(|column| ObjectRef::part(ObjectKind::Column, &table, &column)).collect()
            }
            _ => return found,
        };
        for object in dropped {
            let seen = known.iter().any(|act| act.object == object);
            let unknown = match object.part.as_deref() {
                Some(column) => match self.before.relation_if_applied(&object.name) {
                    Some(found) => found.column(column) == crate::catalog::Known::Unknown,
                    None => self.before.relation(&object.name) == crate::catalog::Known::Unknown,
                },
                None => self.before.relation(&object.name) == crate::catalog::Known::Unknown,
            };
            if !seen && unknown {
                let loses = rows::lost_with(&object, self.before, self.script, self.dialect);
                let said = words(&object, self.dialect);
                let act = self.plain(object, Facet::Removed, format!("drops {said}"));
                found.push(Act { loses, ..act });
            }
        }
        found
    }
}

/// Why a change stays on a server although nothing is lost.
fn stays(what: &str, from: Option<&str>, to: Option<&str>, dialect: Dialect) -> Option<&'static str> {
    let grows = from.zip(to).is_some_and(|(from, to)| {
        let values: Vec<&str> = to.split(", ").collect();
        from.split(", ").all(|value| values.contains(&value))
    });
    (what == "enum" && dialect == Dialect::Postgres && grows)
        .then_some("PostgreSQL cannot take a value out of an enum; the type would have to be made anew")
}
