//! Whether the version of an application that knew the schema before can still run after the first scripts of a release.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::Disagreement;
use super::schema::{Schema, Script};
use crate::catalog::{
    Catalog, Constraint, ConstraintKind, Difference, DifferenceKind, Known, ObjectName, ObjectRef, Relation, diff,
    diff_of,
};
use crate::change::ObjectKind;

/// The schema after the first scripts of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    /// The last of them.
    pub after: String,
    /// Whether the previous version of the application can run on it; `None` where that cannot be told.
    pub safe: Option<bool>,
    /// Why not, or why that cannot be told: one sentence each.
    pub reasons: Vec<String>,
}

/// Judges the schema after each script of a release, in their order. What one script takes away and a later one brings
/// back counts only in between.
#[must_use]
pub fn prefixes(base: &Schema, scripts: &[Script]) -> Vec<Prefix> {
    let mut schema = base.clone();
    let mut unknown: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut standing = Standing::new();
    let empty = base.catalog.relations().next().is_none() && !base.catalog.is_open();
    for (at, script) in (0..).zip(scripts) {
        let before = schema.catalog.clone();
        let played = schema.play(script, u32::MAX - 1 - at);
        let opaque = played.opaque.iter();
        unknown.extend(
            opaque.map(|opaque| format!("statement {} of {}: {}", opaque.statement + 1, script.name, opaque.why)),
        );
        let reasons = if empty { Vec::new() } else { hazards(base, &before, &schema, &mut standing) };
        let safe = if reasons.is_empty() { unknown.is_empty().then_some(true) } else { Some(false) };
        let reasons = if reasons.is_empty() { unknown.clone() } else { reasons };
        found.push(Prefix { after: script.name.clone(), safe, reasons });
    }
    found
}

/// What the previous version may trip over, by the object: what a script leaves alone stays as it was judged.
type Standing = BTreeMap<ObjectRef, Vec<String>>;

/// What the previous version may trip over, one sentence each; `before` is the schema before the last script.
fn hazards(old: &Schema, before: &Catalog, new: &Schema, standing: &mut Standing) -> Vec<String> {
    let touched: BTreeSet<ObjectRef> =
        diff(before, &new.catalog).into_iter().map(|difference| difference.object).collect();
    let names: BTreeSet<&ObjectName> = touched.iter().map(|object| &object.name).collect();
    standing.retain(|object, _| !names.contains(&object.name));
    let differences = diff_of(&old.catalog, &new.catalog, &touched);
    let gone: BTreeSet<&ObjectName> = differences
        .iter()
        .filter(|difference| difference.kind == DifferenceKind::Removed && difference.object.part.is_none())
        .map(|difference| &difference.object.name)
        .collect();
    // With a table goes all that belongs to it.
    let own = |difference: &&Difference| difference.object.part.is_none() || !gone.contains(&difference.object.name);
    for difference in differences.iter().filter(own) {
        if let Some(reason) = hazard(old, new, difference) {
            standing.entry(difference.object.clone()).or_default().push(reason);
        }
    }
    let mut reasons: Vec<String> = standing.values().flatten().cloned().collect();
    reasons.extend(old.ledger.disagreements(&new.ledger).iter().filter_map(|slot| told(old, slot)));
    reasons.dedup();
    reasons
}

fn hazard(old: &Schema, new: &Schema, difference: &Difference) -> Option<String> {
    let object = &difference.object;
    let words = object.in_words(old.catalog.dialect());
    let relation = |schema: &Schema| schema.catalog.relation_if_applied(&object.name).cloned();
    let (before, after) = (relation(old), relation(new));
    match &difference.kind {
        DifferenceKind::Removed => match object.kind {
            ObjectKind::Index
            | ObjectKind::Constraint
            | ObjectKind::Trigger
            | ObjectKind::Policy
            | ObjectKind::Rule => None,
            _ => Some(format!("{words} is gone")),
        },
        DifferenceKind::Added => {
            // What stands in a new table hinders nobody.
            let (_, after) = (before?, after?);
            added(object, &after, &words)
        }
        DifferenceKind::Changed { what, from, to } => {
            let (before, after) = (before.as_ref(), after.as_ref());
            changed(object, (before, after), &words, what, (from.as_deref(), to.as_deref()))
        }
    }
}

