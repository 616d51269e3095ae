//! Where two scripts touch the same object in a way that the replay of both orders does not judge.

use std::collections::{BTreeMap, BTreeSet};

use super::access::{Access, How, Key, Space, Use, is_same, key};
use super::bounds;
use super::pair::Verdict;
use super::row_clash;
use super::row_pairs;
use super::schema::{Played, Schema};
use crate::catalog::{Known, ObjectName, ObjectRef};
use crate::change::{Identifier, Name, ObjectKind};
use crate::sql::Dialect;
use crate::text::Span;

/// What is said of two scripts that touch the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) verdict: Verdict,
    pub(super) object: ObjectRef,
    /// A sentence without its end.
    pub(super) why: String,
    /// Of two that depend: the name of the one that has to run first.
    pub(super) first: Option<String>,
}

/// A script with what it is called.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) name: &'a str,
    pub(super) played: &'a Played,
    /// The schema after it alone.
    pub(super) after: &'a Schema,
}

/// Accesses by the name of the object.
type Grouped<'a> = BTreeMap<&'a ObjectName, Vec<&'a Access>>;

fn grouped(played: &Played) -> Grouped<'_> {
    let mut found = Grouped::new();
    for access in &played.accesses {
        found.entry(&access.object.name).or_default().push(access);
    }
    found
}

/// Every clash of two scripts, those that say more first.
pub(super) fn clashes(base: &Schema, a: Side<'_>, b: Side<'_>) -> Vec<Clash> {
    let (by_a, by_b) = (grouped(a.played), grouped(b.played));
    let mut found = Vec::new();
    for (name, ones) in &by_a {
        let others = by_b.get(name).map_or(&[][..], Vec::as_slice);
        for one in ones {
            for other in others {
                found.extend(alike(base, a, b, one, other));
                found.extend(between(base, a, b, one, other));
                found.extend(between(base, b, a, other, one));
            }
        }
    }
    for (one, other) in [(a, b), (b, a)] {
        found.extend(swept(base, one, other));
        found.extend(row_clash::against_schema(base, one, other));
    }
    found.extend(bounds::clashes(base, a, b));
    found.extend(row_pairs::of_writers(base, a, b));
    found.sort_by_key(|clash| std::cmp::Reverse(clash.verdict));
    found
}

/// What the first access means for the second one, which is of the other script.
fn between(base: &Schema, a: Side<'_>, b: Side<'_>, one: &Access, other: &Access) -> Option<Clash> {
    let dialect = base.catalog.dialect();
    let same = is_same(&one.object, &other.object);
    let clash = |verdict: Verdict, why: String| {
        let verdict = if one.certain && other.certain { verdict } else { Verdict::Unknown };
        Some(Clash { verdict, object: one.object.clone(), why, first: None })
    };
    let object = one.object.in_words(dialect);
    match (&one.how, &other.how) {
        // All parts as they are at that point.
        (How::Makes | How::Removes, How::Reads(Use::Whole | Use::Shape))
            if one.object.kind == ObjectKind::Column && other.object.part.is_none() =>
        {
            clash(Verdict::Conflicting, format!("{} changes the columns that {} takes as they are", a.name, b.name))
        }
        (How::Alters(aspect), How::Reads(Use::Whole)) if same && aspect == "query" && !has_columns(a, &one.object) => {
            clash(Verdict::Unknown, format!("{} changes {object}, which {} takes as it is", a.name, b.name))
        }
        (How::Alters(aspect), How::Reads(Use::Shape)) if shapes(aspect, &one.object) && other.object.part.is_none() => {
            clash(Verdict::Conflicting, format!("{} changes {object}, of which {} needs the shape", a.name, b.name))
        }
        (How::Alters(aspect), How::Reads(use_)) if same && aspect == "type" => match use_ {
            Use::Bound if dialect == Dialect::Postgres => clash(
                Verdict::Conflicting,
                format!("{} changes the type of {object}, to which {} binds something", a.name, b.name),
            ),
            Use::Computed if leaves_family(base, a, &one.object) => clash(
                Verdict::Unknown,
                format!("{} changes the type of {object}, from which {} computes", a.name, b.name),
            ),
            Use::Rows => {
                clash(Verdict::Unknown, format!("{} changes the type of {object}, which {} copies", a.name, b.name))
            }
            _ => None,
        },
        (How::Removes, How::Reads(use_)) if same && *use_ != Use::Perhaps && !other.tolerant => {
            removed(base, a, b, one, other)
        }
        (How::Removes, How::Alters(_) | How::Writes(_)) if same && !other.tolerant => removed(base, a, b, one, other),
        (How::Alters(aspect), How::Makes)
            if aspect == "triggers" && other.object.kind == ObjectKind::Trigger && one.object.part.is_none() =>
        {
            clash(
                Verdict::Conflicting,
                format!("{} switches all triggers of {object}, and {} makes one", a.name, b.name),
            )
        }
        _ => None,
    }
}

