//! The names that servers find for what is given none.

use super::Replay;
use crate::catalog::constraint::ConstraintKind;
use crate::catalog::index::{Index, IndexPart};
use crate::catalog::naming::{ObjectName, composed};
use crate::catalog::relation::Relation;
use crate::sql::Dialect;

impl Replay<'_> {
    /// The name of the sequence of a serial or identity column.
    pub(super) fn sequence_name(&self, table: &ObjectName, column: &str) -> ObjectName {
        let name = numbered(
            |label| {
                let name = composed(&table.name, column, label);
                let taken = self.is_taken(table, &name);
                (name, taken)
            },
            "seq",
        );
        table.beside(&name)
    }

    /// The name of a constraint that is given none; `None` where the server draws it by lot.
    pub(super) fn constraint_name(
        &self,
        table: &Relation,
        kind: &ConstraintKind,
        columns: &[String],
    ) -> Option<String> {
        match self.catalog.dialect {
            Dialect::Postgres => Some(self.postgres_name(table, kind, columns)),
            Dialect::Mysql | Dialect::Mariadb => self.mysql_name(table, kind, columns),
            _ => None,
        }
    }

    fn postgres_name(&self, table: &Relation, kind: &ConstraintKind, columns: &[String]) -> String {
        let joined = columns.join("_");
        let (columns, label) = match kind {
            ConstraintKind::PrimaryKey => ("", "pkey"),
            ConstraintKind::Unique { .. } => (joined.as_str(), "key"),
            ConstraintKind::ForeignKey { .. } => (joined.as_str(), "fkey"),
            ConstraintKind::Exclude { .. } => (joined.as_str(), "excl"),
            ConstraintKind::NotNull => (joined.as_str(), "not_null"),
            ConstraintKind::Check { .. } if columns.len() == 1 => (joined.as_str(), "check"),
            _ => ("", "check"),
        };
        let keyed = matches!(label, "pkey" | "key" | "excl");
        numbered(
            |label| {
                let name = composed(&table.name.name, columns, label);
                let taken = self.is_constraint(&table.name, &name) || keyed && self.is_taken(&table.name, &name);
                (name, taken)
            },
            label,
        )
    }

    fn mysql_name(&self, table: &Relation, kind: &ConstraintKind, columns: &[String]) -> Option<String> {
        let maria = self.catalog.dialect == Dialect::Mariadb;
        let counted = |prefix: String| {
            let names = table.constraints.iter().filter_map(|other| other.name.as_deref()?.strip_prefix(&prefix));
            let last = names.filter_map(|number| number.parse::<u32>().ok()).max().unwrap_or(0);
            Some(format!("{prefix}{}", last + 1))
        };
        match kind {
            ConstraintKind::PrimaryKey => Some("PRIMARY".into()),
            ConstraintKind::ForeignKey { .. } => counted(format!("{}_ibfk_", table.name.name)),
            ConstraintKind::Check { .. } if maria => counted("CONSTRAINT_".into()),
            ConstraintKind::Check { .. } => counted(format!("{}_chk_", table.name.name)),
            _ => mysql_index_name(table, columns.first()?),
        }
    }

    /// The name of an index that is given none.
    pub(super) fn implicit_index_name(&self, table: &Relation, index: &Index) -> Option<String> {
        match self.catalog.dialect {
            Dialect::Postgres => {
                let columns = index_columns(&index.parts);
                Some(numbered(
                    |label| {
                        let name = composed(&table.name.name, &columns, label);
                        let taken = self.is_taken(&table.name, &name);
                        (name, taken)
                    },
                    "idx",
                ))
            }
            Dialect::Mysql | Dialect::Mariadb => {
                mysql_index_name(table, index.parts.first()?.column.as_deref().unwrap_or("functional_index"))
            }
            _ => None,
        }
    }

    /// Whether a constraint of the name stands in the schema of a table.
    fn is_constraint(&self, table: &ObjectName, name: &str) -> bool {
        let has = |other: &Relation| other.constraints.iter().any(|other| other.name.as_deref() == Some(name));
        self.catalog.beside_with_constraint(table, name).any(has)
    }

    /// Whether a relation or an index of the name stands beside a table.
    fn is_taken(&self, table: &ObjectName, name: &str) -> bool {
        let state = &self.catalog.state;
        state.relations.name_of(&table.schema, name).is_some() || state.indexes.name_of(&table.schema, name).is_some()
    }
}

/// MySQL calls an index by its first column, then adds `_2`, `_3` …
fn mysql_index_name(table: &Relation, column: &str) -> Option<String> {
    let taken = |name: &str| table.indexes.iter().any(|index| index.name.as_deref() == Some(name));
    let further = (2..1000).map(|number| format!("{column}_{number}"));
    std::iter::once(column.to_owned()).chain(further).find(|name| !taken(name))
}

/// The columns in the name of an index: an expression is called by its function, or `expr`, each name once.
fn index_columns(parts: &[IndexPart]) -> String {
    let mut names: Vec<String> = Vec::new();
    for part in parts {
        let base = part.column.clone().unwrap_or_else(|| called(&part.text));
        let mut name = base.clone();
        let mut number = 0;
        while names.contains(&name) {
            number += 1;
            name = format!("{base}{number}");
        }
        names.push(name);
    }
    names.join("_")
}

/// How PostgreSQL calls an expression: by its outermost function.
fn called(expression: &str) -> String {
    let plain = |char: char| char.is_alphanumeric() || char == '_' || char == '.';
    let head: String = expression.chars().take_while(|char| plain(*char)).collect();
    let rest = expression[head.len()..].trim_start();
    if head.is_empty() || !rest.starts_with('(') {
        return "expr".into();
    }
    let name = head.rsplit('.').next().unwrap_or(&head);
    name.to_ascii_lowercase()
}

/// The first name that is free: with the label, then with the label and 1, 2 …
fn numbered(name: impl Fn(&str) -> (String, bool), label: &str) -> String {
    let mut found = name(label);
    let mut number = 0_u32;
    while found.1 && number < 10_000 {
        number += 1;
        found = name(&format!("{label}{number}"));
    }
    found.0
}
