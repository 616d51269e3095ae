//! The proof: up, then down, and the schema is what it was before.

use std::collections::BTreeSet;

use super::book::{Before, Book};
use super::effect::{Act, DERIVED, Done, Facet, is_column_of_view};
use super::presence::{exists, is_made_apart};
use super::setting::has_default;
use super::spelling::{self, canonical};
use super::wording::{fact, otherwise, words};
use crate::catalog::{Catalog, Constraint, Difference, DifferenceKind, Index, Known, ObjectRef, diff};
use crate::change::ObjectKind;
use crate::sql::Dialect;
use crate::text::Span;

/// How an undo script does not give back what was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlawKind {
    /// An effect of the migration stays.
    NotUndone,
    /// It changes what the migration did not.
    TooMuch,
    /// It brings something back otherwise than it was.
    Otherwise,
}

/// One way in which an undo script does not give back what was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// How.
    pub kind: FlawKind,
    /// What is wrong, in one line.
    pub message: String,
    /// What it is about.
    pub object: ObjectRef,
    /// The statement of the migration, where one is concerned.
    pub up: Option<Span>,
    /// The statement of the undo script, where one is concerned.
    pub down: Option<Span>,
    /// Whether what stays is lost in any case, or cannot be taken back on this server.
    pub hopeless: bool,
}

/// What a proof found.
#[derive(Debug, Default)]
pub(super) struct Proof {
    pub(super) flaws: Vec<Flaw>,
    /// What cannot be proved, because it is not known how it was.
    pub(super) unknown: Vec<String>,
    /// Whether columns stand in another order than before.
    pub(super) moved: bool,
}

/// Both scripts and the schemas around them.
pub(super) struct Trial<'a> {
    /// The schema before the migration.
    pub(super) base: &'a Catalog,
    /// The schema after the undo script.
    pub(super) end: &'a Catalog,
    /// What the migration does.
    pub(super) up: &'a [Done],
    /// What the undo script does.
    pub(super) down: &'a [Done],
    /// What the notes were before, where they are otherwise now.
    pub(super) notes: Before,
    /// The notes now.
    pub(super) book: &'a Book,
}

