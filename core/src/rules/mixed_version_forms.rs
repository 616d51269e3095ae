use std::collections::BTreeMap;

use crate::finding::{Finding, Fix, Label, Safety, Severity};
use crate::layout::{Migration, base_name};
use crate::status::State;
use crate::version::Version;

use super::version_form::is_timestamp;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "mixed-version-forms",
    group: Group::Migrations,
    summary: "a timestamp among small numbers: every later small number is below it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("mixed_version_forms.md")),
    check: Check::Project(check),
};

/// A migration, its version and its state.
type Entry<'a> = (&'a Migration, &'a Version, Option<State>);

/// So many timestamps are a stray; more are a change of custom.
const STRAY: usize = 2;

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let mut folders: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for entry in facts.versioned() {
        let folder = entry.0.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(entry);
    }
    for entries in folders.values() {
        let (stray, small): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) = entries
            .iter()
            .filter(|entry| is_timestamp(entry.1) || is_small(entry.1))
            .partition(|entry| is_timestamp(entry.1));
        if stray.is_empty() || stray.len() > STRAY || small.len() <= STRAY || has_moved_on(facts, &small) {
            continue;
        }
        let Some(highest) = small.iter().map(|entry| (entry.1, entry.0)).max_by(|left, right| left.0.cmp(right.0))
        else {
            continue;
        };
        out.extend(stray.iter().map(|entry| finding(facts, entry, highest)));
    }
}

fn finding(facts: &Facts<'_>, stray: &Entry<'_>, highest: (&Version, &Migration)) -> Finding {
    let (migration, _, state) = stray;
    let next = highest.0.successor().map_or_else(String::new, |next| format!(", such as {next},"));
    let message = format!(
        "`{}` has a timestamp among small numbers: every later number{next} is below it",
        base_name(&migration.path)
    );
    let says = "is the highest of the small numbers";
    let finding = Finding::new(message, Label::file(&migration.path)).with(Label::file(&highest.1.path).says(says));
    let applied = facts.history.is_some() && *state != Some(State::Pending);
    let free = if applied { None } else { facts.free_version(highest.0) };
    let Some((free, edits)) = free.and_then(|free| facts.renumbered(migration, &free).map(|edits| (free, edits)))
    else {
        return finding.help("give every later migration a timestamp too");
    };
    let title = format!("rename to version {free}");
    finding.help(format!("give it the next number, `{free}`, or give every later migration a timestamp too")).fix(Fix {
        title,
        safety: Safety::Review,
        edits,
    })
}

/// Whether the version is a number that a person counts.
fn is_small(version: &Version) -> bool {
    version.leading_digits().is_some_and(|(digits, _)| digits.len() <= 4 && !is_year(digits))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether all small numbers are applied: then the project may have changed to timestamps since.
fn has_moved_on(facts: &Facts<'_>, small: &[&Entry<'_>]) -> bool {
    let waits = |entry: &&Entry<'_>| matches!(entry.2, Some(State::Pending | State::Ignored) | None);
    facts.rows().iter().any(|row| row.version.is_some()) && !small.iter().any(waits)
}
