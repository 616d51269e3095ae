//! Folders of other tools than Flyway, as `check` sees them: which tool, which scripts, which risks, and none of Flyway's.

use flightcheck_core::finding::Finding;
use flightcheck_core::layout::plain::Direction;
use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::report::Report;
use flightcheck_core::rules::{Group, find};
use flightcheck_core::settings::Tool;

const TABLE: &str = "create table orders (id bigint primary key, user_id bigint);\n";
const INDEX: &str = "create index orders_user_idx on orders (user_id);\n";

fn project(files: &[(&str, &str)]) -> Project {
    let own = Some(("flightcheck.toml".to_owned(), "dialect = \"postgres\"\nserver-version = \"15\"\n".to_owned()));
    let mut project = Project::new(Configuration { own, ..Configuration::default() });
    for (path, text) in files {
        project.set_file(path, text.as_bytes().to_vec());
    }
    project
}

fn findings(project: &Project) -> Vec<Finding> {
    let findings = project.findings(&project.check().unwrap());
    let of_flyway = |finding: &&Finding| find(finding.rule).is_some_and(|rule| rule.group == Group::Migrations);
    assert_eq!(findings.iter().find(of_flyway), None, "what Flyway says is not said of others");
    findings
}

/// Rule and file of each finding, but for what is said once for a project.
fn found(project: &Project) -> Vec<(&'static str, String)> {
    let said = findings(project).into_iter().filter(|finding| finding.rule != "missing-lock-timeout");
    said.map(|finding| (finding.rule, finding.primary.file)).collect()
}

fn recognised(project: &Project) -> (&'static str, String, usize, usize) {
    let found = project.other_tool().expect("it is another tool's");
    (found.tool.as_str(), found.folder.clone(), found.count(Direction::Up), found.count(Direction::Down))
}

/// A script of a tool from what leads up and what leads back.
type Form<'a> = &'a dyn Fn(&str, &str) -> String;

