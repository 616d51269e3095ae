use crate::finding::{Finding, Severity};
use crate::sql::secrets::passwords;

use super::statement::of_script;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "password-in-script",
    group: Group::Security,
    summary: "a password is written out in a script",
    severity: Severity::Warning,
    page: Rule::page(include_str!("password_in_script.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for played in together.pending() {
        let Some(reading) = &played.turn.reading else { continue };
        for span in passwords(&reading.text, &reading.script) {
            let inside = |request: &crate::text::Span| request.start <= span.start && span.end <= request.end;
            let statement = of_script(together.deployment, played).find(|statement| inside(&statement.request.span));
            let Some(statement) = statement else { continue };
            let message = "a password is written out here: everybody who can read the scripts knows it, and so does every copy of them";
            out.push(statement.finding(message, span).help(
                "write a placeholder such as `${password}` that the configuration fills in, and give the account another password: this one is known",
            ));
        }
    }
}
