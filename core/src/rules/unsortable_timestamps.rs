use std::collections::BTreeMap;

use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::layout::{Migration, base_name};
use crate::status::State;
use crate::version::Version;

use super::version_form::{Time, is_sortable, sortable, unsortable};
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unsortable-timestamps",
    group: Group::Migrations,
    summary: "versions are times written in a form that does not sort by time",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unsortable_timestamps.md")),
    check: Check::Project(check),
};

/// A migration and whether it waits to be applied.
type Entry<'a> = (&'a Migration, bool);

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let mut groups: BTreeMap<(&str, usize), Vec<Entry<'_>>> = BTreeMap::new();
    for (migration, version, state) in facts.versioned() {
        let folder = migration.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let waits = facts.history.is_none() || matches!(state, Some(State::Pending | State::Ignored));
        groups.entry((folder, version.as_str().len())).or_default().push((migration, waits));
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        let digits: Vec<&str> =
            group.iter().filter_map(|(migration, _)| Some(migration.version.as_ref()?.as_str())).collect();
        if digits.iter().all(|digits| is_sortable(digits)) {
            continue;
        }
        if let Some((form, times)) = unsortable(&digits) {
            out.push(finding(facts, group, form, &times));
        }
    }
}

/// One finding for a group, on the first script that sorts before an earlier one.
fn finding(facts: &Facts<'_>, group: &[Entry<'_>], form: &str, times: &[Time]) -> Finding {
    let wrong = times.windows(2).position(|pair| pair[0] > pair[1]);
    let at = wrong.unwrap_or(0);
    let (first, next) = (group[at].0, group[at + 1].0);
    let message = match wrong {
        Some(_) => format!(
            "`{}` is later than `{}` but sorts before it: its version has the form {form}",
            base_name(&first.path),
            base_name(&next.path)
        ),
        None => format!("`{}` has a version of the form {form}, which does not sort by time", base_name(&first.path)),
    };
    let says = if wrong.is_some() { "is earlier" } else { "has this form too" };
    let finding = Finding::new(message, Label::file(&first.path)).with(Label::file(&next.path).says(says));
    let help = "write versions as YYYYMMDDhhmm";
    match renames(facts, group, times) {
        Some(edits) => {
            let fix = Fix { title: "rename them to YYYYMMDDhhmm".into(), safety: Safety::Review, edits };
            finding.help(help).fix(fix)
        }
        None => finding.help(format!("{help} from now on; leave the applied ones as they are")),
    }
}

fn renames(facts: &Facts<'_>, group: &[Entry<'_>], times: &[Time]) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for ((migration, waits), time) in group.iter().zip(times) {
        let version = Version::parse(&sortable(time)).ok().filter(|_| *waits)?;
        edits.extend(facts.renumbered(migration, &version)?);
    }
    Some(edits)
}
