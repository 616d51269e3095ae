//! What users of such tools complain about, where locks are concerned: one test for each, named after it.

#[allow(dead_code, reason = "no fix is applied here")]
mod projects;
#[allow(dead_code, reason = "carets are looked at by rule_pages")]
#[path = "rule_pages/sql.rs"]
mod sql;

use flightcheck_core::finding::Finding;
use flightcheck_core::rules::{Group, find};

/// What is found in these scripts in the group of locks.
fn found(block: &str) -> Vec<Finding> {
    let of_locks = |finding: &Finding| find(finding.rule).is_some_and(|rule| rule.group == Group::Locks);
    sql::scripts(block).findings().into_iter().filter(of_locks).collect()
}

fn rules(block: &str) -> Vec<&'static str> {
    found(block).iter().map(|finding| finding.rule).collect()
}

const TABLES: &str = "-- server: postgres-15
-- V1__tables.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric);
";

fn after_tables(script: &str) -> String {
    format!("{TABLES}-- V2__change.sql\n{script}\n")
}

/// squawk#349
#[test]
fn an_index_right_after_its_table_is_quiet_349() {
    let block = "-- V1__a.sql\nCREATE TABLE a (id bigint, b int);\nCREATE INDEX a_b ON a (b);\nALTER TABLE a ALTER COLUMN b SET NOT NULL;\n";
    assert_eq!(rules(block), [""; 0]);
}

/// squawk#364: the first script is history for what follows, although no database was asked.
#[test]
fn tables_of_earlier_scripts_count_as_existing_364() {
    assert_eq!(rules(&after_tables("CREATE INDEX i ON orders (user_id);")), ["index-without-concurrently"]);
}

/// squawk#528 and pgrubic#120
#[test]
fn what_a_do_block_does_is_seen_528() {
    let block = after_tables(
        "DO $$ BEGIN ALTER TABLE users ADD CONSTRAINT u UNIQUE (email); CREATE INDEX i ON orders (user_id); END $$;",
    );
    assert_eq!(rules(&block), ["key-built-under-lock", "index-without-concurrently"]);
}

/// squawk#628: proved by a check of another script.
#[test]
fn set_not_null_after_a_validated_check_is_quiet_628() {
    let block = format!(
        "{TABLES}-- V2__a.sql\nALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;\n-- V3__b.sql\nALTER TABLE users VALIDATE CONSTRAINT c;\n-- V4__c.sql\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
    );
    assert_eq!(rules(&block), [""; 0]);
}

/// squawk#519 and #412
#[test]
fn set_not_null_without_proof_is_found_519() {
    assert_eq!(rules(&after_tables("ALTER TABLE users ALTER COLUMN email SET NOT NULL;")), ["not-null-scan"]);
    let weak = after_tables(
        "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;\nALTER TABLE users ALTER COLUMN age SET NOT NULL;",
    );
    assert_eq!(rules(&weak), ["not-null-scan"]);
}

/// squawk#390 and #636
#[test]
fn constants_are_no_volatile_defaults_390() {
    let stable = ["true", "now()", "current_date", "current_user", "'a' || 'b'", "'{}'::text[]", "txid_current()"];
    for default in stable {
        let block = after_tables(&format!("ALTER TABLE users ADD COLUMN made text DEFAULT ({default})::text;"));
        assert_eq!(rules(&block), [""; 0], "{default}");
    }
    for default in ["clock_timestamp()", "random()", "gen_random_uuid()"] {
        let block = after_tables(&format!("ALTER TABLE users ADD COLUMN made text DEFAULT ({default})::text;"));
        assert_eq!(rules(&block), ["table-rewrite"], "{default}");
    }
}

