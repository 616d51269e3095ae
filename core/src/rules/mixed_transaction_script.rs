use crate::deployment::{Mixed, Played};
use crate::finding::{Finding, Fix, Label, Severity};
use crate::sql::flyway::{Mode, mode, runs_in_transaction};

use super::refused_in_transaction::called;
use super::rewriting::{review, without_transaction};
use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "mixed-transaction-script",
    group: Group::Transactions,
    summary: "Flyway refuses a script: some statements run in a transaction, and others cannot",
    severity: Severity::Error,
    page: Rule::page(include_str!("mixed_transaction_script.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for played in together.pending() {
        match played.turn.mixed {
            Some(Mixed::Script { statement }) => out.extend(of_one(together, played, statement)),
            Some(Mixed::Group) => out.push(
                Finding::new(
                    "Flyway refuses the group: this script and those before it are not alike in running in a transaction",
                    Label::file(&played.turn.path),
                )
                .help("deploy this script in a run of its own, or set `flyway.mixed=true`, which runs all of them without a transaction"),
            ),
            None => {}
        }
    }
}

fn of_one(together: &Together<'_>, played: &Played, statement: usize) -> Option<Finding> {
    let reading = played.turn.reading.as_deref()?;
    // Flyway asks the server what it takes; the assumed one has to do where none is configured.
    let server = Some(u32::from(together.deployment.server.version.0));
    if !matches!(mode(&reading.text, &reading.script, false, server), Mode::Refused { .. }) {
        return None;
    }
    let all: Vec<Statement<'_>> = of_script(together.deployment, played).collect();
    let second = all.iter().find(|other| other.step.statement == statement)?;
    let is_outside = |statement: &&Statement<'_>| {
        let at = statement.step.statement;
        !runs_in_transaction(&reading.text, &reading.script, &(at..at + 1), server)
    };
    let outside: Vec<&Statement<'_>> = all.iter().filter(is_outside).collect();
    let what = outside.first().map_or_else(|| "one of them".to_owned(), |first| called(first.request));
    let message =
        format!("Flyway refuses this script: {what} runs outside a transaction, other statements of it inside one");
    let whole =
        together.tool().without_transaction().map_or_else(String::new, |how| format!("; or give the script {how}"));
    let mut finding = second
        .finding(message, second.request.span)
        .help(format!("move what runs outside a transaction into a script of its own{whole}"));
    finding.fixes.extend(apart(together, &all, &outside));
    finding.fixes.extend(
        without_transaction(together.facts(), &played.turn.path)
            .map(|edit| review("run the whole script without a transaction", vec![edit])),
    );
    Some(finding)
}

/// What cannot run in a transaction goes into a new script.
fn apart(together: &Together<'_>, all: &[Statement<'_>], outside: &[&Statement<'_>]) -> Option<Fix> {
    let first = *outside.first().filter(|_| outside.len() < all.len())?;
    let text: Vec<&str> = outside.iter().flat_map(|one| [one.words(one.request.span), ";\n"]).collect();
    let script = together.facts().new_script(first, &first.request.kind().replace('-', "_"), &text.concat())?;
    // The last first, so that no edit moves the place of another.
    let mut edits: Vec<_> = outside.iter().rev().map(|one| one.remove()).collect();
    edits.push(script);
    Some(review(format!("run {} in a new script", called(first.request)), edits))
}
