use crate::finding::{Finding, Label, Severity};
use crate::layout::flyway::encoding_of;
use crate::repository::LineEnds;
use crate::text::Encoding;

use super::facts::counted;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unpinned-line-ends",
    group: Group::Hygiene,
    summary: "`.gitattributes` does not keep the bytes of migrations: their lines or letters depend on who checks them out",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unpinned_line_ends.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(repository) = facts.repository else { return };
    let scripts: Vec<(&str, LineEnds)> =
        facts.scripts_in_repository().into_iter().map(|(script, path)| (script, repository.line_ends(&path))).collect();
    let unsaid: Vec<&str> =
        scripts.iter().filter(|(_, ends)| *ends == LineEnds::Unsaid).map(|(script, _)| *script).collect();
    if let Some(first) = unsaid.first() {
        let count = counted(unsaid.len(), "script");
        let message = format!("`.gitattributes` does not say how the lines of {count} end, `{first}` first");
        let help = "add `*.sql text eol=lf`, or `-text` where their bytes are to stay as they are";
        out.push(Finding::new(message, Label::file(*first)).help(help));
    }
    for (script, ends) in &scripts {
        let LineEnds::Recoded(name) = ends else { continue };
        let options = facts
            .layout
            .migrations
            .iter()
            .find(|migration| migration.path == *script)
            .map(|migration| &migration.options);
        let file = facts.files.get(*script);
        let read = options.zip(file).map(|(options, file)| encoding_of(&facts.settings.flyway, file.bytes(), options));
        if read != Encoding::for_name(name) {
            let message = format!("`.gitattributes` writes `{script}` as {name}, and Flyway reads it otherwise");
            let help = "set `encoding` to the same, or keep it as UTF-8";
            out.push(Finding::new(message, Label::file(*script)).help(help));
        }
    }
}
