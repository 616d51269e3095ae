//! What has to be known before any state: which rows are live, where the baseline is, how far the target goes.
//!
//! The steps are those of Flyway's `MigrationInfoServiceImpl.refresh` (13.0.0), in its order.

use std::collections::BTreeMap;

use crate::finding::Refusal;
use crate::history::Row;
use crate::layout::{Kind, Layout, Migration};
use crate::settings::Settings;
use crate::version::Version;

use super::applied::{Applied, mark_deleted_and_undone, mark_out_of_order, read_rows};
use super::row_type::RowType;
use super::state::{self, State};

/// What the engine looks at.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Everything that is configured.
    pub settings: &'a Settings,
    /// Everything that was found.
    pub layout: &'a Layout,
    /// The rows of the history by rank; `None` where there is no table.
    pub rows: Option<&'a [Row]>,
    /// Whether the rows carry checksums; without them no change can be told.
    pub checksums_known: bool,
    /// Whether the managed schemas are empty; `None` where nobody said.
    pub schema_empty: Option<bool>,
}

/// One line of `info`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Position in the layout's migrations.
    pub migration: Option<usize>,
    /// Position in the rows.
    pub row: Option<usize>,
}

/// Everything that states depend on.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The input.
    pub input: Input<'a>,
    /// The rows.
    pub rows: Vec<Applied<'a>>,
    /// The lines of `info`, in Flyway's order.
    pub infos: Vec<Info>,
    /// The highest local version.
    pub last_resolved: Version,
    /// The highest applied version.
    pub last_applied: Version,
    /// The version of the baseline in the history.
    pub applied_baseline: Option<Version>,
    /// The highest version of the baseline migrations that are not applied.
    pub pending_baseline: Option<Version>,
    /// The row that ran last for each repeatable's description.
    pub latest_run: BTreeMap<&'a str, usize>,
    /// How far the run goes; `None` means no limit.
    pub target: Option<Version>,
    /// Whether a version below the highest applied one may be applied.
    pub out_of_order: bool,
}

impl<'a> Context<'a> {
    /// Computes the context under the configured target and order.
    pub fn new(input: &Input<'a>) -> Result<Self, Refusal> {
        let flyway = &input.settings.flyway;
        Self::with(input, Some(&flyway.target), flyway.out_of_order)
    }

    /// Computes the context as `repair` does: no target, any order.
    pub(super) fn for_repair(input: &Input<'a>) -> Result<Self, Refusal> {
        Self::with(input, None, true)
    }

    fn with(input: &Input<'a>, target: Option<&crate::settings::Target>, out_of_order: bool) -> Result<Self, Refusal> {
        if let Some(refusal) = input.settings.refusals().chain(&input.layout.refusals).next() {
            return Err(refusal.clone());
        }
        let versions = input.layout.migrations.iter().filter_map(|migration| migration.version.as_ref());
        let last_resolved = versions.max().cloned().unwrap_or_else(Version::empty);
        let mut context = Self {
            input: *input,
            rows: read_rows(input)?,
            infos: Vec::new(),
            last_resolved,
            last_applied: Version::empty(),
            applied_baseline: None,
            pending_baseline: None,
            latest_run: BTreeMap::new(),
            target: target.map(|target| target.version.clone()).filter(|version| !version.is_latest()),
            out_of_order,
        };
        context.applied_baseline = mark_deleted_and_undone(&mut context.rows)?;
        (context.last_applied, context.latest_run) = mark_out_of_order(&mut context.rows);
        if context.target.as_ref().is_some_and(Version::is_current) {
            context.target = Some(context.last_applied.clone());
        }
        context.list_versioned();
        if let Some(target) = target {
            context.check_target(target)?;
        }
        context.check_picks()?;
        context.list_repeatable();
        context.sort();
        if context.target.as_ref().is_some_and(Version::is_next) {
            context.target = context.first_pending_version();
        }
        Ok(context)
    }