impl Trial<'_> {
    /// Compares what was before with what is after both scripts.
    pub(super) fn judge(&self) -> Proof {
        let mut proof = Proof { moved: self.is_moved(), ..Proof::default() };
        let diffs = self.differences();
        let twins = self.twins(&diffs);
        for (from, to) in &twins {
            let dialect = self.book.dialect;
            let message = format!("{} comes back as {}", words(from, dialect), name_of(to, dialect));
            proof.flaws.push(self.flaw(FlawKind::Otherwise, message, to));
        }
        for diff in &diffs {
            if !twins.iter().any(|(from, to)| *from == diff.object || *to == diff.object) {
                self.difference(diff, &mut proof);
            }
        }
        self.notes(&mut proof);
        proof
    }

    /// What differs, but for what follows from something else or is only a matter of spelling.
    fn differences(&self) -> Vec<Difference> {
        let dialect = self.book.dialect;
        let all = diff(self.base, self.end);
        let whole: BTreeSet<_> = all
            .iter()
            .filter(|diff| diff.object.part.is_none() && !matches!(diff.kind, DifferenceKind::Changed { .. }))
            .filter(|diff| diff.object.kind.is_relation())
            .map(|diff| diff.object.name.clone())
            .collect();
        let mut kept = Vec::new();
        for diff in &all {
            let object = &diff.object;
            let side = if diff.kind == DifferenceKind::Removed { self.base } else { self.end };
            let relation = side.relation_if_applied(&object.name);
            let temporary = relation.is_some_and(|found| found.persistence == crate::catalog::Persistence::Temporary);
            let same = match &diff.kind {
                DifferenceKind::Changed { what, from, to } => {
                    let spelled = if *what == "default" { spelling::default } else { canonical };
                    let text = |text: &Option<String>| text.as_deref().map(|text| spelled(text, dialect));
                    DERIVED.contains(what) || text(from) == text(to)
                }
                _ => false,
            };
            let of_constraint = object.kind == ObjectKind::Index
                && all.iter().any(|other| {
                    other.object == ObjectRef { kind: ObjectKind::Constraint, ..object.clone() }
                        && other.kind == diff.kind
                });
            // MySQL keeps an index that it made for a foreign key when the key goes.
            let with_key = all.iter().any(|other| {
                other.object.kind == ObjectKind::Constraint
                    && other.object.name == object.name
                    && other.kind == diff.kind
            });
            let implicit = object.kind == ObjectKind::Index
                && with_key
                && relation.is_some_and(|found| {
                    found.indexes.iter().any(|index| index.implicit && index.name.as_deref() == object.part.as_deref())
                });
            let part_of_whole =
                object.part.is_some() && whole.contains(&object.name) && !is_made_apart(self.end, object);
            if !(temporary
                || same
                || is_column_of_view(object, side)
                || of_constraint
                || implicit
                || part_of_whole
                || self.only_seen(diff))
            {
                kept.push(diff.clone());
            }
        }
        kept
    }

    /// Whether a thing is new in the catalog only because a script speaks of it.
    fn only_seen(&self, diff: &Difference) -> bool {
        if diff.kind != DifferenceKind::Added {
            return false;
        }
        let object = &diff.object;
        let made_here = |done: &[Done]| {
            done.iter().flat_map(|done| &done.acts).any(|act| act.object == *object && act.facet == Facet::Added)
        };
        let unknown = match (&object.part, self.base.relation(&object.name)) {
            (_, Known::Unknown) => true,
            (Some(part), Known::Present(found)) => match object.kind {
                ObjectKind::Column => found.column(part) == Known::Unknown,
                ObjectKind::Constraint => found.constraint(part) == Known::Unknown,
                ObjectKind::Index => found.index(part) == Known::Unknown,
                kind => found.attached(kind, part) == Known::Unknown,
            },
            _ => false,
        };
        unknown && !made_here(self.up)
    }

    /// Constraints and indexes that come back the same but for their names, or for one thing about them.
    fn twins(&self, diffs: &[Difference]) -> Vec<(ObjectRef, ObjectRef)> {
        let mut found: Vec<(ObjectRef, ObjectRef)> = Vec::new();
        for gone in diffs.iter().filter(|diff| diff.kind == DifferenceKind::Removed) {
            let candidates = diffs.iter().filter(|diff| {
                diff.kind == DifferenceKind::Added
                    && diff.object.kind == gone.object.kind
                    && diff.object.name == gone.object.name
            });
            for new in candidates {
                let taken = found.iter().any(|(_, to)| *to == new.object);
                if !taken && self.alike(&gone.object, &new.object) {
                    found.push((gone.object.clone(), new.object.clone()));
                    break;
                }
            }
        }
        found
    }

    fn alike(&self, from: &ObjectRef, to: &ObjectRef) -> bool {
        let (Some(old), Some(new)) =
            (self.base.relation_if_applied(&from.name), self.end.relation_if_applied(&to.name))
        else {
            return false;
        };
        let named = |name: &Option<String>, object: &ObjectRef| name.as_deref() == object.part.as_deref();
        match from.kind {
            ObjectKind::Constraint => {
                let bare = |other: &Constraint| (other.kind.clone(), other.columns.clone());
                let one = old.constraints.iter().find(|other| named(&other.name, from));
                let two = new.constraints.iter().find(|other| named(&other.name, to));
                one.zip(two).is_some_and(|(one, two)| bare(one) == bare(two))
            }
            ObjectKind::Index => {
                let bare = |other: &Index| (other.parts.clone(), other.unique);
                let one = old.indexes.iter().find(|other| named(&other.name, from));
                let two = new.indexes.iter().find(|other| named(&other.name, to));
                one.zip(two).is_some_and(|(one, two)| bare(one) == bare(two))
            }
            _ => false,
        }
    }

    fn difference(&self, diff: &Difference, proof: &mut Proof) {
        let dialect = self.book.dialect;
        let object = &diff.object;
        let said = words(object, dialect);
        if self.is_unsure(object) {
            proof.unknown.push(format!("whether {said} is there depends on a condition"));
            return;
        }
        match &diff.kind {
            DifferenceKind::Added => {
                let by_up = acts_on(self.up, object, |facet| matches!(facet, Facet::Added | Facet::Renamed(_)));
                proof.flaws.push(if let Some(act) = by_up {
                    stays(act, &format!("{said} stays after the undo script"))
                } else {
                    let message = format!("the undo script leaves {said}, which was not there before");
                    self.flaw(FlawKind::TooMuch, message, object)
                });
            }
            DifferenceKind::Removed => {
                let by_up = acts_on(self.up, object, |facet| matches!(facet, Facet::Removed | Facet::Renamed(_)));
                proof.flaws.push(if let Some(act) = by_up {
                    stays(act, &format!("{said} is not brought back by the undo script"))
                } else {
                    let message = format!("the undo script drops {said}, which was there before the migration");
                    self.flaw(FlawKind::TooMuch, message, object)
                });
            }
            DifferenceKind::Changed { what, from, to } => {
                if from.is_none() && !self.is_complete(object) {
                    proof.unknown.push(format!("what the {what} of {said} was before is not known"));
                    return;
                }
                proof.flaws.push(self.changed(object, what, from.as_deref(), to.as_deref(), &said));
            }
        }
    }

    fn changed(&self, object: &ObjectRef, what: &str, from: Option<&str>, to: Option<&str>, words: &str) -> Flaw {
        let said = format!("after the undo script {}", otherwise(fact(what), from, to, words));
        let same = |facet: &Facet| *facet == Facet::Fact(what.to_owned());
        let by_up = acts_on(self.up, object, |facet| *facet != Facet::Rows);
        let by_down = acts_on(self.down, object, |facet| *facet != Facet::Rows);
        match (by_up, by_down) {
            (Some(act), None) => stays(act, &said),
            (Some(act), Some(down)) if same(&act.facet) && !restores(down, what) => stays(act, &said),
            (Some(_), Some(_)) => self.flaw(FlawKind::Otherwise, said, object),
            (None, _) => self.flaw(FlawKind::TooMuch, format!("{said}, and the migration does not touch that"), object),
        }
    }

    fn notes(&self, proof: &mut Proof) {
        let dialect = self.book.dialect;
        for (key, old) in &self.notes {
            let object = key.object();
            let both = [self.base, self.end].map(|catalog| exists(catalog, &object));
            if both.contains(&Known::Absent) {
                continue;
            }
            let what = key.aspect.in_words();
            let said = words(&object, dialect);
            let touches = |done: &[Done]| {
                acts_on(done, &object, |facet| {
                    matches!(facet, Facet::Added | Facet::Removed) || *facet == Facet::Fact(what.clone())
                })
                .cloned()
            };
            if old.is_none() && !has_default(&key.aspect) {
                proof.unknown.push(format!("what the {what} of {said} was before is not known"));
                continue;
            }
            let (up, down) = (touches(self.up), touches(self.down));
            let new = self.book.get(key);
            let flaw = match (up, down) {
                (Some(act), None) => stays(&act, &format!("the {what} of {said} stays changed after the undo script")),
                (Some(act), Some(_)) if old.is_some() && new.is_none() => {
                    let message = format!("{said} comes back without its {what}");
                    Flaw { up: Some(act.span), ..self.flaw(FlawKind::Otherwise, message, &object) }
                }
                (Some(_), Some(_)) => {
                    self.flaw(FlawKind::Otherwise, format!("{said} comes back with another {what}"), &object)
                }
                (None, _) => {
                    let message =
                        format!("the undo script changes the {what} of {said}, which the migration does not touch");
                    self.flaw(FlawKind::TooMuch, message, &object)
                }
            };
            proof.flaws.push(flaw);
        }
    }

    fn flaw(&self, kind: FlawKind, message: String, object: &ObjectRef) -> Flaw {
        let last = |done: &[Done]| acts_on(done, object, |_| true).map(|act| act.span);
        Flaw { kind, message, object: object.clone(), up: last(self.up), down: last(self.down), hopeless: false }
    }

    fn is_unsure(&self, object: &ObjectRef) -> bool {
        let unsure = |catalog: &Catalog| {
            catalog.relation_if_applied(&object.name).is_some() && !catalog.relation(&object.name).is_present()
        };
        object.kind.is_relation() && unsure(self.end)
            || object.part.is_some() && (unsure(self.base) || unsure(self.end))
    }

    /// Whether all of an object was known before.
    fn is_complete(&self, object: &ObjectRef) -> bool {
        let Some(part) = object.part.as_deref() else { return true };
        let found = self.base.relation_if_applied(&object.name);
        let column = found.and_then(|found| found.columns.iter().find(|column| column.name == part));
        object.kind != ObjectKind::Column || column.is_none_or(|column| column.complete)
    }

    /// Whether the columns of a table stand in another order than before.
    fn is_moved(&self) -> bool {
        let touched: BTreeSet<_> =
            self.down.iter().flat_map(|done| &done.diffs).map(|diff| &diff.object.name).collect();
        touched.into_iter().any(|name| {
            let columns = |catalog: &Catalog| {
                let found = catalog.relation_if_applied(name)?;
                Some(found.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>())
            };
            let (Some(old), Some(new)) = (columns(self.base), columns(self.end)) else { return false };
            let (mut one, mut two) = (old.clone(), new.clone());
            one.sort();
            two.sort();
            old != new && one == two
        })
    }
}

