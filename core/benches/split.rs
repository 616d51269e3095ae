//! The splitter beside the tokenizer of `sqlparser`, and hostile texts of doubling sizes.
//!
//! Ratios count, and they are those of one run: `cargo bench -p flightcheck-core --bench split`.

use divan::Bencher;
use divan::counter::BytesCount;
use flightcheck_core::sql::{Dialect, Options, detect, read};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::tokenizer::Tokenizer;

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1 << 20;

/// Repeats numbered pieces up to a megabyte.
fn megabyte(piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(MEGABYTE + 4096);
    for number in 0.. {
        if text.len() >= MEGABYTE {
            break;
        }
        text.push_str(&piece(number));
    }
    text
}

/// Tables, indexes, comments and functions, as migrations have them.
fn ddl() -> String {
    megabyte(|n| {
        format!(
            "-- V{n}: orders of customer {n}\n\
             CREATE TABLE IF NOT EXISTS shop.order_{n} (\n    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n    \
             customer_id BIGINT NOT NULL REFERENCES shop.customer (id) ON DELETE CASCADE,\n    \
             state VARCHAR(32) NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'sent')),\n    \
             total NUMERIC(12, 2) NOT NULL DEFAULT 0.00,\n    created_at TIMESTAMPTZ NOT NULL DEFAULT now()\n);\n\
             CREATE INDEX CONCURRENTLY order_{n}_customer ON shop.order_{n} (customer_id) WHERE state <> 'sent';\n\
             ALTER TABLE shop.order_{n} ADD COLUMN note TEXT, ALTER COLUMN total SET NOT NULL;\n\
             COMMENT ON TABLE shop.order_{n} IS 'what customer''s order {n} is';\n\
             CREATE FUNCTION shop.touch_{n}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    \
             NEW.created_at := now();\n    RETURN NEW;\nEND;\n$$;\n\n"
        )
    })
}

/// `INSERT`s of a thousand rows each.
fn inserts() -> String {
    megabyte(|n| {
        let rows: Vec<String> = (0..1000)
            .map(|row| {
                format!(
                    "({}, 'customer {row}', 'Somewhere {n}, it''s nice', {row}.50, NULL, '2026-11-21 10:00:00')",
                    n * 1000 + row
                )
            })
            .collect();
        format!(
            "INSERT INTO shop.customer (id, name, address, balance, note, created_at) VALUES\n{};\n",
            rows.join(",\n")
        )
    })
}

/// `COPY` with a thousand rows each.
fn copies() -> String {
    megabyte(|n| {
        let row = |row| format!("{}\tcustomer {row}\tSomewhere {n}; it's nice\t{row}.50\t\\N", n * 1000 + row);
        let rows: Vec<String> = (0..1000).map(row).collect();
        format!("COPY shop.customer (id, name, address, balance, note) FROM stdin;\n{}\n\\.\n", rows.join("\n"))
    })
}

fn ours(bencher: Bencher, text: &str) {
    let options = Options::new(Dialect::Postgres);
    bencher.counter(BytesCount::of_str(text)).bench(|| read(divan::black_box(text), &options));
}

fn theirs(bencher: Bencher, text: &str) {
    let dialect = PostgreSqlDialect {};
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| Tokenizer::new(&dialect, divan::black_box(text)).tokenize_with_location().map(|tokens| tokens.len()));
}

#[divan::bench]
fn ddl_ours(bencher: Bencher) {
    ours(bencher, &ddl());
}

#[divan::bench]
fn ddl_sqlparser(bencher: Bencher) {
    theirs(bencher, &ddl());
}

#[divan::bench]
fn inserts_ours(bencher: Bencher) {
    ours(bencher, &inserts());
}

#[divan::bench]
fn inserts_sqlparser(bencher: Bencher) {
    theirs(bencher, &inserts());
}

#[divan::bench]
fn copies_ours(bencher: Bencher) {
    ours(bencher, &copies());
}

/// What repeats in texts that are hard on a careless reader, after what begins them.
const HOSTILE: [(&str, &str); 24] = [
    ("", "/*"),
    ("", "/* */"),
    ("", "/*!"),
    ("", "("),
    ("", "(;\n"),
    ("", "'"),
    ("", "\\'\n"),
    ("", "$a$ $b$ "),
    ("", "BEGIN "),
    ("CREATE FUNCTION f() BEGIN ATOMIC ", "CASE "),
    ("", "SELECT 1;"),
    ("", "${"),
    ("", "${a}"),
    ("", "{{{%"),
    ("", "q'["),
    ("", "COPY t FROM stdin;\n"),
    ("", "COPY t FROM stdin;"),
    ("", "\\.\n\\g\n"),
    ("", "DELIMITER;"),
    ("DELIMITER $$\n", "a$$"),
    ("DELIMITER ||\n", "|a"),
    ("", "GO "),
    ("", "\n/ "),
    ("INSERT INTO t VALUES (1)", ",(1,'a'"),
];

fn hostile((start, piece): (&str, &str), size: usize) -> String {
    start.to_owned() + &piece.repeat(size / piece.len())
}

/// Every hostile text in every dialect, at one size.
#[divan::bench(args = [1 << 17, 1 << 18, 1 << 19, 1 << 20], sample_count = 5)]
fn hostile_all(bencher: Bencher, size: usize) {
    let texts: Vec<String> = HOSTILE.iter().map(|text| hostile(*text, size)).collect();
    let options: Vec<Options> = Dialect::all().map(Options::new).collect();
    bencher.bench(|| {
        for text in &texts {
            for options in &options {
                divan::black_box(read(text, options));
            }
        }
    });
}

/// One by one, to find the worst.
#[divan::bench(args = 0..HOSTILE.len(), sample_count = 3)]
fn hostile_megabyte(bencher: Bencher, index: usize) {
    let text = hostile(HOSTILE[index], MEGABYTE);
    let options: Vec<Options> = Dialect::all().map(Options::new).collect();
    bencher.counter(BytesCount::new(text.len() * options.len())).bench(|| {
        for options in &options {
            divan::black_box(read(&text, options));
        }
        divan::black_box(detect([text.as_str()]));
    });
}
