use crate::finding::{Finding, Label, Refusal, Severity};
use crate::text::Encoding;

use super::facts::extension;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "refused-script",
    group: Group::Migrations,
    summary: "Flyway cannot read a script or its configuration and runs no command",
    severity: Severity::Error,
    page: Rule::page(include_str!("refused_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let collides = |refusal: &&Refusal| refusal.code.is_some_and(|code| code.starts_with("DUPLICATE_"));
    for refusal in facts.layout.refusals.iter().filter(|refusal| !collides(refusal)) {
        let place = refusal.place.clone();
        let Some(place) = place.or_else(|| facts.given("locations")).or_else(|| facts.given("failOnMissingLocations"))
        else {
            continue;
        };
        let help = advice(facts, &place, refusal.place.is_none());
        out.push(Finding::new(&refusal.message, place).help(help));
    }
}

fn advice(facts: &Facts<'_>, place: &Label, of_location: bool) -> String {
    let flyway = &facts.settings.flyway;
    let is_text = |encoding: Encoding| facts.files.get(&place.file).is_some_and(|file| file.text(encoding).is_ok());
    if of_location {
        "correct the location, or remove it".into()
    } else if extension(&place.file) == Some("conf") {
        "correct this line of the script's configuration".into()
    } else if place.span.is_some() {
        "give the placeholder a value, or set `placeholderReplacement=false` in the script's own configuration".into()
    } else if !is_text(flyway.encoding) {
        format!("save it in the configured character set, or name its own as `encoding` in `{}.conf`", place.file)
    } else if flyway.validate_naming {
        "rename it, or move it out of the location".into()
    } else {
        "keep one of them".into()
    }
}