fn added(object: &ObjectRef, table: &Relation, words: &str) -> Option<String> {
    let part = object.part.as_deref()?;
    match object.kind {
        ObjectKind::Column => {
            let Known::Present(column) = table.column(part) else { return None };
            let filled = column.default.is_some() || column.identity.is_some() || column.generated.is_some();
            (column.nullable == Some(false) && !filled).then(|| format!("{words} is required and has no default"))
        }
        ObjectKind::Constraint => {
            let Known::Present(constraint) = table.constraint(part) else {
                return Some(format!("{words} is new, and rows written by the previous version may break it"));
            };
            breaks(constraint).then(|| format!("{words} is new, and rows written by the previous version may break it"))
        }
        ObjectKind::Index => {
            let Known::Present(index) = table.index(part) else { return None };
            let demands = index.unique && !index.of_constraint;
            demands.then(|| format!("{words} demands unique rows, which the previous version may not write"))
        }
        _ => None,
    }
}

/// Whether rows of somebody who does not know the constraint may break it. NOT NULL is said of its column.
fn breaks(constraint: &Constraint) -> bool {
    constraint.enforced && !matches!(constraint.kind, ConstraintKind::NotNull | ConstraintKind::Default)
}

fn changed(
    object: &ObjectRef,
    (before, after): (Option<&Relation>, Option<&Relation>),
    words: &str,
    what: &str,
    (from, to): (Option<&str>, Option<&str>),
) -> Option<String> {
    match (object.kind, what) {
        (ObjectKind::Column, "type") => {
            let part = object.part.as_deref()?;
            let types = (
                before?.column(part).present()?.data_type.as_ref()?,
                after?.column(part).present()?.data_type.as_ref()?,
            );
            let narrower = types.0.narrows(types.1).is_some();
            let other = family(&types.0.name) != family(&types.1.name);
            let verb = if narrower { "is narrowed" } else { "changes its type" };
            (narrower || other).then(|| format!("{words} {verb} from {} to {}", types.0, types.1))
        }
        (ObjectKind::Column, "not null") if to.is_some() => Some(format!("{words} becomes required")),
        (ObjectKind::Column, "default") if to.is_none() => {
            let required = after?.column(object.part.as_deref()?).present()?.nullable == Some(false);
            required.then(|| format!("{words} is required and loses its default"))
        }
        (ObjectKind::Column, "generated") => Some(format!("{words} changes how it is generated")),
        (ObjectKind::Column, "identity") if to == Some("always") => Some(format!("{words} takes no values any more")),
        (ObjectKind::Constraint, "kind") => Some(format!("{words} changes to {}", to.unwrap_or("nothing"))),
        (ObjectKind::Type, "enum") => {
            let values = |text: Option<&str>| -> Vec<String> {
                text.unwrap_or_default().split(", ").map(str::to_owned).collect()
            };
            let (old, new) = (values(from), values(to));
            let lost = old.into_iter().find(|value| !new.contains(value))?;
            Some(format!("{words} loses the value {lost}"))
        }
        (ObjectKind::Domain, "type" | "check" | "not null") if to.is_some() => {
            Some(format!("{words} changes: {what} {}", to?))
        }
        (ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine, "kind") => {
            Some(format!("{words} takes other arguments"))
        }
        _ => None,
    }
}

/// Types whose values clients read in the same way.
fn family(name: &str) -> &str {
    match name {
        "smallint" | "integer" | "bigint" | "int" | "tinyint" | "mediumint" => "integer",
        "text" | "varchar" | "character varying" | "longtext" | "mediumtext" => "text",
        other => other,
    }
}

/// What the texts of objects say.
fn told(old: &Schema, slot: &Disagreement) -> Option<String> {
    let words = slot.object.in_words(old.catalog.dialect());
    if old.catalog.presence(&slot.object).is_absent() {
        return None;
    }
    match slot.about.as_str() {
        "row security" | "forced row security" if slot.to.is_some() => {
            Some(format!("{words} filters its rows by policies"))
        }
        about if about.starts_with("privilege") && slot.to.as_deref() != slot.from.as_deref() => {
            let lost = slot.from.is_some() && slot.to.is_none() || slot.to.as_deref() == Some("revoked");
            let known = slot.object.kind != ObjectKind::DefaultPrivileges && !about.contains("by default");
            (lost && known).then(|| format!("{words} loses a {about}"))
        }
        _ => None,
    }
}
