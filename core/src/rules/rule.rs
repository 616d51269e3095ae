//! What a rule is.

use crate::finding::{Finding, Severity};
use crate::settings::{Settings, Tool};
use crate::sql::Dialect;

use super::Facts;
use super::together::Together;

/// What a rule is about, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The migrations as the tool sees them: names, order, checksums, history, configuration.
    Migrations,
    /// What a branch changes against its base.
    Branches,
    /// How environments differ.
    Environments,
    /// Locks that others wait for, rewrites and scans.
    Locks,
    /// What the server will refuse.
    Failures,
    /// Rows or values that cannot come back.
    DataLoss,
    /// What breaks the application version that is still running.
    Compatibility,
    /// Transactions and timeouts.
    Transactions,
    /// Statements that change rows.
    Rows,
    /// Who may do what.
    Security,
    /// What several scripts do together.
    Scripts,
    /// Scripts that take others back.
    Rollback,
    /// Scripts that cannot run twice: asked of hotfixes and undo scripts, of all others where `tiers` asks.
    Idempotency,
    /// What a repository says of its migrations.
    Hygiene,
    /// Taste.
    Style,
}

impl Group {
    /// Its name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Migrations => "migrations",
            Self::Branches => "branches",
            Self::Environments => "environments",
            Self::Locks => "locks and rewrites",
            Self::Failures => "will fail",
            Self::DataLoss => "data loss",
            Self::Compatibility => "compatibility",
            Self::Transactions => "transactions",
            Self::Rows => "rows",
            Self::Security => "security",
            Self::Scripts => "several scripts",
            Self::Rollback => "rollback",
            Self::Idempotency => "idempotency",
            Self::Hygiene => "hygiene",
            Self::Style => "style",
        }
    }

    /// Whether its rules run only where the configuration asks for them: `tiers` in `flightcheck.toml`.
    #[must_use]
    pub fn is_optional(self) -> bool {
        matches!(self, Self::Hygiene | Self::Style)
    }
}

/// What a project is compared with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compares {
    /// The base of its branch.
    pub base: bool,
    /// Several environments, one with the other.
    pub environments: bool,
}

/// A rule: what it is called, how much it matters, what its page says, and the check.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case name of the hazard.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// One sentence.
    pub summary: &'static str,
    /// What its findings count as, unless configured otherwise.
    pub severity: Severity,
    /// Its page, in Markdown; empty without the feature `pages`.
    pub page: &'static str,
    /// What adds findings.
    pub(super) check: Check,
}

/// What a rule looks at, to add findings, unstamped.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// The whole project.
    Project(fn(&Facts<'_>, &mut Vec<Finding>)),
    /// The scripts of one deployment after the other. After an edit only deployments that it changes are looked at again.
    Together(fn(&Together<'_>, &mut Vec<Finding>)),
}

impl Rule {
    /// A page. Without the feature `pages` it is not compiled in: browsers load the pages apart from the module.
    pub(super) const fn page(text: &'static str) -> &'static str {
        if cfg!(feature = "pages") { text } else { "" }
    }

    /// The dialects of its examples; none where it does not look at SQL.
    #[must_use]
    pub fn dialects(&self) -> Vec<Dialect> {
        let servers = self.page.lines().filter_map(|line| line.strip_prefix("-- server: "));
        let names = servers.map(|server| server.split('-').next().unwrap_or(server));
        let mut dialects: Vec<Dialect> = names.filter_map(Dialect::from_name).collect();
        dialects.sort_unstable();
        dialects.dedup();
        dialects
    }

    /// Why it is left out of a project; `None` where it is asked.
    #[must_use]
    pub fn off(&self, settings: &Settings, tool: Tool, compares: Compares) -> Option<String> {
        match self.group {
            Group::Branches if !compares.base => return Some("no base was given".to_owned()),
            Group::Environments if !compares.environments => {
                return Some("fewer than two environments were given".to_owned());
            }
            _ => {}
        }
        let settings = &settings.flightcheck;
        if self.group == Group::Migrations && tool != Tool::Flyway {
            return Some(format!("the migrations are {}'s, not Flyway's", tool.as_str()));
        }
        let tier = self.tier().filter(|tier| !settings.may_be_on(self.name, tier));
        tier.map(|tier| format!("`tiers` does not name {tier}"))
    }

    /// The tier that it belongs to, where it is off unless it is asked for.
    #[must_use]
    pub fn tier(&self) -> Option<&'static str> {
        self.group.is_optional().then(|| self.group.as_str())
    }
}
