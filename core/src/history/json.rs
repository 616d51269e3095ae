//! JSON: row objects in an array, in an object around one, alone, or one after the other.

use serde_json::value::RawValue;

use super::columns::{Column, Heading};
use super::error::{Complaint, Complaints, Outcome, shown};
use super::members::{Element, Member, cell, one, slices, span_in, values};
use super::record::{Gaps, Record};
use super::{Form, Snapshot, info, rows};

/// Types whose rows have no checksum: where every row is of such a type, `FOR JSON` leaves the column out.
const WITHOUT_CHECKSUM: [&str; 3] = ["BASELINE", "SCHEMA", "JDBC"];

/// Whether a text can only be JSON. A CSV header of SQL Server may start with a bracket too.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    match text.as_bytes() {
        [b'{', ..] => true,
        [b'[', ..] => {
            let name = text[1..].split(']').next().unwrap_or_default();
            Heading::of(name) == Heading::Unknown
        }
        _ => text.trim_end() == "null",
    }
}

/// Reads any of the JSON forms.
pub(super) fn read(text: &str) -> Outcome<Snapshot> {
    if text.trim_start().starts_with('[') {
        return array(text, text, Gaps::default());
    }
    let values = values(text)?;
    match values.as_slice() {
        [Element::Null] => Ok(Snapshot { form: Form::Absent, rows: None, gaps: Vec::new(), has_checksums: true }),
        [Element::Object(members)] => object(text, &values, members),
        _ => table(text, &values, Form::JsonLines, Gaps::default())
            .map_err(|complaints| placed(text, &slices(text), complaints)),
    }
}

/// An array of row objects; `json` is a slice of `text`.
fn array(text: &str, json: &str, gaps: Gaps) -> Outcome<Snapshot> {
    let elements: Vec<Element<'_>> = one(text, json)?;
    table(text, &elements, Form::JsonRows, gaps)
        .map_err(|complaints| placed(text, &one::<Vec<&RawValue>>(text, json).unwrap_or_default(), complaints))
}

/// A single object: a row, Flyway's own output, or something around an array of rows.
fn object(text: &str, values: &[Element<'_>], members: &[Member<'_>]) -> Outcome<Snapshot> {
    let member = |key: &str| members.iter().find(|member| member.key == key);
    if members.iter().any(|member| matches!(Heading::of(&member.key), Heading::Read(_))) {
        return table(text, values, Form::JsonRows, Gaps::default());
    }
    if let Some(results) = member("individualResults") {
        return info::read_results(text, results.value.get());
    }
    if let Some(migrations) = member("migrations") {
        return info::read(text, migrations.value.get());
    }
    let arrays = members.iter().filter(|member| member.value.get().starts_with('[')).collect::<Vec<_>>();
    let [rows] = arrays.as_slice() else {
        let message = match member("error") {
            Some(_) => "this is the error message of a Flyway command".to_owned(),
            None => format!("the object holds {} arrays, where one of row objects is expected", arrays.len()),
        };
        return Err(Complaint::new(message).into());
    };
    let mut gaps = Gaps::default();
    if members.len() > 1 {
        gaps.say(format!("Only the array under {} was read, not the keys beside it.", shown(&rows.key)));
    }
    array(text, rows.value.get(), gaps)
}

/// Row objects → the snapshot.
fn table(text: &str, elements: &[Element<'_>], form: Form, mut gaps: Gaps) -> Outcome<Snapshot> {
    let mut complaints = Complaints::default();
    let mut records = Vec::with_capacity(elements.len());
    for (number, element) in elements.iter().enumerate() {
        match element {
            Element::Object(members) => records.push(record(text, number, members, &mut gaps, &mut complaints)),
            Element::Null | Element::Other => complaints.push(Complaint::row(number, "is no object")),
        }
        if complaints.is_full() {
            break;
        }
    }
    complain_of_missing(&records, &mut complaints);
    rows::snapshot(form, &complaints.or(records)?, gaps)
}

fn record<'a>(
    text: &str,
    number: usize,
    members: &[Member<'a>],
    gaps: &mut Gaps,
    complaints: &mut Complaints,
) -> Record<'a> {
    let mut record = Record::default();
    for Member { key, value } in members {
        let span = span_in(text, value.get());
        match Heading::of(key) {
            Heading::Read(column) if record.has(column) => {
                complaints.push(Complaint::value(number, column, "stands twice").at(span));
            }
            Heading::Read(column) => record.set(column, cell(value), span),
            Heading::Ignored => {}
            Heading::Unknown => gaps.unknown_column(key),
        }
    }
    record
}

/// A column that no row has was not selected. `FOR JSON` leaves nulls out, so columns that may be null throughout are
/// not missed.
fn complain_of_missing(records: &[Record<'_>], complaints: &mut Complaints) {
    if records.is_empty() {
        return;
    }
    for column in Column::ALL {
        let may_be_null = match column {
            Column::Version => true,
            Column::Checksum => records.iter().all(has_no_checksum),
            _ => !column.is_required(),
        };
        if !may_be_null && !records.iter().any(|record| record.has(column)) {
            complaints.push(Complaint::missing(column));
        }
    }
}

fn has_no_checksum(record: &Record<'_>) -> bool {
    use super::record::Value::Text;
    matches!(&record.cell(Column::Type).value, Text(kind) if WITHOUT_CHECKSUM.contains(&kind.as_ref()))
}

/// Gives complaints about whole rows their places. Only a broken snapshot is read a second time for it.
fn placed(text: &str, rows: &[&RawValue], complaints: Vec<Complaint>) -> Vec<Complaint> {
    let place = |complaint: Complaint| match complaint.unplaced_row().and_then(|row| rows.get(row)) {
        Some(row) => complaint.at(span_in(text, row.get())),
        None => complaint,
    };
    complaints.into_iter().map(place).collect()
}
