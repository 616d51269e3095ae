//! The columns of the schema history table, and their names in exports.
//!
//! Columns and their order: `JdbcTableSchemaHistory` and the `CREATE TABLE` scripts of Flyway 4.2, 5.2 and 13.0. Flyway
//! up to 3.x had `version_rank` in front.

use super::error::{Complaint, Complaints, shown};
use super::record::Gaps;
use crate::text::Span;

/// A column that is read. The order is that of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    InstalledRank,
    Version,
    Description,
    Type,
    Script,
    Checksum,
    InstalledOn,
    ExecutionTime,
    Success,
}

/// How many columns are read.
pub(super) const COLUMNS: usize = 9;

impl Column {
    /// All columns in the order of the table.
    pub(super) const ALL: [Self; COLUMNS] = [
        Self::InstalledRank,
        Self::Version,
        Self::Description,
        Self::Type,
        Self::Script,
        Self::Checksum,
        Self::InstalledOn,
        Self::ExecutionTime,
        Self::Success,
    ];

    /// The name as Flyway creates it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::InstalledRank => "installed_rank",
            Self::Version => "version",
            Self::Description => "description",
            Self::Type => "type",
            Self::Script => "script",
            Self::Checksum => "checksum",
            Self::InstalledOn => "installed_on",
            Self::ExecutionTime => "execution_time",
            Self::Success => "success",
        }
    }

    /// Whether no verdict can do without it. When a script ran, and for how long, decides nothing.
    pub(super) fn is_required(self) -> bool {
        !matches!(self, Self::InstalledOn | Self::ExecutionTime)
    }
}

/// What a column's name in an export means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// A column that is read.
    Read(Column),
    /// A column of Flyway that is not needed: people's names, and the rank that 3.x recomputed.
    Ignored,
    /// No column of Flyway.
    Unknown,
}

/// The table's columns up to Flyway 3.x, for `INSERT` statements that name none.
const OLD_ORDER: [Heading; 11] = [
    Heading::Ignored,
    Heading::Read(Column::InstalledRank),
    Heading::Read(Column::Version),
    Heading::Read(Column::Description),
    Heading::Read(Column::Type),
    Heading::Read(Column::Script),
    Heading::Read(Column::Checksum),
    Heading::Ignored,
    Heading::Read(Column::InstalledOn),
    Heading::Read(Column::ExecutionTime),
    Heading::Read(Column::Success),
];

impl Heading {
    /// The meaning of a name in any case, with or without the quotes of any database.
    pub(super) fn of(name: &str) -> Self {
        // The common case first: this runs for every key of every JSON row.
        if let Some(column) = Column::ALL.into_iter().find(|column| column.name() == name) {
            return Self::Read(column);
        }
        let name = unquoted(name);
        if let Some(column) = Column::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(name)) {
            return Self::Read(column);
        }
        let ignored = ["installed_by", "version_rank"].iter().any(|ignored| ignored.eq_ignore_ascii_case(name));
        if ignored { Self::Ignored } else { Self::Unknown }
    }

    /// The columns of a table whose values come without names, by their number.
    pub(super) fn in_table_order(count: usize) -> Option<&'static [Self]> {
        match count {
            11 => Some(&OLD_ORDER),
            10 => Some(&OLD_ORDER[1..]),
            _ => None,
        }
    }
}

/// A name without blanks and quotes around it.
pub(super) fn unquoted(name: &str) -> &str {
    let name = name.trim();
    let quotes = [('"', '"'), ('[', ']'), ('`', '`'), ('\'', '\'')];
    let inner = quotes.iter().find_map(|(open, close)| name.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(name)
}

/// The meanings of a header's names: each column once, none of the required ones missing.
pub(super) fn header<'a>(
    names: impl Iterator<Item = (&'a str, Span)>,
    gaps: &mut Gaps,
    complaints: &mut Complaints,
) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut seen = [false; COLUMNS];
    for (name, span) in names {
        let heading = Heading::of(name);
        match heading {
            Heading::Unknown => gaps.unknown_column(name),
            Heading::Read(column) if std::mem::replace(&mut seen[column as usize], true) => {
                let message = format!("the column {} stands twice", shown(column.name()));
                complaints.push(Complaint::new(message).at(span));
            }
            Heading::Read(_) | Heading::Ignored => {}
        }
        headings.push(heading);
    }
    for column in Column::ALL {
        if column.is_required() && !seen[column as usize] {
            complaints.push(Complaint::missing(column));
        }
    }
    headings
}

/// How many of the names are columns of Flyway.
pub(super) fn known<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.filter(|name| Heading::of(name) != Heading::Unknown).count()
}
