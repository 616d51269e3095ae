//! What every renderer of a check is given, and the questions that they ask of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::project::Project;
use crate::report::{Migration, Report, ReportedFinding, ScriptImpact};

/// A report, the texts that it speaks of, and how it was asked for.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The report.
    pub report: &'a Report,
    /// The project, for the lines that findings point at.
    pub project: &'a Project,
    /// The project's folder as seen from where flightcheck was started; empty where it is that place.
    pub folder: &'a str,
    /// Names of files that are not relative to that folder, but to where flightcheck was started.
    pub outside: &'a [String],
    /// The lowest severity that fails the check; `None` where no finding does.
    pub fail_on: Option<Severity>,
}

impl<'a> View<'a> {
    /// A report as seen from the project's own folder, where errors fail the check.
    #[must_use]
    pub fn new(report: &'a Report, project: &'a Project) -> Self {
        Self { report, project, folder: "", outside: &[], fail_on: Some(Severity::Error) }
    }

    /// The findings that count.
    pub(super) fn findings(&self) -> &'a [ReportedFinding] {
        self.report.findings.as_deref().unwrap_or_default()
    }

    /// Whether a finding fails the check.
    #[must_use]
    pub fn fails(&self, finding: &ReportedFinding) -> bool {
        self.fail_on.is_some_and(|lowest| finding.severity >= lowest)
    }

    /// The path of a file as seen from where flightcheck was started, which is where other tools look for it.
    pub(super) fn path(&self, file: &str) -> String {
        let own = self.report.history.as_ref().is_some_and(|history| history.name == file);
        let outside = own || self.outside.iter().any(|name| name == file) || file.starts_with('/');
        let folder = self.folder.trim_end_matches('/').trim_start_matches("./");
        let path = if outside || matches!(folder, "" | ".") { file.to_owned() } else { format!("{folder}/{file}") };
        path.strip_prefix("./").map_or(path.clone(), str::to_owned)
    }

    /// The findings of each file: migrations in the order of `info`, then all other files by name.
    pub(super) fn by_file(&self) -> Vec<(&'a str, Vec<&'a ReportedFinding>)> {
        let migrations = self.report.migrations.iter().enumerate();
        let order: BTreeMap<&str, usize> =
            migrations.filter_map(|(at, migration)| Some((migration.file.as_deref()?, at))).collect();
        let mut files: BTreeMap<(usize, &str), Vec<&ReportedFinding>> = BTreeMap::new();
        for finding in self.findings() {
            let file = finding.place.file.as_str();
            let place = order.get(file).copied().unwrap_or(usize::MAX);
            files.entry((place, file)).or_default().push(finding);
        }
        files.into_iter().map(|((_, file), findings)| (file, findings)).collect()
    }

    /// The line of `info` of a script.
    pub(super) fn migration(&self, file: &str) -> Option<&'a Migration> {
        self.report.migrations.iter().find(|migration| migration.file.as_deref() == Some(file))
    }

    /// The scripts that would run.
    pub(super) fn scripts(&self) -> &'a [ScriptImpact] {
        self.report.scripts.as_deref().unwrap_or_default()
    }

    /// The text of a file, with everything secret masked.
    pub(super) fn text(&self, file: &str) -> Option<Cow<'a, str>> {
        self.project.shown_text(file)
    }
}
