//! Two scripts: whether they may change places.

use std::collections::{BTreeMap, BTreeSet};

use super::access::{Access, How, key};
use super::clash::{Clash, Side, clashes, makes_it, need};
use super::extension;
use super::ledger::Disagreement;
use super::schema::{Failure, Played, Schema, Script};
use crate::catalog::{Difference, DifferenceKind, Known, ObjectName, ObjectRef, diff};
use crate::change::ObjectKind;

/// What two scripts are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Both orders work, and leave the same schema.
    Independent,
    /// It cannot be told: a statement is not understood, or rows decide.
    Unknown,
    /// One needs the other, which has to run first.
    Dependent,
    /// The orders leave different schemas, or one of them fails, though neither script needs the other.
    Conflicting,
}

impl Verdict {
    /// Its name as reports spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Unknown => "unknown",
            Self::Dependent => "dependent",
            Self::Conflicting => "conflicting",
        }
    }
}

/// What was found out about two scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What they are to each other.
    pub verdict: Verdict,
    /// The objects that this is about.
    pub objects: Vec<ObjectRef>,
    /// Why, in one sentence.
    pub reason: String,
    /// Of two that depend: the name of the one that has to run first.
    pub first: Option<String>,
}

/// Two scripts, each with its number: the one under which the objects it makes are known.
pub type Numbered<'a> = (&'a Script, u32);

/// Judges two scripts that both would run on a schema.
#[must_use]
pub fn pair(base: &Schema, a: Numbered<'_>, b: Numbered<'_>) -> Pair {
    let (mut after_a, mut after_b) = (base.clone(), base.clone());
    let (played_a, played_b) = (after_a.play(a.0, a.1), after_b.play(b.0, b.1));
    let (mut ab, mut ba) = (after_a.clone(), after_b.clone());
    let (b_after_a, a_after_b) = (ab.play(b.0, b.1), ba.play(a.0, a.1));
    let names = short(&a.0.name, &b.0.name);
    let one = Side { name: names.0, played: &played_a, after: &after_a };
    let other = Side { name: names.1, played: &played_b, after: &after_b };
    if let Some(unknown) = opaque(one).or_else(|| opaque(other)) {
        return unknown;
    }
    let orders = Orders { base, a: one, b: other, a_after_b: &a_after_b, b_after_a: &b_after_a, ab: &ab, ba: &ba };
    let mut found = orders.verdict();
    found.first = found.first.map(|first| if first == names.0 { a.0.name.clone() } else { b.0.name.clone() });
    found
}

/// Two names without their folders, where they differ without them.
fn short<'n>(one: &'n str, other: &'n str) -> (&'n str, &'n str) {
    let bare = |name: &'n str| name.rsplit('/').next().unwrap_or(name);
    if bare(one) == bare(other) { (one, other) } else { (bare(one), bare(other)) }
}

/// A statement of which nothing can be told makes everything unknown.
fn opaque(side: Side<'_>) -> Option<Pair> {
    let first = side.played.opaque.first()?;
    let reason = format!("statement {} of {}: {}", first.statement + 1, side.name, first.why);
    Some(Pair { verdict: Verdict::Unknown, objects: Vec::new(), reason, first: None })
}

/// Both orders, replayed.
struct Orders<'a> {
    base: &'a Schema,
    a: Side<'a>,
    b: Side<'a>,
    a_after_b: &'a Played,
    b_after_a: &'a Played,
    ab: &'a Schema,
    ba: &'a Schema,
}

