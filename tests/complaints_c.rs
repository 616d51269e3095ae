//! What users of other tools complain about, each with a test named after it: transactions, repeatability, taste.

mod complaints;
#[allow(dead_code, reason = "fixes and carets are for the pages of rules")]
#[path = "projects/mod.rs"]
mod projects;
#[allow(dead_code, reason = "fixes and carets are for the pages of rules")]
#[path = "rule_pages/sql.rs"]
mod sql;

use complaints::{findings, rules};
use flightcheck_core::project::{Configuration, Project};

#[test]
fn one_concurrent_index_alone_in_its_script_is_no_transaction_339() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- V2__index.sql
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
";
    assert_eq!(rules(block), [""; 0]);
}

#[test]
fn a_runner_that_wraps_is_told_so_and_where_to_say_otherwise_338() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- V2__index.sql
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
-- V2__index.sql.conf
executeInTransaction=true
";
    let found = findings(block);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule, "refused-in-transaction");
    assert!(found[0].message.contains("the script runs in one"), "{}", found[0].message);
    assert!(found[0].help.contains("executeInTransaction=false"), "{}", found[0].help);
}

#[test]
fn row_level_security_is_not_asked_to_be_repeatable_308() {
    let block = "-- tiers: idempotency
-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- V2__more.sql
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
ALTER TABLE orders ADD COLUMN note text;
";
    assert!(!rules(block).contains(&"unrepeatable-statement"));
}

#[test]
fn a_table_alone_and_with_its_index_are_judged_alike_325() {
    let alone = "-- tiers: idempotency
-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
";
    let with_index = format!("{alone}CREATE INDEX orders_total_idx ON orders (total);\n");
    for block in [alone, &with_index] {
        assert_eq!(rules(block), [""; 0], "{block}");
    }
}

#[test]
fn not_valid_and_validate_in_one_script_are_one_finding_126() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- V2__positive.sql
ALTER TABLE orders ADD CONSTRAINT total_is_positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT total_is_positive;
";
    assert_eq!(rules(block), ["slow-statement-under-lock"]);
}

#[test]
fn temporary_tables_are_quiet_739() {
    let block = "-- V1__orders.sql
CREATE TEMPORARY TABLE seen (id bigint);
-- V2__seen.sql
CREATE TEMPORARY TABLE other (id bigint, total numeric);
UPDATE other SET total = 0;
DELETE FROM other;
CREATE UNIQUE INDEX other_idx ON other (id);
";
    assert_eq!(rules(block), [""; 0]);
}

#[test]
fn blocks_are_looked_into_528() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- V2__block.sql
DO $$
BEGIN
  DELETE FROM orders;
END $$;
";
    assert_eq!(rules(block), ["unfiltered-row-change"]);
}

#[test]
fn what_follows_a_statement_nobody_understands_is_still_looked_at_943() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- V2__after.sql
FROBNICATE orders SOFTLY;
DELETE FROM orders;
";
    assert_eq!(rules(block), ["opaque-statement", "unfiltered-row-change"]);
}

#[test]
fn taste_is_off_until_it_is_asked_for_325() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id serial, name varchar(100), at timestamp, body json);
";
    assert_eq!(rules(block), [""; 0]);
    assert!(rules(&format!("-- tiers: style\n{block}")).contains(&"disputed-type"));
}

#[test]
fn the_advice_says_how_this_runner_leaves_its_transaction_4762() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- V2__index.sql
SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
";
    let found = findings(block);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule, "mixed-transaction-script");
    assert!(found[0].help.contains("`executeInTransaction=false`"), "{}", found[0].help);
    assert_eq!(found[0].fixes.len(), 2);
}

#[test]
fn a_foreign_key_without_an_index_is_found_177() {
    let block = "-- V1__orders.sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
";
    assert_eq!(rules(block), ["foreign-key-without-index"]);
    let indexed = format!("{block}-- V2__index.sql\nCREATE INDEX orders_user_idx ON orders (user_id);\n");
    assert!(!rules(&indexed).contains(&"foreign-key-without-index"));
}

#[test]
fn a_missing_timeout_is_said_once_and_only_where_somebody_waits_95() {
    let block = "-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- V2__quiet.sql
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- V3__index.sql
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
";
    let asked = |block: &str| {
        let found = sql::scripts(block).findings();
        found.iter().filter(|finding| finding.rule == "missing-lock-timeout").count()
    };
    assert_eq!(asked(block), 0);
    let more = "-- V4__note.sql\nALTER TABLE orders ADD COLUMN note text;\n-- V5__remark.sql\nALTER TABLE orders ADD COLUMN remark text;\n";
    assert_eq!(asked(&format!("{block}{more}")), 1);
}

#[test]
fn statements_without_guards_in_a_script_that_is_rolled_back_are_quiet_325() {
    let block = "-- tiers: idempotency
-- V1__orders.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
CREATE TABLE items (id bigint PRIMARY KEY);
DROP TABLE items;
";
    assert!(!rules(block).contains(&"unrepeatable-statement"));
}

#[test]
fn a_password_is_found_and_not_drawn() {
    let own = Some(("flightcheck.toml".to_owned(), "dialect = \"postgres\"\n".to_owned()));
    let mut project = Project::new(Configuration { own, ..Configuration::default() });
    let script = "CREATE ROLE app LOGIN PASSWORD 'correct horse';\n";
    project.set_file("sql/V1__account.sql", script.into());
    let shown = project.shown_text("sql/V1__account.sql").expect("the script is there");
    assert_eq!(shown, "CREATE ROLE app LOGIN PASSWORD '*************';\n");
}
