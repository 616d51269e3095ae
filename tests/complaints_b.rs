//! What users of other linters complain about, each as a test: statements that will fail, break the running application or
//! destroy data. Numbers are those of the issues.

#[allow(dead_code, reason = "the pages of rules use the rest")]
mod projects;
#[allow(dead_code, reason = "the pages of rules use the rest")]
#[path = "rule_pages/sql.rs"]
mod sql;

/// The rules that find something, in the order of the findings.
fn rules(block: &str) -> Vec<&'static str> {
    let found = sql::scripts(block).findings();
    // What is said once for a project is no answer to a statement.
    found.iter().map(|finding| finding.rule).filter(|rule| *rule != "missing-lock-timeout").collect()
}

/// The help of the first finding of a rule.
fn help(block: &str, rule: &str) -> String {
    sql::scripts(block).findings().into_iter().find(|finding| finding.rule == rule).map(|finding| finding.help).unwrap()
}

const ORDERS: &str =
    "-- V1__orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, note text, total int NOT NULL);\n-- V2__next.sql\n";

#[test]
fn the_advice_on_a_required_column_says_what_goes_into_which_deployment_937() {
    let help =
        help(&format!("{ORDERS}ALTER TABLE orders ADD COLUMN paid int NOT NULL;"), "required-column-without-default");
    assert!(help.contains("later deployment"), "{help}");
}

#[test]
fn not_null_after_a_check_in_an_earlier_script_is_no_new_restriction_628() {
    let block = format!(
        "{ORDERS}ALTER TABLE orders ADD CONSTRAINT has_note CHECK (note IS NOT NULL) NOT VALID;\n-- V3__check.sql\nALTER TABLE orders VALIDATE CONSTRAINT has_note;\n-- V4__required.sql\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;\nALTER TABLE orders DROP CONSTRAINT has_note;\n"
    );
    let own = |rule: &&str| matches!(*rule, "new-write-restriction" | "dropped-constraint");
    let found: Vec<&str> = rules(&block).into_iter().filter(own).collect();
    assert_eq!(found, ["new-write-restriction"], "the check is one, and nothing after it");
}

#[test]
fn dropping_not_null_is_told_282() {
    let found = rules(&format!("{ORDERS}ALTER TABLE orders ALTER COLUMN total DROP NOT NULL;"));
    assert!(found.contains(&"dropped-not-null"), "{found:?}");
}

#[test]
fn the_words_not_null_elsewhere_are_no_required_column_67_104_185_250_263() {
    let harmless = [
        "ALTER TABLE orders ALTER COLUMN total DROP NOT NULL;",
        "CREATE INDEX CONCURRENTLY noted ON orders (id) WHERE note IS NOT NULL;",
        "ALTER TABLE orders ADD COLUMN paid int DEFAULT 0;",
        "ALTER TABLE orders ADD COLUMN hint text DEFAULT 'NOT NULL';",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.note IS NOT NULL THEN RETURN NEW; END IF; END $$;",
    ];
    for statement in harmless {
        let found = rules(&format!("{ORDERS}{statement}"));
        let wrong = |rule: &&str| matches!(*rule, "required-column-without-default" | "new-write-restriction");
        assert!(!found.iter().any(wrong), "{statement}: {found:?}");
    }
}

#[test]
fn a_default_that_the_mapper_drops_afterwards_is_told_and_one_that_stays_is_not_103_115_158_326() {
    let added = format!("{ORDERS}ALTER TABLE orders ADD COLUMN paid int NOT NULL DEFAULT 0;\n");
    let found = rules(&added);
    assert!(!found.contains(&"required-column-without-default") && !found.contains(&"dropped-default"), "{found:?}");
    let found = rules(&format!("{added}ALTER TABLE orders ALTER COLUMN paid DROP DEFAULT;"));
    assert!(found.contains(&"dropped-default"), "{found:?}");
}

