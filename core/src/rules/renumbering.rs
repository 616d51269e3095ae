//! New versions for the scripts of a branch, above all that its base has and in the order that they have now.

use std::collections::BTreeSet;

use crate::finding::{Edit, Fix, Safety};
use crate::layout::plain::is_sql;
use crate::layout::{Kind, Language, Migration, base_name};
use crate::settings::Tool;
use crate::text::Span;
use crate::version::Version;

use super::Facts;
use super::facts::beside;
use super::version_form::free_after;

/// What the scripts of a branch have to be called.
pub(super) struct Renumbering {
    /// Each script that gets another version.
    versions: Vec<(String, Version)>,
    /// What renames them, with everything that names them.
    fix: Option<Fix>,
}

impl Renumbering {
    /// What a finding says of one script, and the fix for all.
    pub(super) fn advise(&self, facts: &Facts<'_>, path: &str) -> (String, Option<Fix>) {
        let Some((_, free)) = self.versions.iter().find(|(of, _)| of == path) else {
            return ("give it a version above all that the base has".to_owned(), None);
        };
        let base = facts.branch.map_or("", |branch| branch.base.as_str());
        let how = match &self.fix {
            Some(_) => format!("; `flightcheck fix --base {base}` renames it with all that names it"),
            None => String::new(),
        };
        (format!("the next free version is `{free}`{how}"), self.fix.clone())
    }
}

