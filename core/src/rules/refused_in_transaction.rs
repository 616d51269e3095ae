use crate::change::{AlterAction, Change, Request};
use crate::deployment::Opener;
use crate::finding::{Edit, Finding, Fix, Severity};
use crate::text::Casing;

use super::rewriting::{review, without_transaction};
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "refused-in-transaction",
    group: Group::Transactions,
    summary: "a statement that the server refuses in a transaction runs in one",
    severity: Severity::Error,
    page: Rule::page(include_str!("refused_in_transaction.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let refused = |statement: &Statement<'_>| {
        let step = statement.step;
        step.refused_in_transaction && step.impact.fails.is_none() && statement.played.turn.mixed.is_none()
    };
    out.extend(together.statements().filter(refused).map(|statement| in_words(together, &statement)));
}

fn in_words(together: &Together<'_>, statement: &Statement<'_>) -> Finding {
    let what = called(statement.request);
    let opener = statement.step.transaction.map_or(Opener::Runner, |open| open.opener);
    let (around, help) = match opener {
        Opener::Script => {
            ("the script has opened one", "take it out of the transaction that the script opens".to_owned())
        }
        Opener::Server => {
            ("the server runs a string of several statements in one", "send it as a statement of its own".to_owned())
        }
        Opener::Runner if matches!(statement.request.change, Change::Transaction(_)) => {
            ("the script runs in one", "leave it out: the script runs in a transaction as a whole".to_owned())
        }
        Opener::Runner => (
            "the script runs in one",
            match together.tool().without_transaction() {
                Some(how) if statement.is_alone() => format!("run the script without a transaction, with {how}"),
                Some(how) => format!("move it into a script of its own, with {how}"),
                None => {
                    format!("run it by itself: {} puts a transaction around every script", together.tool().as_str())
                }
            },
        ),
    };
    let message = format!("{} refuses {what} in a transaction, and {around}", statement.server_name());
    let mut finding = statement.finding(message, statement.request.span).help(help);
    if opener == Opener::Runner {
        finding.fixes.extend(apart(together, statement));
    }
    finding
}

/// What people call a statement: `CREATE INDEX CONCURRENTLY`.
pub(super) fn called(request: &Request) -> String {
    let detaches = |what: &AlterAction| matches!(what, AlterAction::DetachPartition { concurrently: true, .. });
    let concurrently = match &request.change {
        Change::CreateIndex(index) => index.concurrently,
        Change::Drop(drop) => drop.concurrently,
        Change::Maintenance(task) => task.concurrently,
        Change::Alter(alter) => alter.actions.iter().any(|action| detaches(&action.what)),
        _ => false,
    };
    let words = request.kind().replace('-', " ").upper();
    if concurrently { format!("{words} CONCURRENTLY") } else { words }
}

/// The statement outside a transaction: in its own script if that holds nothing else, or in a new one.
fn apart(together: &Together<'_>, statement: &Statement<'_>) -> Option<Fix> {
    if matches!(statement.request.change, Change::Transaction(_)) {
        return Some(review("leave it out", vec![statement.remove()]));
    }
    if statement.is_alone() {
        let edit = without_transaction(together.facts(), statement.path())?;
        return Some(review("run the script without a transaction", vec![edit]));
    }
    let text = format!("{};\n", statement.words(statement.request.span));
    let name = statement.request.kind().replace('-', "_");
    let script = together.facts().new_script(statement, &name, &text)?;
    let Edit::Create { file, .. } = &script else { return None };
    let options = without_transaction(together.facts(), file)?;
    Some(review("run it in a new script, without a transaction", vec![statement.remove(), script, options]))
}
