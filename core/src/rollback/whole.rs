//! All migrations of a deployment with what takes them back, and how much of it is proved.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::book::Book;
use super::effect::{Act, Done, Facet, Loss, play};
use super::failure::{Failure, failure};
use super::half::{Half, half};
use super::kept::Kept;
use super::proof::{Flaw, Proof, Trial};
use super::{reason, rows};
use crate::catalog::ObjectRef;
use crate::change::{Change, Reading, Understood};
use crate::deployment::{Deployment, Played, Role, Undone};
use crate::settings::Percent;
use crate::text::Span;

/// How well a migration can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Its undo script gives back the schema before it.
    Proved,
    /// It has an undo script, and the proof fails, or meets what nobody can tell.
    Unproved,
    /// It destroys data, or cannot be undone on this server.
    Irreversible,
    /// It could be taken back, and has no undo script.
    Uncovered,
    /// It changes neither schema nor data.
    Nothing,
}

impl Class {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Unproved => "unproved",
            Self::Irreversible => "irreversible",
            Self::Uncovered => "uncovered",
            Self::Nothing => "nothing",
        }
    }
}

/// One effect of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// In words: `adds column email of public.users`.
    pub what: String,
    /// Where the migration does it.
    pub span: Span,
    /// The statement of the undo script that reverses it.
    pub undone_by: Option<Span>,
    /// What is lost by it for good.
    pub loses: Option<Loss>,
    /// Why it cannot be taken back although nothing is lost.
    pub stays: Option<&'static str>,
}

/// A migration, and what takes it back.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Path of the migration.
    pub script: String,
    /// Its version.
    pub version: String,
    /// Whether it would be applied by the next run.
    pub pending: bool,
    /// Path of the undo script; for tools that keep both in one file the same.
    pub undo: Option<String>,
    /// How well it can be taken back.
    pub class: Class,
    /// What it does.
    pub effects: Vec<Effect>,
    /// How the undo script does not give back what was.
    pub flaws: Vec<Flaw>,
    /// The same where it is no flaw but is not what was either: there is no way back, or nothing tries one.
    pub excused: Vec<String>,
    /// The statement of the undo script that fails.
    pub failure: Option<Failure>,
    /// How the undo script fails when the migration stopped half-way.
    pub half: Option<Half>,
    /// The reason that the scripts give why there is no way back.
    pub reason: Option<String>,
    /// What the undo script destroys: what was written into what the migration made.
    pub undo_loses: Vec<String>,
    /// What is not known, so that nothing is proved; and that columns stand in another order afterwards.
    pub notes: Vec<String>,
}

impl Taken {
    /// Whether it counts as covered.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.class == Class::Proved || self.class == Class::Irreversible && self.reason.is_some()
    }
}

/// A share of migrations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are proved, or irreversible with a written reason.
    pub covered: usize,
    /// All but those that do nothing.
    pub of: usize,
}

impl Share {
    /// In per cent; `None` of nothing.
    #[must_use]
    pub fn percent(self) -> Option<Percent> {
        Percent::of(self.covered, self.of)
    }
}

/// How much of a project can be taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Of what the next run would apply.
    pub pending: Share,
    /// Of all.
    pub all: Share,
}

/// Every versioned migration of a deployment, and what takes it back.
#[derive(Debug, Clone, Default)]
pub struct Rollback {
    scripts: Vec<Kept>,
}

impl Rollback {
    /// Plays each migration and its undo script. `version` gives the version of a script, where it is a versioned migration;
    /// `history` is the table in which the tool keeps what was applied. `before` is what was said before an edit, of the
    /// same server and history: what the edit leaves as it was is taken over.
    #[must_use]
    pub fn new(
        deployment: &Deployment,
        version: &dyn Fn(&str) -> Option<String>,
        history: &str,
        before: Option<&Self>,
    ) -> Self {
        let undos: BTreeMap<_, _> =
            deployment.undos.iter().rev().map(|undone| (Arc::as_ptr(&undone.of), undone)).collect();
        let mut book = Book::new(deployment.server.dialect);
        let mut kept: Vec<Kept> = Vec::with_capacity(deployment.scripts.len());
        // Whether the book would say the same as before the edit; and how much of it is written.
        let (mut same, mut written) = (true, 0);
        for (number, played) in (0_u32..).zip(&deployment.scripts) {
            let undone = undos.get(&Arc::as_ptr(played)).copied();
            let own = matches!(played.turn.role, Role::Applied | Role::Pending);
            let version = version(&played.turn.path).filter(|_| own);
            let old = before.and_then(|before| before.scripts.get(kept.len()));
            if let Some(old) = old.filter(|old| same && old.holds(played, undone, version.as_deref())) {
                kept.push(old.clone());
                continue;
            }
            kept[written..].iter().for_each(|taken_over| book.take_over(&taken_over.noted));
            let mark = book.mark();
            let mut up = play(&mut book, played, number);
            leave_out_history(&mut up, history);
            rows::settle(&mut up, played);
            let taken = version.clone().map(|version| {
                let case = Case { deployment, played, undone: undone.map(AsRef::as_ref), number, history };
                Arc::new(case.judge(&mut book, mark, &up, version))
            });
            let noted = book.news(mark);
            book.settle();
            same &= old.is_some_and(|old| old.noted == noted);
            kept.push(Kept { played: Arc::clone(played), undone: undone.cloned(), version, noted, taken });
            written = kept.len();
        }
        Self { scripts: kept }
    }

