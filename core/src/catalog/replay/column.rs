//! Columns as definitions make them.

use super::Replay;
use crate::catalog::data_type::ColumnType;
use crate::catalog::expression;
use crate::catalog::naming::ObjectName;
use crate::catalog::relation::{Column, Default, Generation, IdentityKind, Relation, RelationKind, Rows};
use crate::change::{ColumnDefinition, ConstraintKind, DataType, Expression, Generated, Position, Volatility};
use crate::sql::Dialect;
use crate::text::Casing;

impl Replay<'_> {
    /// A column by its definition; its constraints are not looked at but for what they say about NULL.
    pub(super) fn column(&self, table: &ObjectName, definition: &ColumnDefinition) -> Column {
        let name = self.fold(&definition.name);
        let serial = self.is_postgres() && definition.is_serial();
        let identity = match &definition.identity {
            Some(identity) if identity.always => Some(IdentityKind::Always),
            Some(_) => Some(IdentityKind::ByDefault),
            None if serial => Some(IdentityKind::Serial),
            None => definition.auto_increment.then_some(IdentityKind::AutoIncrement),
        };
        let numbered = matches!(identity, Some(IdentityKind::Always | IdentityKind::ByDefault | IdentityKind::Serial));
        let not_null = |kind: &ConstraintKind| {
            matches!(kind, ConstraintKind::NotNull(_))
                || matches!(kind, ConstraintKind::PrimaryKey(_)) && self.catalog.dialect != Dialect::Sqlite
        };
        let strict = numbered || definition.constraints.iter().any(|constraint| not_null(&constraint.kind));
        let mut default = definition.default.as_ref().map(|default| self.default(default));
        if let Some(named) = definition.constraints.iter().find_map(|constraint| match &constraint.kind {
            ConstraintKind::Default(value, _) => Some(value),
            _ => None,
        }) {
            default = Some(self.default(named));
        }
        if serial {
            let sequence = self.sequence_name(table, &name);
            default = Some(Default {
                text: format!("nextval('{}'::regclass)", sequence.spelled(self.catalog.dialect)),
                volatility: Volatility::Volatile,
                functions: vec!["nextval".into()],
            });
        }
        Column {
            data_type: definition.data_type.as_ref().map(|data_type| self.data_type(data_type)),
            nullable: Some(!strict && definition.nullable.unwrap_or(true)),
            default,
            generated: definition.generated.as_ref().map(|generated| self.generation(generated).into()),
            identity,
            collation: definition.collation.as_ref().map(|collation| self.fold(collation.last())),
            character_set: definition
                .data_type
                .as_ref()
                .and_then(|data_type| data_type.character_set.as_ref())
                .map(|set| self.fold(set)),
            on_update: definition.on_update.map(|value| self.words(value)),
            comment: definition.comment.map(|comment| self.words(comment)),
            complete: true,
            made: Some(self.origin),
            ..Column::unknown(&name)
        }
    }

    pub(super) fn default(&self, expression: &Expression) -> Default {
        Default {
            text: self.words(expression.span),
            volatility: expression.volatility,
            functions: expression.functions.iter().map(|name| name.to_string().lower()).collect(),
        }
    }

    fn generation(&self, written: &Generated) -> Generation {
        Generation {
            text: self.words(written.expression),
            stored: written.stored,
            columns: expression::names(self.text, written.expression, self.catalog.dialect).into_iter().collect(),
        }
    }

    /// A written type in the server's spelling.
    pub(super) fn data_type(&self, written: &DataType) -> ColumnType {
        self.catalog.column_type(written)
    }

    /// Puts a column into a table, where its definition says.
    pub(super) fn insert_column(&mut self, table: &ObjectName, column: Column, position: Option<&Position>) {
        let place = position.map(|position| match position {
            Position::First => (String::new(), false),
            Position::After(other) => (self.fold(other), true),
            Position::Before(other) => (self.fold(other), false),
        });
        let Some(found) = self.edit(table) else { return };
        let at = match place {
            Some((other, _)) if other.is_empty() => Some(0),
            Some((other, after)) => {
                let at = found.columns.iter().position(|column| column.name == other);
                at.map(|at| at + usize::from(after))
            }
            None => None,
        };
        found.columns.insert(at.unwrap_or(found.columns.len()), column);
    }

    /// Makes the sequence of a serial or identity column.
    pub(super) fn make_sequence(&mut self, table: &ObjectName, column: &Column) {
        if !self.is_postgres() || matches!(column.identity, None | Some(IdentityKind::AutoIncrement)) {
            return;
        }
        let name = self.sequence_name(table, &column.name);
        let mut sequence = Relation::new(&name, RelationKind::Sequence);
        sequence.complete = true;
        sequence.rows = Rows::None;
        sequence.owned_by = Some((table.clone(), column.name.clone()));
        sequence.made = Some(self.origin);
        self.catalog.state.relations.put(name, sequence);
    }
}
