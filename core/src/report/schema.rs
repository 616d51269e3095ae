//! The schema that the scripts make, and what one of them changes.

use serde::Serialize;

use crate::catalog::{self, Catalog, DifferenceKind, Facts};
use crate::project::{Checked, Project};
use crate::sql::Dialect;

/// The schema after the last script.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Schema {
    /// Whether everything is known; otherwise there may be more than is listed.
    pub certain: bool,
    /// The objects, sorted.
    pub objects: Vec<SchemaObject>,
}

/// An object with its parts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SchemaObject {
    /// `table`, `view`, `sequence`, `type`.
    pub kind: &'static str,
    /// Its name, as people of this dialect write it.
    pub name: String,
    /// Whether it is there for certain.
    pub certain: bool,
    /// What is known of it.
    pub facts: Vec<Fact>,
    /// Its columns, constraints, indexes, triggers.
    pub parts: Vec<SchemaPart>,
}

/// A part of an object.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SchemaPart {
    /// `column`, `constraint`, `index`, `trigger`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub facts: Vec<Fact>,
}

/// One thing that is known of an object.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Fact {
    /// `type`, `not null`, `default`.
    pub about: &'static str,
    /// The rest; empty where `about` says it all.
    pub text: String,
}

/// One thing in which the schemas before and after a script differ.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SchemaDifference {
    /// What differs: `table`, `column`, `index`.
    pub kind: &'static str,
    /// The object, or what it is a part of.
    pub name: String,
    /// The part.
    pub part: Option<String>,
    /// What became of it.
    pub change: SchemaChange,
    /// Of what has changed, what: `type`, `default`.
    pub about: Option<&'static str>,
    /// Of what has changed, how it was; null where nothing was said.
    pub from: Option<String>,
    /// Of what has changed, how it is; null where nothing is said.
    pub to: Option<String>,
}

/// What became of an object or a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum SchemaChange {
    /// It was made.
    Added,
    /// It was dropped.
    Removed,
    /// It is no longer the same.
    Changed,
}

impl Schema {
    /// The schema after the last script of the replay.
    #[must_use]
    pub fn new(project: &Project, checked: &Checked) -> Self {
        let deployment = project.deployment(checked);
        let dialect = deployment.server.dialect;
        let last = deployment.scripts.last();
        last.map_or(Self { certain: false, objects: Vec::new() }, |last| Self::of(last.after(), dialect))
    }

    fn of(catalog: &Catalog, dialect: Dialect) -> Self {
        let mut objects: Vec<SchemaObject> = Vec::new();
        for (object, facts, certain) in catalog.describe() {
            let (kind, facts) = (object.kind.as_str(), facts_of(facts));
            if let (Some(part), Some(whole)) = (object.part, objects.last_mut()) {
                whole.parts.push(SchemaPart { kind, name: part.to_string(), facts });
                continue;
            }
            let name = object.name.spelled(dialect);
            objects.push(SchemaObject { kind, name, certain, facts, parts: Vec::new() });
        }
        objects.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        Self { certain: !catalog.is_open(), objects }
    }
}

fn facts_of(facts: Facts) -> Vec<Fact> {
    facts.into_iter().map(|(about, text)| Fact { about, text }).collect()
}

impl SchemaDifference {
    /// What a script changes; an undo script is compared with what its migration leaves. Nothing where there is no such script.
    #[must_use]
    pub fn of_script(project: &Project, checked: &Checked, path: &str) -> Vec<Self> {
        let deployment = project.deployment(checked);
        let undos = deployment.undos.iter().map(|undone| &undone.script);
        let mut scripts = deployment.scripts.iter().map(|played| &**played).chain(undos);
        let Some(script) = scripts.find(|played| played.turn.path == path) else { return Vec::new() };
        let Some(first) = script.steps.first() else { return Vec::new() };
        let dialect = deployment.server.dialect;
        let differences = catalog::diff(&first.before, script.after()).into_iter();
        differences.map(|difference| Self::new(difference, dialect)).collect()
    }

    fn new(difference: catalog::Difference, dialect: Dialect) -> Self {
        let (change, about, from, to) = match difference.kind {
            DifferenceKind::Added => (SchemaChange::Added, None, None, None),
            DifferenceKind::Removed => (SchemaChange::Removed, None, None, None),
            DifferenceKind::Changed { what, from, to } => (SchemaChange::Changed, Some(what), from, to),
        };
        let object = difference.object;
        let part = object.part.map(|part| part.to_string());
        Self { kind: object.kind.as_str(), name: object.name.spelled(dialect), part, change, about, from, to }
    }
}