    /// The migrations in the order in which they are applied.
    pub fn scripts(&self) -> impl Iterator<Item = &Taken> {
        self.scripts.iter().filter_map(|kept| kept.taken.as_deref())
    }

    /// How much of it can be taken back.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let share = |counts: &dyn Fn(&Taken) -> bool| {
            let taken = || self.scripts().filter(|taken| counts(taken));
            let counted = || taken().filter(|taken| taken.class != Class::Nothing);
            Share { covered: counted().filter(|taken| taken.is_covered()).count(), of: counted().count() }
        };
        Coverage { pending: share(&|taken| taken.pending), all: share(&|_| true) }
    }

    /// What is said of a script, by its path or the path of its undo script.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<&Taken> {
        let own = self.scripts().find(|taken| taken.script == path);
        own.or_else(|| self.scripts().find(|taken| taken.undo.as_deref() == Some(path)))
    }
}

/// One migration with its undo script.
pub(super) struct Case<'a> {
    pub(super) deployment: &'a Deployment,
    pub(super) played: &'a Played,
    pub(super) undone: Option<&'a Undone>,
    pub(super) number: u32,
    pub(super) history: &'a str,
}

impl Case<'_> {
    /// Plays the undo script, and says how well it takes the migration back.
    pub(super) fn judge(&self, book: &mut Book, mark: usize, up: &[Done], version: String) -> Taken {
        let up_reading = self.played.turn.reading.as_deref();
        let down_reading = self.undone.and_then(|undone| undone.script.turn.reading.as_deref());
        let reason = reason::of(up_reading.into_iter().chain(down_reading));
        let undone = self.undone.filter(|_| down_reading.is_some_and(says_something));
        let (mut proof, mut down, mut failed, mut halved) = (Proof::default(), Vec::new(), None, None);
        let mut excused = Vec::new();
        if let Some(undone) = undone {
            let middle = book.mark();
            down = play(book, &undone.script, self.number.saturating_add(1));
            leave_out_history(&mut down, self.history);
            rows::settle(&mut down, &undone.script);
            let base = self.played.steps.first().map_or_else(|| self.played.after(), |step| &step.before);
            let notes = book.changes(mark);
            let trial = Trial { base, end: undone.script.after(), up, down: &down, notes, book };
            proof = trial.judge();
            book.rewind(middle);
            failed = failure(self.deployment, undone, self.history);
            proof.unknown.extend(unread(up_reading, up, "the migration"));
            proof.unknown.extend(unread(down_reading, &down, "the undo script"));
            if reason.is_some() {
                excused.extend(proof.flaws.extract_if(.., |flaw| flaw.hopeless).map(|flaw| flaw.message));
            }
            rows_left(up, &down, &mut proof);
            if failed.is_some() {
                // What comes after the failure did not count, so nothing can be said of the rest.
                proof.flaws.clear();
            } else if proof.flaws.is_empty() {
                halved = half(self.deployment, self.played, undone, base, self.history);
            }
        }
        let effects: Vec<Effect> = effects(up, &down, &proof.flaws);
        if self.undone.is_some() && undone.is_none() && !effects.is_empty() {
            excused.push("the undo script changes nothing".to_owned());
        }
        let broken = failed.is_some() || !proof.flaws.is_empty() || !proof.unknown.is_empty();
        let unread = self.played.turn.reading.is_none();
        let class = class(&effects, undone.map(|_| broken), reason.is_some(), unread);
        let mut notes = proof.unknown;
        if proof.moved {
            notes.push("columns stand in another order after the undo script; no query by name sees that".to_owned());
        }
        Taken {
            script: self.played.turn.path.clone(),
            version,
            pending: self.played.turn.role == Role::Pending,
            undo: self.undone.map(|undone| undone.path().to_owned()),
            class,
            effects,
            flaws: proof.flaws,
            excused,
            failure: failed,
            half: halved,
            reason,
            undo_loses: down
                .iter()
                .flat_map(|done| &done.acts)
                .filter_map(|act| Some(act.loses.as_ref()?.what.clone()))
                .collect(),
            notes,
        }
    }
}

/// The class of a migration; `undo` says of its undo script, where it has one, whether the proof fails.
fn class(effects: &[Effect], undo: Option<bool>, reason: bool, unread: bool) -> Class {
    let lost = effects.iter().any(|effect| effect.loses.is_some());
    let stays = effects.iter().any(|effect| effect.stays.is_some() && effect.undone_by.is_none());
    match () {
        () if undo == Some(true) => Class::Unproved,
        () if effects.is_empty() && !unread => Class::Nothing,
        () if lost || stays => Class::Irreversible,
        () if undo.is_some() => Class::Proved,
        () if reason => Class::Irreversible,
        () => Class::Uncovered,
    }
}

