//! What it takes to change the type of a column.

use super::character_set::{Encoding, encoding, keeps_bytes, longest, sorts_alike};
use crate::catalog::{Column, ColumnType, IdentityKind, Relation};
use crate::impact::server::Server;
use crate::sql::Dialect;

/// What it takes to change the type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeChange {
    /// Nothing.
    None,
    /// The longer type is stored in the same way.
    Longer,
    /// An `ENUM` or `SET` gets members at its end.
    Appended,
    /// Another collation, or a character set with the same bytes.
    Recollated,
    /// Each value is converted.
    Converted,
}

/// A column before and after a statement, with its table.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Column,
    pub(super) new: &'a Column,
    pub(super) old_table: &'a Relation,
    pub(super) new_table: &'a Relation,
    pub(super) server: Server,
}

impl Pair<'_> {
    /// What it takes to change the type. `None` if the type before is not known.
    pub(super) fn change(&self) -> Option<TypeChange> {
        let (old, new) = (self.old.data_type.as_ref()?, self.new.data_type.as_ref()?);
        let numbers = self.new.identity == Some(IdentityKind::AutoIncrement);
        let numbered = self.old.identity == Some(IdentityKind::AutoIncrement);
        if numbers && !numbered || numbered && !numbers && !self.is_maria() {
            return Some(TypeChange::Converted);
        }
        Some(match class(old) {
            _ if old.name != new.name => TypeChange::Converted,
            Class::Text => self.text(old, new),
            Class::Members => self.members(old, new),
            Class::Number if same_number(old, new) => TypeChange::None,
            Class::Other if parameters(old) == parameters(new) => TypeChange::None,
            _ => TypeChange::Converted,
        })
    }

    fn is_maria(&self) -> bool {
        self.server.dialect == Dialect::Mariadb
    }

    fn encodings(&self, data_type: &ColumnType) -> (Encoding, Encoding) {
        if data_type.name.ends_with("binary") || data_type.name.ends_with("blob") {
            let bytes = Encoding { set: "binary".to_owned(), collation: "binary".to_owned() };
            return (bytes.clone(), bytes);
        }
        (encoding(self.old, self.old_table, self.server), encoding(self.new, self.new_table, self.server))
    }

    fn text(&self, old: &ColumnType, new: &ColumnType) -> TypeChange {
        let (from, to) = self.encodings(old);
        let (before, after) = (length(old), length(new));
        let varies = old.name.starts_with("var");
        let (short, long) = (before * longest(&from.set), after * longest(&to.set));
        if after < before || !varies && after != before || long < short && varies {
            return TypeChange::Converted;
        }
        if varies && !self.same_storage(short, long) {
            return TypeChange::Converted;
        }
        if from == to {
            return if after > before { TypeChange::Longer } else { TypeChange::None };
        }
        if keeps_bytes(&from, &to, self.server) && self.recollates() {
            return TypeChange::Recollated;
        }
        TypeChange::Converted
    }

    /// Whether a `VARCHAR` of so many bytes is stored as one of so many: the length takes one byte up to 255, then two.
    /// MariaDB's `InnoDB` makes do with one byte for up to 127 whatever the type says, and always in the `REDUNDANT` format.
    fn same_storage(&self, short: u64, long: u64) -> bool {
        let free = self.is_maria() && self.server.is_at_least(10, 4, 3);
        let redundant = self.old_table.options.get("row_format").is_some_and(|format| format == "redundant");
        (short > 255) == (long > 255) || free && (short <= 127 || redundant)
    }

    /// Whether the server can give a column another collation without converting it.
    fn recollates(&self) -> bool {
        if self.is_maria() { self.server.is_at_least(10, 4, 3) } else { self.server.is_at_least(8, 0, 14) }
    }

    /// Whether an index stays sorted under the new collation.
    pub(super) fn stays_sorted(&self) -> bool {
        let Some(data_type) = &self.old.data_type else { return false };
        let (from, to) = self.encodings(data_type);
        self.is_maria() && sorts_alike(&from, &to)
    }

    fn members(&self, old: &ColumnType, new: &ColumnType) -> TypeChange {
        let (from, to) = self.encodings(old);
        let (before, after) = (old.arguments.len(), new.arguments.len());
        let is_set = old.name == "set";
        if !new.arguments.starts_with(&old.arguments) || bytes(is_set, before) != bytes(is_set, after) {
            return TypeChange::Converted;
        }
        match (from == to, after > before) {
            (true, false) => TypeChange::None,
            (true, true) => TypeChange::Appended,
            (false, _) if keeps_bytes(&from, &to, self.server) && self.recollates() => TypeChange::Recollated,
            (false, _) => TypeChange::Converted,
        }
    }
}

/// How types of a kind compare.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    Members,
    Number,
    Other,
}

fn class(data_type: &ColumnType) -> Class {
    match data_type.name.as_str() {
        "enum" | "set" => Class::Members,
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" => Class::Number,
        name if ["char", "text", "binary", "blob"].iter().any(|end| name.ends_with(end)) => Class::Text,
        _ => Class::Other,
    }
}

/// Whether two integer types differ in nothing but how wide they are shown.
fn same_number(old: &ColumnType, new: &ColumnType) -> bool {
    (&old.name, old.suffix) == (&new.name, new.suffix)
}

/// What is said of a type besides its name; no digits after the second are none.
fn parameters(data_type: &ColumnType) -> (Vec<&str>, Option<&'static str>) {
    let timed = matches!(data_type.name.as_str(), "datetime" | "timestamp" | "time");
    let arguments = data_type.arguments.iter().map(String::as_str).filter(|argument| !(timed && *argument == "0"));
    (arguments.collect(), data_type.suffix)
}

/// The length in characters; that of a text without one does not matter.
fn length(data_type: &ColumnType) -> u64 {
    let is_blob = data_type.name.ends_with("text") || data_type.name.ends_with("blob");
    let length = data_type.arguments.first().filter(|_| !is_blob).and_then(|length| length.parse::<u32>().ok());
    length.map_or(1, u64::from)
}

/// The bytes that a value of so many members takes.
fn bytes(is_set: bool, members: usize) -> usize {
    match members {
        0..=255 if !is_set => 1,
        _ if !is_set => 2,
        0..=8 => 1,
        9..=16 => 2,
        17..=24 => 3,
        25..=32 => 4,
        _ => 8,
    }
}
