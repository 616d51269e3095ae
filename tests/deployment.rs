//! Scripts replayed in the tool's order: transactions, settings, what is new, and what an edit makes run anew.

use std::sync::Arc;

use flightcheck_core::catalog::Catalog;
use flightcheck_core::change::{Change, Reading, TransactionModel};
use flightcheck_core::deployment::{Deployment, Mixed, Opener, Role, Run, Runner, Step};
use flightcheck_core::impact::Server;
use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::settings::Source;
use flightcheck_core::sql::{Dialect, Options};

fn project(settings: &[(&str, &str)], files: &[(&str, &str)]) -> Project {
    let options = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let url = vec![("url".to_owned(), "jdbc:postgresql://localhost/shop".to_owned())];
    let sources = vec![Source::Options(url), Source::Options(options)];
    let mut project = Project::new(Configuration { sources, ..Configuration::default() });
    for (name, text) in files {
        project.set_file(&format!("sql/{name}"), text.as_bytes().to_vec());
    }
    project
}

fn deployed(project: &Project) -> Arc<Deployment> {
    project.deployment(&project.check().unwrap())
}

fn order(deployment: &Deployment) -> Vec<&str> {
    deployment.scripts.iter().map(|played| played.turn.path.trim_start_matches("sql/")).collect()
}

fn play(dialect: Dialect, model: TransactionModel, text: &str) -> (Reading, Vec<Step>) {
    let reading = Reading::new(text.to_owned(), &Options::new(dialect));
    let mut run = Run::new(Catalog::new(dialect), Server::oldest(dialect));
    let steps = run.play(&reading, Runner::from(model));
    (reading, steps)
}

/// Who opened the transaction of each statement.
fn openers(dialect: Dialect, model: TransactionModel, text: &str) -> Vec<&'static str> {
    let (_, steps) = play(dialect, model, text);
    steps.iter().map(|step| step.transaction.map_or("-", |open| open.opener.as_str())).collect()
}

#[test]
fn transactions_are_the_servers_own() {
    use Dialect::{Mysql, Postgres, SqlServer};
    use TransactionModel::{Batch, Script, Statement};
    let text = "create table a (id int); begin; create table b (id int); commit; create table c (id int);";
    assert_eq!(openers(Postgres, Statement, text), ["-", "-", "script", "script", "-"]);
    assert_eq!(openers(Postgres, Script, text), ["runner", "runner", "runner", "runner", "-"]);
    // The server joins an explicit BEGIN to its implicit transaction, and begins another after COMMIT.
    assert_eq!(openers(Postgres, Batch, text), ["server", "server", "server", "server", "server"]);
    assert_eq!(openers(Postgres, Batch, "vacuum"), ["-"]);
    assert_eq!(openers(Mysql, Batch, "insert into a values (1); insert into a values (2);"), ["-", "-"]);
    let text = "begin; insert into a values (1); create table b (id int); insert into a values (2);";
    assert_eq!(openers(Mysql, Statement, text), ["-", "script", "-", "-"]);
    let text = "begin tran; insert into a values (1); begin tran; commit; insert into a values (2); commit; select 1";
    assert_eq!(openers(SqlServer, Statement, text), ["-", "script", "script", "script", "script", "script", "-"]);
    let text = "set autocommit = 0; insert into a values (1); insert into a values (2); commit; select 1;";
    assert_eq!(openers(Mysql, Statement, text), ["-", "script", "script", "script", "script"]);
}

#[test]
fn a_driver_without_autocommit_begins_again() {
    let reading = Reading::new("select 1; commit; select 2;".into(), &Options::new(Dialect::Postgres));
    let mut run = Run::new(Catalog::new(Dialect::Postgres), Server::oldest(Dialect::Postgres));
    let steps = run.play(&reading, Runner { model: TransactionModel::Script, begins_again: true });
    let begins: Vec<u32> = steps.iter().map(|step| step.transaction.unwrap().begin.statement).collect();
    assert_eq!(begins, [0, 0, 2]);
    assert!(!run.is_in_transaction());
}

#[test]
fn settings_follow_the_transaction() {
    let text = "set lock_timeout = '2s'; begin; set lock_timeout = '9s'; select 1; rollback; select 2; \
                begin; set local lock_timeout = '1s'; select 3; commit; select 4;";
    let (reading, steps) = play(Dialect::Postgres, TransactionModel::Statement, text);
    let of_queries = steps.iter().filter(|step| matches!(reading.requests[step.statement].change, Change::Select(_)));
    let limits: Vec<u64> = of_queries.map(|step| step.session.milliseconds("lock_timeout", 1).unwrap()).collect();
    assert_eq!(limits, [9_000, 2_000, 1_000, 2_000]);
}

#[test]
fn the_schema_before_each_statement_is_kept() {
    let text = "create table a (id int); savepoint s; create table b (id int); rollback to s; drop table b;";
    let (_, steps) = play(Dialect::Postgres, TransactionModel::Script, text);
    let counts: Vec<usize> = steps.iter().map(|step| step.before.relations().count()).collect();
    assert_eq!(counts, [0, 1, 1, 2, 1]);
    assert_eq!(steps[4].conflicts.len(), 1);
    assert_eq!(steps[4].conflicts[0].in_words(Dialect::Postgres), "there is no table public.b");
}