/// squawk#126: one finding for one cause.
#[test]
fn not_valid_and_validate_are_found_once_126() {
    let apart = format!(
        "{TABLES}-- V2__a.sql\nALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users NOT VALID;\n-- V3__b.sql\nALTER TABLE orders VALIDATE CONSTRAINT f;\n"
    );
    assert_eq!(rules(&apart), [""; 0]);
    let whole = after_tables("ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users;");
    assert_eq!(rules(&whole), ["foreign-key-without-not-valid"]);
}

/// squawk#739 and #1191
#[test]
fn temporary_tables_are_quiet_739() {
    let block = after_tables(
        "CREATE TEMP TABLE t (id int);\nCREATE INDEX t_id ON t (id);\nALTER TABLE t ALTER COLUMN id TYPE bigint;\nDROP TABLE t;",
    );
    assert_eq!(rules(&block), [""; 0]);
}

/// django-migration-linter#67, #104, #185
#[test]
fn the_words_not_null_alone_are_nothing_67() {
    let block = after_tables(
        "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;\nCOMMENT ON TABLE users IS 'SET NOT NULL';\nALTER TABLE users ADD COLUMN note text NOT NULL DEFAULT '';",
    );
    assert_eq!(rules(&block), [""; 0]);
}

/// `strong_migrations`#187: the referenced table is locked by a new one.
#[test]
fn a_foreign_key_inside_create_table_is_seen_187() {
    let block = after_tables("CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users);");
    let found = found(&block);
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["referenced-table-lock"]);
    assert!(found[0].message.contains("ShareRowExclusiveLock on `public.users`"), "{}", found[0].message);
}

/// The measured scoreboard: widening changes of type, for which other tools warn.
#[test]
fn widening_types_are_quiet() {
    for (old, new) in [
        ("varchar(10)", "varchar(20)"),
        ("varchar(10)", "text"),
        ("text", "varchar"),
        ("numeric(8,2)", "numeric(12,2)"),
        ("numeric(8,2)", "numeric"),
        ("timestamp(3)", "timestamp"),
        ("cidr", "inet"),
    ] {
        let block = format!(
            "-- V1__a.sql\nCREATE TABLE a (id bigint PRIMARY KEY, c {old});\n-- V2__b.sql\nALTER TABLE a ALTER COLUMN c TYPE {new};\n"
        );
        assert_eq!(rules(&block), [""; 0], "{old} to {new}");
    }
    for (old, new) in [("int", "bigint"), ("char(3)", "text"), ("text", "varchar(5)"), ("json", "jsonb")] {
        let block = format!(
            "-- V1__a.sql\nCREATE TABLE a (id bigint PRIMARY KEY, c {old});\n-- V2__b.sql\nALTER TABLE a ALTER COLUMN c TYPE {new};\n"
        );
        assert_eq!(rules(&block), ["table-rewrite"], "{old} to {new}");
    }
}

/// The measured scoreboard: claims that others make wrongly.
#[test]
fn what_builds_nothing_is_quiet() {
    let block = "-- server: postgres-18\n-- V1__a.sql\nCREATE TABLE p (id bigint NOT NULL, k int NOT NULL) PARTITION BY RANGE (k);\nCREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);\nCREATE TABLE a (id bigint PRIMARY KEY, b int);\nCREATE INDEX a_b ON a (b);\n-- V2__b.sql\nCREATE INDEX ON ONLY p (k);\n-- V3__c.sql\nCREATE INDEX IF NOT EXISTS a_b ON a (b);\n-- V4__d.sql\nALTER TABLE a ADD COLUMN twice int GENERATED ALWAYS AS (b * 2) VIRTUAL;\n-- V5__e.sql\nALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT ENFORCED;\n";
    assert_eq!(rules(block), [""; 0]);
}

/// A new name makes no new table.
#[test]
fn a_renamed_table_is_not_taken_for_a_new_one() {
    let block = after_tables("ALTER TABLE orders RENAME TO purchases;\nCREATE INDEX i ON purchases (user_id);");
    assert_eq!(rules(&block), ["index-without-concurrently"]);
}