/// Whether the columns of a view are known.
fn has_columns(side: Side<'_>, view: &ObjectRef) -> bool {
    side.after.catalog.relation_if_applied(&view.name).is_some_and(|view| view.complete)
}

/// Whether a table must agree with its partitions in that.
fn shapes(aspect: &str, object: &ObjectRef) -> bool {
    match object.kind {
        ObjectKind::Column => matches!(aspect, "type" | "not null" | "expression"),
        _ => object.part.is_none() && aspect == "constraints",
    }
}

/// What two accesses of the same kind mean for each other.
fn alike(base: &Schema, a: Side<'_>, b: Side<'_>, one: &Access, other: &Access) -> Option<Clash> {
    if !is_same(&one.object, &other.object) {
        return None;
    }
    let object = one.object.in_words(base.catalog.dialect());
    let clash = |verdict: Verdict, why: String| Some(Clash { verdict, object: one.object.clone(), why, first: None });
    match (&one.how, &other.how) {
        (How::Makes, How::Makes) => makes(base, a, b, one, other),
        (How::Removes, How::Removes) if !(one.tolerant && other.tolerant) => {
            clash(Verdict::Conflicting, format!("{} and {} both remove {object}", a.name, b.name))
        }
        // A clause that is not understood, or a condition, may say anything.
        (How::Alters(_) | How::Removes, How::Alters(_) | How::Removes) if !(one.certain && other.certain) => {
            clash(Verdict::Unknown, format!("it is not certain what {} and {} do to {object}", a.name, b.name))
        }
        (How::Alters(first), How::Alters(second)) if first == "expression" && first == second => {
            clash(Verdict::Unknown, format!("{} and {} both set the {first} of {object}", a.name, b.name))
        }
        _ => None,
    }
}

/// Both make an object of one name.
fn makes(base: &Schema, a: Side<'_>, b: Side<'_>, one: &Access, other: &Access) -> Option<Clash> {
    if one.tolerant && other.tolerant || matches!(one.object.kind, ObjectKind::Key) {
        return None;
    }
    let remade = |side: Side<'_>| removes(side.played, &one.object);
    if remade(a) && remade(b) {
        return None;
    }
    Some(Clash {
        verdict: Verdict::Conflicting,
        object: one.object.clone(),
        why: format!("{} and {} both make {}", a.name, b.name, one.object.in_words(base.catalog.dialect())),
        first: None,
    })
}

pub(super) fn removes(played: &Played, object: &ObjectRef) -> bool {
    let wanted = key(object);
    played.accesses.iter().any(|access| access.how == How::Removes && key(&access.object) == wanted)
}

pub(super) fn makes_it(played: &Played, object: &ObjectRef) -> bool {
    let wanted = key(object);
    let made = |access: &&Access| access.how == How::Makes && key(&access.object) == wanted;
    played.accesses.iter().any(|access| made(&access))
}

/// One removes what the other needs. Where it is made anew the replay of both orders has judged all but rows.
fn removed(base: &Schema, a: Side<'_>, b: Side<'_>, one: &Access, other: &Access) -> Option<Clash> {
    let object = one.object.in_words(base.catalog.dialect());
    let anew = makes_it(a.played, &one.object);
    let own = makes_it(b.played, &other.object);
    if own || anew && !matches!(other.how, How::Writes(_)) {
        return None;
    }
    // Which of several functions of one name is called cannot be told.
    let sure = one.object.part == other.object.part || !overloaded(base, one);
    let verdict = if one.certain && other.certain && sure { Verdict::Conflicting } else { Verdict::Unknown };
    let why = format!("{} removes {object}, which {} needs", a.name, b.name);
    Some(Clash { verdict, object: one.object.clone(), why, first: None })
}

