//! The rows that an `INSERT` puts in, deleted by their values.

use crate::catalog::{Catalog, Known};
use crate::change::{Change, Insert, Reading, RowSource};
use crate::sql::{Kind, significant};

use super::super::spelling::piece;
use super::spell::Spell;

/// How many rows are written out.
const MOST: usize = 200;

/// What copies rows back into a table that the migration makes anew, where the statement copies them out of it.
pub(super) fn copied_back(
    spell: &Spell,
    reading: &Reading,
    statement: usize,
    before: &Catalog,
    end: &Catalog,
) -> Option<String> {
    let Change::Insert(insert) = &reading.requests.get(statement)?.change else { return None };
    let into = before.relation_name(&insert.table);
    let from = insert.query.relations.iter().map(|name| before.relation_name(name)).find(|name| *name != into)?;
    // Only where the copy ends under the old name: then it held all rows.
    let same = before.relation_if_applied(&into)?.made == end.relation_if_applied(&from)?.made;
    let (old, new) = (before.relation_if_applied(&from)?, before.relation_if_applied(&into)?);
    let both = |column: &&crate::catalog::Column| column.generated.is_none() && new.column(&column.name).is_present();
    let columns: Vec<String> = old.columns.iter().filter(both).map(|column| column.name.clone()).collect();
    (same && !columns.is_empty()).then(|| {
        let list = spell.list(&columns);
        format!("INSERT INTO {} ({list}) SELECT {list} FROM {};", spell.name(&from), spell.name(&into))
    })
}

/// The statements that delete what a statement inserts; a comment where they cannot be written.
pub(super) fn delete(spell: &Spell, reading: &Reading, statement: usize, before: &Catalog) -> String {
    let request = reading.requests.get(statement);
    let Some(Change::Insert(insert)) = request.map(|request| &request.change) else {
        return "-- write here what deletes the rows that the migration brings".to_owned();
    };
    let table = spell.name(&before.relation_name(&insert.table));
    written(spell, reading, insert, before, &table).unwrap_or_else(|| {
        format!("-- DELETE FROM {table} WHERE …; the migration inserts rows whose values are not written out")
    })
}

fn written(spell: &Spell, reading: &Reading, insert: &Insert, before: &Catalog, table: &str) -> Option<String> {
    if insert.source != RowSource::Values || insert.conflict.is_some() {
        return None;
    }
    let columns: Vec<String> = match (insert.columns.as_slice(), before.table(&insert.table)) {
        ([], Known::Present(found)) if found.complete => {
            found.columns.iter().map(|column| column.name.clone()).collect()
        }
        ([], _) => return None,
        (columns, _) => columns.iter().map(|column| before.fold(column)).collect(),
    };
    let key: Vec<String> = before
        .table(&insert.table)
        .present()
        .and_then(|found| found.primary_key())
        .map(|key| key.columns.clone())
        .filter(|key| key.iter().all(|column| columns.contains(column)))
        .unwrap_or_else(|| columns.clone());
    let rows = rows(spell, piece(&reading.text, insert.rows), columns.len())?;
    let statements = rows.iter().map(|row| {
        let said = columns.iter().zip(row).filter(|(column, _)| key.contains(column)).map(|(column, value)| {
            let null = value.eq_ignore_ascii_case("null");
            let equals = if null { "IS".to_owned() } else { "=".to_owned() };
            format!("{} {equals} {value}", spell.part(column))
        });
        format!("DELETE FROM {table} WHERE {};", said.collect::<Vec<_>>().join(" AND "))
    });
    Some(statements.collect::<Vec<_>>().join("\n"))
}

/// The values of each row, where all are plain.
fn rows(spell: &Spell, text: &str, columns: usize) -> Option<Vec<Vec<String>>> {
    let (mut rows, mut row, mut value) = (Vec::new(), Vec::new(), String::new());
    let mut depth = 0_u32;
    // What is read as further rows is read again by itself.
    let mut texts = vec![text];
    while let Some(text) = texts.pop() {
        for token in significant(text, spell.dialect) {
            let said = token.text(text);
            match token.kind {
                Kind::OpenParenthesis if depth == 0 => depth = 1,
                Kind::CloseParenthesis if depth == 1 => {
                    row.push(std::mem::take(&mut value));
                    if row.len() != columns || row.iter().any(String::is_empty) {
                        return None;
                    }
                    rows.push(std::mem::take(&mut row));
                    depth = 0;
                }
                Kind::Comma if depth == 1 => row.push(std::mem::take(&mut value)),
                Kind::String | Kind::Number | Kind::DollarString
                    if depth == 1 && value.trim_matches('-').is_empty() =>
                {
                    value.push_str(said);
                }
                Kind::Operator if depth == 1 && said == "-" && value.is_empty() => value.push('-'),
                Kind::Word if depth == 1 && value.is_empty() && token.is_any_word(text, &["NULL", "TRUE", "FALSE"]) => {
                    value.push_str(said);
                }
                Kind::Rows if depth == 0 && text.len() > said.len() => texts.push(said),
                _ if depth == 0 => {}
                _ => return None,
            }
            if rows.len() > MOST {
                return None;
            }
        }
    }
    (!rows.is_empty() && depth == 0).then_some(rows)
}