fn name_of(object: &ObjectRef, dialect: Dialect) -> String {
    object.part.as_deref().map_or_else(|| object.name.spelled(dialect), str::to_owned)
}

/// Whether an act of the undo script is about that fact, or makes the object anew.
fn restores(act: &Act, what: &str) -> bool {
    !matches!(&act.facet, Facet::Fact(other) if other != what)
}

/// An effect of the migration that stays.
fn stays(act: &Act, message: &str) -> Flaw {
    let hopeless = act.loses.is_some() || act.stays.is_some();
    let message = act.stays.map_or(message.to_owned(), |why| format!("{message}: {why}"));
    Flaw { kind: FlawKind::NotUndone, message, object: act.object.clone(), up: Some(act.span), down: None, hopeless }
}

/// The last act of a script on an object, or on the table that it is a part of.
fn acts_on<'a>(done: &'a [Done], object: &ObjectRef, wanted: impl Fn(&Facet) -> bool) -> Option<&'a Act> {
    let acts = || done.iter().rev().flat_map(|done| done.acts.iter().rev()).filter(|act| wanted(&act.facet));
    let own = |act: &&Act| act.object == *object || matches!(&act.facet, Facet::Renamed(to) if to == object);
    let whole = |act: &&Act| {
        act.object.part.is_none()
            && matches!(act.facet, Facet::Added | Facet::Removed | Facet::Renamed(_))
            && (act.object.name == object.name
                || matches!(&act.facet, Facet::Renamed(to) if to.name == object.name)
                || act.object.kind == ObjectKind::Schema && act.object.name.name == object.name.schema)
    };
    acts().find(own).or_else(|| acts().find(whole))
}
