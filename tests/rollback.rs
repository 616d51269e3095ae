//! What takes migrations back: the pairs that `tests/rollback-proof.sh` plays on real servers have the classes that are written
//! beside them, each draft is proved, and coverage, plan and drafts speak of the project as it is.

use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::report::{DraftReport, Report, UndoPlan};
use flightcheck_core::rollback::{Class, Taken};
use flightcheck_core::sql::Dialect;

const PAIRS: [(&str, &str); 3] = [
    ("postgres", include_str!("rollback/postgres.txt")),
    ("mariadb", include_str!("rollback/mariadb.txt")),
    ("sqlite", include_str!("rollback/sqlite.txt")),
];

/// A pair, and what is there before it.
struct Case<'a> {
    dialect: &'a str,
    name: &'a str,
    class: &'a str,
    base: String,
    up: &'a str,
    down: &'a str,
}

fn cases() -> Vec<Case<'static>> {
    let mut found = Vec::new();
    for (dialect, text) in PAIRS {
        let (head, rest) = text.split_once("\n== ").unwrap();
        let common = head.split_once("-- base\n").unwrap().1;
        for case in rest.split("\n== ") {
            let (title, body) = case.split_once('\n').unwrap();
            let (name, class) = title.rsplit_once(": ").unwrap();
            let (base, scripts) = body.split_once("-- up\n").unwrap();
            let (up, down) = scripts.split_once("-- down\n").unwrap();
            let base = format!("{common}\n{}", base.trim_start_matches("-- base\n"));
            found.push(Case { dialect, name, class, base, up, down });
        }
    }
    found
}

fn project(dialect: &str, files: &[(&str, &str)]) -> Project {
    let configuration = Configuration { dialect: Dialect::from_name(dialect), ..Configuration::default() };
    let mut project = Project::new(configuration);
    for (path, text) in files {
        project.set_file(path, text.as_bytes().to_vec());
    }
    project
}

fn last(project: &Project) -> Taken {
    project.rollback(&project.check().unwrap()).scripts().last().unwrap().clone()
}

