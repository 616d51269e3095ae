//! How large tables are, where somebody says so: what that makes of findings about locks.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::catalog::ObjectName;
use crate::finding::{Finding, Severity};
use crate::impact::Work;
use crate::settings::TableSettings;

use super::statement::Statement;
use super::{Facts, Group, find};

/// How large one table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Size {
    /// Its rows.
    #[serde(default)]
    pub rows: u64,
    /// Its bytes on disk, without indexes.
    #[serde(default)]
    pub bytes: u64,
}

/// How large tables are, by their names with the schema: `{"public.orders": {"rows": 120000000, "bytes": 15000000000}}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Statistics(BTreeMap<String, Size>);

impl Statistics {
    /// Reads the JSON form. `Err` says what is wrong, with line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// What the settings say of tables, and what a file says, which wins. `None` where neither says anything.
    #[must_use]
    pub fn together(tables: &[TableSettings], file: Option<&Self>) -> Option<Self> {
        let known = tables.iter().filter(|table| table.rows.or(table.bytes).is_some());
        let said = |table: &TableSettings| Size {
            rows: table.rows.unwrap_or_default(),
            bytes: table.bytes.unwrap_or_default(),
        };
        let mut sizes: BTreeMap<String, Size> = known.map(|table| (table.name.clone(), said(table))).collect();
        sizes.extend(file.into_iter().flat_map(|file| file.0.clone()));
        (!sizes.is_empty()).then_some(Self(sizes))
    }

    fn of(&self, name: &ObjectName) -> Option<Size> {
        self.0.get(&name.to_string()).or_else(|| self.0.get(&*name.name)).copied()
    }
}

/// Below this many rows nobody notices the wait.
const FEW_ROWS: u64 = 10_000;
/// From this many bytes or rows on a rewrite or scan takes minutes.
const MANY_BYTES: u64 = 10_000_000_000;
const MANY_ROWS: u64 = 50_000_000;
/// What a server reads and writes in a second, for estimates: a rewrite writes the rows and builds the indexes anew.
const READ_BYTES: u64 = 200_000_000;
const REWRITE_BYTES: u64 = 50_000_000;
/// The bytes of a row where only rows are said.
const ROW_BYTES: u64 = 100;

/// Weighs findings about locks by the size of the tables that are read or rewritten.
pub(super) fn weigh(facts: &Facts<'_>, findings: &mut [Finding]) {
    let Some(statistics) = facts.statistics else { return };
    let statements: Vec<Statement<'_>> = facts.statements().collect();
    let about_locks = |finding: &Finding| find(finding.rule).is_some_and(|rule| rule.group == Group::Locks);
    for finding in findings.iter_mut().filter(|finding| about_locks(finding)) {
        let Some(span) = finding.primary.span else { continue };
        let own = statements
            .iter()
            .find(|statement| statement.path() == finding.primary.file && statement.request.span.contains(span));
        if let Some((name, size, work)) = own.and_then(|statement| largest(statement, statistics)) {
            weigh_one(finding, &name, size, work);
        }
    }
}

/// The largest table that a statement reads or rewrites whole, of those whose size is known.
fn largest(statement: &Statement<'_>, statistics: &Statistics) -> Option<(String, Size, Work)> {
    let heavy = statement.effects().filter(|effect| matches!(effect.work, Work::Rewrite | Work::Scan));
    let sized = heavy.filter_map(|effect| Some((effect, statistics.of(&effect.relation)?)));
    let rewrites = |work: Work| work == Work::Rewrite;
    let (effect, size) = sized.max_by_key(|(effect, size)| (rewrites(effect.work), size.bytes, size.rows))?;
    Some((statement.spelled(&effect.relation), size, effect.work))
}

fn weigh_one(finding: &mut Finding, name: &str, size: Size, work: Work) {
    let bytes = if size.bytes == 0 { size.rows.saturating_mul(ROW_BYTES) } else { size.bytes };
    if size.rows < FEW_ROWS && bytes < FEW_ROWS * ROW_BYTES {
        finding.severity = Severity::Info;
        return;
    }
    if bytes >= MANY_BYTES || size.rows >= MANY_ROWS {
        finding.severity = Severity::Error;
    }
    let rate = if work == Work::Rewrite { REWRITE_BYTES } else { READ_BYTES };
    let verb = if work == Work::Rewrite { "rewrite" } else { "read" };
    finding.message += &format!("; `{name}` takes about {} to {verb}", duration(bytes / rate));
}

/// A number of seconds as people say it.
fn duration(seconds: u64) -> String {
    match seconds {
        0..=1 => "a second".to_owned(),
        2..=119 => format!("{seconds} seconds"),
        120..=7_199 => format!("{} minutes", seconds / 60),
        _ => format!("{} hours", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Label;

    #[test]
    fn a_small_table_is_worth_knowing_and_a_large_one_an_error() {
        let weighed = |rows, bytes| {
            let mut finding = Finding::new("the table is rewritten", Label::file("a.sql"));
            finding.severity = Severity::Warning;
            weigh_one(&mut finding, "orders", Size { rows, bytes }, Work::Rewrite);
            (finding.severity, finding.message)
        };
        assert_eq!(weighed(50, 8_192).0, Severity::Info);
        assert_eq!(weighed(1_000_000, 0).1, "the table is rewritten; `orders` takes about 2 seconds to rewrite");
        let (severity, message) = weighed(120_000_000, 15_000_000_000);
        assert_eq!(severity, Severity::Error);
        assert!(message.ends_with("about 5 minutes to rewrite"), "{message}");
    }

    #[test]
    fn a_broken_file_says_where() {
        let error = Statistics::parse("{\n  \"orders\": {\"rows\": \"many\"}\n}").unwrap_err();
        assert!(error.contains("line 2"), "{error}");
    }
}
