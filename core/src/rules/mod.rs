//! Facts → findings. One pair of files for each rule: the check and its page.

mod facts;
mod rewriting;
mod statement;
mod version_form;

mod abbreviated_description;
mod broad_grant;
mod changed_placeholder_value;
mod changed_sealed_script;
mod checksum_mismatch;
mod clean_enabled;
mod constraint_never_validated;
mod definer_without_search_path;
mod disputed_type;
mod drift_behind_if_not_exists;
mod failed_migration;
mod failing_statement;
mod failure_hiding_pattern;
mod foreign_key_without_index;
mod group_without_transactional_ddl;
mod half_applied_script;
mod ignored_migration;
mod index_without_concurrently;
mod insert_without_columns;
mod location_without_migrations;
mod merged_copy;
mod migration_without_undo;
mod missing_lock_timeout;
mod missing_migration;
mod mixed_transaction_script;
mod mixed_version_forms;
mod near_miss_name;
mod opaque_statement;
mod out_of_order_migration;
mod overlong_description;
mod overlong_identifier;
mod password_in_script;
mod redundant_index;
mod refused_configuration;
mod refused_history;
mod refused_in_transaction;
mod refused_script;
mod renamed_migration;
mod sequence_left_behind;
mod set_local_outside_transaction;
mod several_tables_locked;
mod shared_history_table;
mod skipped_execution;
mod slow_statement_under_lock;
mod table_without_primary_key;
mod timestamps_without_out_of_order;
mod transaction_control_in_script;
mod unclear_configuration;
mod unclosed_transaction;
mod undefined_placeholder;
mod undo_without_migration;
mod unfiltered_row_change;
mod unique_over_existing_rows;
mod unreachable_migration;
mod unrepeatable_statement;
mod unsortable_timestamps;
mod unverified_history;
mod validation_disabled;
mod version_collision;

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
    &broad_grant::RULE,
    &changed_placeholder_value::RULE,
    &changed_sealed_script::RULE,
    &checksum_mismatch::RULE,
    &clean_enabled::RULE,
    &constraint_never_validated::RULE,
    &definer_without_search_path::RULE,
    &disputed_type::RULE,
    &drift_behind_if_not_exists::RULE,
    &failed_migration::RULE,
    &failing_statement::RULE,
    &failure_hiding_pattern::RULE,
    &foreign_key_without_index::RULE,
    &group_without_transactional_ddl::RULE,
    &half_applied_script::RULE,
    &ignored_migration::RULE,
    &index_without_concurrently::RULE,
    &insert_without_columns::RULE,
    &location_without_migrations::RULE,
    &merged_copy::RULE,
    &migration_without_undo::RULE,
    &missing_lock_timeout::RULE,
    &missing_migration::RULE,
    &mixed_transaction_script::RULE,
    &mixed_version_forms::RULE,
    &near_miss_name::RULE,
    &opaque_statement::RULE,
    &out_of_order_migration::RULE,
    &overlong_description::RULE,
    &overlong_identifier::RULE,
    &password_in_script::RULE,
    &redundant_index::RULE,
    &refused_configuration::RULE,
    &refused_history::RULE,
    &refused_in_transaction::RULE,
    &refused_script::RULE,
    &renamed_migration::RULE,
    &sequence_left_behind::RULE,
    &set_local_outside_transaction::RULE,
    &several_tables_locked::RULE,
    &shared_history_table::RULE,
    &skipped_execution::RULE,
    &slow_statement_under_lock::RULE,
    &table_without_primary_key::RULE,
    &timestamps_without_out_of_order::RULE,
    &transaction_control_in_script::RULE,
    &unclear_configuration::RULE,
    &unclosed_transaction::RULE,
    &undefined_placeholder::RULE,
    &undo_without_migration::RULE,
    &unfiltered_row_change::RULE,
    &unique_over_existing_rows::RULE,
    &unreachable_migration::RULE,
    &unrepeatable_statement::RULE,
    &unsortable_timestamps::RULE,
    &unverified_history::RULE,
    &validation_disabled::RULE,
    &version_collision::RULE,
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