#[test]
fn callbacks_run_where_flyway_runs_them() {
    let files = [
        ("V1__a.sql", "create table a (id int);"),
        ("V2__b.sql", "create table b (id int);"),
        ("R__v.sql", "create view v as select 1;"),
        ("beforeMigrate.sql", "set lock_timeout = '3s';"),
        ("beforeEachMigrate.sql", "set local statement_timeout = '4s';"),
        ("afterMigrate.sql", "select 1;"),
        ("afterVersioned.sql", "select 1;"),
        ("beforeValidate.sql", "select 1;"),
    ];
    let mut project = project(&[], &files);
    project.set_history("history.json", b"[]".to_vec());
    let deployment = deployed(&project);
    let before = "beforeEachMigrate.sql";
    let expected = [
        "beforeMigrate.sql",
        before,
        "V1__a.sql",
        before,
        "V2__b.sql",
        "afterVersioned.sql",
        before,
        "R__v.sql",
        "afterMigrate.sql",
    ];
    assert_eq!(order(&deployment), expected);
    assert!(deployment.assumed);
    for played in deployment.pending() {
        let step = &played.steps[0];
        assert_eq!(step.session.milliseconds("lock_timeout", 1), Some(3_000));
        assert_eq!(step.session.milliseconds("statement_timeout", 1), Some(4_000));
        assert_eq!(step.transaction.unwrap().opener, Opener::Runner);
    }
    assert_eq!(deployment.scripts[0].turn.role, Role::Callback("beforeMigrate"));
}

#[test]
fn a_history_decides_what_is_new() {
    let files = [
        ("V1__a.sql", "create table a (id int);"),
        ("V2__b.sql", "create table b (id int);"),
        ("V3__c.sql", "drop table a; drop table b;"),
    ];
    let is_new = |project: &Project| -> Vec<bool> {
        let deployment = deployed(project);
        let last = deployment.pending().last().unwrap();
        let made = ["a", "b"].map(|name| {
            let relations: Vec<_> = last.steps[0].before.relations().cloned().collect();
            relations.iter().find(|relation| &*relation.name.name == name).unwrap().made
        });
        let (path, span) = deployment.place(made[1].unwrap()).unwrap();
        assert_eq!((path, span.start), ("sql/V2__b.sql", 0));
        made.map(|made| last.is_new(made)).to_vec()
    };
    let mut project = project(&[], &files);
    assert_eq!(is_new(&project), [false, false]);
    let row = r#"[{"installed_rank":1,"version":"1","description":"a","type":"SQL","script":"V1__a.sql","checksum":null,"success":true}]"#;
    project.set_history("history.json", row.as_bytes().to_vec());
    assert_eq!(is_new(&project), [false, true]);
}

#[test]
fn scripts_run_in_the_transactions_that_flyway_gives_them() {
    use TransactionModel::{Deployment as Whole, Script, Statement};
    let plain = ("V1__a.sql", "create table a (id int);");
    let outside = ("V2__b.sql", "create index concurrently i on a (id);");
    let both = ("V3__c.sql", "create table c (id int); vacuum c;");
    let models = |settings: &[(&str, &str)], files: &[(&str, &str)]| -> Vec<(TransactionModel, Option<Mixed>)> {
        let mut project = project(settings, files);
        project.set_history("history.json", b"[]".to_vec());
        let deployment = deployed(&project);
        deployment.pending().map(|played| (played.turn.runner.model, played.turn.mixed)).collect()
    };
    let refused = Some(Mixed::Script { statement: 1 });
    assert_eq!(models(&[], &[plain, outside, both]), [(Script, None), (Statement, None), (Script, refused)]);
    assert_eq!(models(&[("mixed", "true")], &[both]), [(Statement, None)]);
    assert_eq!(models(&[("executeInTransaction", "false")], &[both]), [(Statement, None)]);
    let said = ("V3__c.sql.conf", "executeInTransaction=true");
    assert_eq!(models(&[], &[both, said]), [(Script, None)]);
    let group = ("group", "true");
    assert_eq!(models(&[group], &[plain, ("V4__d.sql", "select 1;")]), [(Whole, None), (Whole, None)]);
    assert_eq!(models(&[group], &[plain, outside]), [(Whole, None), (Whole, Some(Mixed::Group))]);
    assert_eq!(models(&[group, ("mixed", "true")], &[plain, outside]), [(Statement, None), (Statement, None)]);
}

