//! What users of other tools complain about, on MySQL, MariaDB, SQL Server, Oracle and SQLite; and what those servers refuse.

mod complaints;
#[allow(dead_code, reason = "fixes and carets are for the pages of rules")]
mod projects;
#[allow(dead_code, reason = "fixes and carets are for the pages of rules")]
#[path = "rule_pages/sql.rs"]
mod sql;

use complaints::{findings, rules};

/// What is said of a second script, after a first one that makes `t`.
fn second(server: &str, first: &str, second: &str) -> Vec<&'static str> {
    let separator = if server.starts_with("sqlserver") { "\nGO" } else { "" };
    rules(&format!("-- server: {server}\n-- V1__a.sql\n{first}{separator}\n-- V2__b.sql\n{second}\n"))
}

const TABLE: &str = "CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int NULL, b varchar(20) NULL);";

#[test]
fn an_index_or_alter_right_after_its_table_is_quiet_349() {
    let after = "ALTER TABLE t MODIFY a bigint;\nCREATE FULLTEXT INDEX i ON t (b);";
    assert_eq!(second("mysql-8.4", "SELECT 1;", &format!("{TABLE}\n{after}")), Vec::<&str>::new());
    let after =
        "CREATE INDEX i ON t (a);\nALTER TABLE t ADD c int NOT NULL DEFAULT 0;\nALTER TABLE t ADD CHECK (a > 0);";
    assert_eq!(second("sqlserver-2019", "SELECT 1;", &format!("{TABLE}\n{after}")), Vec::<&str>::new());
    let table = "CREATE TABLE t (id NUMBER(10) PRIMARY KEY, a NUMBER(10));";
    let after = "CREATE INDEX i ON t (a);\nALTER TABLE t DROP COLUMN a;";
    assert!(!second("oracle-19", "SELECT 1 FROM dual;", &format!("{table}\n{after}")).contains(&"offline-index"));
}

#[test]
fn temporary_tables_are_quiet_739() {
    let temporary = "CREATE TEMPORARY TABLE n (a int);\nALTER TABLE n MODIFY a bigint;";
    assert_eq!(second("mysql-8.4", TABLE, temporary), Vec::<&str>::new());
    let temporary = "CREATE TABLE #n (a int);\nCREATE INDEX i ON #n (a);\nALTER TABLE #n ALTER COLUMN a bigint;";
    assert_eq!(second("sqlserver-2019", TABLE, temporary), Vec::<&str>::new());
}

#[test]
fn it_is_said_whether_an_alter_is_instant_gh_ost_1198() {
    assert_eq!(second("mysql-8.4", TABLE, "ALTER TABLE t ADD COLUMN c int, ALGORITHM=INSTANT;"), Vec::<&str>::new());
    let copied =
        "-- server: mysql-8.4\n-- V1__a.sql\n".to_owned() + TABLE + "\n-- V2__b.sql\nALTER TABLE t MODIFY a bigint;\n";
    let found = findings(&copied);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("MySQL 8.4") && found[0].message.contains("SHARED_NO_WRITE"), "{found:#?}");
    let refused = second("mysql-8.4", TABLE, "ALTER TABLE t MODIFY a bigint, ALGORITHM=INSTANT;");
    assert_eq!(refused, ["failing-statement"]);
}

#[test]
fn a_check_that_comes_later_is_not_missed_126() {
    let later =
        "ALTER TABLE t WITH NOCHECK ADD CONSTRAINT c CHECK (a > 0);\nGO\nALTER TABLE t WITH CHECK CHECK CONSTRAINT c;";
    assert_eq!(second("sqlserver-2019", TABLE, later), Vec::<&str>::new());
}

#[test]
fn recipes_say_which_step_goes_into_which_deployment_937() {
    let block = format!("-- server: mysql-8.4\n-- V1__a.sql\n{TABLE}\n-- V2__b.sql\nALTER TABLE t MODIFY a bigint;\n");
    assert!(findings(&block)[0].help.contains("in this deployment"));
}

#[test]
fn the_words_of_scripting_tools_are_no_news() {
    let boilerplate = "ALTER TABLE t WITH NOCHECK ADD CONSTRAINT c CHECK (a > 0);\nALTER TABLE t CHECK CONSTRAINT c;";
    assert_eq!(second("sqlserver-2019", TABLE, boilerplate), ["unchecked-constraint"]);
    let switched =
        "ALTER TABLE t NOCHECK CONSTRAINT c;\nUPDATE t SET a = 1 WHERE id = 1;\nALTER TABLE t CHECK CONSTRAINT c;";
    let first = format!("{TABLE}\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);");
    assert_eq!(second("sqlserver-2019", &first, switched), ["unchecked-constraint"]);
}