#[test]
fn each_tool_is_recognised_and_its_scripts_are_judged() {
    let goose = |body: &str, back: &str| format!("-- +goose Up\n{body}\n-- +goose Down\n{back}\n");
    let dbmate = |body: &str, back: &str| format!("-- migrate:up\n{body}\n-- migrate:down\n{back}\n");
    let node = |body: &str, back: &str| format!("-- Up Migration\n{body}\n-- Down Migration\n{back}\n");
    let forms: [(&str, Form<'_>); 3] = [("goose", &goose), ("dbmate", &dbmate), ("node-pg-migrate", &node)];
    for (tool, form) in forms {
        let (first, second) = (form(TABLE, "drop table orders;"), form(INDEX, "drop index orders_usr_idx;"));
        let project = project(&[("db/migrations/1_orders.sql", &first), ("db/migrations/2_index.sql", &second)]);
        assert_eq!(recognised(&project), (tool, "db/migrations".into(), 2, 2));
        let file = "db/migrations/2_index.sql".to_owned();
        let expected = [("index-without-concurrently", file.clone()), ("broken-undo-script", file)];
        assert_eq!(found(&project), expected, "{tool}");
    }
}

#[test]
fn scripts_in_pairs_are_up_and_down() {
    let project = project(&[
        ("migrations/1_orders.up.sql", TABLE),
        ("migrations/1_orders.down.sql", "drop table orders;"),
        ("migrations/2_index.up.sql", INDEX),
        ("migrations/2_index.down.sql", "drop index orders_usr_idx;"),
    ]);
    assert_eq!(recognised(&project), ("golang-migrate", "migrations".into(), 2, 2));
    let said = [
        ("broken-undo-script", "migrations/2_index.down.sql".to_owned()),
        ("index-without-concurrently", "migrations/2_index.up.sql".to_owned()),
    ];
    assert_eq!(found(&project), said);
}

#[test]
fn scripts_of_sqitch_run_in_the_order_of_the_plan_and_keep_their_transactions() {
    let plan = "%syntax-version=1.0.0\n%project=shop\n\nzebra 2024-01-01T00:00:00Z A <a@b> # first\nant 2024-01-02T00:00:00Z A <a@b>\n";
    let index = format!("begin;\n{INDEX}commit;\n");
    let project = project(&[
        ("sqitch.plan", plan),
        ("deploy/zebra.sql", &format!("begin;\n{TABLE}commit;\n")),
        ("deploy/ant.sql", &index),
        ("deploy/unplanned.sql", "drop table nobody;"),
        ("revert/ant.sql", "begin;\ndrop index orders_user_idx;\ncommit;\n"),
        ("verify/ant.sql", "select 1/0;"),
    ]);
    assert_eq!(recognised(&project), ("sqitch", ".".into(), 2, 1));
    assert_eq!(found(&project), [("index-without-concurrently", "deploy/ant.sql".to_owned())]);
}

#[test]
fn a_wrapped_script_is_told_how_its_tool_runs_without_a_transaction() {
    let concurrently = "create index concurrently orders_user_idx on orders (user_id);\n";
    let goose = format!("-- +goose Up\n{concurrently}");
    let mut project = project(&[("m/1_a.sql", &format!("-- +goose Up\n{TABLE}")), ("m/2_b.sql", &goose)]);
    let findings = findings(&project);
    let refused = findings.iter().find(|finding| finding.rule == "refused-in-transaction").unwrap();
    assert!(refused.help.contains("`-- +goose NO TRANSACTION`"), "{}", refused.help);
    assert!(project.apply(&refused.fixes[0]));
    assert_eq!(found(&project), []);
    let diesel = [("m/1_a/up.sql", TABLE), ("m/2_b/up.sql", concurrently)];
    let wrapped = self::project(&diesel);
    assert!(self::findings(&wrapped)[0].help.contains("`metadata.toml`"));
    let mut alone = self::project(&diesel);
    alone.set_file("m/2_b/metadata.toml", b"run_in_transaction = false\n".to_vec());
    assert_eq!(found(&alone), []);
}

#[test]
fn of_scripts_for_several_servers_one_servers_run() {
    let project = project(&[
        ("m/1_a.up.sql", TABLE),
        ("m/2_b.mysql.up.sql", "create table b (id int) engine = innodb;"),
        ("m/2_b.postgres.up.sql", "create table b (id int);"),
        ("m/2_b.up.sql", "create table b (id integer);"),
    ]);
    let scripts = project.other_tool().unwrap();
    let paths: Vec<&str> = scripts.scripts.iter().map(|script| script.path.as_str()).collect();
    assert_eq!(paths, ["m/1_a.up.sql", "m/2_b.postgres.up.sql"]);
    assert_eq!(found(&project), []);
}

#[test]
fn the_folder_with_the_most_scripts_is_taken_and_the_others_are_named() {
    let mut project = Project::new(Configuration::default());
    for path in ["m/sqlite/1_a.up.sql", "m/sqlite/2_b.up.sql", "m/postgres/1_a.up.sql"] {
        project.set_file(path, b"create table a (id integer, at datetime);".to_vec());
    }
    let found = project.other_tool().unwrap();
    assert_eq!((found.folder.as_str(), &found.others[..]), ("m/sqlite", &["m/postgres".to_owned()][..]));
    assert_eq!(project.dialect().dialect.as_str(), "sqlite");
    let report = Report::new(&project, &project.check().unwrap(), None);
    assert_eq!((report.tool.name, report.checked.migrations), ("golang-migrate", 2));
}

#[test]
fn what_speaks_for_flyway_is_flyways() {
    assert!(project(&[("sql/V1__a.sql", TABLE), ("seeds/1_a.sql", INDEX)]).other_tool().is_none());
    let mut with_history = project(&[("sql/1_a.sql", TABLE)]);
    assert!(with_history.other_tool().is_some());
    with_history.set_history("history.json", b"[]".to_vec());
    assert!(with_history.other_tool().is_none());
}

#[test]
fn tables_that_no_script_makes_are_no_errors() {
    let text = "-- +goose Up\nalter table media_file add column a int;\nalter table album add column b int;\n";
    assert!(!found(&project(&[("m/1_a.sql", text)])).iter().any(|(rule, _)| *rule == "failing-statement"));
}

#[test]
fn a_migration_in_code_may_have_done_anything() {
    let used = ("m/3_c.sql", "-- +goose Up\nalter table usres add column note text;\n");
    let scripts = [("m/1_a.sql", "-- +goose Up\ncreate table users (id bigint primary key);\n"), used];
    assert_eq!(found(&project(&scripts))[0].0, "failing-statement");
    assert_eq!(found(&project(&[scripts[0], ("m/2_b.go", ""), used])), []);
}

#[test]
fn an_edit_replays_only_what_it_changes() {
    let up = |body: &str| format!("-- +goose Up\n{body}");
    let mut project = project(&[("m/1_a.sql", &up(TABLE)), ("m/2_b.sql", &up(INDEX)), ("m/3_c.sql", &up("select 1;"))]);
    assert_eq!(project.deployment(&project.check().unwrap()).replayed, 3);
    project.set_file("m/3_c.sql", up("select 2;").into_bytes());
    assert_eq!(project.deployment(&project.check().unwrap()).replayed, 1);
}

#[test]
fn a_tool_that_the_settings_name_is_not_guessed() {
    let files = [("m/1_a.sql", "create table a (id int primary key);\n"), ("m/2_b.sql", "drop table b;\n")];
    let told = |text: &str| {
        let own = Some(("flightcheck.toml".to_owned(), text.to_owned()));
        let mut project = Project::new(Configuration { own, ..Configuration::default() });
        for (path, text) in files {
            project.set_file(path, text.as_bytes().to_vec());
        }
        project.tool()
    };
    assert_eq!(told(""), Tool::Numbered);
    assert_eq!(told("tool = \"GOLANG-migrate\"\n"), Tool::GolangMigrate, "even if it has none of its scripts");
    assert_eq!(told("tool = \"atlas\"\n"), Tool::Atlas);
    assert_eq!(told("tool = \"flyway\"\n"), Tool::Flyway);
}
