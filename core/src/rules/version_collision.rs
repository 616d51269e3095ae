use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::layout::{Collision, Kind, Migration};
use crate::version::Version;

use super::{Facts, Rule};

pub(super) const RULE: Rule = Rule {
    name: "version-collision",
    summary: "two migrations have the same version, so Flyway refuses every command",
    severity: Severity::Error,
    page: include_str!("version_collision.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for collision in &facts.layout.collisions {
        let Some((last, others)) = collision.paths.split_last() else { continue };
        let shared = if collision.versioned { "version" } else { "description" };
        let message = format!("`{last}` has the same {shared} as another migration: `{}`", collision.name);
        let mut finding = Finding::new(message, Label::file(last));
        for other in others {
            finding = finding.with(Label::file(other).says(format!("has the {shared} `{}` too", collision.name)));
        }
        out.push(match free_version(facts, collision) {
            Some((version, rename)) => {
                let finding = finding.help(format!("the next free version is `{version}`"));
                let edits = vec![Edit::Rename { file: last.clone(), to: rename }];
                finding.fix(Fix { title: format!("rename to version {version}"), safety: Safety::Review, edits })
            }
            None => finding.help("give one of them another name"),
        });
    }
}

/// The version after the highest one, in the same style, and the path that it gives the colliding script.
fn free_version(facts: &Facts<'_>, collision: &Collision) -> Option<(Version, String)> {
    let versioned = |migration: &&Migration| migration.kind == Kind::Versioned;
    let local = facts.layout.migrations.iter().filter(versioned).filter_map(|migration| migration.version.clone());
    let rows = facts.history.and_then(|(_, snapshot)| snapshot.rows.as_deref()).unwrap_or_default();
    let applied = rows.iter().filter_map(|row| Version::parse(row.version.as_deref()?).ok());
    let free = local.chain(applied).filter(|version| version.leading_digits().is_some()).max()?.successor()?;
    let path = collision.paths.last().filter(|_| collision.versioned)?;
    let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
    let flyway = &facts.settings.flyway;
    let description = name.split_once(flyway.separator.as_str()).map_or("", |(_, description)| description);
    let renamed = format!("{}{free}{}{description}", flyway.versioned_prefix, flyway.separator);
    Some((free, if folder.is_empty() { renamed } else { format!("{folder}/{renamed}") }))
}