#[test]
fn what_sqlite_refuses_once_there_are_rows_fails() {
    for refused in [
        "ALTER TABLE t ADD COLUMN c INTEGER NOT NULL;",
        "ALTER TABLE t ADD COLUMN c TEXT DEFAULT CURRENT_TIMESTAMP;",
        "ALTER TABLE t ADD COLUMN c INTEGER UNIQUE;",
        "ALTER TABLE t ADD COLUMN c INTEGER PRIMARY KEY;",
        "ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a + 1) STORED;",
        "ALTER TABLE t ALTER COLUMN a TYPE TEXT;",
        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES t (id);",
        "ALTER TABLE t MODIFY a TEXT;",
        "TRUNCATE TABLE t;",
        "ALTER TABLE t ADD COLUMN c INTEGER, ADD COLUMN d INTEGER;",
        "ALTER TABLE t DROP COLUMN id;",
    ] {
        assert!(second("sqlite-3.40", TABLE, refused).contains(&"failing-statement"), "{refused}");
    }
}

#[test]
fn what_other_servers_refuse_fails() {
    let first = format!("{TABLE}\nCREATE INDEX i ON t (a);");
    assert!(second("sqlserver-2019", &first, "ALTER TABLE t DROP COLUMN a;").contains(&"failing-statement"));
    assert!(
        second("mysql-8.4", TABLE, "ALTER TABLE t MODIFY a bigint, ALGORITHM=INPLACE;").contains(&"failing-statement")
    );
    assert!(second("mysql-8.4", TABLE, "CREATE FULLTEXT INDEX i ON t (b) LOCK=NONE;").contains(&"failing-statement"));
}

#[test]
fn one_cause_is_one_finding_166() {
    let views =
        "CREATE VIEW v AS SELECT a FROM t;\nCREATE VIEW w AS SELECT b FROM t;\nCREATE VIEW x AS SELECT id FROM t;";
    assert_eq!(second("sqlserver-2019", "SELECT 1;", &format!("SELECT 2;\n{views}")), ["missing-batch-separator"]);
    let both = "ALTER TABLE t MODIFY a bigint, MODIFY b varchar(300), ADD COLUMN c char(36) DEFAULT (uuid());";
    assert_eq!(second("mysql-8.4", TABLE, both), ["copying-alter"]);
}

#[test]
fn an_attribute_that_is_meant_to_go_is_no_news_282() {
    let table = "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 0, b varchar(20) NOT NULL);";
    for meant in [
        "ALTER TABLE t MODIFY a int NOT NULL;",
        "ALTER TABLE t MODIFY b varchar(20);",
        "ALTER TABLE t MODIFY b varchar(30) NULL;",
    ] {
        assert!(!second("mysql-8.4", table, meant).contains(&"forgotten-attribute"), "{meant}");
    }
    let meant = "ALTER TABLE t ALTER COLUMN b varchar(20);";
    assert!(!second("sqlserver-2019", table, meant).contains(&"forgotten-attribute"));
}

#[test]
fn guards_of_sql_server_are_read_528() {
    let guarded = "IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE name = 'i')\nBEGIN\n  CREATE INDEX i ON t (a);\nEND";
    assert_eq!(second("sqlserver-2019", TABLE, guarded), ["offline-index"]);
    let made = "IF OBJECT_ID('v') IS NULL\n  EXEC ('CREATE VIEW v AS SELECT a FROM t');";
    assert_eq!(second("sqlserver-2019", TABLE, made), Vec::<&str>::new());
}

#[test]
fn the_recipe_of_a_rebuild_is_quiet_when_it_is_right() {
    let table = "CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER REFERENCES p (id), b TEXT);\nCREATE INDEX i ON t (a);\nCREATE VIEW v AS SELECT a FROM t;";
    let right = "CREATE TABLE t_new (id INTEGER PRIMARY KEY, a INTEGER REFERENCES p (id), b TEXT NOT NULL);\nINSERT INTO t_new (id, a, b) SELECT id, a, IFNULL(b, '') FROM t;\nDROP VIEW v;\nDROP TABLE t;\nALTER TABLE t_new RENAME TO t;\nCREATE INDEX i ON t (a);\nCREATE VIEW v AS SELECT a FROM t;";
    assert_eq!(second("sqlite-3.40", table, right), Vec::<&str>::new());
}
