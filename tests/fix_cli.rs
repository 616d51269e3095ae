//! `flightcheck fix` and `--statistics` as people run them.

#[allow(dead_code, reason = "what the repository holds is not needed here")]
mod binary;

use binary::{Folder, run};

fn shop(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("flyway.conf", "flyway.locations=filesystem:sql\nflyway.url=jdbc:postgresql://localhost/shop\n");
    folder.write("sql/V1__orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\n");
    folder.write(
        "sql/V2__index.sql",
        "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;\n\tCREATE INDEX orders_user ON orders (user_id);\n",
    );
    folder
}

#[test]
fn a_fix_is_shown_and_then_applied() {
    let folder = shop("fix-applied");
    let path = folder.path();
    let before = std::fs::read_to_string(folder.0.join("sql/V2__index.sql")).unwrap();
    let shown = run(&["fix", path, "--review", "--dry-run"], "");
    assert!(shown.stdout.contains("-\tCREATE INDEX orders_user ON orders (user_id);\n"), "{}", shown.stdout);
    assert!(shown.stdout.contains("+CREATE INDEX CONCURRENTLY orders_user ON orders (user_id);\n"), "{}", shown.stdout);
    assert_eq!(std::fs::read_to_string(folder.0.join("sql/V2__index.sql")).unwrap(), before);
    assert_eq!(run(&["fix", path, "--review"], "").code, 0);
    let after = std::fs::read_to_string(folder.0.join("sql/V2__index.sql")).unwrap();
    assert_eq!(after, "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;\n");
    assert!(folder.0.join("sql/V3__create_orders_user.sql").is_file());
    let again = run(&["fix", path, "--review"], "");
    assert!(!again.stdout.contains("orders_user"), "{}", again.stdout);
}

#[test]
fn without_review_only_safe_fixes_are_applied() {
    let folder = shop("fix-safe");
    let outcome = run(&["fix", folder.path()], "");
    assert!(outcome.stdout.contains("--review applies"), "{}", outcome.stdout);
    assert!(!folder.0.join("sql/V3__create_orders_user.sql").exists());
}

#[test]
fn the_size_of_a_table_weighs() {
    let folder = shop("fix-statistics");
    let path = folder.path();
    let severity = |rows: &str| {
        folder.write("sizes.json", format!("{{\"public.orders\": {{\"rows\": {rows}}}}}"));
        let sizes = folder.0.join("sizes.json");
        let outcome = run(&["check", path, "--format=json", "--statistics", sizes.to_str().unwrap()], "");
        let report = outcome.json();
        let findings = report["findings"].as_array().unwrap().clone();
        let found = findings.into_iter().find(|finding| finding["rule"] == "index-without-concurrently").unwrap();
        found["severity"].as_str().unwrap().to_owned()
    };
    assert_eq!((severity("12"), severity("900000000")), ("info".to_owned(), "error".to_owned()));
    folder.write("broken.json", "{");
    let outcome = run(&["check", path, "--statistics", folder.0.join("broken.json").to_str().unwrap()], "");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("line 1") && outcome.stderr.contains("help:"), "{}", outcome.stderr);
}
