use crate::finding::{Finding, Severity};
use crate::settings::{Location, Scheme};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "location-without-migrations",
    group: Group::Migrations,
    summary: "a configured location holds nothing, and Flyway goes on without it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("location_without_migrations.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(place) = facts.given("locations").filter(|_| facts.places.configured) else { return };
    for location in &facts.places.locations {
        let descriptor = &location.descriptor;
        let found = facts.files.keys().any(|path| location.script(path).is_some());
        // What is on the classpath may come from another module or a library.
        let elsewhere = location.scheme == Scheme::Classpath && facts.layout.files_seen > 0;
        if found || elsewhere || location.scheme == Scheme::Remote || facts.settings.flyway.fail_on_missing_locations {
            continue;
        }
        let finding = if let Some(shorter) = descriptor.strip_suffix("**") {
            let shorter = shorter.trim_end_matches('/');
            let message = format!("the location `{descriptor}` finds nothing, because it ends in `**`");
            Finding::new(message, place.clone()).help(format!("write `{shorter}`: locations are walked to the bottom"))
        } else {
            let message = format!("the location `{descriptor}` is missing or empty, and Flyway goes on without it");
            let help = nearest(facts, location).map_or_else(
                || "correct the path, or set `failOnMissingLocations=true` so that Flyway says so itself".to_owned(),
                |folder| format!("did you mean `{folder}`?"),
            );
            Finding::new(message, place.clone()).help(help)
        };
        out.push(finding);
    }
}

/// The folder with files whose path is most like the location's.
fn nearest<'a>(facts: &Facts<'a>, location: &Location) -> Option<&'a str> {
    let wanted = location.roots().first()?;
    let folders = facts.files.keys().filter_map(|path| Some(path.rsplit_once('/')?.0));
    crate::settings::nearest(wanted, folders)
}
