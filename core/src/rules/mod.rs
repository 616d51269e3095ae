//! Facts → findings. One pair of files for each rule: the check and its page.

mod asking;
mod asking_for_rules;
mod branch;
mod clause;
mod conflict_with_base;
mod facts;
mod fate;
mod renumbering;
mod flawed;
mod rerun;
mod rewriting;
mod rule;
mod run;
mod statement;
mod statistics;
mod together;
mod version_form;

mod abbreviated_description;
mod blocking_in_place_alter;
mod blocking_rewrite;
mod blocking_validation;
mod broad_grant;
mod broken_undo_script;
mod cascading_drop;
mod cascading_truncate;
mod changed_callback;
mod changed_placeholder_value;
mod changed_sealed_script;
mod check_without_not_valid;
mod checksum_mismatch;
mod clean_enabled;
mod concurrent_build_corruption;
mod concurrent_index_if_not_exists;
mod constraint_never_validated;
mod copying_alter;
mod default_partition_scan;
mod definer_without_search_path;
mod dependency_on_skipped_script;
mod deleted_merged_script;
mod disabled_row_security;
mod disabled_trigger;
mod disputed_type;
mod domain_constraint_scan;
mod drift_behind_if_not_exists;
mod dropped_column;
mod dropped_constraint;
mod dropped_default;
mod dropped_not_null;
mod dropped_object;
mod dropped_primary_key;
mod dropped_schema;
mod dropped_table;
mod edited_merged_script;
mod environment_drift;
mod effect_not_undone;
mod expired_ignore;
mod failed_migration;
mod failing_statement;
mod failure_hiding_pattern;
mod forced_blocking_clause;
mod foreign_key_without_index;
mod foreign_key_without_not_valid;
mod forgotten_attribute;
mod group_without_transactional_ddl;
mod half_applied_script;
mod ignored_inline_reference;
mod ignored_migration;
mod implicit_commit_in_transaction;
mod in_place_rebuild;
mod index_drop_without_concurrently;
mod index_renamed_as_table;
mod index_without_concurrently;
mod ineffective_pragma;
mod insert_without_columns;
mod key_built_under_lock;
mod location_without_migrations;
mod locks_piled_up;
mod lossy_type_change;
mod lost_by_rebuild;
mod low_rollback_coverage;
mod materialized_view_refresh_lock;
mod merged_copy;
mod migration_without_undo;
mod mismatched_history_row;
mod mismatched_key_types;
mod misplaced_columns;
mod missing_batch_separator;
mod missing_lock_timeout;
mod missing_migration;
mod mixed_transaction_script;
mod mixed_version_forms;
mod near_miss_name;
mod new_write_restriction;
mod not_null_scan;
mod null_into_required_column;
mod offline_index;
mod online_in_transaction;
mod opaque_statement;
mod order_dependent_schema;
mod out_of_order_migration;
mod overlong_description;
mod overlong_identifier;
mod partition_attach_scan;
mod partition_detach_without_concurrently;
mod partitioned_table_lock;
mod password_in_script;
mod published_without_key;
mod purged_drop;
mod reconfigured_script;
mod recreated_under_same_name;
mod redundant_index;
mod referenced_table_lock;
mod refused_configuration;
mod refused_history;
mod refused_in_transaction;
mod refused_script;
mod reidentified_script;
mod reindex_without_concurrently;
mod rename_before_rebuild;
mod renamed_column;
mod renamed_enum_value;
mod renamed_merged_script;
mod renamed_migration;
mod renamed_object;
mod renamed_table;
mod repeatable_changed_on_both_sides;
mod repeated_rewrite;
mod required_column_without_default;
mod restored_differently;
mod row_deleting_drop;
mod row_security_without_policy;
mod sequence_left_behind;
mod set_local_outside_transaction;
mod several_tables_locked;
mod shared_history_table;
mod skipped_execution;
mod skipped_replication;
mod slow_statement_under_lock;
mod table_rewrite;
mod table_without_primary_key;
mod timestamps_without_out_of_order;
mod transaction_control_in_script;
mod truncated_table;
mod type_change_of_filled_column;
mod type_change_rework;
mod unchecked_constraint;
mod unclear_configuration;
mod unclear_ignore;
mod unclosed_transaction;
mod undefined_placeholder;
mod undo_of_half_applied_script;
mod undo_without_data;
mod undo_without_migration;
mod undone_too_much;
mod unfiltered_row_change;
mod unique_over_existing_rows;
mod unproved_rollback;
mod unowned_migration;
mod unpinned_line_ends;
mod unreachable_migration;
mod unrepeatable_statement;
mod unsortable_timestamps;
mod unstated_algorithm;
mod unusable_indexes;
mod unused_ignore;
mod unverified_history;
mod validate_with_other_clauses;
mod validation_disabled;
mod version_below_base;
mod version_collision;
mod version_taken_on_base;
mod writable_schema;
mod wrong_setting;

pub use facts::Facts;
pub use statistics::{Size, Statistics};

pub use rule::{Compares, Group, Rule};
pub use run::{Found, Suppressed, run};
pub use together::Kept;

use rule::Check;
use together::Together;

use crate::settings::nearest;

