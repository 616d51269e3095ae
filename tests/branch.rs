//! `check --base` and `fix --base` on real repositories: what branches do to scripts that are merged, and what they meet.

#[allow(dead_code, reason = "what the repository holds is not needed here")]
mod binary;
mod repository;

use repository::{Repository, found};

const NOTE: &str = "alter table orders add column note varchar(10);\n";

#[test]
fn a_harmless_branch_is_left_alone() {
    let shop = Repository::shop("branch-harmless");
    shop.write("sql/V3__note.sql", NOTE);
    shop.write("sql/V4__note.sql", "-- uncommitted\nselect 1;\n");
    shop.write("README.md", "what it is\n");
    let report = shop.report(&["--base", "main"]);
    assert_eq!(found(&report), Vec::<String>::new());
    assert_eq!(report["base"]["added"], serde_json::json!(["sql/V3__note.sql", "sql/V4__note.sql"]));
    assert_eq!(report["base"]["changed"], report["base"]["added"]);
    shop.commit("two scripts");
    assert_eq!(shop.report(&["--base", "main"])["base"], report["base"]);
    assert_eq!(shop.run(&["check", ".", "--base", "main"]).code, 0);
}

#[test]
fn only_the_branch_is_reported() {
    let shop = Repository::new("branch-reported");
    shop.write("flyway.conf", "flyway.locations=filesystem:sql\nflyway.url=jdbc:postgresql://localhost/shop\n");
    shop.write("sql/V1__users.sql", "create table users (id int primary key, name text);\n");
    shop.write("sql/V2__name.sql", "alter table users drop column name;\n");
    shop.commit("the beginning");
    shop.git(&["switch", "--quiet", "--create", "work"]);
    shop.write("sql/V3__mail.sql", "alter table users add column mail text not null;\n");
    shop.write("sql/V4__index.sql", "create table news (id int primary key);\ncreate index on news (id);\n");
    let report = shop.report(&["--base", "main"]);
    let findings = report["findings"].as_array().unwrap();
    let own = ["sql/V3__mail.sql", "sql/V4__index.sql"];
    assert!(findings.iter().all(|finding| own.contains(&finding["file"].as_str().unwrap())), "{findings:#?}");
    assert!(!findings.iter().any(|finding| finding["rule"] == "index-without-concurrently"), "{findings:#?}");
    assert!(findings.iter().any(|finding| finding["rule"] == "required-column-without-default"), "{findings:#?}");
    assert!(report["base"]["elsewhere"].as_u64() < Some(2));
    // What the base holds exists and holds data; what the branch adds is one deployment, in which tables are new.
    let scripts: Vec<_> = report["scripts"].as_array().unwrap().iter().map(|script| &script["file"]).collect();
    assert_eq!(scripts, ["sql/V3__mail.sql", "sql/V4__index.sql"]);
}

#[test]
fn a_merged_script_is_edited() {
    let shop = Repository::shop("branch-edited");
    for (text, says) in [
        ("create table users (id bigint primary key);\n", Some("does something else now")),
        ("-- all of them\ncreate table users (id int primary key);\n", Some("blanks and comments only")),
        ("CREATE TABLE users (id int PRIMARY KEY);\n", Some("blanks and comments only")),
        ("create table users (id int primary key);\r\n", None),
        ("\u{feff}create table users (id int primary key);\n\n\n", None),
    ] {
        shop.write("sql/V1__users.sql", text);
        let report = shop.report(&["--base", "main"]);
        let expected: Vec<&str> = says.map(|_| "edited-merged-script sql/V1__users.sql").into_iter().collect();
        assert_eq!(found(&report), expected, "{text}");
        if let Some(says) = says {
            assert!(report["findings"][0]["message"].as_str().unwrap().contains(says), "{report:#}");
            assert_eq!(shop.run(&["check", ".", "--base", "main"]).code, 1);
        }
    }
    shop.write("sql/V1__users.sql", "create table users (id bigint primary key);\n");
    assert_eq!(shop.run(&["fix", ".", "--base", "main", "--review"]).code, 0);
    assert_eq!(shop.found("main"), Vec::<String>::new());
}