#[test]
fn temporary_tables_are_left_alone_739_1191() {
    let found = rules(&format!(
        "{ORDERS}CREATE TEMP TABLE scratch (id int);\nALTER TABLE scratch ADD COLUMN a int NOT NULL;\nALTER TABLE scratch RENAME COLUMN a TO b;\nTRUNCATE scratch;\nDROP TABLE scratch;"
    ));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn statements_inside_of_do_are_seen_528_120_121() {
    let found = rules(&format!("{ORDERS}DO $$ BEGIN ALTER TABLE orders DROP COLUMN note; END $$;"));
    assert!(found.contains(&"dropped-column"), "{found:?}");
}

#[test]
fn a_statement_after_one_that_is_not_understood_is_seen_943() {
    let found = rules(&format!("{ORDERS}FROBNICATE THE orders;\nDROP TABLE orders;"));
    assert!(found.contains(&"dropped-table"), "{found:?}");
}

#[test]
fn one_cause_is_one_finding_126() {
    let found = rules(&format!("{ORDERS}DROP TABLE orders;\nCREATE TABLE orders (id bigint PRIMARY KEY);"));
    assert_eq!(found, ["recreated-under-same-name"]);
}

#[test]
fn what_is_dropped_and_made_anew_in_one_script_is_quiet() {
    let block = "-- V1__orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, total int CONSTRAINT positive CHECK (total > 0));\nCREATE VIEW totals AS SELECT id FROM orders;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\n-- V2__again.sql\nDROP VIEW totals;\nCREATE VIEW totals AS SELECT id, total FROM orders;\nDROP FUNCTION f();\nCREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';\n";
    let found = rules(block);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_cannot_run_in_an_undo_script_is_found_before_the_day_it_is_needed() {
    let broken = [
        "DROP TABLE a, DROP TABLE b;",
        "DROP VIEW a DROP VIEW b;",
        "ALTER TABLE orders DROP COLUMN a,\nALTER TABLE orders DROP COLUMN b;",
        "DROP INDEX a_idx ON orders;",
        "DROP AGGREGATE first_of;",
        "ALTER TABLE orders ADD COLUMN c NOT NULL;",
        "CREATE TABLE gone (id bigint, c);",
        "UPDATE TABLE orders SET a = 1;",
        "RAISE NOTICE 'undone';",
        "DROP TRIGGER touched;",
        "DROP COLUMN a;",
        "ALTER TABLE orders DROP COLUMN c;",
    ];
    for statement in broken {
        let found = rules(&format!(
            "-- V1__orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, a int, b int);\n-- U1__orders.sql\n{statement}\n"
        ));
        assert_eq!(found, ["broken-undo-script"], "{statement}");
    }
}

#[test]
fn what_can_run_in_an_undo_script_is_quiet() {
    let right = [
        "DROP TABLE IF EXISTS a, b CASCADE;",
        "DROP INDEX IF EXISTS a_idx;",
        "DROP AGGREGATE IF EXISTS first_of(int), last_of(*);",
        "ALTER TABLE orders ADD COLUMN c public.money_of_ours NOT NULL;",
        "ALTER TABLE orders ADD COLUMN c ${type} NOT NULL;",
        "CREATE TABLE gone (a, b) AS SELECT 1, 2;",
        "DO $$ BEGIN RAISE NOTICE 'undone'; END $$;",
        "DROP TRIGGER IF EXISTS touched ON orders;",
        "DROP TABLE \"drop\", orders;",
        "ALTER TABLE orders ALTER COLUMN a TYPE bigint, DROP COLUMN b;",
    ];
    for statement in right {
        let found = rules(&format!(
            "-- V1__orders.sql\nCREATE TABLE \"drop\" (id bigint);\nCREATE TABLE orders (id bigint PRIMARY KEY, a int, b int);\n-- U1__orders.sql\n{statement}\n"
        ));
        assert!(!found.contains(&"broken-undo-script"), "{statement}: {found:?}");
    }
}

#[test]
fn an_undo_script_is_not_blamed_for_a_table_that_the_migrations_do_not_make_either() {
    let found = rules(
        "-- V1__orders.sql\nALTER TABLE made_elsewhere ADD COLUMN a int;\n-- U1__orders.sql\nALTER TABLE made_elsewhere DROP COLUMN a;\n",
    );
    // No script makes the table, so the database did not begin empty.
    assert_eq!(found, Vec::<&str>::new());
}

#[test]
fn what_servers_refuse_is_a_failing_statement() {
    let refused = [
        (
            "69",
            "CREATE TYPE mood AS ENUM ('a');\nCREATE TABLE m (f mood);\n-- V2__b.sql\nALTER TYPE mood ADD VALUE 'b';\nINSERT INTO m VALUES ('b');",
        ),
        ("78", "CREATE TABLE m (a int UNIQUE);\nDROP INDEX m_a_key;"),
        (
            "79",
            "CREATE TABLE m (a int, b int);\nCREATE VIEW v AS SELECT a, b FROM m;\nCREATE OR REPLACE VIEW v AS SELECT b FROM m;",
        ),
        ("80", "CREATE TABLE m (a int PRIMARY KEY);\nCREATE TABLE n (a int REFERENCES m);\nTRUNCATE m;"),
        ("82", "CREATE TABLE m (a int, b int) PARTITION BY RANGE (a);\nALTER TABLE m ADD PRIMARY KEY (b);"),
        ("83 column", "CREATE TABLE m (a int, a int);"),
        ("83 added", "CREATE TABLE m (a int);\nALTER TABLE m ADD COLUMN a int;"),
        ("83 assignment", "CREATE TABLE m (a int);\nUPDATE m SET a = 1, a = 2;"),
        ("85", "CREATE TABLE m (a int);\nDROP TABLE m;\nALTER TABLE m ADD COLUMN b int;"),
    ];
    let missed: Vec<&str> = refused
        .iter()
        .filter(|(_, text)| !rules(&format!("-- V1__a.sql\n{text}\n")).contains(&"failing-statement"))
        .map(|(row, _)| *row)
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}
