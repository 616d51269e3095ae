use crate::catalog::{Column, ColumnType, IdentityKind, Known, Relation};
use crate::change::{AlterAction, ColumnChange, ColumnDefinition, ConstraintKind, DataType, Identifier, Name};
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;
use crate::text::Span;

use super::facts::shortened;
use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "forgotten-attribute",
    group: Group::Compatibility,
    summary: "a column is defined anew without NOT NULL, DEFAULT or another attribute that it had, and so loses it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("forgotten_attribute.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let knows = |statement: &Statement<'_>| statement.is_mysql() || statement.dialect() == Dialect::SqlServer;
    for statement in together.statements().filter(knows).filter(|statement| statement.step.impact.fails.is_none()) {
        for (alter, _) in statement.alters() {
            for action in &alter.actions {
                let name = alter.name.as_ref();
                out.extend(name.and_then(|name| forgotten(&statement, name, &action.what, action.span)));
            }
        }
    }
}

/// What a column has that its new definition does not say: in the words that say it.
struct Lost {
    words: Vec<String>,
    /// Whether the new definition says anything that the old one did not.
    differs: bool,
}

fn forgotten(statement: &Statement<'_>, name: &Name, action: &AlterAction, span: Span) -> Option<Finding> {
    let Known::Present(table) = statement.catalog().table(name) else { return None };
    let column = |name: &Identifier| table.column(&statement.catalog().fold(name)).present();
    let (called, data_type, lost) = match action {
        AlterAction::ModifyColumn { from, column: new, .. } if statement.is_mysql() => {
            let old = column(from.as_ref().unwrap_or(&new.name)).filter(|old| old.complete)?;
            (&new.name, new.data_type.as_ref()?, of_modify(statement, table, old, new, from.is_some()))
        }
        AlterAction::AlterColumn { column: name, change: ColumnChange::SetType { data_type, nullable: None, .. } }
            if statement.dialect() == Dialect::SqlServer =>
        {
            let old = column(name)?;
            let strict = old.nullable == Some(false) && !in_key(table, old);
            let words = if strict { vec!["NOT NULL".to_owned()] } else { Vec::new() };
            (name, &**data_type, Lost { words, differs: is_other(statement, old, data_type) })
        }
        _ => return None,
    };
    // Where nothing else changes, this is what the statement is for.
    if lost.words.is_empty() || !lost.differs {
        return None;
    }
    let words = lost.words.join(" ");
    let table = statement.spelled(&table.name);
    let short = shortened(&words.replace('\n', " "));
    let message = format!("`{called}` of `{table}` loses {short}: what the new definition does not say again is gone");
    let at = data_type.span.end;
    let edit = statement.replace(Span { start: at, end: at }, format!(" {words}"));
    let help = match lost.words.first().map(String::as_str) {
        Some("NOT NULL") => format!("say {short} again, or NULL if it is meant to take NULL"),
        _ => format!("say {short} again; ALTER COLUMN … SET DEFAULT and RENAME COLUMN change one thing alone"),
    };
    let mut finding = statement.finding(message, span).help(help);
    // SQL Server wants COLLATE first.
    let collates =
        matches!(action, AlterAction::AlterColumn { change: ColumnChange::SetType { collation: Some(_), .. }, .. });
    if !collates {
        finding.fixes.push(review(format!("say {short} again"), vec![edit]));
    }
    Some(finding)
}

fn of_modify(statement: &Statement<'_>, table: &Relation, old: &Column, new: &ColumnDefinition, renames: bool) -> Lost {
    let mut words = character_set(table, old, new);
    let null_default =
        new.default.as_ref().is_some_and(|default| statement.words(default.span).eq_ignore_ascii_case("NULL"));
    let key = new.constraints.iter().any(|constraint| matches!(constraint.kind, ConstraintKind::PrimaryKey(_)));
    if old.nullable == Some(false) && new.nullable.is_none() && !null_default && !key && !in_key(table, old) {
        words.push("NOT NULL".to_owned());
    }
    if let Some(default) = &old.default
        && new.default.is_none()
        && new.generated.is_none()
        && !default.text.eq_ignore_ascii_case("NULL")
    {
        words.push(format!("DEFAULT {}", default.text));
    }
    if let Some(value) = old.on_update.as_ref().filter(|_| new.on_update.is_none()) {
        words.push(format!("ON UPDATE {value}"));
    }
    if old.identity == Some(IdentityKind::AutoIncrement) && !new.auto_increment {
        words.push("AUTO_INCREMENT".to_owned());
    }
    // A comment alone is no loss to speak of.
    if let Some(comment) = old.comment.as_ref().filter(|_| new.comment.is_none() && !words.is_empty()) {
        words.push(format!("COMMENT {comment}"));
    }
    let said = new.data_type.as_ref().is_some_and(|data_type| is_other(statement, old, data_type));
    let place = new.position.is_some() || new.comment.is_some() || new.on_update.is_some();
    let gains = new.default.is_some() && old.default.is_none() || new.auto_increment && old.identity.is_none();
    let nullability = new.nullable.is_some() && new.nullable != old.nullable;
    let other_name = renames && statement.catalog().fold(&new.name) != old.name;
    Lost { words, differs: said || place || gains || nullability || other_name }
}

/// The character set and collation, where the table has others.
fn character_set(table: &Relation, old: &Column, new: &ColumnDefinition) -> Vec<String> {
    let said = new.data_type.as_ref().is_some_and(|data_type| data_type.character_set.is_some());
    if said || new.collation.is_some() {
        return Vec::new();
    }
    let own = |value: &Option<String>, option: &str| {
        let of_table = table.options.get(option)?;
        value.clone().filter(|value| !value.eq_ignore_ascii_case(of_table))
    };
    let set = own(&old.character_set, "charset").map(|set| format!("CHARACTER SET {set}"));
    set.into_iter().chain(own(&old.collation, "collate").map(|collation| format!("COLLATE {collation}"))).collect()
}

fn is_other(statement: &Statement<'_>, old: &Column, new: &DataType) -> bool {
    let new: ColumnType = statement.catalog().column_type(new);
    old.data_type.as_ref() != Some(&new)
}

/// A column of the primary key never takes NULL.
fn in_key(table: &Relation, column: &Column) -> bool {
    table.primary_key().is_some_and(|key| key.columns.contains(&column.name))
}
