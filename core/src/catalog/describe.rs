//! Objects as lines of facts, for listings and for comparing.

use std::fmt::Write;

use super::constraint::{Constraint, ConstraintKind};
use super::index::Index;
use super::naming::ObjectRef;
use super::object::{RoutineObject, TypeKind, TypeObject};
use super::relation::{Column, IdentityKind, Persistence, Relation, RelationKind, Rows};
use super::state::Catalog;
use crate::change::ObjectKind;
use crate::text::Casing;

/// What is said of an object: what it is about, and in which words.
pub(crate) type Facts = Vec<(&'static str, String)>;

/// An object or a part of one, and what is said of it.
pub(super) type Described = (ObjectRef, Facts);

impl Catalog {
    /// All that is known, in a compact text with one line for each object and each part.
    #[must_use]
    pub fn listing(&self) -> String {
        let mut out = String::new();
        if self.is_open() {
            out.push_str("open\n");
        }
        for (object, facts, certain) in self.describe() {
            let indent = if object.part.is_some() { "  " } else { "" };
            let mut said: Vec<String> = facts.into_iter().map(|(about, text)| said(about, &text)).collect();
            let whole = self.state.relations.find(&object.name).filter(|found| found.reference() == object);
            said.extend(whole.and_then(rows).map(str::to_owned));
            let name = object.part.as_deref().map_or_else(|| object.name.to_string(), str::to_owned);
            let _ = write!(out, "{indent}{} {name}", object.kind.as_str());
            let _ = write!(out, "{}{}", if said.is_empty() { "" } else { ": " }, said.join("; "));
            out.push_str(if certain { "\n" } else { " [uncertain]\n" });
        }
        out
    }

    /// All objects and parts, in order.
    pub(crate) fn describe(&self) -> Vec<(ObjectRef, Facts, bool)> {
        let mut all = Vec::new();
        for ((kind, name), _, certain) in self.state.others.all() {
            all.push((ObjectRef::whole(*kind, name), Facts::new(), certain));
        }
        for (name, found, certain) in self.state.types.all() {
            all.push((found.reference(name), of_type(found), certain));
        }
        for (name, found, certain) in self.state.routines.all() {
            all.push((ObjectRef::whole(ObjectKind::Routine, name), of_routine(found), certain));
        }
        for (_, found, certain) in self.state.relations.all() {
            all.extend(of_relation(found, None).into_iter().map(|(object, facts)| (object, facts, certain)));
        }
        all
    }
}

fn said(about: &str, text: &str) -> String {
    match (about, text) {
        (about, "") => about.to_owned(),
        ("type" | "kind", text) => text.to_owned(),
        (about, text) => format!("{about} {text}"),
    }
}

/// A relation and its parts, without those that it shares with another version of it.
pub(super) fn of_relation(relation: &Relation, other: Option<&Relation>) -> Vec<Described> {
    let part = |kind: ObjectKind, name: &str| ObjectRef::part(kind, &relation.name, name);
    let mut all = vec![(relation.reference(), of_whole(relation))];
    for column in relation.columns.apart_from(other.map(|other| &other.columns)) {
        all.push((part(ObjectKind::Column, &column.name), of_column(column)));
    }
    let name =
        |name: &Option<String>, columns: &[String]| name.clone().unwrap_or_else(|| format!("({})", columns.join(", ")));
    for constraint in relation.constraints.apart_from(other.map(|other| &other.constraints)) {
        let facts = of_constraint(constraint);
        all.push((part(ObjectKind::Constraint, &name(&constraint.name, &constraint.columns)), facts));
    }
    for index in relation.indexes.apart_from(other.map(|other| &other.indexes)) {
        let columns: Vec<String> = index.parts.iter().map(|part| part.text.clone()).collect();
        all.push((part(ObjectKind::Index, &name(&index.name, &columns)), of_index(index)));
    }
    for attached in relation.attached.apart_from(other.map(|other| &other.attached)) {
        let calls = attached.function.as_ref().map(|function| ("calls", function.to_string()));
        all.push((part(attached.kind, &attached.name), calls.into_iter().collect()));
    }
    all
}

fn of_whole(relation: &Relation) -> Facts {
    let mut facts = Facts::new();
    let list = |names: &[super::ObjectName]| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match relation.persistence {
        Persistence::Permanent => {}
        Persistence::Unlogged => facts.push(("unlogged", String::new())),
        Persistence::Temporary => facts.push(("temporary", String::new())),
    }
    if !relation.complete {
        facts.push(("partly known", String::new()));
    }
    if let Some(key) = &relation.partition_key {
        facts.push(("partitioned by", format!("{} {}", key.method, key.text)));
    }
    if let Some(of) = &relation.partition_of {
        facts.push(("partition of", format!("{} {}", of.parent, of.bound)));
    }
    if !relation.inherits.is_empty() {
        facts.push(("inherits", list(&relation.inherits)));
    }
    if !relation.reads.is_empty() {
        facts.push(("reads", list(&relation.reads)));
    }
    if let Some((table, column)) = &relation.owned_by {
        facts.push(("owned by", format!("{table}.{column}")));
    }
    for (name, value) in &relation.options {
        facts.push(("option", format!("{name}={value}")));
    }
    facts
}

/// Whether a relation holds rows, in a word.
fn rows(relation: &Relation) -> Option<&'static str> {
    match (relation.kind, relation.rows) {
        (RelationKind::View | RelationKind::Sequence | RelationKind::Synonym, _) | (_, Rows::Unknown) => None,
        (_, Rows::Some) => Some("has rows"),
        (_, Rows::None) => Some("no rows"),
    }
}

