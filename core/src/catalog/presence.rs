//! Whether objects are there, by the names that other parts of the core keep.

use super::describe::Facts;
use super::known::Known;
use super::naming::{ObjectRef, default_schema, is_system};
use super::state::Catalog;
use crate::change::{Name, ObjectKind};

impl Catalog {
    /// Whether an object or a part of one is there.
    #[must_use]
    pub fn presence(&self, object: &ObjectRef) -> Known<()> {
        let (name, state) = (&object.name, &self.state);
        if let Some(part) = object.part.as_deref().filter(|_| !object.kind.is_routine()) {
            return match state.relations.look(name, state.open) {
                Known::Present(owner) => match object.kind {
                    ObjectKind::Column => owner.column(part).map(|_| ()),
                    ObjectKind::Constraint => owner.constraint(part).map(|_| ()),
                    ObjectKind::Index => owner.index(part).map(|_| ()),
                    kind => owner.attached(kind, part).map(|_| ()),
                },
                Known::Absent => Known::Absent,
                Known::Unknown => Known::Unknown,
            };
        }
        match object.kind {
            ObjectKind::Type | ObjectKind::Domain => state.types.look(name, state.open).map(|_| ()),
            // Every database has the schema where a session begins, and the usual one.
            ObjectKind::Schema if *name.name == *self.home() || &*name.name == default_schema(self.dialect()) => {
                Known::Present(())
            }
            kind if kind.is_routine() => self.presence_of_routine(object),
            kind if kind.is_relation() => state.relations.look(name, state.open).map(|_| ()),
            ObjectKind::Index => state.indexes.look(name, state.open).map(|_| ()),
            kind => state.others.look(&(kind, name.clone()), state.open).map(|_| ()),
        }
    }

    fn presence_of_routine(&self, object: &ObjectRef) -> Known<()> {
        let found = self.state.routines.look(&object.name, self.state.open);
        let Some(part) = object.part.as_deref() else { return found.map(|_| ()) };
        match found {
            Known::Present(routine) => {
                let same = |overload: &String| super::signature(overload).join(", ") == part;
                if routine.overloads.iter().any(same) { Known::Present(()) } else { Known::Absent }
            }
            other => other.map(|_| ()),
        }
    }

    /// Whether the server brings the object: nothing is ever said about those.
    #[must_use]
    pub fn is_system(&self, name: &super::ObjectName) -> bool {
        is_system(self.dialect(), name)
    }

    /// The full name of an object that is neither relation, type nor routine; few kinds of them stand in a schema.
    #[must_use]
    pub fn full_name(&self, kind: ObjectKind, name: &Name) -> super::ObjectName {
        match kind {
            ObjectKind::Type | ObjectKind::Domain => self.type_name(name),
            ObjectKind::Index => self.index_name(name),
            kind if kind.is_routine() => self.routine_name(name),
            kind if kind.is_relation() => self.relation_name(name),
            kind => self.other_name(kind, name),
        }
    }

    /// What is known of an object, as one text; `None` where it is not there.
    #[must_use]
    pub fn definition(&self, object: &ObjectRef) -> Option<String> {
        let (_, facts, _) = self.describe().into_iter().find(|(found, ..)| found == object)?;
        Some(in_words(facts))
    }
}

fn in_words(facts: Facts) -> String {
    let said = |(what, text): (&str, String)| match (what, text.as_str()) {
        (what, "") => what.to_owned(),
        ("type" | "kind", text) => text.to_owned(),
        (what, text) => format!("{what} {text}"),
    };
    facts.into_iter().map(said).collect::<Vec<_>>().join("; ")
}