#[test]
fn what_the_base_changed_as_well_is_not_the_branch_s() {
    let shop = Repository::shop("branch-same-change");
    shop.write("sql/V1__users.sql", "create table users (id bigint primary key);\n");
    shop.commit("an edit");
    shop.on("main", &[("sql/V1__users.sql", "create table users (id bigint primary key);\n")]);
    assert_eq!(shop.found("main"), Vec::<String>::new());
    // What only the base changed is not the branch's either.
    shop.on("main", &[("sql/V2__orders.sql", "create table orders (id bigint primary key);\n")]);
    assert_eq!(shop.found("main"), Vec::<String>::new());
}

#[test]
fn merged_scripts_are_renamed_and_deleted() {
    let shop = Repository::shop("branch-renamed");
    shop.rename("sql/V1__users.sql", "sql/V1__all_users.sql");
    shop.rename("sql/V2__orders.sql", "sql/V5__orders.sql");
    let expected = ["renamed-merged-script sql/V1__all_users.sql", "renamed-merged-script sql/V5__orders.sql"];
    assert_eq!(shop.found("main"), expected);
    shop.commit("new names");
    assert_eq!(shop.found("main"), expected);
    assert_eq!(shop.run(&["fix", ".", "--base", "main", "--review"]).code, 0);
    assert_eq!(shop.found("main"), Vec::<String>::new());
    shop.remove("sql/V2__orders.sql");
    assert_eq!(shop.found("main"), ["deleted-merged-script sql/V2__orders.sql"]);
    // Another folder is no other name.
    shop.rename("sql/V1__users.sql", "sql/old/V1__users.sql");
    assert_eq!(shop.found("main"), ["deleted-merged-script sql/V2__orders.sql"]);
}

#[test]
fn the_history_does_not_tell_it_twice() {
    let shop = Repository::shop("branch-history");
    let rows = r#"[
        {"installed_rank": 1, "version": "1", "description": "users", "type": "SQL", "script": "V1__users.sql", "checksum": 1, "success": true},
        {"installed_rank": 2, "version": "2", "description": "orders", "type": "SQL", "script": "V2__orders.sql", "checksum": 2, "success": true}
    ]"#;
    shop.write("flightcheck.history.json", rows);
    shop.write("sql/V1__users.sql", "create table users (id bigint primary key);\n");
    shop.remove("sql/V2__orders.sql");
    shop.write("sql/V1_5__note.sql", "select 1;\n");
    let expected = [
        "ignored-migration sql/V1_5__note.sql",
        "edited-merged-script sql/V1__users.sql",
        "deleted-merged-script sql/V2__orders.sql",
    ];
    assert_eq!(shop.found("main"), expected);
}

#[test]
fn what_the_history_shows_as_applied_may_come_back() {
    let shop = Repository::shop("branch-restored");
    let rows = r#"[{"installed_rank": 1, "version": "1", "description": "users", "type": "SQL", "script": "V1__users.sql", "checksum": -2050735773, "success": true}]"#;
    shop.write("flightcheck.history.json", rows);
    shop.write("sql/V1__users.sql", "create table users (id int);\n");
    assert_eq!(shop.found("main"), Vec::<String>::new());
}