fn overloaded(base: &Schema, access: &Access) -> bool {
    let name = Name {
        parts: [&access.object.name.schema, &access.object.name.name]
            .map(|part| Identifier { text: part.to_string(), quoted: true, span: Span::new(0, 0) })
            .to_vec(),
        span: Span::new(0, 0),
    };
    access.object.kind.is_routine()
        && base.catalog.routine(&name).present().is_some_and(|routine| routine.overloads.len() > 1)
}

/// One speaks of everything in a schema, and the other makes something there, or removes it beside the schema itself.
fn swept(base: &Schema, a: Side<'_>, b: Side<'_>) -> Option<Clash> {
    let sweep = |access: &Access| match access.how {
        How::Reads(Use::Everything(kind)) => Some((access.object.name.name.to_string(), kind)),
        _ => None,
    };
    let sweeps: Vec<(String, Option<ObjectKind>)> = a.played.accesses.iter().filter_map(sweep).collect();
    let in_it = |access: &&Access| {
        let whole = access.object.part.is_none() || access.object.kind.is_routine();
        let fits = |wanted: Option<ObjectKind>| match wanted {
            None => true,
            Some(wanted) => access.how == How::Makes && is_of(access.object.kind, wanted),
        };
        (access.how == How::Makes || access.how == How::Removes && !access.tolerant)
            && whole
            && access.object.kind != ObjectKind::Index
            && sweeps.iter().any(|(schema, kind)| **schema == *access.object.name.schema && fits(*kind))
    };
    let other = b.played.accesses.iter().find(in_it)?;
    let object = other.object.in_words(base.catalog.dialect());
    let schema = &other.object.name.schema;
    let verb = if other.how == How::Makes { "makes" } else { "removes" };
    let why = format!("{} is about everything in schema {schema}, where {} {verb} {object}", a.name, b.name);
    Some(Clash { verdict: Verdict::Conflicting, object: other.object.clone(), why, first: None })
}

/// Whether a grant on all objects of one kind is about objects of another.
fn is_of(kind: ObjectKind, wanted: ObjectKind) -> bool {
    match wanted {
        ObjectKind::Table => kind.is_relation() && kind != ObjectKind::Sequence,
        wanted if wanted.is_routine() => kind.is_routine(),
        wanted => kind == wanted,
    }
}

/// Whether a column becomes of another family of types, so that what is computed from it may mean something else. Within
/// one the server writes it anew, whatever came first.
fn leaves_family(base: &Schema, side: Side<'_>, column: &ObjectRef) -> bool {
    let Some(part) = column.part.as_deref() else { return true };
    let family = |schema: &Schema| {
        let table = schema.catalog.relation_if_applied(&column.name)?;
        let data_type = table.column(part).present()?.data_type.as_ref()?;
        match data_type.name.as_str() {
            "smallint" | "integer" | "bigint" | "numeric" => Some("number"),
            "text" | "character varying" | "varchar" | "character" => Some("text"),
            _ => None,
        }
    };
    let (from, to) = (family(base), family(side.after));
    from.is_none() || from != to
}

/// What the second script needs and the first one makes, where the schema before does not surely have it.
pub(super) fn need<'a>(base: &Schema, maker: Side<'_>, user: Side<'a>) -> Option<&'a Access> {
    let made: BTreeSet<Key> = maker
        .played
        .accesses
        .iter()
        .filter(|access| access.how == How::Makes && base.catalog.presence(&access.object) != Known::Present(()))
        .flat_map(|access| keys(&access.object))
        .collect();
    if made.is_empty() {
        return None;
    }
    user.played.accesses.iter().find(|access| {
        access.needs()
            && !access.tolerant
            && made.contains(&key(&access.object))
            && !makes_it(user.played, &access.object)
            && base.catalog.presence(&access.object) != Known::Present(())
    })
}

/// The keys under which what is made may be asked for: a function is called without the types of its parameters.
fn keys(object: &ObjectRef) -> Vec<Key> {
    let mut found = vec![key(object)];
    if object.kind.is_routine() && object.part.is_some() {
        found.push((Space::Routine, object.name.clone(), None));
    }
    found
}
