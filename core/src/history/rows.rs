//! Cells of text → typed rows, with a located complaint for each value that does not fit.
//!
//! Types of the columns: section 3.2 of the history table (`INTEGER`, `VARCHAR`, `BOOLEAN` and what stands for it).

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::columns::Column;
use super::error::{Complaint, Complaints, Outcome, shown};
use super::record::{Cell, Gaps, Record, Value};
use super::{Form, Row, Snapshot};

/// How many ranks are named that occur more than once.
const NAMED: usize = 5;

/// The snapshot of records that carry everything the table has.
pub(super) fn snapshot(form: Form, records: &[Record<'_>], mut gaps: Gaps) -> Outcome<Snapshot> {
    let mut complaints = Complaints::default();
    let mut rows = Vec::with_capacity(records.len());
    for (number, record) in records.iter().enumerate() {
        rows.extend(Reader { record, number, complaints: &mut complaints }.row());
        if complaints.is_full() {
            break;
        }
    }
    let rows = in_rank_order(complaints.or(rows)?);
    say_repeated_ranks(&rows, &mut gaps);
    Ok(Snapshot { form, rows: Some(rows), gaps: gaps.into_sentences(), has_checksums: true })
}

/// As Flyway selects them: ascending, without negative ranks (the marker row on H2 has -1).
fn in_rank_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.retain(|row| row.installed_rank >= 0);
    rows.sort_by_key(|row| row.installed_rank);
    rows
}

fn say_repeated_ranks(rows: &[Row], gaps: &mut Gaps) {
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let repeated = pairs.filter(|(row, next)| row.installed_rank == next.installed_rank);
    let ranks = repeated.map(|(row, _)| row.installed_rank).collect::<BTreeSet<_>>();
    if ranks.is_empty() {
        return;
    }
    let named = ranks.iter().take(NAMED).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let rest = if ranks.len() > NAMED { " and others" } else { "" };
    gaps.say(format!("More than one row has the rank {named}{rest}; such rows are kept in the order of the file."));
}

/// A value, or the mark that a complaint about it was made.
type Told<T> = Result<T, Complained>;

struct Complained;

/// Reads the cells of one record.
struct Reader<'r, 'a> {
    record: &'r Record<'a>,
    number: usize,
    complaints: &'r mut Complaints,
}

