//! Flyway's layout: settings and files → migrations, undo scripts, callbacks, and what Flyway would refuse.

mod callback;
mod condition;
mod event;
mod java;
mod name;
mod resolve;
mod rollback;
mod script_options;
mod skipped;

pub use condition::condition_holds;
pub use event::{EVENTS, Event};
pub use name::{Grammar, Meaning, Name, NameError, is_sql, script_suffix};
pub use resolve::{ResolvedFile, encoding_of, resolve};

use crate::layout::base_name;
use crate::settings::{DEFAULT_FOLDERS, Location, Scheme, Settings};

/// Where scripts are looked for.
#[derive(Debug, Clone)]
pub struct Places {
    /// The locations of migrations, in the order in which Flyway walks them.
    pub locations: Vec<Location>,
    /// The locations of callbacks.
    pub callback_locations: Vec<Location>,
    /// Whether the locations were configured, or taken because they are usual.
    pub configured: bool,
    /// Locations of which no folder exists.
    pub missing: Vec<Location>,
}

impl Places {
    /// The places that the settings name. Without `locations`, the first usual folder for which `exists` says yes,
    /// or the project's own folder.
    #[must_use]
    pub fn new(settings: &Settings, exists: impl Fn(&str) -> bool) -> Self {
        let flyway = &settings.flyway;
        let usual = || {
            let folder = DEFAULT_FOLDERS.into_iter().find(|folder| exists(folder)).unwrap_or(".");
            vec![Location::folder(folder)]
        };
        let locations = without_nested(flyway.locations.clone().unwrap_or_else(usual));
        let callback_locations = if flyway.callback_locations.is_empty() {
            locations.clone()
        } else {
            without_nested(flyway.callback_locations.clone())
        };
        let is_missing = |location: &&Location| !location.roots().iter().any(|root| root == "." || exists(root));
        let missing = locations.iter().filter(is_missing).cloned().collect();
        Self { locations, callback_locations, configured: flyway.locations.is_some(), missing }
    }

    /// Whether a file's content matters. The names of all other files in the folders are enough.
    #[must_use]
    pub fn reads(settings: &Settings, path: &str) -> bool {
        let name = base_name(path);
        let flyway = &settings.flyway;
        let prefixes =
            [&flyway.versioned_prefix, &flyway.repeatable_prefix, &flyway.baseline_prefix, &flyway.undo_prefix];
        let is_script =
            script_suffix(name).is_some() && prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()));
        is_sql(flyway, name) || is_script || name::ends_with_ignoring_case(name, ".conf")
    }

    /// The folders to read, relative to the project's or absolute, none inside another. Hidden folders are left out.
    #[must_use]
    pub fn folders(&self, settings: &Settings) -> Vec<String> {
        let mut folders: Vec<String> =
            self.locations.iter().chain(&self.callback_locations).flat_map(Location::roots).cloned().collect();
        let beside: Vec<String> = self.locations.iter().flat_map(Location::roots).map(|root| parent(root)).collect();
        for folder in &settings.flightcheck.rollback_folders {
            folders.push(folder.clone());
            folders.extend(beside.iter().map(|parent| join(parent, folder)));
        }
        if self.has_classpath() {
            folders.extend(java::ROOTS.map(str::to_owned));
        }
        folders.sort_unstable_by_key(|folder| (folder.len(), folder.clone()));
        folders.dedup();
        let inside = |folder: &str, outer: &str| {
            outer == "." && !folder.starts_with(['/', '.'])
                || folder.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
        };
        let all = folders.clone();
        folders.retain(|folder| !all.iter().any(|outer| outer != folder && inside(folder, outer)));
        folders
    }

    /// Whether some migrations come from the classpath, where Java migrations live too.
    fn has_classpath(&self) -> bool {
        let in_resources = |root: &String| root.starts_with("src/main/resources");
        self.locations
            .iter()
            .any(|location| location.scheme == Scheme::Classpath || location.roots().iter().any(in_resources))
    }
}

/// Folders that build tools fill; they are passed over where the whole project has to be read.
const BUILD_FOLDERS: [&str; 5] = ["node_modules", "target", "build", "dist", "vendor"];

/// Whether a folder of that name is passed over: it is hidden, or lies in the project's own folder and a build tool fills it.
#[must_use]
pub fn is_passed_over(outer: &str, name: &str) -> bool {
    name.starts_with('.') || (outer == "." && BUILD_FOLDERS.contains(&name))
}

/// Whether a file is read: whether it lies in one of the folders that [`Places::folders`] gives.
#[must_use]
pub fn is_in(folders: &[String], path: &str) -> bool {
    folders.iter().any(|folder| {
        let inside = match folder.as_str() {
            "." => (!path.starts_with(['/', '\\']) && !path.starts_with("../")).then_some(path),
            folder => path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
        };
        let mut parts: Vec<&str> = inside.into_iter().flat_map(|inside| inside.split('/')).collect();
        parts.pop().is_some()
            && parts.iter().enumerate().all(|(at, part)| !is_passed_over(if at == 0 { folder } else { "" }, part))
    })
}

/// Flyway sorts locations by descriptor and drops those that equal another or lie below it.
fn without_nested(mut locations: Vec<Location>) -> Vec<Location> {
    locations.sort();
    let mut kept: Vec<Location> = Vec::new();
    for location in locations {
        let superfluous = kept.iter().any(|other| *other == location || other.contains(&location));
        if !superfluous {
            kept.push(location);
        }
    }
    kept
}

fn parent(folder: &str) -> String {
    match folder.rsplit_once('/') {
        Some(("", _)) => "/".into(),
        Some((parent, _)) => parent.to_owned(),
        None => ".".into(),
    }
}

fn join(parent: &str, folder: &str) -> String {
    if parent == "." { folder.to_owned() } else { format!("{}/{folder}", parent.trim_end_matches('/')) }
}