impl Orders<'_> {
    fn verdict(&self) -> Pair {
        let needs = (self.needs(self.a, self.b, self.b_after_a), self.needs(self.b, self.a, self.a_after_b));
        match needs {
            (Some(need), None) => return Self::dependent(need, self.b_after_a),
            (None, Some(need)) => return Self::dependent(need, self.a_after_b),
            (Some((object, why, _)), Some((further, also, _))) => {
                let reason = format!("each needs the other: {why}, and {also}");
                let objects = vec![object, further];
                return Pair { verdict: Verdict::Conflicting, objects, reason, first: None };
            }
            (None, None) => {}
        }
        if let Some(pair) = self.failing() {
            return pair;
        }
        let clashes = clashes(self.base, self.a, self.b);
        if let Some(pair) = self.differing(&clashes) {
            return pair;
        }
        match clashes.first() {
            Some(first) => of_clashes(first, &clashes),
            None => self.independent(),
        }
    }

    /// Why one script needs the other: the object, and the reason.
    fn needs(&self, maker: Side<'_>, user: Side<'_>, afterwards: &Played) -> Option<(ObjectRef, String, String)> {
        let (dialect, first) = (self.base.catalog.dialect(), maker.name.to_owned());
        let words = |object: &ObjectRef| object.in_words(dialect);
        if let Some(access) = need(self.base, maker, user) {
            let why = format!("{} needs {}, which {} makes", user.name, words(&access.object), maker.name);
            return Some((access.object.clone(), why, first));
        }
        if let Some((object, value)) = enum_value(maker, user) {
            let why =
                format!("{} uses the value '{value}' of {}, which {} adds", user.name, words(&object), maker.name);
            return Some((object, why, first));
        }
        if let Some((object, what)) = extension::brought(self.base, maker.played, user.played) {
            let why = format!("{} needs {what} of {}, which {} makes", user.name, words(&object), maker.name);
            return Some((object, why, first));
        }
        // What fails alone and works after the other needs it.
        let failure = user.played.failures.first().filter(|_| !fails(afterwards))?;
        let why = format!("without {}, {} fails: {}", maker.name, user.name, failure.why);
        Some((failure.object.clone(), why, first))
    }

    fn dependent(need: (ObjectRef, String, String), afterwards: &Played) -> Pair {
        let (object, reason, first) = need;
        if let Some(failure) = afterwards.failures.first() {
            let reason = format!("{reason}; even then it fails: {}", failure.why);
            return Pair {
                verdict: Verdict::Conflicting,
                objects: vec![object, failure.object.clone()],
                reason,
                first: None,
            };
        }
        Pair { verdict: Verdict::Dependent, objects: vec![object], reason, first: Some(first) }
    }

    /// One order fails.
    fn failing(&self) -> Option<Pair> {
        let late_a = self.a_after_b.failures.first().map(|failure| (self.a.name, self.b.name, failure));
        let late_b = self.b_after_a.failures.first().map(|failure| (self.b.name, self.a.name, failure));
        let (fails, before, failure): (&str, &str, &Failure) = late_b.or(late_a)?;
        let alone =
            fails == self.b.name && self::fails(self.b.played) || fails == self.a.name && self::fails(self.a.played);
        let reason = match (alone, late_a.is_some() && late_b.is_some()) {
            (true, _) => format!("{fails} fails in either order: {}", failure.why),
            (false, true) => {
                format!("whichever of {} and {} runs second fails: {}", self.a.name, self.b.name, failure.why)
            }
            (false, false) => format!("{fails} fails after {before}: {}", failure.why),
        };
        let objects = vec![failure.object.clone()];
        Some(Pair { verdict: Verdict::Conflicting, objects, reason, first: None })
    }

    /// Both orders work, and leave different schemas.
    fn differing(&self, clashes: &[Clash]) -> Option<Pair> {
        let mut differences = diff(&self.ab.catalog, &self.ba.catalog);
        // What is known of the columns of a view follows from its query; overloads of functions stand in the ledger.
        differences.retain(|difference| !is_only_doubt(difference) && !difference.object.kind.is_routine());
        let mut told = self.ab.ledger.disagreements(&self.ba.ledger);
        // What the clashes say.
        told.retain(|slot| slot.about != super::taken::ABOUT);
        let mut objects: Vec<ObjectRef> = differences.iter().map(|difference| difference.object.clone()).collect();
        objects.extend(told.iter().map(|slot| slot.object.clone()));
        objects.dedup();
        let first = objects.first()?;
        if let Some(clash) = clashes.first().filter(|clash| clash.verdict == Verdict::Conflicting) {
            return Some(of_clashes(clash, clashes));
        }
        let object = first.in_words(self.base.catalog.dialect());
        let what = what_differs(&differences, &told);
        let reason = format!("{object} depends on their order{what}");
        Some(Pair { verdict: Verdict::Conflicting, objects, reason, first: None })
    }

    fn independent(&self) -> Pair {
        let mut shared: Vec<ObjectRef> = Vec::new();
        let by_b: BTreeSet<(bool, &ObjectName)> = changed(self.b.played).map(place).collect();
        let both: BTreeMap<(bool, &ObjectName), &Access> =
            changed(self.a.played).map(|access| (place(access), access)).collect();
        for (_, access) in both.into_iter().filter(|(place, _)| by_b.contains(place)) {
            shared.push(self.whole(access));
        }
        let dialect = self.base.catalog.dialect();
        let adds = |played: &Played, table: &ObjectRef| {
            let made = |access: &&Access| {
                access.how == How::Makes && access.object.kind == ObjectKind::Column && access.object.name == table.name
            };
            played.accesses.iter().any(|access| made(&access))
        };
        let reason = match shared.first() {
            None => "they touch nothing in common".to_owned(),
            Some(table) if adds(self.a.played, table) && adds(self.b.played, table) => {
                format!("both add columns to {}, of which only the order differs", table.in_words(dialect))
            }
            Some(object) => format!("both touch {}, and both orders leave the same", object.in_words(dialect)),
        };
        Pair { verdict: Verdict::Independent, objects: shared, reason, first: None }
    }

    fn whole(&self, access: &Access) -> ObjectRef {
        let found = self.base.catalog.relation_if_applied(&access.object.name);
        found
            .filter(|_| access.object.part.is_some())
            .map_or_else(|| access.object.clone(), crate::catalog::Relation::reference)
    }
}