impl<'r> Reader<'r, '_> {
    /// The row. Every column is read, so that all complaints of a row come together.
    fn row(mut self) -> Told<Row> {
        let installed_rank = self.required(Column::InstalledRank, Self::whole);
        let version = self.nullable(Column::Version);
        let description = self.description();
        let kind = self.required(Column::Type, Self::text);
        let script = self.required(Column::Script, Self::text);
        let checksum = self.optional(Column::Checksum, Self::checksum);
        let installed_on = self.nullable(Column::InstalledOn);
        let execution_time = self.optional(Column::ExecutionTime, Self::whole);
        let success = self.required(Column::Success, Self::truth);
        Ok(Row {
            installed_rank: installed_rank?,
            version: version?,
            description: description?,
            kind: kind?,
            script: script?,
            checksum: checksum?,
            installed_on: installed_on?,
            execution_time: execution_time?,
            success: success?,
        })
    }

    /// A value that must be there.
    fn required<T>(&mut self, column: Column, convert: impl Fn(&mut Self, Column, &'r str) -> Told<T>) -> Told<T> {
        match &self.record.cell(column).value {
            Value::Absent => self.complain(column, "is missing in this row"),
            Value::Null => self.complain(column, "is null"),
            Value::Expression(text) => self.complain_expression(column, text),
            Value::Text(text) | Value::Loose(text) => convert(self, column, text),
        }
    }

    /// A value that may be null.
    fn optional<T>(
        &mut self,
        column: Column,
        convert: impl Fn(&mut Self, Column, &'r str) -> Told<T>,
    ) -> Told<Option<T>> {
        match &self.record.cell(column).value {
            Value::Absent | Value::Null => Ok(None),
            Value::Loose(text) if means_null(text) => Ok(None),
            Value::Expression(text) => self.complain_expression(column, text),
            Value::Text(text) | Value::Loose(text) => convert(self, column, text).map(Some),
        }
    }

    /// Text that may be null. An expression is as good a date as any: no verdict depends on it.
    fn nullable(&mut self, column: Column) -> Told<Option<String>> {
        match &self.record.cell(column).value {
            Value::Expression(text) if column == Column::InstalledOn => Ok(Some((*text).to_owned())),
            _ => self.optional(column, Self::text),
        }
    }

    /// Null and empty are one: SQL Server allows null here, and `FOR JSON` leaves nulls out.
    fn description(&mut self) -> Told<String> {
        match &self.record.cell(Column::Description).value {
            Value::Absent | Value::Null => Ok(String::new()),
            Value::Loose(text) if is_null_mark(text) => Ok(String::new()),
            _ => self.required(Column::Description, Self::text),
        }
    }

    // The converters share one shape, so that `required` and `optional` can take any of them.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    fn text(&mut self, _: Column, text: &'r str) -> Told<String> {
        Ok(text.to_owned())
    }

    fn whole(&mut self, column: Column, text: &'r str) -> Told<i64> {
        match whole_number(text) {
            Some(number) => Ok(number),
            None => self.complain(column, format!("{} is no whole number", self.quoted(text))),
        }
    }

    /// Some tools export the 32 bits without their sign.
    fn checksum(&mut self, column: Column, text: &'r str) -> Told<i32> {
        let number = self.whole(column, text)?;
        match i32::try_from(number).or_else(|_| u32::try_from(number).map(u32::cast_signed)) {
            Ok(checksum) => Ok(checksum),
            Err(_) => self.complain(column, format!("{} does not fit into 32 bits", self.quoted(text))),
        }
    }

    fn truth(&mut self, column: Column, text: &'r str) -> Told<bool> {
        match truth_value(text) {
            Some(truth) => Ok(truth),
            None => self.complain(column, format!("{} is neither true nor false", self.quoted(text))),
        }
    }

    /// The value as a message repeats it, unless it could be somebody's name.
    fn quoted(&self, text: &str) -> String {
        let name = self.record.names_somebody && text.chars().any(char::is_alphabetic);
        if name { "this".to_owned() } else { shown(text) }
    }

    fn complain_expression<T>(&mut self, column: Column, text: &str) -> Told<T> {
        self.complain(column, format!("{} is not a plain value", self.quoted(text)))
    }

    fn complain<T>(&mut self, column: Column, message: impl AsRef<str>) -> Told<T> {
        let Cell { span, .. } = self.record.cell(column);
        let complaint = Complaint::value(self.number, column, message);
        self.complaints.push(match span.or(self.record.span) {
            Some(span) => complaint.at(span),
            None => complaint,
        });
        Err(Complained)
    }
}

/// A whole number, also with a fraction of zeros, as spreadsheets and data frames write it.
fn whole_number(text: &str) -> Option<i64> {
    let text = text.trim();
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    whole.parse().ok()
}

/// The truth values of all databases and clients; a lone control character is a bit of MySQL.
fn truth_value(text: &str) -> Option<bool> {
    let folded = match text {
        "\u{0}" => return Some(false),
        "\u{1}" => return Some(true),
        _ => Cow::<str>::Owned(text.trim().to_ascii_lowercase()),
    };
    match folded.as_ref() {
        "t" | "true" | "1" | "y" | "yes" => Some(true),
        "f" | "false" | "0" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// What clients print for null, and the empty text.
fn means_null(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.eq_ignore_ascii_case("null") || is_null_mark(text)
}

/// What clients print for null that nobody would write as a description.
fn is_null_mark(text: &str) -> bool {
    let text = text.trim();
    ["[null]", "<null>", "(null)", r"\n"].iter().any(|mark| mark.eq_ignore_ascii_case(text))
}
