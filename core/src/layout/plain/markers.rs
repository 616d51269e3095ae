//! Markers inside a file → sections with their direction and transaction.

use crate::layout::TransactionModel;
use crate::text::Span;

use super::{Direction, Section, Tool};

/// What a line of a script says to its tool.
enum Marker {
    /// A section starts on the next line.
    Start(Direction, Option<TransactionModel>),
    /// The whole file runs this way.
    Model(TransactionModel),
}

/// The sections of a text. Without markers the whole text goes the way that the file's name says, or up.
pub(super) fn sections(tool: Tool, text: &str, named: Option<Direction>, model: TransactionModel) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut whole = model;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        match marker(tool, line.trim_end(), start == 0) {
            Some(Marker::Start(direction, own)) => {
                close(&mut sections, start);
                let transaction = own.unwrap_or(whole);
                sections.push(Section { direction, span: Span::new(offset, text.len()), transaction });
            }
            Some(Marker::Model(model)) => {
                whole = model;
                for section in &mut sections {
                    section.transaction = model;
                }
            }
            None => {}
        }
    }
    if tool == Tool::Tern && !sections.is_empty() {
        // Everything above the one marker goes up.
        let above = Span::new(0, line_start(text, sections[0].span.start));
        sections.insert(0, Section { direction: Direction::Up, span: above, transaction: whole });
    }
    if sections.is_empty() {
        let direction = named.unwrap_or(Direction::Up);
        sections.push(Section { direction, span: Span::new(0, text.len()), transaction: whole });
    }
    sections
}

fn close(sections: &mut [Section], at: usize) {
    if let Some(last) = sections.last_mut() {
        last.span = Span::new(last.span.start, at);
    }
}

/// Where the line before `offset` starts: the line of a marker whose section starts at `offset`.
fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].trim_end_matches(['\n', '\r']).rfind('\n').map_or(0, |at| at + 1)
}

fn marker(tool: Tool, line: &str, first: bool) -> Option<Marker> {
    match tool {
        Tool::Goose => goose(line),
        Tool::Dbmate => dbmate(line),
        Tool::SqlMigrate => sql_migrate(line),
        Tool::Tern => tern(line),
        Tool::NodePgMigrate => node_pg_migrate(line),
        Tool::GraphileMigrate => whole(line.trim() == "--! no-transaction"),
        Tool::Sqlx => first.then(|| whole(line.starts_with("-- no-transaction")))?,
        Tool::Atlas => whole(line.trim() == "-- atlas:txmode none"),
        _ => None,
    }
}

fn whole(without_transaction: bool) -> Option<Marker> {
    without_transaction.then_some(Marker::Model(TransactionModel::Statement))
}

/// `-- +goose Up`, any case; the line starts with the dashes.
fn goose(line: &str) -> Option<Marker> {
    let folded = line.strip_prefix("--")?.trim().to_ascii_lowercase();
    match folded.strip_prefix("+goose")?.trim() {
        "up" => Some(Marker::Start(Direction::Up, None)),
        "down" => Some(Marker::Start(Direction::Down, None)),
        "no transaction" => Some(Marker::Model(TransactionModel::Statement)),
        _ => None,
    }
}

/// `-- migrate:up transaction:false`; without its transaction the section is still sent as one string.
fn dbmate(line: &str) -> Option<Marker> {
    let marker = line.strip_prefix("--")?.trim_start().strip_prefix("migrate:")?;
    let (direction, options) = marker.split_once(char::is_whitespace).unwrap_or((marker, ""));
    let batch = options.split_whitespace().any(|option| option == "transaction:false");
    let own = Some(if batch { TransactionModel::Batch } else { TransactionModel::Script });
    match direction {
        "up" => Some(Marker::Start(Direction::Up, own)),
        "down" => Some(Marker::Start(Direction::Down, own)),
        _ => None,
    }
}

/// `-- +migrate Up notransaction`.
fn sql_migrate(line: &str) -> Option<Marker> {
    let mut words = line.strip_prefix("--")?.trim_start().strip_prefix("+migrate")?.split_whitespace();
    let direction = match words.next()? {
        "Up" => Direction::Up,
        "Down" => Direction::Down,
        _ => return None,
    };
    let own = words.any(|word| word == "notransaction").then_some(TransactionModel::Statement);
    Some(Marker::Start(direction, own))
}

/// `---- create above / drop below ----` parts the two directions.
fn tern(line: &str) -> Option<Marker> {
    match line.trim() {
        "---- create above / drop below ----" => Some(Marker::Start(Direction::Down, None)),
        "---- tern: disable-tx ----" => Some(Marker::Model(TransactionModel::Statement)),
        _ => None,
    }
}

/// `-- Up Migration`, any case.
fn node_pg_migrate(line: &str) -> Option<Marker> {
    let folded = line.trim_start().strip_prefix("--")?.trim().to_ascii_lowercase();
    match folded.as_str() {
        "up migration" => Some(Marker::Start(Direction::Up, None)),
        "down migration" => Some(Marker::Start(Direction::Down, None)),
        _ => None,
    }
}
