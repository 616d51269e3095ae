use crate::change::{AlterAction, ColumnChange};
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Work};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "type-change-rework",
    group: Group::Locks,
    summary: "a new type leaves the rows as they are, but indexes, checks or foreign keys are made anew under the lock",
    severity: Severity::Warning,
    page: Rule::page(include_str!("type_change_rework.md")),
    check: Check::Together(check),
};

const FACTS: &[&str] = &["type-index", "type-recheck", "type-foreign-key"];

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for clause in statement.clauses() {
            if let AlterAction::AlterColumn { column, change: ColumnChange::SetType { .. } } = &clause.action.what {
                let name = clause.alter.name.as_ref().map(|name| statement.catalog().relation_name(name));
                let own = |effect: &&Effect| effect.span == clause.action.span;
                let rewritten = statement.effects().filter(own).any(|effect| effect.work == Work::Rewrite);
                let works = statement.effects().filter(own).filter(|effect| match effect.work {
                    Work::Scan => !rewritten && FACTS.contains(&effect.fact.name),
                    // The other table of a foreign key.
                    Work::Lock(_) => {
                        effect.fact.name == "type-foreign-key"
                            && effect.stops.writes
                            && Some(&effect.relation) != name.as_ref()
                    }
                    _ => false,
                });
                let works: Vec<&Effect> = works.collect();
                out.extend(rework(&statement, statement.own_word(column), &works, clause.action.span));
            }
        }
    }
}

fn rework(statement: &Statement<'_>, column: &str, works: &[&Effect], span: crate::text::Span) -> Option<Finding> {
    let reads = works.iter().find(|effect| effect.work == Work::Scan);
    let first = reads.or(works.first())?;
    let lock = statement.and_lock(&first.relation);
    let table = statement.spelled(&first.relation);
    let message = match (reads, first.fact.name) {
        (Some(_), "type-index") => {
            format!("the new type of `{column}` builds an index from all rows of `{table}`{lock}")
        }
        (Some(_), "type-recheck") => format!("the new type of `{column}` checks all rows of `{table}` again{lock}"),
        (Some(_), _) => {
            format!("the new type of `{column}` looks all rows of its foreign key up again, also in `{table}`{lock}")
        }
        (None, _) => format!("the new type of `{column}` makes a foreign key anew{lock}"),
    };
    let help = match first.fact.name {
        "type-index" => format!(
            "drop the indexes of `{column}` CONCURRENTLY before, change the type, and build them CONCURRENTLY in a script after it"
        ),
        "type-recheck" => format!(
            "drop the checks of `{column}` in the same transaction, change the type, add them NOT VALID, and validate them in a script after it"
        ),
        _ => format!(
            "drop the foreign key in the same transaction, change the type of `{column}`, add the key NOT VALID, and validate it in a script after it"
        ),
    };
    Some(statement.finding(message, span).help(help))
}
