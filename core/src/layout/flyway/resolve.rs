//! Files → migrations, in the order in which Flyway would come upon its own errors.

use std::collections::BTreeMap;

use crate::finding::{Label, Refusal};
use crate::layout::{Checksum, Collision, File, Files, Kind, Language, Layout, Migration, ScriptOptions, base_name};
use crate::settings::placeholders::{self, PlaceholderError};
use crate::settings::{Flyway, Location, Settings};
use crate::text::{Casing, DecodeError, Encoding, Span, detect};

use super::name::{Grammar, Meaning, Name, ends_with_ignoring_case, is_sql, script_suffix};
use super::script_options::Index;
use super::{Places, callback, java, rollback, script_options, skipped};

/// A file inside a location.
#[derive(Debug, Clone, Copy)]
pub struct ResolvedFile<'a> {
    /// Its path in the project.
    pub path: &'a str,
    /// Its path relative to the location: the name that the history stores.
    pub script: &'a str,
    /// Its content.
    pub content: &'a File,
}

impl<'a> ResolvedFile<'a> {
    /// Its base name.
    #[must_use]
    pub fn name(self) -> &'a str {
        base_name(self.script)
    }
}

struct Resolver<'a> {
    settings: &'a Settings,
    flyway: &'a Flyway,
    grammar: Grammar,
    files: &'a Files,
    index: Index,
    layout: Layout,
}

/// Resolves everything. Nothing stops it: what Flyway would abort with is in [`Layout::refusals`].
#[must_use]
pub fn resolve(settings: &Settings, places: &Places, files: &Files) -> Layout {
    let found = in_locations(&places.locations, files);
    let grammar = Grammar::new(&settings.flyway);
    let index = option_files(&found);
    let layout = Layout {
        locations: places.locations.iter().map(|location| location.descriptor.clone()).collect(),
        files_seen: found.len(),
        ..Layout::default()
    };
    let mut resolver = Resolver { settings, flyway: &settings.flyway, grammar, files, index, layout };
    resolver.missing_locations(&places.missing);
    resolver.naming(&found);
    let elsewhere = places.callback_locations != places.locations;
    let callbacks = elsewhere.then(|| in_locations(&places.callback_locations, files));
    resolver.callbacks(callbacks.as_ref().unwrap_or(&found));
    if !settings.flyway.skip_default_resolvers {
        resolver.migrations(&found);
    }
    let scan = places.has_classpath() && !settings.flyway.skip_default_resolvers;
    resolver.layout.migrations.extend(java::resolve(settings, &resolver.grammar, files, scan));
    resolver.layout.rollbacks = rollback::resolve(settings, files);
    resolver.skipped(&found);
    resolver.merge_and_sort();
    resolver.layout
}

/// The character set of a script: its own, else the detected one, else the configured one.
#[must_use]
pub fn encoding_of(flyway: &Flyway, bytes: &[u8], options: &ScriptOptions) -> Encoding {
    let own = options.encoding.as_deref().and_then(Encoding::for_name);
    let detected = || flyway.detect_encoding.then(|| detect(bytes)).flatten();
    own.or_else(detected).unwrap_or(flyway.encoding)
}

/// The files of all locations, each location's sorted by path.
fn in_locations<'a>(locations: &[Location], files: &'a Files) -> Vec<ResolvedFile<'a>> {
    let mut found = Vec::new();
    for location in locations {
        for (path, content) in files {
            found.extend(location.script(path).map(|script| ResolvedFile { path, script, content }));
        }
    }
    found
}

fn option_files(found: &[ResolvedFile<'_>]) -> Index {
    let belongs_to = |file: &ResolvedFile<'_>| {
        let script = file.script.lower();
        Some((script.strip_suffix(".conf")?.to_owned(), file.path.to_owned()))
    };
    found.iter().filter_map(belongs_to).collect()
}