#[test]
fn a_version_is_taken_and_the_next_free_one_is_given() {
    let shop = Repository::shop("branch-taken");
    shop.write("sql/V3__note.sql", NOTE);
    shop.write("sql/V3__note.sql.conf", "executeInTransaction=false\n");
    shop.write("sql/U3__note.sql", "alter table orders drop column note;\n");
    shop.write("sql/V4__note.sql", "select 1;\n");
    shop.write(
        "flightcheck.toml",
        "target = \"4\"\n[[ignore]]\npath = \"sql/V3__note.sql\"\nrule = \"missing-lock-timeout\"\nreason = \"V3__note.sql is small\"\n",
    );
    shop.commit("a note");
    shop.on("main", &[("sql/V3__mail.sql", "alter table users add column mail text;\n")]);
    let report = shop.report(&["--base", "main"]);
    assert_eq!(found(&report), ["version-taken-on-base sql/V3__note.sql"]);
    let finding = report["findings"].as_array().unwrap().iter().find(|finding| finding["severity"] == "error").unwrap();
    assert!(finding["help"].as_str().unwrap().starts_with("the next free version is `4`"), "{finding:#}");
    let shown = shop.run(&["fix", ".", "--base", "main", "--dry-run"]);
    assert!(shown.stdout.contains("+++ b/sql/V5__note.sql"), "{}", shown.stdout);
    assert!(shop.path().join("sql/V3__note.sql").exists());
    assert_eq!(shop.run(&["fix", ".", "--base", "main"]).code, 0);
    let mut names: Vec<String> = std::fs::read_dir(shop.path().join("sql"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected =
        ["U4__note.sql", "V1__users.sql", "V2__orders.sql", "V4__note.sql", "V4__note.sql.conf", "V5__note.sql"];
    assert_eq!(names, expected);
    assert_eq!(std::fs::read_to_string(shop.path().join("sql/V4__note.sql")).unwrap(), NOTE);
    let settings = std::fs::read_to_string(shop.path().join("flightcheck.toml")).unwrap();
    assert!(settings.contains("target = \"5\"") && settings.contains("path = \"sql/V4__note.sql\""), "{settings}");
    assert!(settings.contains("\"V4__note.sql is small\""), "{settings}");
    assert_eq!(shop.found("main"), Vec::<String>::new());
}

#[test]
fn versions_keep_the_style_of_the_project() {
    for (at, (merged, taken, own, free)) in [
        ("V001__a.sql", "V002__b.sql", "V002__c.sql", "V003__c.sql"),
        ("V1.0.1__a.sql", "V1.0.9__b.sql", "V1.0.9__c.sql", "V1.0.10__c.sql"),
        ("V1_1__a.sql", "V1_2__b.sql", "V1_1_5__c.sql", "V1.3__c.sql"),
        ("V20240101__a.sql", "V20240229__b.sql", "V20240229__c.sql", "V20240301__c.sql"),
        ("V20240101120000__a.sql", "V20241231235959__b.sql", "V20240601000000__c.sql", "V20250101000000__c.sql"),
        ("V9__a.sql", "V99__b.sql", "V10__c.sql", "V100__c.sql"),
    ]
    .into_iter()
    .enumerate()
    {
        let shop = Repository::new(&format!("branch-style-{at}"));
        shop.write(&format!("sql/{merged}"), "select 1;\n");
        shop.commit("the beginning");
        shop.git(&["switch", "--quiet", "--create", "work"]);
        shop.write(&format!("sql/{own}"), "select 3;\n");
        shop.commit("own");
        shop.on("main", &[(&format!("sql/{taken}"), "select 2;\n")]);
        assert_eq!(shop.run(&["fix", ".", "--base", "main"]).code, 0);
        assert!(shop.path().join("sql").join(free).is_file(), "{own} beside {taken}");
        assert_eq!(shop.found("main"), Vec::<String>::new());
    }
}

#[test]
fn an_older_version_comes_too_late() {
    let shop = Repository::shop("branch-late");
    shop.write("sql/V3__note.sql", NOTE);
    shop.commit("a note");
    shop.on("main", &[("sql/V4__mail.sql", "alter table users add column mail text;\n")]);
    assert_eq!(shop.found("main"), ["version-below-base sql/V3__note.sql"]);
    shop.git(&["merge", "--quiet", "--no-edit", "main"]);
    assert_eq!(shop.found("main"), ["version-below-base sql/V3__note.sql"]);
    let any = shop.report(&["--base", "main", "-c", "outOfOrder=true"]);
    assert_eq!(found(&any), Vec::<String>::new());
    let rules: Vec<_> = any["findings"].as_array().unwrap().iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(rules, ["out-of-order-migration"]);
}

#[test]
fn a_merge_a_rebase_and_a_squash_change_nothing() {
    let shop = Repository::shop("branch-merges");
    shop.write("sql/V3__note.sql", NOTE);
    shop.commit("a note");
    shop.on("main", &[("sql/V3__mail.sql", "alter table users add column mail text;\n")]);
    let taken = ["version-taken-on-base sql/V3__note.sql"];
    assert_eq!(shop.found("main"), taken);
    shop.git(&["switch", "--quiet", "--create", "rebased"]);
    shop.git(&["rebase", "--quiet", "main"]);
    assert_eq!(shop.found("main"), taken);
    shop.git(&["switch", "--quiet", "work"]);
    shop.git(&["merge", "--quiet", "--no-edit", "main"]);
    assert_eq!(shop.found("main"), taken);
    assert_eq!(shop.run(&["fix", ".", "--base", "main"]).code, 0);
    assert!(shop.path().join("sql/V4__note.sql").is_file() && shop.path().join("sql/V3__mail.sql").is_file());
    shop.commit("renumbered");
    // The base takes over the branch as one commit, which Git does not take for the branch's.
    shop.git(&["switch", "--quiet", "main"]);
    shop.git(&["merge", "--quiet", "--squash", "work"]);
    shop.commit("squashed");
    shop.git(&["switch", "--quiet", "work"]);
    assert_eq!(shop.found("main"), Vec::<String>::new());
    let report = shop.report(&["--base", "main"]);
    assert_eq!(report["base"]["added"], serde_json::json!([]));
}

#[test]
fn repeatables_are_changed_on_both_sides() {
    let shop = Repository::shop("branch-repeatable");
    shop.git(&["switch", "--quiet", "main"]);
    shop.write("sql/R__names.sql", "create or replace view names as select 1 as a;\n\n\n\nselect 1;\n");
    shop.commit("a view");
    shop.git(&["switch", "--quiet", "--create", "view"]);
    shop.write("sql/R__names.sql", "create or replace view names as select 2 as a;\n\n\n\nselect 1;\n");
    shop.commit("a view");
    assert_eq!(shop.found("main"), Vec::<String>::new());
    shop.on("main", &[("sql/R__names.sql", "create or replace view names as select 1 as a;\n\n\n\nselect 2;\n")]);
    assert_eq!(shop.found("main"), ["repeatable-changed-on-both-sides sql/R__names.sql"]);
    shop.git(&["merge", "--quiet", "--no-edit", "main"]);
    assert_eq!(shop.found("main"), Vec::<String>::new());
}

#[test]
fn configuration_and_callbacks_reach_merged_scripts() {
    let shop = Repository::new("branch-configuration");
    shop.write("flyway.conf", "flyway.locations=filesystem:sql\nflyway.placeholders.schema=app\n");
    shop.write("sql/V1__users.sql", "create table ${schema}.users (id int, name varchar(9) default 'ü');\n");
    shop.write("sql/beforeMigrate.sql", "select 1;\n");
    shop.commit("the beginning");
    shop.git(&["switch", "--quiet", "--create", "work"]);
    let with = |more: &str, expected: &[&str]| {
        shop.write("flyway.conf", format!("flyway.locations=filesystem:sql\n{more}\n"));
        let found = shop.found("main");
        assert_eq!(found.iter().filter(|line| line.contains("flyway.conf")).collect::<Vec<_>>(), expected, "{more}");
    };
    with("flyway.placeholders.schema=app\nflyway.outOfOrder=true", &[]);
    with("flyway.placeholders.schema=secret", &["reconfigured-script flyway.conf"]);
    let same = "flyway.placeholders.schema=app";
    with(&format!("{same}\nflyway.encoding=ISO-8859-1"), &["reidentified-script flyway.conf"]);
    with(&format!("{same}\nflyway.sqlMigrationPrefix=M"), &["reidentified-script flyway.conf"]);
    with(&format!("{same}\nflyway.executeInTransaction=false"), &["reconfigured-script flyway.conf"]);
    shop.write("flyway.conf", "flyway.placeholders.schema=secret\n");
    assert!(!shop.run(&["check", ".", "--base", "main"]).stdout.contains("is `secret`"));
    shop.write("flyway.conf", "flyway.locations=filesystem:other\nflyway.placeholders.schema=app\n");
    shop.write("other/V2__a.sql", "select 1;\n");
    assert!(shop.found("main").contains(&"reidentified-script flyway.conf".to_owned()), "{:?}", shop.found("main"));
    shop.git(&["checkout", "--quiet", "--", "flyway.conf"]);
    shop.write("sql/beforeMigrate.sql", "select 2;\n");
    assert_eq!(shop.found("main"), ["changed-callback sql/beforeMigrate.sql"]);
    shop.remove("sql/beforeMigrate.sql");
    assert_eq!(shop.found("main"), ["changed-callback sql/beforeMigrate.sql"]);
}

#[test]
fn what_the_base_got_since_may_not_go_together_with_the_branch() {
    let shop = Repository::shop("branch-conflict");
    shop.write("sql/V4__note.sql", NOTE);
    shop.commit("a note");
    for (theirs, says) in [
        ("drop table orders;\n", Some("fails after")),
        ("alter table orders rename to purchases;\n", Some("fails after")),
        ("alter table orders add column note text;\n", Some("runs second fails")),
        ("alter table orders add column remark text;\n", None),
        ("create table news (id int primary key);\n", None),
        // What fails on the base itself is not the branch's.
        ("drop table nowhere;\n", None),
    ] {
        shop.on("main", &[("sql/V3__theirs.sql", theirs)]);
        let report = shop.report(&["--base", "main"]);
        let met: Vec<_> =
            report["findings"].as_array().unwrap().iter().filter(|it| it["rule"] == "conflict-with-base").collect();
        assert_eq!(met.len(), usize::from(says.is_some()), "{theirs}: {met:#?}");
        for (finding, says) in met.iter().zip(says) {
            let message = finding["message"].as_str().unwrap();
            assert!(message.contains(says) && message.contains("`sql/V3__theirs.sql` of `main`"), "{message}");
            assert_eq!((&finding["file"], &finding["severity"]), (&"sql/V4__note.sql".into(), &"error".into()));
        }
    }
    // Once merged, the branch's own checks see it.
    shop.on("main", &[("sql/V3__theirs.sql", "drop table orders;\n")]);
    shop.git(&["merge", "--quiet", "--no-edit", "main"]);
    assert_eq!(shop.found("main"), ["failing-statement sql/V4__note.sql"]);
}

#[test]
fn a_repeatable_of_the_base_meets_the_branch_too() {
    let shop = Repository::shop("branch-conflict-repeatable");
    shop.write("flyway.conf", "flyway.locations=filesystem:sql\nflyway.url=jdbc:postgresql://localhost/shop\n");
    shop.write("sql/V3__note.sql", NOTE);
    shop.write("sql/R__notes.sql", "create or replace view notes as select id from orders;\n");
    shop.commit("a view");
    shop.git(&["branch", "--quiet", "--force", "main"]);
    shop.write("sql/V4__gone.sql", "alter table orders drop column note;\n");
    shop.commit("no note");
    assert!(!shop.found("main").iter().any(|found| found.starts_with("conflict-with-base")));
    shop.on("main", &[("sql/R__notes.sql", "create or replace view notes as select id, note from orders;\n")]);
    assert!(shop.found("main").contains(&"conflict-with-base sql/V4__gone.sql".to_owned()));
}