/// Whether a script asks the database for anything.
fn says_something(reading: &Reading) -> bool {
    reading.requests.iter().any(|request| match &request.change {
        Change::Select(query) => !query.functions.is_empty() || query.into.is_some() || !query.relations.is_empty(),
        Change::Transaction(_) | Change::Set(_) | Change::ClientCommand | Change::Procedural(_) => false,
        _ => true,
    })
}

/// What a script does that nobody can tell.
fn unread(reading: Option<&Reading>, done: &[Done], whose: &str) -> Vec<String> {
    let acts = done.iter().flat_map(|done| &done.acts).filter(|act| act.facet == Facet::Unknown);
    let mut said: Vec<String> = acts.map(|act| format!("{whose} {}", act.what)).collect();
    let partly = reading.into_iter().flat_map(|reading| &reading.requests).filter(|request| {
        let makes = request.kind().starts_with("create") && whose == "the migration";
        let drops = request.kind().starts_with("drop");
        request.understood() == Understood::Partly && !makes && !drops
    });
    said.extend(partly.map(|request| format!("{whose} has a clause in `{}` that was not understood", request.kind())));
    said.dedup();
    said
}

/// Rows that the migration puts into tables that were there before, and that the undo script leaves.
fn rows_left(up: &[Done], down: &[Done], proof: &mut Proof) {
    for act in up.iter().flat_map(|done| &done.acts).filter(|act| act.facet == Facet::Rows && act.loses.is_none()) {
        if reverses(act, up, down).is_none() && !proof.flaws.iter().any(|flaw| flaw.object == act.object) {
            let rows = act.what.replace("inserts rows into", "the rows that the migration inserts into");
            proof.flaws.push(Flaw {
                kind: super::FlawKind::NotUndone,
                message: format!(
                    "{} stay after the undo script",
                    rows.replace("copies rows into", "the rows that the migration copies into")
                        .replace("merges rows into", "the rows that the migration merges into")
                ),
                object: act.object.clone(),
                up: Some(act.span),
                down: None,
                hopeless: false,
            });
        }
    }
}

fn effects(up: &[Done], down: &[Done], flaws: &[Flaw]) -> Vec<Effect> {
    let acts = up.iter().flat_map(|done| &done.acts);
    acts.map(|act| {
        let stays = flaws.iter().any(|flaw| {
            flaw.kind == super::FlawKind::NotUndone && flaw.object == act.object && flaw.up == Some(act.span)
        });
        let undone_by = reverses(act, up, down).filter(|_| !stays);
        Effect { what: act.what.clone(), span: act.span, undone_by, loses: act.loses.clone(), stays: act.stays }
    })
    .collect()
}

/// An object under all names that it gets in a script.
fn names(object: &ObjectRef, done: &[Done]) -> Vec<ObjectRef> {
    let mut named = vec![object.clone()];
    for renamed in done.iter().flat_map(|done| &done.renamed) {
        let last = named[named.len() - 1].clone();
        if renamed.from == last {
            named.push(renamed.to.clone());
        } else if renamed.from.part.is_none() && renamed.from.name == last.name {
            named.push(ObjectRef { name: renamed.to.name.clone(), ..last });
        }
    }
    named
}

/// The last statement of the undo script that reverses an act of the migration.
fn reverses(act: &Act, up: &[Done], down: &[Done]) -> Option<Span> {
    let named = names(&act.object, up);
    let is_whole = |other: &Act| {
        other.object.part.is_none()
            && named.iter().any(|object| {
                object.name == other.object.name
                    || other.object.kind == crate::change::ObjectKind::Schema
                        && other.object.name.name == object.name.schema
            })
    };
    let matches = |other: &&Act| {
        let same = names(&other.object, down).iter().any(|name| named.contains(name));
        match &act.facet {
            Facet::Added => other.facet == Facet::Removed && (same || is_whole(other)),
            Facet::Removed => other.facet == Facet::Added && (same || is_whole(other)),
            Facet::Renamed(_) => matches!(&other.facet, Facet::Renamed(to) if *to == act.object || named.contains(to)),
            Facet::Fact(what) => {
                let anew = matches!(other.facet, Facet::Added | Facet::Removed);
                same && (anew || other.facet == Facet::Fact(what.clone())) || is_whole(other) && anew
            }
            Facet::Rows => is_whole(other) && matches!(other.facet, Facet::Rows | Facet::Removed),
            Facet::Unknown => false,
        }
    };
    down.iter().rev().flat_map(|done| done.acts.iter().rev()).find(matches).map(|act| act.span)
}

/// The tool's own table is nothing of the project's.
pub(super) fn leave_out_history(done: &mut [Done], history: &str) {
    for done in done {
        done.acts.retain(|act| !(act.facet == Facet::Rows && act.object.name.name.eq_ignore_ascii_case(history)));
    }
}
