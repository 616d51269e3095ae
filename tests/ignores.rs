//! Ignores in comments and settings: where they may stand, what they are about, when they end, and who is told.

use flightcheck_core::finding::Finding;
use flightcheck_core::ignore::{ATLAS, Origin, SQUAWK};
use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::rules::{Found, RULES};
use flightcheck_core::settings::Date;
use proptest::prelude::*;

const FIRST: &str =
    "create table a (id bigint primary key, x int, y int);\ncreate table b (id bigint primary key, x int);\n";

/// A project whose second script is looked at.
fn project(dialect: &str, first: &str, script: &str, own: &str) -> Project {
    let own = Some(("flightcheck.toml".to_owned(), format!("dialect = \"{dialect}\"\n{own}")));
    let mut project = Project::new(Configuration { own, ..Configuration::default() });
    project.set_file("sql/V1__first.sql", first.as_bytes().to_vec());
    project.set_file("sql/V2__second.sql", script.as_bytes().to_vec());
    project.set_today(Date::parse("2027-01-01"));
    project
}

fn found(project: &Project) -> Found {
    project.found(&project.check().unwrap())
}

fn of<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.rule == rule).collect()
}

/// How many dropped columns count, how many are ignored, and what is said about ignores.
fn counted(found: &Found) -> (usize, usize, Vec<&'static str>) {
    let told = found.findings.iter().map(|finding| finding.rule).filter(|rule| rule.ends_with("-ignore"));
    let ignored = found.suppressed.iter().filter(|suppressed| suppressed.finding.rule == "dropped-column");
    (of(&found.findings, "dropped-column").len(), ignored.count(), told.collect())
}

/// Scripts that drop two columns, with how many of them still count.
const PLACES: &[(&str, usize)] = &[
    ("-- flightcheck: allow(dropped-column) why\nalter table a drop column x;\nalter table b drop column x;", 1),
    ("alter table a drop column x; -- flightcheck: allow(dropped-column) why\nalter table b drop column x;", 1),
    ("alter table a drop column x;\n-- flightcheck: allow(dropped-column)\n\n-- more\nalter table b drop column x;", 1),
    ("alter table a -- flightcheck: allow(dropped-column)\n  drop column x;\nalter table b drop column x;", 1),
    ("alter table a\n  drop column x\n  -- flightcheck: allow(dropped-column)\n;\nalter table b drop column x;", 1),
    ("/* flightcheck: allow(dropped-column) why */ alter table a drop column x;\nalter table b drop column x;", 1),
    (
        "/*\n * About this:\n * flightcheck: allow(dropped-column) why\n */\nalter table a drop column x;\nalter table b drop column x;",
        1,
    ),
    ("alter table a drop column x, /* flightcheck: allow(dropped-column) */ drop column y;\nselect 1;", 0),
    ("alter table a drop column x; alter table b drop column x; -- flightcheck: allow(dropped-column)", 1),
    ("-- flightcheck: allow-file(dropped-column) why\nalter table a drop column x;\nalter table b drop column x;", 0),
    ("alter table a drop column x;\nalter table b drop column x;\n-- flightcheck: allow-file(dropped-column)", 0),
    ("-- squawk-ignore ban-drop-column\nalter table a drop column x;\nalter table b drop column x;", 1),
    ("-- squawk-ignore\nalter table a drop column x;\nalter table b drop column x;", 1),
    (
        "-- squawk-ignore-file ban-drop-column, prefer-text-field\nalter table a drop column x;\nalter table b drop column x;",
        0,
    ),
    ("-- squawk-ignore ban-drop-table\nalter table a drop column x;\nalter table b drop column x;", 2),
    ("-- atlas:nolint DS103\nalter table a drop column x;\nalter table b drop column x;", 1),
    ("--atlas:nolint destructive\nalter table a drop column x;\nalter table b drop column x;", 1),
    ("-- atlas:nolint destructive\n\nalter table a drop column x;\nalter table b drop column x;", 0),
    ("-- atlas:nolint\n\nalter table a drop column x;\nalter table b drop column x;", 0),
    ("alter table a drop column x;\n-- atlas:nolint\n\nalter table b drop column x;", 1),
    ("-- atlas:nolint DS102\nalter table a drop column x;\nalter table b drop column x;", 2),
];

