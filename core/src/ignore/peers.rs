//! What other tools call our rules, so that the comments for them are honoured.
//!
//! Names are those of squawk 2.70's rules, and of the analyzers and codes in Atlas' reference for `migrate lint`. A name
//! that is not here has no rule of ours beside it.

/// The name of a rule elsewhere, and ours that find the same.
type Names = &'static [(&'static str, &'static [&'static str])];

/// squawk's rules.
pub const SQUAWK: Names = &[
    ("adding-field-with-default", &["table-rewrite"]),
    ("adding-foreign-key-constraint", &["foreign-key-without-not-valid", "referenced-table-lock"]),
    ("adding-not-nullable-field", &["not-null-scan", "new-write-restriction"]),
    ("adding-required-field", &["required-column-without-default", "new-write-restriction"]),
    ("adding-serial-primary-key-field", &["key-built-under-lock", "table-rewrite"]),
    ("ban-alter-domain-with-add-constraint", &["domain-constraint-scan"]),
    ("ban-alter-generated-expression", &["table-rewrite"]),
    ("ban-alter-row-level-security", &["disabled-row-security", "row-security-without-policy"]),
    ("ban-concurrent-index-creation-in-transaction", &["refused-in-transaction", "mixed-transaction-script"]),
    ("ban-create-domain-with-constraint", &["domain-constraint-scan"]),
    ("ban-disable-trigger", &["disabled-trigger"]),
    ("ban-drop-column", &["dropped-column"]),
    ("ban-drop-constraint", &["dropped-constraint", "dropped-primary-key", "referenced-table-lock"]),
    ("ban-drop-database", &["dropped-schema"]),
    ("ban-drop-default", &["dropped-default"]),
    ("ban-drop-not-null", &["dropped-not-null"]),
    ("ban-drop-schema", &["dropped-schema"]),
    ("ban-drop-table", &["dropped-table", "partitioned-table-lock"]),
    ("ban-duplicate-column-assignments", &["failing-statement"]),
    ("ban-new-write-restriction", &["new-write-restriction"]),
    ("ban-replace-view-function", &["failing-statement"]),
    ("ban-set-default", &["dropped-default"]),
    ("ban-set-schema", &["renamed-object", "renamed-table"]),
    ("ban-truncate-cascade", &["cascading-truncate"]),
    ("ban-uncommitted-transaction", &["unclosed-transaction"]),
    ("changing-column-type", &["table-rewrite", "type-change-rework", "lossy-type-change", "repeated-rewrite"]),
    (
        "constraint-missing-not-valid",
        &[
            "check-without-not-valid",
            "foreign-key-without-not-valid",
            "slow-statement-under-lock",
            "validate-with-other-clauses",
        ],
    ),
    ("disallowed-unique-constraint", &["key-built-under-lock", "unique-over-existing-rows"]),
    ("identifier-too-long", &["overlong-identifier"]),
    ("prefer-repack", &["table-rewrite"]),
    ("prefer-robust-stmts", &["unrepeatable-statement"]),
    ("renaming-column", &["renamed-column"]),
    ("renaming-object", &["renamed-object"]),
    ("renaming-table", &["renamed-table"]),
    ("require-concurrent-index-creation", &["index-without-concurrently"]),
    ("require-concurrent-index-deletion", &["index-drop-without-concurrently"]),
    ("require-concurrent-partition-detach", &["partition-detach-without-concurrently"]),
    ("require-concurrent-reindex", &["reindex-without-concurrently"]),
    ("require-lock-timeout", &["missing-lock-timeout"]),
    ("require-timeout-settings", &["missing-lock-timeout"]),
    ("transaction-nesting", &["transaction-control-in-script"]),
];

/// Atlas' analyzers and their codes.
pub const ATLAS: Names = &[
    ("BC101", &["renamed-table"]),
    ("BC102", &["renamed-column"]),
    ("CD101", &["dropped-constraint", "referenced-table-lock"]),
    ("CD102", &["dropped-constraint"]),
    ("CD103", &["dropped-primary-key"]),
    ("DS101", &["dropped-schema"]),
    ("DS102", &["dropped-table", "partitioned-table-lock"]),
    ("DS103", &["dropped-column"]),
    ("LT101", &["null-into-required-column"]),
    ("MF101", &["unique-over-existing-rows", "key-built-under-lock"]),
    ("MF102", &["unique-over-existing-rows"]),
    ("MF103", &["required-column-without-default", "new-write-restriction"]),
    ("MF104", &["not-null-scan", "new-write-restriction"]),
    ("MY101", &["required-column-without-default"]),
    ("MY102", &["ignored-inline-reference"]),
    ("MY137", &["copying-alter", "in-place-rebuild"]),
    ("MY138", &["copying-alter", "in-place-rebuild"]),
    ("MY139", &["copying-alter", "blocking-in-place-alter"]),
    ("MY140", &["copying-alter"]),
    ("MY141", &["blocking-in-place-alter"]),
    ("MY142", &["in-place-rebuild"]),
    ("PG101", &["index-without-concurrently"]),
    ("PG102", &["index-drop-without-concurrently"]),
    ("PG103", &["refused-in-transaction", "mixed-transaction-script"]),
    ("PG104", &["key-built-under-lock"]),
    ("PG105", &["key-built-under-lock"]),
    ("PG301", &["table-rewrite", "type-change-rework"]),
    ("PG302", &["table-rewrite"]),
    ("PG303", &["not-null-scan"]),
    ("PG304", &["not-null-scan"]),
    ("PG305", &["check-without-not-valid"]),
    ("PG306", &["foreign-key-without-not-valid", "referenced-table-lock"]),
    ("concurrent_index", &["index-without-concurrently", "index-drop-without-concurrently", "refused-in-transaction"]),
    ("condrop", &["dropped-constraint", "dropped-primary-key", "referenced-table-lock"]),
    ("data_depend", &["unique-over-existing-rows", "required-column-without-default", "not-null-scan"]),
    ("destructive", &["dropped-column", "dropped-schema", "dropped-table"]),
    ("incompatible", &["renamed-column", "renamed-table"]),
    ("nestedtx", &["transaction-control-in-script"]),
    ("non_linear", &["out-of-order-migration", "unreachable-migration"]),
];

/// Our rules for names elsewhere, in order and once each; without a name all that there are.
pub(super) fn rules_of(known: Names, names: &[&str]) -> Vec<&'static str> {
    let meant = |(name, _): &&(&str, _)| names.is_empty() || names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let mut rules: Vec<&str> = known.iter().filter(meant).flat_map(|(_, rules)| *rules).copied().collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}
