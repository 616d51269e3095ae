//! A table before and after a statement.

use crate::catalog::{
    Catalog, Column, Constraint, ConstraintKind, Index, Iter, ObjectName, Origin, Persistence, Relation,
};
use crate::change::{Change, Name, Request};
use crate::impact::Situation;
use crate::sql::Dialect;

/// A table before and after a statement, and what surrounds it.
pub(super) struct Scene<'a> {
    pub(super) situation: &'a Situation<'a>,
    pub(super) request: &'a Request,
    pub(super) name: ObjectName,
    /// The table, as far as it is known.
    pub(super) before: Option<&'a Relation>,
    /// The table afterwards, if the server takes the statement.
    pub(super) after: Option<Relation>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(table: &Name, request: &'a Request, situation: &'a Situation<'a>) -> Self {
        let name = situation.catalog.relation_name(table);
        let before = situation.catalog.table_if_applied(table);
        let mut catalog: Catalog = situation.catalog.clone();
        let origin = Origin { script: u32::MAX, statement: 0 };
        catalog.apply(request, situation.text, origin);
        let after = catalog.relation(&name).present().or_else(|| renamed(request, &catalog)).cloned();
        Self { situation, request, name, before, after }
    }

    pub(super) fn is_maria(&self) -> bool {
        self.situation.server.dialect == Dialect::Mariadb
    }

    /// A piece of the script.
    pub(super) fn words(&self, span: crate::text::Span) -> &'a str {
        self.situation.text.get(span.start..span.end).unwrap_or_default()
    }

    fn option(&self, name: &str) -> Option<&str> {
        let value = self.before?.options.get(name)?;
        Some(value.trim_matches(['\'', '"', '`']))
    }

    /// Whether the rows are kept by `InnoDB`, as those of a table are of which nothing else is known.
    pub(super) fn is_innodb(&self) -> bool {
        self.option("engine").is_none_or(|engine| engine == "innodb")
    }

    pub(super) fn is_partitioned(&self) -> bool {
        self.before.is_some_and(|table| table.partition_key.is_some())
    }

    pub(super) fn is_temporary(&self) -> bool {
        self.before.is_some_and(|table| table.persistence == Persistence::Temporary)
    }

    /// Whether the rows are stored in this format.
    pub(super) fn has_format(&self, format: &str) -> bool {
        self.option("row_format").is_some_and(|found| found == format)
    }

    /// Whether the table says itself how its rows are stored, in another way than compressed.
    pub(super) fn is_uncompressed(&self) -> bool {
        self.option("row_format").is_some_and(|format| format != "compressed" && format != "default")
    }

    pub(super) fn indexes(&self) -> Iter<'_, Index> {
        self.before.map(|table| table.indexes.iter()).unwrap_or_default()
    }

    pub(super) fn constraints(&self) -> Iter<'_, Constraint> {
        self.before.map(|table| table.constraints.iter()).unwrap_or_default()
    }

    /// Whether an index of this class was there before.
    pub(super) fn had_index(&self, class: &str) -> bool {
        self.indexes().any(|index| index.method.as_deref() == Some(class))
    }

    /// Whether an index of this class is there afterwards.
    pub(super) fn keeps_index(&self, class: &str) -> bool {
        let after = self.after.as_ref();
        after.is_some_and(|table| table.indexes.iter().any(|index| index.method.as_deref() == Some(class)))
    }

    pub(super) fn column(&self, name: &str) -> Option<&'a Column> {
        self.before?.columns.iter().find(|column| column.name == name)
    }

    /// The columns whose values other columns give.
    pub(super) fn computed(&self, stored: bool) -> impl Iterator<Item = &Column> {
        let columns = self.before.map(|table| table.columns.iter()).unwrap_or_default();
        columns.filter(move |column| column.generated.as_ref().is_some_and(|how| how.stored.unwrap_or(false) == stored))
    }

    /// Whether the table has computed columns or checks.
    pub(super) fn computes(&self) -> bool {
        let checks = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::Check { .. });
        self.computed(true).chain(self.computed(false)).next().is_some() || self.constraints().any(checks)
    }

    /// Whether a virtual column that stays gets another place among the columns.
    pub(super) fn moves_virtual(&self) -> bool {
        let Some(after) = &self.after else { return false };
        let place = |table: &Relation, name: &str| table.columns.iter().position(|column| column.name == name);
        let Some(before) = self.before else { return false };
        self.computed(false).any(|column| {
            let now = place(after, &column.name);
            now.is_some() && now != place(before, &column.name)
        })
    }

    pub(super) fn is_indexed(&self, column: &str) -> bool {
        self.indexes().any(|index| index.uses(column))
    }

    /// Whether a foreign key of another table, or of the table itself, points to a column.
    pub(super) fn is_referenced(&self, column: &str) -> bool {
        self.situation.catalog.referencing(&self.name).iter().any(|(_, key)| {
            matches!(&key.kind, ConstraintKind::ForeignKey { columns, .. } if columns.iter().any(|own| own == column))
        })
    }

    /// Whether a switch of the session is off.
    pub(super) fn is_off(&self, setting: &str) -> bool {
        let value = self.situation.session.get(setting).and_then(|values| values.first());
        value.is_some_and(|value| value == "0" || value.eq_ignore_ascii_case("off"))
    }

    /// Whether `sql_mode` refuses values that do not fit.
    pub(super) fn is_strict(&self) -> bool {
        let Some(values) = self.situation.session.get("sql_mode") else { return true };
        let modes = values.join(",").to_ascii_uppercase();
        modes.contains("STRICT_") || modes.contains("TRADITIONAL") || modes.contains("@@")
    }
}

/// The table under the name that the statement gives it.
fn renamed<'c>(request: &Request, catalog: &'c Catalog) -> Option<&'c Relation> {
    let Change::Alter(alter) = &request.change else { return None };
    alter.actions.iter().find_map(|action| match &action.what {
        crate::change::AlterAction::Rename(to) => catalog.table(to).present(),
        _ => None,
    })
}
