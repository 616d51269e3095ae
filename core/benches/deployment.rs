//! A deployment of 1,000 scripts: reading alone, reading with replay and impact, and a keystroke in one of the scripts.
//!
//! Ratios count, and they are those of one run: `cargo bench -p flightcheck-core --bench deployment`.

use divan::{Bencher, black_box};
use flightcheck_core::catalog::Catalog;
use flightcheck_core::change::{Reading, TransactionModel};
use flightcheck_core::deployment::{Run, Runner};
use flightcheck_core::impact::Server;
use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::sql::{Dialect, Options};

fn main() {
    divan::main();
}

const SCRIPTS: usize = 1_000;

fn path(n: usize) -> String {
    format!("sql/V{n}__orders.sql")
}

/// A script as projects have them: a table, an index, an alteration of an older table, a comment, a view.
fn script(n: usize) -> String {
    let older = n / 2 + 1;
    format!(
        "-- V{n}: orders of customer {n}\n\
         CREATE TABLE order_{n} (\n    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n    \
         customer_id BIGINT NOT NULL,\n    state VARCHAR(32) NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid')),\n    \
         total NUMERIC(12, 2) NOT NULL DEFAULT 0.00,\n    created_at TIMESTAMPTZ NOT NULL DEFAULT now()\n);\n\
         CREATE INDEX order_{n}_customer ON order_{n} (customer_id) WHERE state <> 'sent';\n\
         ALTER TABLE order_{older} ADD COLUMN note_{n} TEXT, ALTER COLUMN total SET NOT NULL;\n\
         ALTER TABLE order_{n} ADD CONSTRAINT order_{n}_parent FOREIGN KEY (customer_id) REFERENCES order_{older} (id);\n\
         COMMENT ON TABLE order_{n} IS 'what customer''s order {n} is';\n\
         CREATE VIEW open_{n} AS SELECT o.id, p.total FROM order_{n} o JOIN order_{older} p ON o.id = p.id;\n\
         UPDATE order_{older} SET note_{n} = 'new' WHERE id > 0;\n"
    )
}

fn project() -> Project {
    let options = vec![("url".to_owned(), "jdbc:postgresql://localhost/shop".to_owned())];
    let sources = vec![flightcheck_core::settings::Source::Options(options)];
    let mut project = Project::new(Configuration { sources, ..Configuration::default() });
    for n in 1..=SCRIPTS {
        project.set_file(&path(n), script(n).into_bytes());
    }
    project
}

/// Tokens, statements and changes of every script.
#[divan::bench]
fn reading(bencher: Bencher) {
    bencher.with_inputs(project).bench_refs(|project| {
        (1..=SCRIPTS).map(|n| project.reading(&path(n)).map_or(0, |reading| reading.requests.len())).sum::<usize>()
    });
}

/// The same, and every statement replayed with its impact. The status is known beforehand.
#[divan::bench]
fn reading_and_replay(bencher: Bencher) {
    let with_status = || {
        let project = project();
        let checked = project.check().unwrap();
        (project, checked)
    };
    bencher.with_inputs(with_status).bench_refs(|(project, checked)| project.deployment(checked).replayed);
}

/// One more blank, then one column more or less, in one script; the status is known beforehand.
fn keystroke(bencher: Bencher, n: usize, edit: &str) {
    let mut project = project();
    let checked = project.check().unwrap();
    project.deployment(&checked);
    let texts = [script(n) + edit, script(n)];
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        project.set_file(&path(n), texts[turn % 2].clone().into_bytes());
        project.deployment(black_box(&checked)).replayed
    });
}

/// What leaves the schema as it was.
#[divan::bench(args = [1, SCRIPTS / 2, SCRIPTS])]
fn keystroke_in_a_comment(bencher: Bencher, n: usize) {
    keystroke(bencher, n, "-- see issue 7\n");
}

/// What every later schema differs by.
#[divan::bench(args = [1, SCRIPTS / 2, SCRIPTS])]
fn keystroke_in_the_schema(bencher: Bencher, n: usize) {
    keystroke(bencher, n, &format!("ALTER TABLE order_{n} ADD COLUMN extra INT;\n"));
}

/// Tables made one after the other in one transaction, the schema before each of them kept. Twice as many may take
/// twice the time.
#[divan::bench(args = [5_000, 10_000, 20_000], sample_count = 5)]
fn tables_in_one_script(bencher: Bencher, count: usize) {
    let mut text = String::new();
    for n in 0..count {
        text += &format!("CREATE TABLE t{n} (id INT PRIMARY KEY, a TEXT);\n");
    }
    let reading = Reading::new(text, &Options::new(Dialect::Postgres));
    bencher.bench(|| {
        let mut run = Run::new(Catalog::new(Dialect::Postgres), Server::oldest(Dialect::Postgres));
        run.play(&reading, Runner::from(TransactionModel::Script)).len()
    });
}