/// All rules, sorted by name.
pub const RULES: &[&Rule] = &[
    &abbreviated_description::RULE,
    &blocking_in_place_alter::RULE,
    &blocking_rewrite::RULE,
    &blocking_validation::RULE,
    &broad_grant::RULE,
    &broken_undo_script::RULE,
    &cascading_drop::RULE,
    &cascading_truncate::RULE,
    &changed_callback::RULE,
    &changed_placeholder_value::RULE,
    &changed_sealed_script::RULE,
    &check_without_not_valid::RULE,
    &checksum_mismatch::RULE,
    &clean_enabled::RULE,
    &concurrent_build_corruption::RULE,
    &concurrent_index_if_not_exists::RULE,
    &conflict_with_base::RULE,
    &constraint_never_validated::RULE,
    &copying_alter::RULE,
    &default_partition_scan::RULE,
    &definer_without_search_path::RULE,
    &deleted_merged_script::RULE,
    &dependency_on_skipped_script::RULE,
    &disabled_row_security::RULE,
    &disabled_trigger::RULE,
    &disputed_type::RULE,
    &domain_constraint_scan::RULE,
    &drift_behind_if_not_exists::RULE,
    &dropped_column::RULE,
    &dropped_constraint::RULE,
    &dropped_default::RULE,
    &dropped_not_null::RULE,
    &dropped_object::RULE,
    &dropped_primary_key::RULE,
    &dropped_schema::RULE,
    &dropped_table::RULE,
    &edited_merged_script::RULE,
    &effect_not_undone::RULE,
    &environment_drift::RULE,
    &expired_ignore::RULE,
    &failed_migration::RULE,
    &failing_statement::RULE,
    &failure_hiding_pattern::RULE,
    &forced_blocking_clause::RULE,
    &foreign_key_without_index::RULE,
    &foreign_key_without_not_valid::RULE,
    &forgotten_attribute::RULE,
    &group_without_transactional_ddl::RULE,
    &half_applied_script::RULE,
    &ignored_inline_reference::RULE,
    &ignored_migration::RULE,
    &implicit_commit_in_transaction::RULE,
    &in_place_rebuild::RULE,
    &index_drop_without_concurrently::RULE,
    &index_renamed_as_table::RULE,
    &index_without_concurrently::RULE,
    &ineffective_pragma::RULE,
    &insert_without_columns::RULE,
    &key_built_under_lock::RULE,
    &location_without_migrations::RULE,
    &locks_piled_up::RULE,
    &lossy_type_change::RULE,
    &lost_by_rebuild::RULE,
    &low_rollback_coverage::RULE,
    &materialized_view_refresh_lock::RULE,
    &merged_copy::RULE,
    &migration_without_undo::RULE,
    &mismatched_history_row::RULE,
    &mismatched_key_types::RULE,
    &misplaced_columns::RULE,
    &missing_batch_separator::RULE,
    &missing_lock_timeout::RULE,
    &missing_migration::RULE,
    &mixed_transaction_script::RULE,
    &mixed_version_forms::RULE,
    &near_miss_name::RULE,
    &new_write_restriction::RULE,
    &not_null_scan::RULE,
    &null_into_required_column::RULE,
    &offline_index::RULE,
    &online_in_transaction::RULE,
    &opaque_statement::RULE,
    &order_dependent_schema::RULE,
    &out_of_order_migration::RULE,
    &overlong_description::RULE,
    &overlong_identifier::RULE,
    &partition_attach_scan::RULE,
    &partition_detach_without_concurrently::RULE,
    &partitioned_table_lock::RULE,
    &password_in_script::RULE,
    &published_without_key::RULE,
    &purged_drop::RULE,
    &reconfigured_script::RULE,
    &recreated_under_same_name::RULE,
    &redundant_index::RULE,
    &referenced_table_lock::RULE,
    &refused_configuration::RULE,
    &refused_history::RULE,
    &refused_in_transaction::RULE,
    &refused_script::RULE,
    &reidentified_script::RULE,
    &reindex_without_concurrently::RULE,
    &rename_before_rebuild::RULE,
    &renamed_column::RULE,
    &renamed_enum_value::RULE,
    &renamed_merged_script::RULE,
    &renamed_migration::RULE,
    &renamed_object::RULE,
    &renamed_table::RULE,
    &repeatable_changed_on_both_sides::RULE,
    &repeated_rewrite::RULE,
    &required_column_without_default::RULE,
    &restored_differently::RULE,
    &row_deleting_drop::RULE,
    &row_security_without_policy::RULE,
    &sequence_left_behind::RULE,
    &set_local_outside_transaction::RULE,
    &several_tables_locked::RULE,
    &shared_history_table::RULE,
    &skipped_execution::RULE,
    &skipped_replication::RULE,
    &slow_statement_under_lock::RULE,
    &table_rewrite::RULE,
    &table_without_primary_key::RULE,
    &timestamps_without_out_of_order::RULE,
    &transaction_control_in_script::RULE,
    &truncated_table::RULE,
    &type_change_of_filled_column::RULE,
    &type_change_rework::RULE,
    &unchecked_constraint::RULE,
    &unclear_configuration::RULE,
    &unclear_ignore::RULE,
    &unclosed_transaction::RULE,
    &undefined_placeholder::RULE,
    &undo_of_half_applied_script::RULE,
    &undo_without_data::RULE,
    &undo_without_migration::RULE,
    &undone_too_much::RULE,
    &unfiltered_row_change::RULE,
    &unique_over_existing_rows::RULE,
    &unowned_migration::RULE,
    &unpinned_line_ends::RULE,
    &unproved_rollback::RULE,
    &unreachable_migration::RULE,
    &unrepeatable_statement::RULE,
    &unsortable_timestamps::RULE,
    &unstated_algorithm::RULE,
    &unusable_indexes::RULE,
    &unused_ignore::RULE,
    &unverified_history::RULE,
    &validate_with_other_clauses::RULE,
    &validation_disabled::RULE,
    &version_below_base::RULE,
    &version_collision::RULE,
    &version_taken_on_base::RULE,
    &writable_schema::RULE,
    &wrong_setting::RULE,
];

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
