//! JSON: row objects in an array, in an object around one, alone, or one after the other.

use serde_json::value::RawValue;

use super::columns::{Column, Heading};
use super::error::{Complaint, Complaints, Outcome, shown};
use super::members::{Element, Member, cell, each, one, slices, span_in, values};
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
        [Element::Object(members)] if !is_row(members) => wrapped(text, members),
        _ => {
            let form = if values.len() == 1 { Form::JsonRows } else { Form::JsonLines };
            let mut table = Table::new(text, Gaps::default());
            for value in values {
                table.add(value);
            }
            table.snapshot(form).map_err(|complaints| placed(text, &slices(text), complaints))
        }
    }
}

fn is_row(members: &[Member<'_>]) -> bool {
    members.iter().any(|member| matches!(Heading::of(&member.key), Heading::Read(_)))
}

/// An array of row objects; `json` is a slice of `text`.
fn array<'a>(text: &'a str, json: &'a str, gaps: Gaps) -> Outcome<Snapshot> {
    let mut table = Table::new(text, gaps);
    each(text, json, |element| table.add(element))?;
    table
        .snapshot(Form::JsonRows)
        .map_err(|complaints| placed(text, &one::<Vec<&RawValue>>(text, json).unwrap_or_default(), complaints))
}

/// A single object that is no row: Flyway's own output, or something around an array of rows.
fn wrapped<'a>(text: &'a str, members: &[Member<'a>]) -> Outcome<Snapshot> {
    let member = |key: &str| members.iter().find(|member| member.key == key);
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

/// Row objects on their way to the snapshot.
struct Table<'a> {
    text: &'a str,
    records: Vec<Record<'a>>,
    gaps: Gaps,
    complaints: Complaints,
}

impl<'a> Table<'a> {
    fn new(text: &'a str, gaps: Gaps) -> Self {
        Self { text, records: Vec::new(), gaps, complaints: Complaints::default() }
    }

    /// Adds a row. After enough complaints the rest is only read over.
    fn add(&mut self, element: Element<'a>) {
        if self.complaints.is_full() {
            return;
        }
        let number = self.records.len();
        let mut record = Record::default();
        match element {
            Element::Object(members) => self.fill(&mut record, number, members),
            Element::Null | Element::Other => self.complaints.push(Complaint::row(number, "is no object")),
        }
        self.records.push(record);
    }

    fn fill(&mut self, record: &mut Record<'a>, number: usize, members: Vec<Member<'a>>) {
        for Member { key, value } in members {
            let span = span_in(self.text, value.get());
            match Heading::of(&key) {
                Heading::Read(column) if record.has(column) => {
                    self.complaints.push(Complaint::value(number, column, "stands twice").at(span));
                }
                Heading::Read(column) => record.set(column, cell(value), span),
                Heading::Ignored => {}
                Heading::Unknown => self.gaps.unknown_column(&key),
            }
        }
    }

    fn snapshot(mut self, form: Form) -> Outcome<Snapshot> {
        complain_of_missing(&self.records, &mut self.complaints);
        rows::snapshot(form, &self.complaints.or(self.records)?, self.gaps)
    }
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
