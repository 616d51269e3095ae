//! Facts → findings. One pair of files for each rule: the check and its page.

mod asking;
mod facts;
mod rewriting;
mod statement;
mod version_form;

mod abbreviated_description;
mod blocking_in_place_alter;
mod blocking_rewrite;
mod blocking_validation;
mod changed_placeholder_value;
mod changed_sealed_script;
mod checksum_mismatch;
mod clean_enabled;
mod copying_alter;
mod failed_migration;
mod failing_statement;
mod failure_hiding_pattern;
mod forced_blocking_clause;
mod forgotten_attribute;
mod group_without_transactional_ddl;
mod ignored_inline_reference;
mod ignored_migration;
mod implicit_commit_in_transaction;
mod in_place_rebuild;
mod index_without_concurrently;
mod ineffective_pragma;
mod location_without_migrations;
mod lost_by_rebuild;
mod merged_copy;
mod migration_without_undo;
mod misplaced_columns;
mod missing_batch_separator;
mod missing_migration;
mod mixed_version_forms;
mod near_miss_name;
mod null_into_required_column;
mod offline_index;
mod online_in_transaction;
mod out_of_order_migration;
mod overlong_description;
mod purged_drop;
mod refused_configuration;
mod refused_history;
mod refused_script;
mod rename_before_rebuild;
mod renamed_migration;
mod row_deleting_drop;
mod shared_history_table;
mod skipped_execution;
mod skipped_replication;
mod timestamps_without_out_of_order;
mod type_change_of_filled_column;
mod unchecked_constraint;
mod unclear_configuration;
mod undefined_placeholder;
mod undo_without_migration;
mod unreachable_migration;
mod unsortable_timestamps;
mod unstated_algorithm;
mod unusable_indexes;
mod unverified_history;
mod validation_disabled;
mod version_collision;
mod writable_schema;

pub use facts::Facts;

use crate::finding::{Finding, Severity};
use crate::settings::nearest;

/// What a rule is about, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The migrations as the tool sees them: names, order, checksums, history, configuration.
    Migrations,
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
    /// Scripts that cannot run twice.
    Idempotency,
    /// Taste.
    Style,
}

impl Group {
    /// Its name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Migrations => "migrations",
            Self::Locks => "locks and rewrites",
            Self::Failures => "will fail",
            Self::DataLoss => "data loss",
            Self::Compatibility => "compatibility",
            Self::Transactions => "transactions",
            Self::Rows => "rows",
            Self::Security => "security",
            Self::Scripts => "several scripts",
            Self::Idempotency => "idempotency",
            Self::Style => "style",
        }
    }

    /// Whether its rules run only where the configuration asks for them: `tiers` in `flightcheck.toml`.
    #[must_use]
    pub fn is_optional(self) -> bool {
        matches!(self, Self::Idempotency | Self::Style)
    }
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
    /// Its page, in Markdown.
    pub page: &'static str,
    /// Adds findings, unstamped.
    check: fn(&Facts<'_>, &mut Vec<Finding>),
}

impl Rule {
    /// Whether the configuration wants it.
    fn is_on(&self, facts: &Facts<'_>) -> bool {
        let tiers = &facts.settings.flightcheck.tiers;
        !self.group.is_optional() || tiers.iter().any(|tier| tier == self.group.as_str())
    }
}

/// All rules, sorted by name.
pub const RULES: &[&Rule] = &[
    &abbreviated_description::RULE,
    &blocking_in_place_alter::RULE,
    &blocking_rewrite::RULE,
    &blocking_validation::RULE,
    &changed_placeholder_value::RULE,
    &changed_sealed_script::RULE,
    &checksum_mismatch::RULE,
    &clean_enabled::RULE,
    &copying_alter::RULE,
    &failed_migration::RULE,
    &failing_statement::RULE,
    &failure_hiding_pattern::RULE,
    &forced_blocking_clause::RULE,
    &forgotten_attribute::RULE,
    &group_without_transactional_ddl::RULE,
    &ignored_inline_reference::RULE,
    &ignored_migration::RULE,
    &implicit_commit_in_transaction::RULE,
    &in_place_rebuild::RULE,
    &index_without_concurrently::RULE,
    &ineffective_pragma::RULE,
    &location_without_migrations::RULE,
    &lost_by_rebuild::RULE,
    &merged_copy::RULE,
    &migration_without_undo::RULE,
    &misplaced_columns::RULE,
    &missing_batch_separator::RULE,
    &missing_migration::RULE,
    &mixed_version_forms::RULE,
    &near_miss_name::RULE,
    &null_into_required_column::RULE,
    &offline_index::RULE,
    &online_in_transaction::RULE,
    &out_of_order_migration::RULE,
    &overlong_description::RULE,
    &purged_drop::RULE,
    &refused_configuration::RULE,
    &refused_history::RULE,
    &refused_script::RULE,
    &rename_before_rebuild::RULE,
    &renamed_migration::RULE,
    &row_deleting_drop::RULE,
    &shared_history_table::RULE,
    &skipped_execution::RULE,
    &skipped_replication::RULE,
    &timestamps_without_out_of_order::RULE,
    &type_change_of_filled_column::RULE,
    &unchecked_constraint::RULE,
    &unclear_configuration::RULE,
    &undefined_placeholder::RULE,
    &undo_without_migration::RULE,
    &unreachable_migration::RULE,
    &unsortable_timestamps::RULE,
    &unstated_algorithm::RULE,
    &unusable_indexes::RULE,
    &unverified_history::RULE,
    &validation_disabled::RULE,
    &version_collision::RULE,
    &writable_schema::RULE,
];

/// Runs all rules and stamps what they find, sorted by place.
#[must_use]
pub fn run(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.is_on(facts)) {
        let from = findings.len();
        (rule.check)(facts, &mut findings);
        for finding in &mut findings[from..] {
            finding.rule = rule.name;
            finding.severity = rule.severity;
        }
    }
    let start = |finding: &Finding| finding.primary.span.map(|span| span.start);
    findings.sort_by(|left, right| {
        (&left.primary.file, start(left), left.rule).cmp(&(&right.primary.file, start(right), right.rule))
    });
    findings
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The name of a rule most like `name`, where one is alike.
#[must_use]
pub fn nearest_name(name: &str) -> Option<&'static str> {
    nearest(name, RULES.iter().map(|rule| rule.name))
}