#[test]
fn an_edit_replays_only_what_it_changes() {
    let texts: Vec<(String, String)> =
        (0..40).map(|n| (format!("V{n}__t.sql"), format!("create table t{n} (id int primary key);"))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut project = project(&[], &files);
    let checked = project.check().unwrap();
    assert_eq!(project.deployment(&checked).replayed, 40);
    assert_eq!(project.deployment(&checked).replayed, 0);
    let mut edit = |n: usize, text: &str| {
        project.set_file(&format!("sql/V{n}__t.sql"), text.as_bytes().to_vec());
        let deployment = project.deployment(&checked);
        // What was taken over is what a replay of everything would give.
        let mut fresh = project.clone();
        fresh.forget_deployment();
        let whole = fresh.deployment(&checked);
        assert_eq!(whole.replayed, 40);
        let ends = |deployment: &Deployment| deployment.scripts.last().unwrap().after().clone();
        assert!(ends(&deployment) == ends(&whole));
        deployment.replayed
    };
    assert_eq!(edit(0, "-- more words\ncreate table t0 (id int primary key);"), 1);
    assert_eq!(edit(39, "create table t39 (id int primary key, a text);"), 1);
    assert_eq!(edit(20, "create table t20 (id int primary key, a text);"), 20);
    assert_eq!(edit(20, "create table t20 (id int primary key, a text); select 1;"), 1);
    assert_eq!(edit(0, "create table t0 (id int);"), 40);
}

#[test]
fn other_tools_have_transactions_of_their_own() {
    use flightcheck_core::layout::plain::{Tool, read};
    use flightcheck_core::layout::{File, Files};

    let up_and_down =
        "-- +goose Up\ncreate table é (id int);\ncreate table b (id int);\n-- +goose Down\ndrop table b;\n";
    let alone = "-- +goose NO TRANSACTION\n-- +goose Up\ncreate index concurrently i on b (id);\n";
    let files: Files = [("m/1_a.sql", up_and_down), ("m/2_b.sql", alone)]
        .map(|(path, text)| (path.to_owned(), File::new(text.as_bytes().to_vec())))
        .into();
    let (scripts, _) = read(Tool::Goose, "m", &files);
    let options = Options::new(Dialect::Postgres);
    let reading = |path: &str, span| {
        let text = if path == "m/1_a.sql" { up_and_down } else { alone };
        Some(Arc::new(Reading::part(text, span, &options)))
    };
    let server = Server::oldest(Dialect::Postgres);
    let deployment = Deployment::plain(&scripts, server, true, (&reading, None), None);
    let models: Vec<TransactionModel> = deployment.scripts.iter().map(|played| played.turn.runner.model).collect();
    assert_eq!(models, [TransactionModel::Script, TransactionModel::Statement]);
    let openers = deployment.scripts.iter().map(|played| played.steps[0].transaction.is_some());
    assert_eq!(openers.collect::<Vec<_>>(), [true, false]);
    assert!(deployment.scripts.iter().all(|played| played.steps.iter().all(|step| step.conflicts.is_empty())));
    let span = deployment.scripts[0].turn.reading.as_ref().unwrap().requests[1].span;
    assert_eq!(&up_and_down[span.start..span.end], "create table b (id int)");
    assert_eq!(deployment.undos.len(), 1);
    let undone = &deployment.undos[0];
    assert_eq!((undone.path(), undone.of.turn.path.as_str()), ("m/1_a.sql", "m/1_a.sql"));
    assert!(undone.script.steps[0].conflicts.is_empty(), "the way back begins where the script ends");
}

#[test]
fn scripts_of_a_baseline_are_one_deployment() {
    let table = ("V1__baseline_tables.sql", "create table a (id int);");
    let index = "create index i on a (id);";
    let is_new = |name: &str| {
        let deployment = deployed(&project(&[], &[table, (name, index)]));
        let catalog = deployment.scripts[0].after();
        let made = catalog.relations().find(|relation| &*relation.name.name == "a").unwrap().made;
        deployment.scripts[1].is_new(made)
    };
    assert_eq!([is_new("V2__baseline_indexes.sql"), is_new("V2__indexes.sql")], [true, false]);
}

#[test]
fn any_order_of_statements_can_be_replayed() {
    const PIECES: [&str; 16] = [
        "begin",
        "commit",
        "rollback",
        "savepoint s",
        "rollback to savepoint s",
        "release savepoint s",
        "set lock_timeout = 1",
        "set local lock_timeout = 2",
        "set autocommit = 0",
        "create table a (id int primary key)",
        "alter table a add b int",
        "drop table a",
        "alter table a rename to b",
        "do $$ begin create table c (id int); alter table c add d int; commit; end $$",
        "prepare transaction 'x'",
        "frobnicate '",
    ];
    let mut random = 7_u32;
    let mut next = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 16) as usize
    };
    for round in 0..400 {
        let text: Vec<&str> = (0..next() % 30).map(|_| PIECES[next() % PIECES.len()]).collect();
        let text = text.join(";\n");
        let dialect = Dialect::all().nth(round % 8).unwrap();
        let models = [TransactionModel::Script, TransactionModel::Statement, TransactionModel::Batch];
        let runner = Runner { model: models[round % 3], begins_again: round % 2 == 0 };
        let reading = Reading::new(text, &Options::new(dialect));
        let play = || {
            let mut run = Run::new(Catalog::new(dialect), Server::oldest(dialect));
            let steps = run.play(&reading, runner);
            assert_eq!(steps.len(), reading.requests.len());
            run.commit();
            assert!(!run.is_in_transaction());
            run
        };
        assert!(play() == play());
    }
}
