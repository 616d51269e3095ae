use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::layout::{Language, Migration};
use crate::status::State;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "undefined-placeholder",
    group: Group::Migrations,
    summary: "a pending migration uses a placeholder without a value, so migrate fails when its turn comes",
    severity: Severity::Error,
    page: Rule::page(include_str!("undefined_placeholder.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for line in facts.lines().filter(|line| line.info.state == State::Pending) {
        let Some(migration) = line.migration else { continue };
        let Some(refusal) = &migration.unreplaceable else { continue };
        let Some(place) = refusal.place.clone() else { continue };
        let message = format!("{}: `{}` fails before its first statement", refusal.message, migration.path);
        let mut finding = Finding::new(message, place.clone()).help(format!(
            "set its value, or set `placeholderReplacement=false` in `{}.conf` if the text is meant as it stands",
            migration.path
        ));
        if let Some((known, fix)) = similar(facts, migration, &place) {
            finding = finding.help(format!("did you mean `{known}`?")).fix(fix);
        }
        out.push(finding);
    }
}

/// A configured placeholder that is spelt almost like the undefined one.
fn similar(facts: &Facts<'_>, migration: &Migration, place: &Label) -> Option<(String, Fix)> {
    let flyway = &facts.settings.flyway;
    let marks = if migration.language == Language::Sql { &flyway.marks } else { &flyway.script_marks };
    let (text, span) = (facts.text(migration)?, place.span?);
    let name = text.get(span.start..span.end)?.strip_prefix(&marks.prefix)?.strip_suffix(&marks.suffix)?;
    let known = crate::settings::nearest(name, flyway.placeholders.keys().map(String::as_str))?;
    let text = format!("{}{known}{}", marks.prefix, marks.suffix);
    let title = format!("write `{text}`");
    let edits = vec![Edit::Replace { file: place.file.clone(), span, text: text.clone() }];
    Some((text, Fix { title, safety: Safety::Review, edits }))
}
