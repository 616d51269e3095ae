use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::layout::{Collision, base_name};
use crate::version::Version;

use super::facts::beside;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "version-collision",
    group: Group::Migrations,
    summary: "two migrations have the same version, so Flyway refuses every command",
    severity: Severity::Error,
    page: Rule::page(include_str!("version_collision.md")),
    check: Check::Project(check),
};

/// So many get a new version; with more, something else is the matter.
const RENUMBERED: usize = 20;

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for (at, collision) in facts.layout.collisions.iter().enumerate() {
        let Some((last, others)) = collision.paths.split_last() else { continue };
        let shared = if collision.versioned { "version" } else { "description" };
        let message = format!("`{last}` has the same {shared} as another migration: `{}`", collision.name);
        let mut finding = Finding::new(message, Label::file(last));
        for other in others {
            finding = finding.with(Label::file(other).says(format!("has the {shared} `{}` too", collision.name)));
        }
        let free = if at < RENUMBERED { free_version(facts, collision) } else { None };
        out.push(match free {
            Some((version, rename)) => {
                let finding = finding.help(format!("the next free version is `{version}`"));
                let edits = vec![Edit::Rename { file: last.clone(), to: rename }];
                finding.fix(Fix { title: format!("rename to version {version}"), safety: Safety::Review, edits })
            }
            None => finding.help("give one of them another name"),
        });
    }
}

/// The next free version in the style of the colliding one, and the path that it gives the last script.
fn free_version(facts: &Facts<'_>, collision: &Collision) -> Option<(Version, String)> {
    let path = collision.paths.last().filter(|_| collision.versioned)?;
    let free = facts.free_version(&Version::parse(&collision.name).ok()?)?;
    let flyway = &facts.settings.flyway;
    let description = base_name(path).split_once(flyway.separator.as_str()).map_or("", |(_, description)| description);
    let to = beside(path, &format!("{}{free}{}{description}", flyway.versioned_prefix, flyway.separator));
    Some((free, to))
}
