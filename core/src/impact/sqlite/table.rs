//! What is known of the table that a statement is about, and what all columns have to fulfil.

use super::fact;
use crate::catalog::{Known, ObjectName, ObjectRef, Relation, RelationKind, Rows};
use crate::change::{ColumnDefinition, ConstraintKind, Expression, Name, ObjectKind};
use crate::impact::{Fact, Refusal, Situation};
use crate::sql::Dialect;
use crate::text::{Casing, Span};

/// A table by the name that a statement gives it.
pub(super) struct Found<'a> {
    pub(super) name: ObjectName,
    pub(super) relation: Option<&'a Relation>,
}

impl<'a> Found<'a> {
    pub(super) fn of(name: &Name, situation: &Situation<'a>) -> Self {
        let relation = match situation.catalog.table(name) {
            Known::Present(relation) => Some(relation),
            Known::Absent | Known::Unknown => None,
        };
        let written = || ObjectName::new("", &name.last().text.lower());
        Self { name: relation.map_or_else(written, |relation| relation.name.clone()), relation }
    }

    pub(super) fn is(&self, kind: RelationKind) -> bool {
        self.relation.is_some_and(|relation| relation.kind == kind)
    }

    pub(super) fn is_strict(&self) -> bool {
        self.has_option("strict")
    }

    pub(super) fn has_rowid(&self) -> bool {
        !self.has_option("without rowid")
    }

    fn has_option(&self, option: &str) -> bool {
        self.relation.is_some_and(|relation| relation.options.contains_key(option))
    }

    /// Whether nobody can have put rows in: it was made in this transaction, and no statement filled it. A table that was
    /// there before may hold rows that no script put in.
    pub(super) fn is_new_and_empty(&self, situation: &Situation<'_>) -> bool {
        let Some(relation) = self.relation else { return false };
        let object = ObjectRef::whole(ObjectKind::Table, &relation.name);
        let begin = situation.begin;
        relation.rows == Rows::None
            && situation.since.or(begin).is_some_and(|begin| situation.catalog.is_new_since(&object, begin))
    }

    /// Whether an expression names a column that is surely not there. `own` is one that is being added.
    pub(super) fn names_unknown(
        &self,
        expression: &Expression,
        own: Option<&ColumnDefinition>,
        situation: &Situation<'_>,
    ) -> Option<Refusal> {
        let relation = self.relation.filter(|relation| relation.complete)?;
        let reads = expression.reads(situation.text, Dialect::Sqlite)?;
        let known = |name: &str| {
            let name = name.lower();
            ["rowid", "oid", "_rowid_", "true", "false"].contains(&&*name)
                || name.starts_with("current_")
                || relation.columns.iter().any(|column| column.name == name)
                || own.is_some_and(|own| own.name.text.lower() == name)
        };
        let unknown = reads.iter().any(|column| !column.quoted && !known(&column.column));
        if unknown { Some(refuse(&fact::UNKNOWN_COLUMN, expression.span)) } else { None }
    }
}

/// Whether foreign keys are enforced: only where the session says so.
pub(super) fn enforces_keys(situation: &Situation<'_>) -> bool {
    let on = |value: &String| ["1", "on", "true", "yes"].iter().any(|on| value.eq_ignore_ascii_case(on));
    situation.session.get("foreign_keys").is_some_and(|values| values.first().is_some_and(on))
}

pub(super) fn refuse(fact: &'static Fact, span: Span) -> Refusal {
    Refusal { reason: fact.reason.to_owned(), span }
}

/// The types of STRICT tables.
const STRICT_TYPES: [&str; 6] = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];

/// The collations that SQLite and Android bring.
const COLLATIONS: [&str; 5] = ["BINARY", "NOCASE", "RTRIM", "LOCALIZED", "UNICODE"];

/// What no column can be.
pub(super) fn column_refusal(column: &ColumnDefinition, strict: bool, situation: &Situation<'_>) -> Option<Refusal> {
    if let Some(collation) = &column.collation
        && !COLLATIONS.iter().any(|known| collation.last().text.eq_ignore_ascii_case(known))
    {
        return Some(refuse(&fact::UNKNOWN_COLLATION, collation.span));
    }
    let text = |span: Span| situation.text.get(span.start..span.end).unwrap_or_default();
    let typed = column
        .data_type
        .as_ref()
        .is_some_and(|data_type| STRICT_TYPES.iter().any(|known| text(data_type.span).eq_ignore_ascii_case(known)));
    if strict && !typed {
        return Some(refuse(&fact::STRICT_TYPE, column.span));
    }
    if let Some(default) = &column.default {
        let parenthesised = text(default.span).starts_with('(');
        let names = |default: &Expression| {
            let reads = default.reads(situation.text, Dialect::Sqlite)?;
            let plain =
                |name: &str| ["true", "false"].contains(&&*name.lower()) || name.lower().starts_with("current_");
            reads.iter().find(|column| !column.quoted && !plain(&column.column)).map(|_| ())
        };
        if parenthesised && names(default).is_some() {
            return Some(refuse(&fact::DEFAULT_NAMES_COLUMN, default.span));
        }
    }
    let key = column.constraints.iter().find(|constraint| matches!(constraint.kind, ConstraintKind::PrimaryKey(_)));
    match &column.generated {
        Some(generated) if key.is_some() || column.default.is_some() => {
            Some(refuse(&fact::GENERATED_KEY, generated.expression))
        }
        _ => None,
    }
}