impl Resolver<'_> {
    fn missing_locations(&mut self, missing: &[Location]) {
        for location in missing.iter().filter(|_| self.flyway.fail_on_missing_locations) {
            let message = format!("the location `{}` was not found", location.descriptor);
            self.layout.refusals.push(Refusal::new("ERROR", message));
        }
    }

    fn naming(&mut self, found: &[ResolvedFile<'_>]) {
        if !self.flyway.validate_naming {
            return;
        }
        for file in found {
            if !is_sql(self.flyway, file.name()) {
                continue;
            }
            if let Err(error) = self.grammar.parse(file.name(), &self.flyway.suffixes) {
                let reason = if rollback::is_rollback(self.settings, file.name()) {
                    "the open-source build knows no undo scripts; `--edition redgate` follows the builds that do"
                        .to_owned()
                } else {
                    error.reason(self.flyway)
                };
                let message = format!("`{}` is no valid script name: {reason}", file.path);
                self.layout.refusals.push(Refusal::new("ERROR", message).at(Label::file(file.path)));
            }
        }
    }

    fn callbacks(&mut self, found: &[ResolvedFile<'_>]) {
        let (callbacks, refusals) = callback::resolve(self.flyway, &self.grammar, found, &self.index, self.files);
        self.layout.callbacks = callbacks;
        self.layout.refusals.extend(refusals);
    }

    /// SQL before scripts, versioned before repeatable before baseline: the order of Flyway's resolvers.
    fn migrations(&mut self, found: &[ResolvedFile<'_>]) {
        for (language, kinds) in [
            (Language::Sql, [Kind::Versioned, Kind::Repeatable].as_slice()),
            (Language::Script, &[Kind::Versioned, Kind::Repeatable, Kind::Baseline, Kind::Undo]),
            (Language::Sql, &[Kind::Baseline, Kind::Undo]),
        ] {
            for kind in kinds {
                for file in found {
                    if let Some(name) = self.parse(file.name(), language, *kind) {
                        match self.migration(*file, *kind, language, name) {
                            Ok(migration) => self.layout.migrations.push(migration),
                            Err(refusal) => self.layout.refusals.push(refusal),
                        }
                    }
                }
            }
        }
    }

    /// The parsed name, if the file is a migration of this language and kind.
    fn parse(&self, name: &str, language: Language, kind: Kind) -> Option<Name> {
        let prefix = match kind {
            Kind::Versioned => &self.flyway.versioned_prefix,
            Kind::Repeatable => &self.flyway.repeatable_prefix,
            Kind::Baseline => &self.flyway.baseline_prefix,
            Kind::Undo => &self.flyway.undo_prefix,
        };
        let script;
        let suffixes: &[String] = match language {
            Language::Sql => &self.flyway.suffixes,
            Language::Script => {
                script = [script_suffix(name)?];
                &script
            }
            Language::Java => return None,
        };
        // Flyway wants at least one character beside prefix and suffix.
        let fits = |suffix: &String| ends_with_ignoring_case(name, suffix) && name.len() > prefix.len() + suffix.len();
        if !name.starts_with(prefix.as_str()) || !suffixes.iter().any(fits) {
            return None;
        }
        self.grammar.parse(name, suffixes).ok().filter(|name| name.meaning == Meaning::Migration(kind))
    }

    fn migration(
        &self,
        file: ResolvedFile<'_>,
        kind: Kind,
        language: Language,
        name: Name,
    ) -> Result<Migration, Refusal> {
        let options = match language {
            Language::Sql => script_options::read(file.script, &self.index, self.files, self.flyway.edition)?,
            _ => ScriptOptions::default(),
        };
        let encoding = encoding_of(self.flyway, file.content.bytes(), &options);
        let raw = file.content.checksum(encoding).map_err(|error| undecodable(file.path, error))?;
        let replaced = self.replaced(file, language, &options, encoding, &name.description);
        let (checksum, unreplaceable) = match (kind, replaced) {
            (Kind::Repeatable, replaced) => (repeatable_checksum(raw, replaced)?, None),
            (_, Err(Unreplaced::Refused(refusal))) => (Checksum::of(raw), Some(refusal)),
            (_, Ok(_) | Err(Unreplaced::Unknowable(_))) => (Checksum::of(raw), None),
        };
        Ok(Migration {
            kind,
            language,
            version: name.version,
            description: name.description,
            script: file.script.to_owned(),
            path: file.path.to_owned(),
            checksum,
            sha256: Some(file.content.sha256()),
            options,
            unreplaceable,
        })
    }

    /// The text with placeholders replaced; `None` where there is nothing to replace.
    fn replaced(
        &self,
        file: ResolvedFile<'_>,
        language: Language,
        options: &ScriptOptions,
        encoding: Encoding,
        description: &str,
    ) -> Result<Option<String>, Unreplaced> {
        let (marks, own) = match language {
            Language::Sql => (&self.flyway.marks, options.placeholder_replacement),
            _ => (&self.flyway.script_marks, None),
        };
        let text = file.content.text(encoding).unwrap_or_default();
        if !own.unwrap_or(self.flyway.placeholder_replacement) || !text.contains(marks.prefix.as_str()) {
            return Ok(None);
        }
        // Flyway builds the name anew and leaves the separator out where there is no description.
        let filename = if description.is_empty() {
            file.name().replacen(self.flyway.separator.as_str(), "", 1)
        } else {
            file.name().to_owned()
        };
        let values = self.flyway.placeholder_values(marks, &filename, &self.settings.flightcheck.connection);
        placeholders::replace(&text, marks, &values).map(Some).map_err(|error| match error {
            PlaceholderError::Unknowable { name, .. } => Unreplaced::Unknowable(name),
            PlaceholderError::Undefined { placeholder, offset } => {
                let end = (offset + placeholder.len()).min(text.len());
                let span = Span::new(offset, if text.is_char_boundary(end) { end } else { text.len() });
                let message = format!("the placeholder `{placeholder}` has no value");
                Unreplaced::Refused(Refusal::new("ERROR", message).at(Label::at(file.path, span)))
            }
            PlaceholderError::Unfinished { offset } => {
                let message = format!("a placeholder starts here but the script ends before `{}`", marks.suffix);
                let span = Span::new(offset, text.len());
                Unreplaced::Refused(Refusal::crash(message).at(Label::at(file.path, span)))
            }
        })
    }

    fn skipped(&mut self, found: &[ResolvedFile<'_>]) {
        for file in found {
            if rollback::is_rollback(self.settings, file.name()) || script_suffix(file.name()).is_some() {
                continue;
            }
            self.layout.skipped.extend(skipped::explain(self.flyway, &self.grammar, file.path, file.name()));
        }
    }

    /// Sorts, merges identical copies and finds the collisions that make Flyway abort.
    fn merge_and_sort(&mut self) {
        let migrations = &mut self.layout.migrations;
        migrations.sort_by(|left, right| sort_key(left).cmp(&sort_key(right)).then_with(|| left.path.cmp(&right.path)));
        let mut copies = Vec::new();
        migrations.dedup_by(|later, first| {
            let same = sort_key(later) == sort_key(first)
                && later.script == first.script
                && later.checksum == first.checksum
                && later.language == first.language;
            if same {
                copies.push(Label::file(&later.path).says(format!("the same as `{}`", first.path)));
            }
            same
        });
        self.layout.copies = copies;
        let mut groups: BTreeMap<_, Vec<&Migration>> = BTreeMap::new();
        for migration in &self.layout.migrations {
            groups.entry(sort_key(migration)).or_default().push(migration);
        }
        let collisions: Vec<(Kind, Collision)> = groups
            .into_values()
            .filter(|group| group.len() > 1)
            .map(|group| (group[0].kind, collision(&group)))
            .collect();
        for (kind, collision) in collisions {
            self.layout.refusals.push(refuse_collision(kind, &collision));
            self.layout.collisions.push(collision);
        }
    }
}

/// Why a script's placeholders are not replaced.
enum Unreplaced {
    /// Flyway refuses the script.
    Refused(Refusal),
    /// Only a live connection knows the value of this one.
    Unknowable(String),
}

fn undecodable(path: &str, error: DecodeError) -> Refusal {
    let message = format!("`{path}` cannot be decoded: byte {} does not fit its character set", error.offset + 1);
    Refusal::new("ERROR", message).at(Label::file(path))
}

fn repeatable_checksum(raw: i32, replaced: Result<Option<String>, Unreplaced>) -> Result<Checksum, Refusal> {
    match replaced {
        Ok(replaced) => {
            let stored = replaced.map_or(raw, |text| crate::layout::file::checksum(&text));
            Ok(Checksum { stored: Some(stored), equivalent: Some(raw), unknowable: None })
        }
        Err(Unreplaced::Unknowable(name)) => Ok(Checksum { unknowable: Some(name), ..Checksum::default() }),
        Err(Unreplaced::Refused(refusal)) => Err(refusal),
    }
}

/// Versioned by version with the baseline after it, then repeatables by description.
fn sort_key(migration: &Migration) -> (bool, Option<&crate::version::Version>, Kind, Vec<u16>) {
    let description = match migration.kind {
        Kind::Repeatable => migration.description.encode_utf16().collect(),
        _ => Vec::new(),
    };
    (migration.kind == Kind::Repeatable, migration.version.as_ref(), migration.kind, description)
}

fn collision(group: &[&Migration]) -> Collision {
    let name = group[0].version.as_ref().map_or_else(|| group[0].description.clone(), ToString::to_string);
    let mut paths: Vec<String> = group.iter().map(|migration| migration.path.clone()).collect();
    paths.sort();
    Collision { name, versioned: group[0].version.is_some(), paths }
}

fn refuse_collision(kind: Kind, collision: &Collision) -> Refusal {
    let code = match kind {
        Kind::Versioned | Kind::Baseline => "DUPLICATE_VERSIONED_MIGRATION",
        Kind::Repeatable => "DUPLICATE_REPEATABLE_MIGRATION",
        Kind::Undo => "DUPLICATE_UNDO_MIGRATION",
    };
    let shared = if collision.versioned { "version" } else { "description" };
    let message = format!("{} share the {shared} `{}`", collision.paths.join(" and "), collision.name);
    let mut places = collision.paths.iter().rev().map(Label::file);
    Refusal { code: Some(code), message, place: places.next() }
}
