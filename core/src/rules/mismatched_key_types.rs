use crate::catalog::{
    Catalog, ColumnType, ConstraintKind, Known, Narrowing, ObjectName, Relation, TypeKind, TypeObject,
};
use crate::change::{Change, Request};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-key-types",
    group: Group::Failures,
    summary: "a foreign key compares columns of different types",
    severity: Severity::Warning,
    page: Rule::page(include_str!("mismatched_key_types.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    // MySQL and SQL Server refuse such a key, and SQLite's columns take all types.
    for statement in together.statements().filter(|statement| statement.is_postgres() && !statement.fails()) {
        let makes = |request: &Request| matches!(request.change, Change::CreateTable(_) | Change::Alter(_));
        let after = statement.schema_after();
        let targets = statement.requests().into_iter().filter(|(request, _)| makes(request));
        let targets = targets.flat_map(|(request, _)| request.objects());
        let mut tables: Vec<_> = targets.map(|object| statement.catalog().relation_name(&object.name)).collect();
        tables.sort();
        tables.dedup();
        for table in tables {
            let Known::Present(found) = after.relation(&table) else { continue };
            out.extend(mismatched(&statement, found, after));
        }
    }
}

fn mismatched(statement: &Statement<'_>, found: &Relation, after: &Catalog) -> Vec<Finding> {
    let own = statement.origin();
    let mut findings = Vec::new();
    for key in found.constraints.iter().filter(|key| key.made == Some(own) && !key.inherited) {
        let ConstraintKind::ForeignKey { table, columns, .. } = &key.kind else { continue };
        let Known::Present(referenced) = after.relation(table) else { continue };
        for (from, to) in key.columns.iter().zip(columns) {
            let data_type = |relation: &Relation, name: &str| {
                let found = relation.column(name).present()?.data_type.clone()?;
                Some(plain(after, found))
            };
            let (Some(one), Some(other)) = (data_type(found, from), data_type(referenced, to)) else { continue };
            let Some(effect) = effect(&one, &other) else { continue };
            let message = format!(
                "`{from}` of `{}` is {one} and refers to `{to}` of `{}`, which is {other}: {effect}",
                statement.spelled(&found.name),
                statement.spelled(table)
            );
            let help = format!("make `{from}` {other}; while the table is new that costs nothing");
            findings.push(statement.finding(message, statement.request.span).help(help));
        }
    }
    findings
}

/// The type that a domain is made of.
fn plain(catalog: &Catalog, data_type: ColumnType) -> ColumnType {
    let Some(schema) = &data_type.schema else { return data_type };
    match catalog.type_of(&ObjectName::new(schema, &data_type.name)) {
        Known::Present(TypeObject { kind: TypeKind::Domain { data_type, .. }, .. }) => data_type.clone(),
        _ => data_type,
    }
}

/// What it means that the types are not the same; `None` where it means nothing.
fn effect(one: &ColumnType, other: &ColumnType) -> Option<&'static str> {
    let text = |data_type: &ColumnType| matches!(data_type.name.as_str(), "text" | "character varying" | "character");
    let whole = |data_type: &ColumnType| matches!(data_type.name.as_str(), "smallint" | "integer" | "bigint");
    if one.name == other.name && one.schema == other.schema || text(one) && text(other) {
        return None;
    }
    if whole(one) && whole(other) {
        let small = other.narrows(one) == Some(Narrowing::Range);
        return small.then_some("larger keys do not fit");
    }
    Some("each look-up converts values")
}
