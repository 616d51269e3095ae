//! Text that is put together when it runs, in a block or in the body of a routine: what it may have made or removed.

use std::collections::BTreeSet;

use super::Replay;
use crate::catalog::naming::ObjectName;
use crate::catalog::object::Removal;
use crate::catalog::parts::Parts;
use crate::change::{Name, ObjectKind};
use crate::sql::Dialect;
use crate::text::{Casing, Span};

/// What a text may remove, by the word after `DROP`.
const REMOVED: [(&str, ObjectKind); 10] = [
    ("policy", ObjectKind::Policy),
    ("trigger", ObjectKind::Trigger),
    ("rule", ObjectKind::Rule),
    ("constraint", ObjectKind::Constraint),
    ("foreign", ObjectKind::Constraint),
    ("primary", ObjectKind::Constraint),
    ("index", ObjectKind::Index),
    ("column", ObjectKind::Column),
    ("table", ObjectKind::Table),
    ("view", ObjectKind::Table),
];

/// What a text speaks of removing, with the words of the text around it.
pub(super) fn removed(text: &str, around: &str) -> Removal {
    let spoken: Vec<&str> = words(text).collect();
    let after_drop = spoken.windows(2).filter(|pair| pair[0].eq_ignore_ascii_case("drop")).map(|pair| pair[1]);
    let kind = |word: &str| REMOVED.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind);
    let kinds: BTreeSet<ObjectKind> = after_drop.filter_map(kind).collect();
    let words = if kinds.is_empty() { BTreeSet::new() } else { words(around).map(str::lower).collect() };
    Removal { kinds, words }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric() && char != '_').filter(|word| !word.is_empty())
}

impl Replay<'_> {
    /// A procedure runs: what its body makes, alters or removes may be so now.
    pub(super) fn call(&mut self, name: Option<&Name>) {
        let Some(name) = name else { return };
        let full = self.catalog.routine_name(name);
        let Some(routine) = self.catalog.state.routines.find(&full).cloned() else {
            let system = ["sp_", "xp_", "dbms_", "sys", "utl_", "rdsadmin"];
            let written = name.to_string().to_ascii_lowercase();
            let known = system.iter().any(|start| written.starts_with(start) || written.contains(&format!(".{start}")));
            if !known {
                self.catalog.doubt_absences();
            }
            return;
        };
        for touched in &routine.touches {
            self.edit(touched).into_iter().for_each(|found| found.complete = false);
            self.catalog.state.relations.doubt(touched);
        }
        if routine.opaque {
            self.catalog.doubt_absences();
            self.forget(&routine.removes);
        }
    }

    /// Text that is put together when it runs. One that begins as a statement about rows or privileges changes nothing
    /// here; any other may make anything, and remove what it, or the statement around it, speaks of.
    pub(super) fn unchecked(&mut self, span: Span) {
        const HARMLESS: [&str; 9] =
            ["grant", "revoke", "insert", "update", "delete", "select", "analyze", "comment", "set"];
        let text = self.text.get(span.start..span.end).unwrap_or_default().lower();
        let defines = ["create", "alter", "drop", "rename"].iter().any(|verb| words(&text).any(|word| word == *verb));
        let begins = words(&text).any(|word| HARMLESS.contains(&word));
        if defines || !begins {
            self.catalog.doubt_absences();
            let around = self.text.get(self.statement.start..self.statement.end).unwrap_or_default();
            self.forget(&removed(if defines { &text } else { around }, around));
        }
    }

    /// Objects of some kinds may be gone: those of the tables that the statement names, else the text itself, else of all.
    /// Tables and columns only where they are named: a name that comes in as an argument says too little of the others.
    fn forget(&mut self, removal: &Removal) {
        if removal.kinds.is_empty() {
            return;
        }
        let statement = self.text.get(self.statement.start..self.statement.end).unwrap_or_default().lower();
        let statement: BTreeSet<&str> = words(&statement).collect();
        let named = |spoken: &dyn Fn(&str) -> bool| -> Vec<ObjectName> {
            let relations = self.catalog.relations().filter(|relation| spoken(&relation.name.name.lower()));
            relations.map(|relation| relation.name.clone()).collect()
        };
        let here = named(&|word| statement.contains(word));
        let concerned = if here.is_empty() { named(&|word| removal.words.contains(word)) } else { here };
        let all = concerned.is_empty();
        let concerned = if all { named(&|_| true) } else { concerned };
        for name in &concerned {
            for kind in &removal.kinds {
                match kind {
                    ObjectKind::Table | ObjectKind::Column if all => {}
                    ObjectKind::Table => self.catalog.state.relations.doubt(name),
                    kind => self.forget_parts(name, *kind),
                }
            }
        }
    }

    /// An action on a table that was not understood: the columns that it names may have gone or have another name.
    pub(super) fn unknown_action(&mut self, table: &ObjectName, span: Span) {
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        let spoken: BTreeSet<String> = words(text).map(str::lower).collect();
        let Some(found) = self.edit(table) else { return };
        found.complete = false;
        found.columns.retain(|column| !spoken.contains(&column.name.lower()));
    }

    /// Nothing is known any more of a relation's parts of that kind.
    fn forget_parts(&mut self, name: &ObjectName, kind: ObjectKind) {
        let defaults_are_constraints = self.catalog.dialect == Dialect::SqlServer;
        let Some(found) = self.find(name) else { return };
        let any = match kind {
            ObjectKind::Constraint => {
                !found.constraints.is_empty() || found.columns.iter().any(|column| column.default.is_some())
            }
            ObjectKind::Index => !found.indexes.is_empty(),
            ObjectKind::Column => true,
            kind => found.attached.iter().any(|attached| attached.kind == kind),
        };
        let Some(found) = self.edit(name).filter(|_| any) else { return };
        let mut gone: Vec<String> = Vec::new();
        found.complete = false;
        match kind {
            ObjectKind::Constraint => {
                let keys = found.indexes.iter().filter(|index| index.of_constraint);
                gone.extend(keys.filter_map(|index| index.name.clone()));
                found.indexes.retain(|index| !index.of_constraint);
                found.constraints = Parts::default();
                let columns = found.columns.iter_mut_where(|_| defaults_are_constraints);
                columns.for_each(|column| column.default = None);
            }
            ObjectKind::Index => {
                gone.extend(found.indexes.iter().filter_map(|index| index.name.clone()));
                found.indexes = Parts::default();
            }
            ObjectKind::Column => found.columns = Parts::default(),
            kind => found.attached.retain(|attached| attached.kind != kind),
        }
        for index in gone {
            self.catalog.state.indexes.doubt(&name.beside(&index));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_known_by_the_word_after_drop() {
        let kinds = |text| removed(text, text).kinds.into_iter().collect::<Vec<_>>();
        assert_eq!(kinds("'drop policy \"' || p || '\" on ' || t"), [ObjectKind::Policy]);
        assert_eq!(kinds("format('ALTER TABLE %I DROP CONSTRAINT %I', t, c)"), [ObjectKind::Constraint]);
        assert_eq!(kinds("@dropconstraintsql"), []);
        assert_eq!(kinds("alter table t alter c drop not null"), []);
    }
}