#[test]
fn pairs_have_the_class_that_the_servers_confirm() {
    let mut wrong = Vec::new();
    for case in cases() {
        let files = [("sql/V1__a.sql", case.base.as_str()), ("sql/V2__b.sql", case.up), ("sql/U2__b.sql", case.down)];
        let taken = last(&project(case.dialect, &files));
        if taken.class.as_str() != case.class {
            wrong.push(format!("{}: {} is {}: {:?}", case.dialect, case.name, taken.class.as_str(), taken.flaws));
        }
        let undone = taken.effects.iter().all(|effect| effect.undone_by.is_some());
        if taken.class == Class::Proved && !undone {
            wrong.push(format!(
                "{}: {} is proved, and not all effects are undone: {:?}",
                case.dialect, case.name, taken.effects
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases().len() >= 150);
}

#[test]
fn drafts_are_proved() {
    let mut wrong = Vec::new();
    for case in cases() {
        let project = project(case.dialect, &[("sql/V1__a.sql", &case.base), ("sql/V2__b.sql", case.up)]);
        let draft = project.draft_undo(&project.check().unwrap(), "V2").unwrap();
        let report = DraftReport::new(&draft, false);
        if !report.proved {
            wrong.push(format!("{}: {}: {:?}\n{}", case.dialect, case.name, report.unproved, report.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_draft_that_leaves_something_is_not_proved_whatever_its_comments_say() {
    let base = "create type state as enum ('new'); create table jobs (s state);
        create function f() returns trigger language plpgsql as $$ begin return new; end $$;
        create trigger t before insert on jobs for each row execute function f();";
    let generated = "create type state as enum ('new');
        create table jobs (v text, s state generated always as (case v when 'x' then 'new'::state end) stored);";
    let partial = "create type state as enum ('new'); create table jobs (s state);
        create index on jobs (s) where s = 'new';";
    for base in [base, generated, partial] {
        for up in [
            "alter type state add value 'old'; alter table jobs add column x int;",
            "alter type state add value 'old';",
        ] {
            let project = project("postgres", &[("sql/V1__a.sql", base), ("sql/V2__b.sql", up)]);
            let report = DraftReport::new(&project.draft_undo(&project.check().unwrap(), "V2").unwrap(), false);
            assert!(!report.proved && report.unproved.len() == 1, "{report:?}");
            assert!(report.text.contains("-- not proved: "), "{}", report.text);
        }
    }
}

#[test]
fn an_undo_script_without_its_migration_in_reverse_is_never_proved() {
    // Every right pair, with the first statement of its undo script taken away.
    let mut wrong = Vec::new();
    for case in cases().iter().filter(|case| case.class == "proved") {
        let statements: Vec<&str> = case.down.split_inclusive(";\n").collect();
        let careful = case.down.contains("$$") || case.up.contains("CHECK (a > 0) UNIQUE");
        if statements.len() < 2 || careful {
            continue;
        }
        let down = statements[1..].concat();
        let files = [("sql/V1__a.sql", case.base.as_str()), ("sql/V2__b.sql", case.up), ("sql/U2__b.sql", &down)];
        if last(&project(case.dialect, &files)).class == Class::Proved {
            wrong.push(format!("{}: {}", case.dialect, case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_written_reason_counts_and_an_empty_one_does_not() {
    let class = |up: &str| {
        let taken =
            last(&project("postgres", &[("sql/V1__a.sql", "create table a (id int, b int);"), ("sql/V2__b.sql", up)]));
        (taken.class, taken.is_covered())
    };
    assert_eq!(class("alter table a drop column b;"), (Class::Irreversible, false));
    assert_eq!(class("-- irreversible\nalter table a drop column b;"), (Class::Irreversible, false));
    assert_eq!(
        class("-- irreversible: nobody reads it any more\nalter table a drop column b;"),
        (Class::Irreversible, true)
    );
    assert_eq!(class("alter table a add column c int;"), (Class::Uncovered, false));
    assert_eq!(class("select 1;"), (Class::Nothing, false));
}

#[test]
fn coverage_is_of_what_is_pending_and_of_all() {
    let mut project = project(
        "postgres",
        &[
            ("sql/V1__a.sql", "create table a (id int);"),
            ("sql/V2__b.sql", "create table b (id int);"),
            ("sql/U2__b.sql", "drop table b;"),
            ("sql/V3__c.sql", "-- nothing yet\nselect 1;"),
        ],
    );
    let row = r#"[{"installed_rank": 1, "version": "1", "description": "a", "type": "SQL", "script": "V1__a.sql", "checksum": null, "success": true}]"#;
    project.set_history("history.json", row.as_bytes().to_vec());
    let checked = project.check().unwrap();
    let coverage = project.rollback(&checked).coverage();
    assert_eq!((coverage.pending.covered, coverage.pending.of), (1, 1));
    assert_eq!((coverage.all.covered, coverage.all.of), (1, 2));
    let report = Report::new(&project, &checked, Some("history.json")).with_findings(&project, &checked);
    assert_eq!(report.rollback.unwrap().coverage.all.percent, Some(50.0));
}

#[test]
fn drafts_are_named_as_the_project_does_it() {
    let path = |files: &[(&str, &str)], wanted: &str| {
        let project = project("postgres", files);
        let draft = project.draft_undo(&project.check().unwrap(), wanted).unwrap();
        (draft.place.path().to_owned(), draft.text)
    };
    let up = ("sql/V1__a.sql", "create table a (id int);");
    assert_eq!(path(&[up], "1").0, "sql/U1__a.sql");
    let by_hand = [up, ("sql/V2__b.sql", "create table b (id int);"), ("rollback/RB1__a.sql", "drop table a;")];
    let (place, text) = path(&by_hand, "V2__b.sql");
    assert_eq!(place, "rollback/RB2__b.sql");
    assert!(
        text.ends_with("DROP TABLE IF EXISTS b;\nDELETE FROM flyway_schema_history WHERE version = '2';\n"),
        "{text}"
    );
    let golang = [
        ("migrations/000001_a.up.sql", "create table a (id int);"),
        ("migrations/000002_b.up.sql", "create table b (id int);"),
        ("migrations/000002_b.down.sql", "drop table b;"),
    ];
    assert_eq!(path(&golang, "1").0, "migrations/000001_a.down.sql");
    let goose = [("migrations/00001_a.sql", "-- +goose Up\ncreate table a (id int);\n")];
    assert_eq!(path(&goose, "1").0, "migrations/00001_a.sql");
}

#[test]
fn a_plan_goes_back_to_the_version_that_stays() {
    let project = project(
        "postgres",
        &[
            ("sql/V1__a.sql", "create table a (id int);"),
            ("sql/V2__b.sql", "alter table a add column b int;"),
            ("sql/U2__b.sql", "alter table a drop column b;"),
            ("sql/V3__c.sql", "create table c (id int);"),
        ],
    );
    let checked = project.check().unwrap();
    let plan = UndoPlan::new(&project, &checked, "V1").unwrap();
    let versions: Vec<&str> = plan.steps.iter().map(|step| step.version.as_str()).collect();
    assert_eq!((versions, plan.missing), (vec!["3", "2"], vec!["V3__c.sql".to_owned()]));
    assert_eq!(plan.steps[1].locks[0].relation, "public.a");
    assert_eq!(plan.steps[1].loses, ["the values of column b of public.a"]);
    assert!(UndoPlan::new(&project, &checked, "1.5").is_none());
    assert_eq!(UndoPlan::new(&project, &checked, "0").unwrap().steps.len(), 3);
}

/// What is kept of the scripts that an edit leaves as they were says what a new look says.
#[test]
fn an_edit_is_judged_as_the_project_is_then() {
    let files = [
        ("sql/V1__t.sql", "create table t (a int);\ncreate view v as select a from t;\ncomment on table t is 'one';"),
        ("sql/V2__v.sql", "create or replace view v as select a + 1 as a from t;"),
        ("sql/U2__v.sql", "create or replace view v as select a from t;"),
        ("sql/V3__c.sql", "comment on table t is 'two';\nalter table t add column b int;"),
        ("sql/U3__c.sql", "comment on table t is 'one';\nalter table t drop column b;"),
        ("sql/V4__d.sql", "create index t_a on t (a);"),
        ("sql/U4__d.sql", "drop index t_a;\ndrop index other;"),
    ];
    let edits = [
        (
            "sql/V1__t.sql",
            Some("create table t (a int);\ncreate view v as select a from t;\ncomment on table t is 'zero';"),
        ),
        (
            "sql/V1__t.sql",
            Some("create table t (a int);\ncreate view v as select -a as a from t;\ncomment on table t is 'one';"),
        ),
        ("sql/U3__c.sql", Some("-- no comment\ncomment on table t is 'one';\nalter table t drop column b;")),
        ("sql/V1__t.sql", Some(files[0].1)),
        ("sql/U2__v.sql", None),
        ("sql/V1_1__m.sql", Some("drop index other;")),
        ("sql/V2__v.sql", Some("-- nothing\n")),
        ("sql/V1_1__m.sql", None),
    ];
    let mut project = project("postgres", &files);
    let said = |project: &Project| {
        let checked = project.check().unwrap();
        let report = Report::new(project, &checked, None).with_findings(project, &checked);
        flightcheck_core::render::json(&report.rollback)
    };
    let mut before = said(&project);
    for (path, text) in edits {
        match text {
            Some(text) => project.set_file(path, text.as_bytes().to_vec()),
            None => project.remove_file(path),
        }
        let mut fresh =
            Project::new(Configuration { dialect: Dialect::from_name("postgres"), ..Configuration::default() });
        project.files().keys().for_each(|path| fresh.share_file(path, &project));
        let after = said(&project);
        assert_eq!(after, said(&fresh), "after {path}");
        assert_ne!(after, before, "{path} makes a difference");
        before = after;
    }
}

/// What a draft says is lost is no reason that a person gave, and what was empty is not lost.
#[test]
fn a_draft_does_not_excuse_itself() {
    let mut project = project(
        "postgres",
        &[
            ("sql/V1__a.sql", "create table a (id int, b int);"),
            ("sql/V2__b.sql", "alter table a drop column b;\ncreate table c (id int);\ndrop table c;\ndelete from a;"),
        ],
    );
    let draft = project.draft_undo(&project.check().unwrap(), "2").unwrap();
    assert_eq!(draft.text.matches("-- LOST: ").count(), 2, "{}", draft.text);
    project.set_file("sql/U2__b.sql", draft.text.into_bytes());
    let taken = last(&project);
    assert_eq!((taken.class, taken.is_covered()), (Class::Irreversible, false), "{:?}", taken.reason);
}

/// A table that no script made may be there; a column that is added to it was not.
#[test]
fn a_column_added_to_a_table_that_no_script_made_has_to_go() {
    let up = "alter table orders add column region text;\ncreate index orders_region on orders (region);";
    for (down, class) in [
        ("drop index orders_region;", Class::Unproved),
        ("drop index orders_region;\nalter table orders drop column region;", Class::Proved),
    ] {
        let files = [("sql/V1__a.sql", "create table a (id int);"), ("sql/V2__b.sql", up), ("sql/U2__b.sql", down)];
        let taken = last(&project("postgres", &files));
        assert_eq!(taken.class, class, "{down}: {:?} {:?}", taken.effects, taken.notes);
    }
}