fn changed(played: &Played) -> impl Iterator<Item = &Access> {
    played.accesses.iter().filter(|access| !access.only_reads())
}

/// The name that an access is about, and whether it is one of a relation or its parts.
fn place(access: &Access) -> (bool, &ObjectName) {
    let kind = access.object.kind;
    (kind.is_relation() || access.object.part.is_some() && !kind.is_routine(), &access.object.name)
}

fn fails(played: &Played) -> bool {
    !played.failures.is_empty()
}

fn is_only_doubt(difference: &Difference) -> bool {
    matches!(difference.kind, DifferenceKind::Changed { what: "partly known", .. })
}

fn what_differs(differences: &[Difference], told: &[Disagreement]) -> String {
    match (differences.first().map(|difference| &difference.kind), told.first()) {
        (Some(DifferenceKind::Changed { what, from, to }), _) => {
            let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            format!(": {what} {} or {}", said(from), said(to))
        }
        (Some(DifferenceKind::Added | DifferenceKind::Removed), _) => ": only one of them has it".to_owned(),
        (None, Some(slot)) => format!(": its {} differs", slot.about),
        (None, None) => String::new(),
    }
}

/// The verdict of what the two scripts touch; the first clash says most.
fn of_clashes(first: &Clash, all: &[Clash]) -> Pair {
    let alike = all.iter().filter(|clash| clash.verdict == first.verdict);
    let mut objects: Vec<ObjectRef> = alike.clone().map(|clash| clash.object.clone()).collect();
    objects.dedup();
    // Two that each have to run before the other cannot both.
    let contrary = alike.clone().any(|clash| clash.first != first.first);
    let verdict = if contrary && first.verdict == Verdict::Dependent { Verdict::Conflicting } else { first.verdict };
    let needed = first.first.clone().filter(|_| verdict == Verdict::Dependent);
    Pair { verdict, objects, reason: first.why.clone(), first: needed }
}

/// A value of an enum that one script adds and the other writes out.
fn enum_value(maker: Side<'_>, user: Side<'_>) -> Option<(ObjectRef, String)> {
    let is_value = |access: &&Access| access.how == How::Makes && access.object.kind == ObjectKind::Type;
    for access in maker.played.accesses.iter().filter(|access| is_value(access)) {
        let Some(value) = access.object.part.as_deref() else { continue };
        let own = makes_it(user.played, &access.object);
        if own || !user.played.literals.contains(value) {
            continue;
        }
        let whole = ObjectRef::whole(ObjectKind::Type, &access.object.name);
        let columns = maker.after.catalog.columns_of_type(&access.object.name);
        let touches = |other: &Access| {
            key(&other.object) == key(&whole) || columns.iter().any(|column| column.name == other.object.name)
        };
        if user.played.accesses.iter().any(touches) && maker.after.catalog.presence(&whole) != Known::Absent {
            return Some((whole, value.to_owned()));
        }
    }
    None
}
