use crate::catalog::{ColumnType, ConstraintKind, Known, Relation};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-key-types",
    group: Group::Failures,
    summary: "a foreign key compares columns of different types",
    severity: Severity::Warning,
    page: include_str!("mismatched_key_types.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    // MySQL and SQL Server refuse such a key, and SQLite's columns take all types.
    for statement in facts.statements().filter(|statement| statement.is_postgres() && !statement.fails()) {
        let after = statement.schema_after();
        let targets = statement.requests().into_iter().flat_map(|(request, _)| request.objects());
        let mut tables: Vec<_> = targets.map(|object| statement.catalog().relation_name(&object.name)).collect();
        tables.sort();
        tables.dedup();
        for table in tables {
            let Known::Present(found) = after.relation(&table) else { continue };
            out.extend(mismatched(&statement, found, after));
        }
    }
}

fn mismatched(statement: &Statement<'_>, found: &Relation, after: &crate::catalog::Catalog) -> Vec<Finding> {
    let own = statement.origin();
    let mut findings = Vec::new();
    for key in found.constraints.iter().filter(|key| key.made == Some(own) && !key.inherited) {
        let ConstraintKind::ForeignKey { table, columns, .. } = &key.kind else { continue };
        let Known::Present(referenced) = after.relation(table) else { continue };
        for (from, to) in key.columns.iter().zip(columns) {
            let data_type = |relation: &Relation, name: &str| relation.column(name).present()?.data_type.clone();
            let (Some(one), Some(other)) = (data_type(found, from), data_type(referenced, to)) else { continue };
            if is_alike(&one, &other) {
                continue;
            }
            let message = format!(
                "`{from}` of `{}` is {one} and refers to `{to}` of `{}`, which is {other}: each look-up converts values",
                statement.spelled(&found.name),
                statement.spelled(table)
            );
            let help = format!("make `{from}` {other}; while the table is new that costs nothing");
            findings.push(statement.finding(message, statement.request.span).help(help));
        }
    }
    findings
}

/// Whether values of the two are compared as they are. The length of a text is no difference.
fn is_alike(one: &ColumnType, other: &ColumnType) -> bool {
    let text = |data_type: &ColumnType| matches!(data_type.name.as_str(), "text" | "character varying");
    let number = |data_type: &ColumnType| data_type.name == "numeric";
    one == other
        || text(one) && text(other)
        || number(one) && number(other)
        || one.name == other.name && one.schema == other.schema
}