    /// The migration at a position.
    #[must_use]
    pub fn migration(&self, at: usize) -> &'a Migration {
        &self.input.layout.migrations[at]
    }

    /// Whether a row's checksum shows that its migration has not changed since.
    #[must_use]
    pub fn is_current(&self, migration: &Migration, row: &Row) -> bool {
        !self.input.checksums_known || migration.checksum.is_current(row.checksum)
    }

    /// The state of a line.
    #[must_use]
    pub fn state(&self, info: &Info) -> State {
        state::of(self, info)
    }

    /// The baseline that counts for migrations that are not applied.
    #[must_use]
    pub fn base(&self) -> Option<&Version> {
        if self.last_applied.is_empty() { self.pending_baseline.as_ref() } else { self.applied_baseline.as_ref() }
    }

    /// The version of a line.
    #[must_use]
    pub fn version(&self, info: &Info) -> Option<&Version> {
        match info.row {
            Some(row) => self.rows[row].version.as_ref(),
            None => info.migration.and_then(|at| self.migration(at).version.as_ref()),
        }
    }

    /// The description of a line.
    #[must_use]
    pub fn description(&self, info: &Info) -> &str {
        match info.row {
            Some(row) => &self.rows[row].row.description,
            None => info.migration.map_or("", |at| &self.migration(at).description),
        }
    }

    /// The type of a line.
    #[must_use]
    pub fn kind(&self, info: &Info) -> RowType {
        match info.row {
            Some(row) => self.rows[row].kind,
            None => info.migration.map_or(RowType::Custom, |at| RowType::of(self.migration(at))),
        }
    }

    /// The position of a line in `cherryPick`; `None` where it is not listed (Redgate, as documented).
    pub(super) fn pick(&self, info: &Info) -> Option<usize> {
        let picks = self.input.settings.flyway.cherry_pick.as_ref()?;
        picks.iter().position(|pick| self.matches_pick(info, pick))
    }

    /// Whether `cherryPick` allows a line; it allows everything where it is not set.
    #[must_use]
    pub fn is_picked(&self, info: &Info) -> bool {
        self.input.settings.flyway.cherry_pick.is_none() || self.pick(info).is_some()
    }

    fn matches_pick(&self, info: &Info, pick: &str) -> bool {
        match (Version::parse(pick), self.version(info)) {
            (Ok(pick), Some(version)) => pick == *version,
            _ => pick.replace('_', " ") == self.description(info),
        }
    }

    /// Whether the script's own condition says that it must not run (Redgate, as documented).
    #[must_use]
    pub fn is_switched_off(&self, info: &Info) -> bool {
        let Some(migration) = info.migration.map(|at| self.migration(at)) else { return false };
        migration.options.should_execute.as_deref().is_some_and(|condition| {
            crate::layout::flyway::condition_holds(condition, &self.input.settings.flyway) == Some(false)
        })
    }

    /// The highest applied version as `info` reports it.
    #[must_use]
    pub fn schema_version(&self) -> Option<String> {
        let counts = |info: &&Info| {
            info.row.is_some_and(|row| self.rows[row].kind != RowType::Delete)
                && !matches!(self.state(info), State::Deleted | State::Undone)
        };
        let versions = self.infos.iter().filter(counts).filter_map(|info| self.version(info));
        // Of equal versions the first is reported.
        let highest = versions.reduce(|highest, version| if version > highest { version } else { highest });
        highest.map(ToString::to_string)
    }

    fn list_versioned(&mut self) {
        let mut partners: BTreeMap<(&Version, RowType), usize> = BTreeMap::new();
        for (at, migration) in self.input.layout.migrations.iter().enumerate() {
            if let Some(version) = &migration.version {
                partners.insert((version, RowType::of(migration)), at);
            }
        }
        let mut live = vec![false; self.input.layout.migrations.len()];
        for (at, row) in self.rows.iter().enumerate() {
            let Some(version) = row.version.as_ref().filter(|_| !row.hidden) else { continue };
            let migration = partners.get(&(version, row.kind)).copied();
            if let Some(migration) = migration.filter(|_| !row.deleted && !row.undone && row.kind != RowType::Delete) {
                live[migration] = true;
            }
            self.infos.push(Info { migration, row: Some(at) });
        }
        for (at, migration) in self.input.layout.migrations.iter().enumerate() {
            let Some(version) = &migration.version else { continue };
            if live[at] {
                continue;
            }
            if migration.kind == Kind::Baseline {
                self.pending_baseline = self.pending_baseline.take().max(Some(version.clone()));
            }
            self.infos.push(Info { migration: Some(at), row: None });
        }
    }

    fn check_target(&self, target: &crate::settings::Target) -> Result<(), Refusal> {
        let version = &target.version;
        let marker = version.is_current() || version.is_next() || version.is_latest();
        let exists = || self.infos.iter().any(|info| self.version(info) == Some(version));
        if marker || !target.must_exist || exists() {
            return Ok(());
        }
        let message = format!("there is no migration with the target version `{version}`");
        let place = self.input.settings.flyway.given.get("target").cloned();
        Err(Refusal { code: Some("ERROR"), message, place })
    }

    /// Redgate's builds refuse a pick that names nothing (documented).
    fn check_picks(&self) -> Result<(), Refusal> {
        let picks = self.input.settings.flyway.cherry_pick.iter().flatten();
        for pick in picks {
            let repeatable =
                |migration: &Migration| migration.version.is_none() && pick.replace('_', " ") == migration.description;
            let known = self.infos.iter().any(|info| self.matches_pick(info, pick))
                || self.input.layout.migrations.iter().any(repeatable);
            if !known {
                let message = format!("`cherryPick` names `{pick}`, and there is no such migration");
                return Err(Refusal::new("ERROR", message));
            }
        }
        Ok(())
    }

    fn list_repeatable(&mut self) {
        let repeatables = || {
            let all = self.input.layout.migrations.iter().enumerate();
            all.filter(|(_, migration)| migration.kind == Kind::Repeatable)
        };
        let partners: BTreeMap<&str, usize> =
            repeatables().map(|(at, migration)| (migration.description.as_str(), at)).collect();
        let mut current = vec![false; self.input.layout.migrations.len()];
        let mut listed = Vec::new();
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row.version.is_none()) {
            let description = row.row.description.as_str();
            let migration = partners.get(description).copied();
            if let Some(migration) = migration {
                let latest = self.latest_run.get(description) == Some(&at);
                let matches = self.is_current(self.migration(migration), row.row);
                current[migration] |= latest && !row.deleted && row.kind != RowType::Delete && matches;
            }
            listed.push(Info { migration, row: Some(at) });
        }
        listed.extend(
            repeatables().filter(|(at, _)| !current[*at]).map(|(at, _)| Info { migration: Some(at), row: None }),
        );
        self.infos.extend(listed);
    }

    /// Flyway's order: skipped by the baseline, then rows by rank, then the rest by version and description.
    fn sort(&mut self) {
        let mut infos = std::mem::take(&mut self.infos);
        infos.sort_by_cached_key(|info| {
            let below = info.row.is_none() && matches!(self.state(info), State::BelowBaseline | State::BaselineIgnored);
            let group = if below { 0 } else { u8::from(info.row.is_none()) + 1 };
            let kind = info.migration.filter(|_| info.row.is_none()).map(|at| self.migration(at).kind);
            let version = self.version(info).cloned();
            let description: Vec<u16> = match version {
                None if info.row.is_none() => self.description(info).encode_utf16().collect(),
                _ => Vec::new(),
            };
            let pick = self.pick(info).unwrap_or(usize::MAX);
            (pick, group, info.row, version.is_none(), version.filter(|_| info.row.is_none()), kind, description)
        });
        self.infos = infos;
    }

    fn first_pending_version(&self) -> Option<Version> {
        let pending = self.infos.iter().find(|info| self.state(info) == State::Pending)?;
        self.version(pending).cloned()
    }
}