#[test]
fn an_ignore_is_about_its_statement_or_its_file() {
    for (script, count) in PLACES {
        for script in [(*script).to_owned(), script.replace('\n', "\r\n"), format!("\u{feff}{script}")] {
            let found = found(&project("postgres", FIRST, &script, ""));
            assert_eq!(counted(&found), (*count, 2 - count, vec![]), "{script:?}");
        }
    }
}

#[test]
fn every_dialect_has_its_comments() {
    let first = FIRST.replace("bigint", "int");
    for (dialect, comment) in [
        ("mysql", "# flightcheck: allow(dropped-column) why\n"),
        ("mariadb", "#flightcheck: allow(dropped-column)\n"),
        ("mysql", "-- flightcheck: allow(dropped-column)\n"),
        ("sqlite", "--flightcheck: allow(dropped-column)\n"),
        ("sqlserver", "/* flightcheck: allow(dropped-column) */\n"),
        ("h2", "// flightcheck: allow(dropped-column)\n"),
        ("oracle", "-- flightcheck: allow(dropped-column)\n"),
    ] {
        let script = format!("{comment}alter table a drop column x;\nalter table b drop column x;\n");
        assert_eq!(counted(&found(&project(dialect, &first, &script, ""))), (1, 1, vec![]), "{dialect}: {script}");
    }
    let batches =
        "alter table a drop column x -- flightcheck: allow(dropped-column)\nGO\nalter table b drop column x\nGO\n";
    assert_eq!(counted(&found(&project("sqlserver", &first, batches, ""))), (1, 1, vec![]));
}

#[test]
fn in_a_block_its_statements_are_meant() {
    let body = |first: &str, second: &str| {
        format!(
            "do $x$\nbegin\n{first}  alter table a drop column x;{second}\n  alter table b drop column x;\nend\n$x$;\n"
        )
    };
    let allow = "-- flightcheck: allow(dropped-column) why\n";
    for (script, counts) in [
        (body(allow, ""), (1, 1, vec![])),
        (body("", &format!(" {allow}")), (1, 1, vec![])),
        (allow.to_owned() + &body("", ""), (0, 2, vec![])),
    ] {
        assert_eq!(counted(&found(&project("postgres", FIRST, &script, ""))), counts, "{script}");
    }
}

#[test]
fn what_only_looks_like_a_comment_is_none() {
    for script in [
        "select '-- flightcheck: allow(dropped-column)'; alter table a drop column x;",
        "select $$ -- flightcheck: allow(dropped-column)\n$$; alter table a drop column x;",
        "alter table a drop column x; select \"/* flightcheck: allow(dropped-column) */\" from b;",
    ] {
        assert_eq!(counted(&found(&project("postgres", FIRST, script, ""))).0, 1, "{script}");
    }
}

#[test]
fn an_ignore_that_does_not_work_is_told() {
    for (script, own, told) in [
        ("-- flightcheck: allow(drop-column)\nalter table a drop column x;", "", "unclear-ignore"),
        ("-- flightcheck: alow(dropped-column)\nalter table a drop column x;", "", "unclear-ignore"),
        ("alter table a drop column x;\n-- flightcheck: allow(dropped-column)", "", "unclear-ignore"),
        (
            "-- flightcheck: allow(dropped-column)\nalter table a drop column x;",
            "require-reason = true",
            "unclear-ignore",
        ),
        (
            "-- flightcheck: allow(dropped-column)\nalter table a drop column x;",
            "[[paths]]\nmatch = \"sql/V2__*\"\nrequire-reason = true",
            "unclear-ignore",
        ),
        ("-- flightcheck: allow(dropped-column) until=2026-12-31\nalter table a drop column x;", "", "expired-ignore"),
        (
            "alter table a drop column x;",
            "[[ignore]]\npath = \"sql\"\nrule = \"dropped-column\"\nuntil = 2026-12-31",
            "expired-ignore",
        ),
        ("alter table a drop column x;", "[[ignore]]\npath = \"db\"\nrule = \"dropped-column\"", "unused-ignore"),
        ("alter table a drop column x;", "[[ignore]]\npath = \"sql\"\nrule = \"drop-column\"", "wrong-setting"),
    ] {
        let found = found(&project("postgres", FIRST, script, own));
        assert_eq!(counted(&found).0, 1, "{script}\n{own}");
        let told = of(&found.findings, told);
        let [told] = told.as_slice() else { panic!("{script}\n{own}\n{:#?}", found.findings) };
        assert!(told.primary.span.is_some() && !told.help.is_empty(), "{told:?}");
    }
}

