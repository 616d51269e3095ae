//! Where environments have drifted apart. One that merely lags behind has not.

use std::collections::BTreeMap;

use super::{Environment, Key, Line, checksums_differ, keys};
use crate::status::State;
use crate::version::Version;

/// What kind of drift it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftKind {
    /// The same version ran with different texts.
    Checksum,
    /// A version ran in one environment, and another one has gone past it.
    Hole,
    /// Flyway refuses to go on in an environment.
    Refused,
}

impl DriftKind {
    /// Its name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::Hole => "hole",
            Self::Refused => "refused",
        }
    }
}

/// A place where environments differ for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// What kind it is.
    pub kind: DriftKind,
    /// The version's display text; `None` for repeatables.
    pub version: Option<String>,
    /// The description.
    pub description: String,
    /// The path of the script, where there is one.
    pub file: Option<String>,
    /// The environments that it is about.
    pub environments: Vec<String>,
    /// What is wrong, in one sentence.
    pub message: String,
}

/// Where the environments differ for good, by version. What Flyway says of the first one is told by other rules.
#[must_use]
pub fn drift(environments: &[Environment]) -> Vec<Drift> {
    let mut found = Vec::new();
    for key in keys(environments) {
        let differ = checksums_differ(environments, &key);
        found.extend(differ.then(|| checksum(environments, &key)).flatten());
        let holes: Vec<Drift> = environments.iter().filter_map(|one| hole(environments, one, &key)).collect();
        for environment in environments.iter().skip(1) {
            let told = differ || holes.iter().any(|hole| hole.environments.contains(&environment.name));
            found.extend(refused(environment, &key).filter(|_| !told));
        }
        found.extend(holes);
    }
    found
}

fn drifted(kind: DriftKind, line: &Line, environments: Vec<String>, message: String) -> Drift {
    let (version, description) = (line.version.clone(), line.description.clone());
    Drift { kind, version, description, file: line.file.clone(), environments, message }
}

fn name(line: &Line) -> String {
    line.version.as_ref().map_or_else(|| format!("`{}`", line.description), |version| format!("version {version}"))
}

fn checksum(environments: &[Environment], key: &Key) -> Option<Drift> {
    let mut texts: BTreeMap<i32, Vec<&str>> = BTreeMap::new();
    let mut line = None;
    for environment in environments {
        let Some(own) = environment.line(key).filter(|line| line.is_applied) else { continue };
        texts.entry(own.checksum?).or_default().push(&environment.name);
        line = line.filter(|line: &&Line| line.file.is_some()).or(Some(own));
    }
    let names: Vec<String> = texts.values().flatten().map(|name| (*name).to_owned()).collect();
    let groups: Vec<String> =
        texts.iter().map(|(checksum, names)| format!("{checksum} in {}", joined(names))).collect();
    let line = line?;
    let message = format!("{} ran with different texts: checksum {}", name(line), groups.join(", "));
    Some(drifted(DriftKind::Checksum, line, names, message))
}

/// A version that another environment has, and that this one has gone past.
fn hole(environments: &[Environment], one: &Environment, key: &Key) -> Option<Drift> {
    let Key::Version(version, false) = key else { return None };
    let others: Vec<&str> = environments
        .iter()
        .filter(|other| other.name != one.name && other.line(key).is_some_and(|line| line.is_applied))
        .map(|other| other.name.as_str())
        .collect();
    let newest = one.schema_version.as_deref().and_then(|text| Version::parse(text).ok())?;
    // Only what it would run itself: a variant may do without.
    let line = one.line(key).filter(|line| !line.is_applied && line.file.is_some())?;
    let waits = line.state == State::Ignored || line.state == State::Pending && *version < newest;
    if others.is_empty() || !waits || newest.leading_digits().is_none() {
        return None;
    }
    let what = if line.state == State::Ignored { "it is refused or skipped there" } else { "it runs late there" };
    let (has, own) = (joined(&others), &one.name);
    let message = format!("{} ran in {has}, and `{own}` is at version {newest} without it: {what}", name(line));
    let names = others.iter().map(|name| (*name).to_owned()).chain([own.clone()]).collect();
    Some(drifted(DriftKind::Hole, line, names, message))
}

fn refused(environment: &Environment, key: &Key) -> Option<Drift> {
    let (line, _, message) = environment.errors.iter().find_map(|(at, code, message)| {
        let line = environment.lines.get(*at).filter(|line| line.key == *key)?;
        Some((line, code, message))
    })?;
    let message = format!("in `{}`: {message}", environment.name);
    Some(drifted(DriftKind::Refused, line, vec![environment.name.clone()], message))
}

fn joined(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
}
