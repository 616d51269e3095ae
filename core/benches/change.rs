//! Reading (tokens, statements and what they ask for) beside the parser of `sqlparser`, and hostile texts of doubling
//! sizes.
//!
//! Ratios count, and they are those of one run: `cargo bench -p flightcheck-core --bench change`.

use divan::Bencher;
use divan::counter::BytesCount;
use flightcheck_core::change::read_all;
use flightcheck_core::sql::{Dialect, Options, read};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1 << 20;

/// Tables, indexes, alterations, comments and functions, as migrations have them, all of which `sqlparser` reads too.
fn ddl() -> String {
    let mut text = String::with_capacity(MEGABYTE + 4096);
    for n in 0.. {
        if text.len() >= MEGABYTE {
            break;
        }
        text.push_str(&format!(
            "-- V{n}: orders of customer {n}\n\
             CREATE TABLE IF NOT EXISTS shop.order_{n} (\n    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n    \
             customer_id BIGINT NOT NULL REFERENCES shop.customer (id) ON DELETE CASCADE,\n    \
             state VARCHAR(32) NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'sent')),\n    \
             total NUMERIC(12, 2) NOT NULL DEFAULT 0.00,\n    created_at TIMESTAMPTZ NOT NULL DEFAULT now()\n);\n\
             CREATE INDEX CONCURRENTLY order_{n}_customer ON shop.order_{n} (customer_id) WHERE state <> 'sent';\n\
             ALTER TABLE shop.order_{n} ADD COLUMN note TEXT, ALTER COLUMN total SET NOT NULL;\n\
             COMMENT ON TABLE shop.order_{n} IS 'what customer''s order {n} is';\n\
             CREATE VIEW shop.open_{n} AS SELECT o.id, c.name FROM shop.order_{n} o JOIN shop.customer c ON c.id = \
             o.customer_id WHERE o.state = 'open';\n\n"
        ));
    }
    text
}

#[divan::bench]
fn ddl_ours(bencher: Bencher) {
    let (text, options) = (ddl(), Options::new(Dialect::Postgres));
    bencher.counter(BytesCount::of_str(&text)).bench(|| read_all(&text, &read(&text, &options), &options));
}

#[divan::bench]
fn ddl_ours_split_only(bencher: Bencher) {
    let (text, options) = (ddl(), Options::new(Dialect::Postgres));
    bencher.counter(BytesCount::of_str(&text)).bench(|| read(divan::black_box(&text), &options));
}

#[divan::bench(sample_count = 20)]
fn ddl_sqlparser(bencher: Bencher) {
    let (text, dialect) = (ddl(), PostgreSqlDialect {});
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| Parser::parse_sql(&dialect, divan::black_box(&text)).unwrap().len());
}

/// What repeats in texts that are hard on a careless reader, after what begins them.
const HOSTILE: [(&str, &str); 15] = [
    ("SELECT ", "("),
    ("CREATE TABLE t ", "("),
    ("", "BEGIN "),
    ("", "BEGIN IF 1=1 "),
    ("DO $$ BEGIN ", "IF a THEN BEGIN "),
    ("", "EXPLAIN "),
    ("", "IF EXISTS (SELECT 1) BEGIN "),
    ("ALTER TABLE t ", "ADD "),
    ("ALTER TABLE t ADD ", "a int, "),
    ("ALTER TABLE t DROP PARTITION p", ", q"),
    ("CREATE TABLE t (", "a int, "),
    ("CREATE SCHEMA s ", "CREATE TABLE t (a int) "),
    ("SELECT 1 FROM ", "a, "),
    ("WITH ", "a AS (SELECT 1), "),
    ("SET a = ", "1, "),
];

/// Every hostile text in every dialect, at one size.
#[divan::bench(args = [1 << 16, 1 << 17, 1 << 18, 1 << 19], sample_count = 3)]
fn hostile_all(bencher: Bencher, size: usize) {
    let texts: Vec<String> =
        HOSTILE.iter().map(|(start, piece)| (*start).to_owned() + &piece.repeat(size / piece.len())).collect();
    let options: Vec<Options> = Dialect::all().map(Options::new).collect();
    bencher.bench(|| {
        for text in &texts {
            for options in &options {
                divan::black_box(read_all(text, &read(text, options), options));
            }
        }
    });
}

/// One by one, to find the worst.
#[divan::bench(args = 0..HOSTILE.len(), sample_count = 3)]
fn hostile_half_megabyte(bencher: Bencher, index: usize) {
    let (start, piece) = HOSTILE[index];
    let text = start.to_owned() + &piece.repeat((MEGABYTE / 2) / piece.len());
    let options: Vec<Options> = Dialect::all().map(Options::new).collect();
    bencher.counter(BytesCount::new(text.len() * options.len())).bench(|| {
        for options in &options {
            divan::black_box(read_all(&text, &read(&text, options), options));
        }
    });
}
