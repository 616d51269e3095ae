//! Undo scripts (`U5__x.sql`) and hand-written rollbacks (`RB5__x.sql`), wherever they are kept.

use crate::layout::{Files, Rollback, base_name};
use crate::settings::{Edition, Settings};
use crate::version::Version;

use super::name::ends_with_ignoring_case;

/// All rollbacks among the project's files, by version and path.
pub(super) fn resolve(settings: &Settings, files: &Files) -> Vec<Rollback> {
    let mut rollbacks: Vec<Rollback> = files
        .iter()
        .filter_map(|(path, file)| {
            let (version, description, known_to_tool) = parse(settings, base_name(path))?;
            Some(Rollback { path: path.clone(), version, description, known_to_tool, sha256: file.sha256() })
        })
        .collect();
    rollbacks.sort_by(|left, right| (&left.version, &left.path).cmp(&(&right.version, &right.path)));
    rollbacks
}

/// Whether a base name is that of an undo script or rollback.
pub(super) fn is_rollback(settings: &Settings, name: &str) -> bool {
    parse(settings, name).is_some()
}

fn parse(settings: &Settings, name: &str) -> Option<(Version, String, bool)> {
    let flyway = &settings.flyway;
    let suffix = flyway.suffixes.iter().find(|suffix| ends_with_ignoring_case(name, suffix))?;
    let stem = &name[..name.len() - suffix.len()];
    [(&settings.flightcheck.rollback_prefix, false), (&flyway.undo_prefix, true)].into_iter().find_map(
        |(prefix, undo)| {
            let rest = stem.strip_prefix(prefix.as_str())?;
            let (version, description) = rest.split_once(flyway.separator.as_str()).unwrap_or((rest, ""));
            let version = Version::parse(version).ok()?;
            let known_to_tool = undo && flyway.edition == Edition::Redgate;
            Some((version, description.replace('_', " "), known_to_tool))
        },
    )
}