#[test]
fn the_last_day_still_counts_and_an_unknown_day_ends_nothing() {
    let script = "-- flightcheck: allow(dropped-column) until=2027-01-01\nalter table a drop column x;";
    let mut project = project("postgres", FIRST, script, "");
    assert_eq!(counted(&found(&project)), (0, 1, vec![]));
    project.set_today(Date::parse("2027-01-02"));
    assert_eq!(counted(&found(&project)), (1, 0, vec!["expired-ignore"]));
    project.set_today(None);
    assert_eq!(counted(&found(&project)), (0, 1, vec![]));
}

#[test]
fn each_rule_of_an_ignore_has_to_be_of_use() {
    let script = "-- flightcheck: allow(dropped-column, dropped-table) why\nalter table a drop column x;";
    let outcome = found(&project("postgres", FIRST, script, ""));
    assert_eq!(counted(&outcome), (0, 1, vec!["unused-ignore"]));
    let span = of(&outcome.findings, "unused-ignore")[0].primary.span.unwrap();
    assert_eq!(&script[span.start..span.end], "dropped-table");
    // Nobody is told of what is switched off, and of what other tools find.
    let off = "[rules]\ndropped-table = \"off\"\n";
    assert_eq!(counted(&found(&project("postgres", FIRST, script, off))), (0, 1, vec![]));
    let peer = "-- squawk-ignore ban-drop-table\n-- atlas:nolint MF101\nalter table a drop column x;";
    assert_eq!(counted(&found(&project("postgres", FIRST, peer, ""))), (1, 0, vec![]));
}

#[test]
fn settings_ignore_by_path_and_rule_and_say_why() {
    let own = "[[ignore]]\npath = \"sql/V2__*.sql\"\nrule = [\"dropped-column\", \"dropped-table\"]\nreason = \"as agreed\"\n";
    let found = found(&project("postgres", FIRST, "alter table a drop column x; drop table b;", own));
    assert_eq!(counted(&found), (0, 1, vec![]));
    let [first, second] = found.suppressed.as_slice() else { panic!("{:#?}", found.suppressed) };
    assert_eq!((first.origin, first.reason.as_str()), (Origin::Settings, "as agreed"));
    assert_eq!((first.finding.rule, second.finding.rule), ("dropped-column", "dropped-table"));
    assert_eq!(first.place.file, "flightcheck.toml");
}

/// The history in which everything was applied.
fn applied(project: &Project) -> String {
    let checked = project.check().unwrap();
    let rows = checked.layout.migrations.iter().enumerate().map(|(at, migration)| {
        let version = migration.version.as_ref().unwrap().to_string();
        let (rank, checksum) = (at + 1, checked.status.infos[at].checksum.unwrap());
        format!(
            "{{\"installed_rank\": {rank}, \"version\": \"{version}\", \"description\": \"{}\", \"type\": \"SQL\", \"script\": \"{}\", \"checksum\": {checksum}, \"success\": true}}",
            migration.description, migration.script
        )
    });
    format!("[{}]", rows.collect::<Vec<_>>().join(","))
}

#[test]
fn nobody_is_told_to_change_a_comment_in_an_applied_script() {
    let script = "-- flightcheck: alow(x)\n-- flightcheck: allow(nothing)\n-- flightcheck: allow(dropped-table) until=2020-01-01\n\
                  -- flightcheck: allow(dropped-column)\nselect 1;";
    let own = "require-reason = true\n[[ignore]]\npath = \"sql/V2__second.sql\"\nrule = \"dropped-column\"\nreason = \"as agreed\"\n";
    let mut project = project("postgres", FIRST, script, own);
    assert!(counted(&found(&project)).2.len() > 3);
    let history = applied(&project);
    project.set_history("history.json", history.into_bytes());
    assert_eq!(counted(&found(&project)).2, [""; 0]);
}