/// What is said of a column.
pub(super) fn of_column(column: &Column) -> Facts {
    let mut facts = Facts::new();
    facts.extend(column.data_type.iter().map(|data_type| ("type", data_type.to_string())));
    if column.nullable == Some(false) {
        facts.push(("not null", String::new()));
    }
    facts.extend(column.default.iter().map(|default| ("default", default.text.clone())));
    if let Some(generated) = &column.generated {
        let stored = if generated.stored == Some(true) { " stored" } else { "" };
        facts.push(("generated", format!("{}{stored}", generated.text)));
    }
    facts.extend(column.identity.map(|identity| ("identity", identity_name(identity).to_owned())));
    facts.extend(column.collation.iter().map(|collation| ("collate", collation.clone())));
    facts.extend(column.character_set.iter().map(|set| ("character set", set.clone())));
    facts.extend(column.on_update.iter().map(|value| ("on update", value.clone())));
    facts.extend(column.comment.iter().map(|comment| ("comment", comment.clone())));
    if !column.complete {
        facts.push(("partly known", String::new()));
    }
    facts
}

fn identity_name(identity: IdentityKind) -> &'static str {
    match identity {
        IdentityKind::Always => "always",
        IdentityKind::ByDefault => "by default",
        IdentityKind::Serial => "serial",
        IdentityKind::AutoIncrement => "auto increment",
    }
}

fn of_constraint(constraint: &Constraint) -> Facts {
    let columns = constraint.columns.join(", ");
    let said = match &constraint.kind {
        ConstraintKind::ForeignKey { table, columns: referenced, .. } => {
            format!("foreign key ({columns}) references {table} ({})", referenced.join(", "))
        }
        ConstraintKind::Check { text } => format!("check {text}"),
        ConstraintKind::Exclude { text } => format!("exclude {text}"),
        other => format!("{} ({columns})", other.as_str()),
    };
    let mut facts = vec![("kind", said)];
    if let ConstraintKind::ForeignKey { on_delete, on_update, .. } = &constraint.kind {
        facts.extend(on_delete.map(|action| ("on delete", format!("{action:?}").lower())));
        facts.extend(on_update.map(|action| ("on update", format!("{action:?}").lower())));
    }
    if constraint.kind == (ConstraintKind::Unique { nulls_not_distinct: true }) {
        facts.push(("nulls not distinct", String::new()));
    }
    for (said, holds) in [
        ("not valid", !constraint.validated),
        ("not enforced", !constraint.enforced),
        ("deferrable", constraint.deferrable),
        ("initially deferred", constraint.initially_deferred),
    ] {
        if holds {
            facts.push((said, String::new()));
        }
    }
    facts
}

fn of_index(index: &Index) -> Facts {
    let mut facts = Facts::new();
    if index.unique {
        facts.push(("unique", String::new()));
    }
    facts.extend(index.method.iter().map(|method| ("using", method.clone())));
    let parts: Vec<&str> = index.parts.iter().map(|part| part.text.as_str()).collect();
    facts.push(("on", format!("({})", parts.join(", "))));
    if !index.include.is_empty() {
        facts.push(("include", format!("({})", index.include.join(", "))));
    }
    facts.extend(index.predicate.iter().map(|predicate| ("where", predicate.clone())));
    if !index.valid {
        facts.push(("not valid", String::new()));
    }
    if index.of_constraint {
        facts.push(("of constraint", String::new()));
    }
    facts
}

pub(super) fn of_type(found: &TypeObject) -> Facts {
    match &found.kind {
        TypeKind::Enum(values) => vec![("enum", values.join(", "))],
        TypeKind::Composite(columns) => {
            let said = |column: &Column| {
                let data_type = column.data_type.as_ref().map_or_else(String::new, ToString::to_string);
                format!("{} {data_type}", column.name)
            };
            vec![("composite", columns.iter().map(said).collect::<Vec<_>>().join(", "))]
        }
        TypeKind::Domain { data_type, nullable, default, checks } => {
            let mut facts = vec![("type", data_type.to_string())];
            if !nullable {
                facts.push(("not null", String::new()));
            }
            facts.extend(default.iter().map(|default| ("default", default.text.clone())));
            for (name, text, validated) in checks {
                facts.push(("check", format!("{name} {text}{}", if *validated { "" } else { " not valid" })));
            }
            facts
        }
        TypeKind::Other => Facts::new(),
    }
}

pub(super) fn of_routine(found: &RoutineObject) -> Facts {
    let overloads: Vec<&str> = found.overloads.iter().map(String::as_str).collect();
    let mut facts = vec![("kind", overloads.join(" "))];
    facts.extend(found.volatility.iter().map(|volatility| ("declared", volatility.clone())));
    facts
}
