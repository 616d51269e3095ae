use crate::catalog::TypeKind;
use crate::change::{AlterAction, ColumnDefinition, ConstraintKind};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "required-column-without-default",
    group: Group::Failures,
    summary: "a table that may hold rows gets a NOT NULL column without a default",
    severity: Severity::Warning,
    page: Rule::page(include_str!("required_column_without_default.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let AlterAction::AddColumn { column, .. } = &action.what else { continue };
            let Some(table) = statement.old_table(alter) else { continue };
            // `IF NOT EXISTS` adds nothing then.
            let is_there = statement.column(&table, &column.name).is_present();
            if !is_there && is_required(column) && !has_value(&statement, column) {
                let table = statement.spelled(&table);
                let message = if statement.is_mysql() {
                    format!(
                        "`{}` is NOT NULL without a default: the rows of `{table}` get 0 or '' without a word, and INSERTs of the running application that leave it out fail in strict mode",
                        column.name
                    )
                } else {
                    let server = statement.server_name();
                    format!(
                        "`{}` is NOT NULL without a default: {server} refuses it once `{table}` holds a row, and INSERTs of the running application leave it out",
                        column.name
                    )
                };
                let help = format!(
                    "give it a DEFAULT; or add `{}` without NOT NULL, let the application write it, fill the old rows, and demand NOT NULL in a later deployment",
                    column.name
                );
                out.push(statement.finding(message, action.span).help(help));
            }
        }
    }
}

fn is_required(column: &ColumnDefinition) -> bool {
    let demands = |kind: &ConstraintKind| matches!(kind, ConstraintKind::NotNull(_) | ConstraintKind::PrimaryKey(_));
    column.nullable == Some(false) || column.constraints.iter().any(|constraint| demands(&constraint.kind))
}

/// Whether rows get a value without being given one.
fn has_value(statement: &Statement<'_>, column: &ColumnDefinition) -> bool {
    let default =
        column.default.as_ref().is_some_and(|default| !statement.words(default.span).eq_ignore_ascii_case("NULL"));
    let named = column.constraints.iter().any(|constraint| matches!(constraint.kind, ConstraintKind::Default(..)));
    let numbered = column.identity.is_some() || column.auto_increment;
    let of_type = column.data_type.as_ref().is_some_and(|data_type| {
        let plain = data_type.name.last();
        let known = ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8", "rowversion", "timestamp"];
        let counts = match statement.dialect() {
            crate::sql::Dialect::SqlServer => &known[6..],
            _ => &known[..6],
        };
        let domain = statement.catalog().type_named(&data_type.name).present();
        counts.iter().any(|name| plain.is(name))
            || domain.is_some_and(|found| matches!(&found.kind, TypeKind::Domain { default: Some(_), .. }))
    });
    default || named || numbered || of_type || column.generated.is_some()
}