#[test]
fn the_names_of_peers_lead_to_rules() {
    for (name, rules) in SQUAWK.iter().chain(ATLAS) {
        assert!(!rules.is_empty(), "{name}");
        for rule in *rules {
            assert!(RULES.iter().any(|known| known.name == *rule), "{name}: there is no rule {rule}");
        }
    }
    assert!(SQUAWK.is_sorted_by(|left, right| left.0 < right.0) && ATLAS.is_sorted_by(|left, right| left.0 < right.0));
}

#[test]
fn severities_follow_rule_path_and_table() {
    let severities = |own: &str| {
        let script = "alter table a drop column x;\nalter table b drop column x;";
        let found = found(&project("postgres", FIRST, script, own));
        let all = of(&found.findings, "dropped-column");
        all.iter().map(|finding| finding.severity.as_str()).collect::<Vec<_>>()
    };
    let own = severities("");
    assert_eq!(own.len(), 2);
    assert_eq!(severities("[rules]\ndropped-column = \"off\"\n"), [""; 0]);
    assert_eq!(severities("[rules]\ndropped-column = \"info\"\n"), ["info", "info"]);
    let path = "[[paths]]\nmatch = \"sql/**\"\nrules = { dropped-column = \"error\" }\n";
    assert_eq!(severities(path), ["error", "error"]);
    let elsewhere = "[[paths]]\nmatch = \"db/**\"\nrules = { dropped-column = \"error\" }\n";
    assert_eq!(severities(elsewhere), own);
    let table = "[[tables]]\nname = \"public.a\"\nrules = { dropped-column = \"off\" }\n";
    assert_eq!(severities(table), [own[1]]);
    let bare = "[[tables]]\nname = \"b\"\nrules = { dropped-column = \"error\" }\n";
    assert_eq!(severities(bare), [own[0], "error"]);
    let later = "[[tables]]\nname = \"*\"\nrules = { dropped-column = \"off\" }\n[[tables]]\nname = \"b\"\nrules = { dropped-column = \"info\" }\n";
    assert_eq!(severities(later), ["info"]);
}

#[test]
fn a_tier_may_be_on_for_some_files() {
    let rows = |own: &str| {
        let found = found(&project("postgres", "create table a (id int);", "create table c (id int);", own));
        of(&found.findings, "table-without-primary-key")
            .iter()
            .map(|finding| finding.primary.file.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(""), [""; 0]);
    assert_eq!(rows("tiers = [\"style\"]\n").len(), 2);
    assert_eq!(rows("[[paths]]\nmatch = \"sql/V2*\"\ntiers = [\"style\"]\n"), ["sql/V2__second.sql"]);
    assert_eq!(rows("[rules]\ntable-without-primary-key = \"warning\"\n").len(), 2);
}

#[test]
fn sizes_in_settings_weigh() {
    let weighed = |own: &str| {
        let script = "alter table a add column z uuid default gen_random_uuid();";
        let found = found(&project("postgres", FIRST, script, own));
        of(&found.findings, "table-rewrite")[0].severity
    };
    assert_eq!(weighed("[[tables]]\nname = \"public.a\"\nrows = 120000000\n").as_str(), "error");
    assert_eq!(weighed("[[tables]]\nname = \"a\"\nrows = 12\n").as_str(), "info");
    assert_eq!(
        weighed("[rules]\ntable-rewrite = \"warning\"\n[[tables]]\nname = \"a\"\nrows = 12\n").as_str(),
        "warning"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_comment_is_read(words in "(--|/\\*|\\*/|#|\\$\\$|\\$a\\$|'|;|\n|\r| |flightcheck|:|allow|-file|\\(|\\)|dropped-column|,|until=|2027-01-01|é|squawk-ignore|atlas:nolint|DS103|select 1|begin|end){0,40}") {
        for dialect in ["postgres", "mysql", "sqlserver", "oracle"] {
            let found = found(&project(dialect, FIRST, &words, ""));
            for finding in &found.findings {
                let inside = finding.primary.span.is_none_or(|span| finding.primary.file != "sql/V2__second.sql" || span.end <= words.len());
                prop_assert!(inside, "{:?}", finding);
            }
        }
    }
}