impl Facts<'_> {
    /// New versions for those scripts of the branch that the tool would refuse or skip, and for those that would run before
    /// them otherwise.
    pub(super) fn renumbering(&self) -> Renumbering {
        let mut own = self.own_versions();
        own.sort_by(|(_, one), (_, other)| one.cmp(other));
        let mut versions = self.foreign_versions(&own);
        let highest = versions.last().cloned();
        let applied = self.last_applied().map(|(applied, _)| applied);
        let mut renamed = Vec::new();
        let mut last: Option<Version> = None;
        for (path, version) in own {
            let late = highest.iter().chain(&applied).any(|newest| version < *newest);
            let keeps = !late && !versions.contains(&version) && last.as_ref().is_none_or(|last| version > *last);
            let free = if keeps { Some(version) } else { free_after(&version, &versions, applied.as_ref()) };
            let Some(free) = free else { continue };
            versions.insert(free.clone());
            last = Some(free.clone());
            if !keeps {
                renamed.push((path, free));
            }
        }
        let fix = self.fix_of(&renamed);
        Renumbering { versions: renamed, fix }
    }

    /// The versioned scripts that the branch adds.
    fn own_versions(&self) -> Vec<(String, Version)> {
        let Some(branch) = self.branch else { return Vec::new() };
        let own = branch.versioned.iter().filter(|(path, _)| branch.adds(path));
        own.filter(|(_, version)| version.leading_digits().is_some()).cloned().collect()
    }

    /// The versions that others have: of the base, of what was merged, of the history.
    fn foreign_versions(&self, own: &[(String, Version)]) -> BTreeSet<Version> {
        let Some(branch) = self.branch else { return BTreeSet::new() };
        let local = branch.versioned.iter().filter(|(path, _)| !own.iter().any(|(other, _)| other == path));
        let applied = self.rows().iter().filter_map(|row| Version::parse(row.version.as_deref()?).ok());
        let all = branch.versions.iter().cloned().chain(local.map(|(_, version)| version.clone())).chain(applied);
        all.filter(|version| version.leading_digits().is_some()).collect()
    }

    /// Renames the scripts, the last one first, so that none stands in the way of another.
    fn fix_of(&self, renamed: &[(String, Version)]) -> Option<Fix> {
        if !self.tool.is_renamed_by_name() || renamed.is_empty() {
            return None;
        }
        let mut edits = Vec::new();
        let mut references = Vec::new();
        for (path, version) in renamed.iter().rev() {
            let (old, names) = if self.tool == Tool::Flyway {
                let migration = self.migration(path)?;
                (migration.version.as_ref().map_or("", Version::raw), self.renames(migration, version)?)
            } else {
                ("", self.plain_renames(path, version)?)
            };
            references.extend(self.references((old, version), &names));
            edits.extend(names);
        }
        let leaves = |to: &str| edits.iter().any(|edit| matches!(edit, Edit::Rename { file, .. } if file == to));
        let is_blocked =
            |edit: &Edit| matches!(edit, Edit::Rename { to, .. } if self.files.contains_key(to) && !leaves(to));
        if edits.iter().any(is_blocked) {
            return None;
        }
        // From the end of each file to its beginning, so that no edit moves another.
        references.sort_by(|(one, at, _), (other, place, _)| (other, place.start).cmp(&(one, at.start)));
        references.dedup();
        let replace = |(file, span, text)| Edit::Replace { file, span, text };
        edits.extend(references.into_iter().map(replace));
        let name = |(path, version): &(String, Version)| format!("`{}` to version {version}", base_name(path));
        let title = format!("rename {}", renamed.iter().map(name).collect::<Vec<_>>().join(", "));
        Some(Fix { title, safety: Safety::Safe, edits })
    }

    /// Renames a script of another tool, with the files beside it that are the branch's and of the same migration: the one
    /// that takes it back, and what says how it runs.
    fn plain_renames(&self, path: &str, version: &Version) -> Option<Vec<Edit>> {
        let is_own = |file: &&String| self.branch.is_some_and(|branch| branch.changed.contains(*file));
        let (named, rest) = if self.tool.names_folders() { path.rsplit_once('/')? } else { (path, "") };
        let stem = |name: &str| -> String {
            let name = name.strip_suffix(".sql").unwrap_or(name);
            name.strip_suffix(".up").or_else(|| name.strip_suffix(".down")).unwrap_or(name).to_owned()
        };
        let is_of_it = |file: &&String| match file.rsplit_once('/') {
            Some((folder, _)) if !rest.is_empty() => folder == named,
            _ => rest.is_empty() && is_sql(file) && stem(file) == stem(path),
        };
        let own = base_name(named);
        let digits = own.find(|char: char| !(char.is_ascii_digit() || self.tool == Tool::Diesel && char == '-'));
        let to = beside(named, &format!("{version}{}", own.get(digits.unwrap_or(own.len())..)?));
        let files = self.files.keys().filter(is_of_it);
        // What the base has as well would be torn apart.
        let all: Vec<&String> = files.clone().filter(is_own).collect();
        let edit = |file: &&String| {
            let tail = file.strip_prefix(if rest.is_empty() { stem(path) } else { named.to_owned() }.as_str())?;
            let head = if rest.is_empty() { stem(&to) } else { to.clone() };
            Some(Edit::Rename { file: (*file).clone(), to: format!("{head}{tail}") })
        };
        (all.len() == files.count()).then(|| all.iter().map(edit).collect())?
    }

    fn migration(&self, path: &str) -> Option<&Migration> {
        let of_path = |migration: &&Migration| migration.path == *path && migration.language != Language::Java;
        self.layout.migrations.iter().filter(|migration| migration.kind == Kind::Versioned).find(of_path)
    }

    /// Where configuration names the files that get another name, and what it has to say then; and where settings that the
    /// branch made name the version.
    fn references(&self, (old_version, version): (&str, &Version), renames: &[Edit]) -> Vec<(String, Span, String)> {
        let named = |path: &'_ str| -> String {
            let bearer =
                if self.tool.names_folders() { path.rsplit_once('/').map_or(path, |(folder, _)| folder) } else { path };
            base_name(bearer).to_owned()
        };
        let mut found = Vec::new();
        for (name, text) in self.configuration {
            let places = |old: &str, within: Span| {
                let inside = text.get(within.start..within.end).unwrap_or_default();
                let starts = inside.match_indices(old).map(|(at, _)| within.start + at).collect::<Vec<_>>();
                starts.into_iter().filter(|at| stands_alone(text, *at, at + old.len())).collect::<Vec<_>>()
            };
            for edit in renames {
                let Edit::Rename { file, to } = edit else { continue };
                let (old, new) = (named(file), named(to));
                let all = places(&old, Span::new(0, text.len()));
                found
                    .extend(all.into_iter().map(|at| ((*name).to_owned(), Span::new(at, at + old.len()), new.clone())));
            }
            let old = old_version;
            let keys = self.branch.map_or(&[][..], |branch| &branch.retargeted);
            let given = keys.iter().filter_map(|key| self.given(key)).filter(|place| place.file == **name);
            for span in given.filter_map(|place| place.span) {
                let all = places(old, span);
                let new = version.to_string();
                found
                    .extend(all.into_iter().map(|at| ((*name).to_owned(), Span::new(at, at + old.len()), new.clone())));
            }
        }
        found
    }
}

/// Whether what stands there is no part of a longer name or number.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |char: char| char.is_alphanumeric() || char == '_' || char == '.' || char == '-';
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    !before.is_some_and(joins) && !after.is_some_and(joins)
}
