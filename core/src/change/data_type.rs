//! The type of a column: name, parameters, arrays, time zone.

use super::name::{Identifier, Name};
use super::reader::Reader;
use crate::sql::{Dialect, Kind};
use crate::text::Span;

/// What a type of date and time says about the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeZone {
    /// `WITH TIME ZONE`.
    With,
    /// `WITHOUT TIME ZONE`.
    Without,
    /// `WITH LOCAL TIME ZONE`.
    Local,
}

/// The type of a column as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DataType {
    /// Its name; several words are one part in lower case: `double precision`.
    pub name: Name,
    /// Length, precision, scale, the values of an `ENUM`: as written.
    pub arguments: Vec<String>,
    /// How many dimensions of an array it has.
    pub dimensions: u8,
    /// What it says about the time zone, where it says it with words.
    pub time_zone: Option<TimeZone>,
    /// MySQL's `UNSIGNED`.
    pub unsigned: bool,
    /// MySQL's `CHARACTER SET`.
    pub character_set: Option<Identifier>,
    /// Where it stands.
    pub span: Span,
}

/// Words that go on with a type after its first one.
const FURTHER: [&str; 17] = [
    "VARYING",
    "PRECISION",
    "LARGE",
    "OBJECT",
    "RAW",
    "SIGNED",
    "ZEROFILL",
    "YEAR",
    "MONTH",
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "TO",
    "BIG",
    "ASCII",
    "UNICODE",
];

/// Words that go on with a type only after one of some words.
const AFTER: [(&str, &[&str]); 6] = [
    ("CHARACTER", &["NATIONAL", "VARYING", "NATIVE"]),
    ("CHAR", &["NATIONAL"]),
    ("VARCHAR", &["NATIONAL", "LONG"]),
    ("VARBINARY", &["LONG"]),
    ("INT", &["BIG"]),
    ("TEXT", &["LONG"]),
];

/// Words that end a type where a type may be any words, as in SQLite.
const ENDS: [&str; 15] = [
    "CONSTRAINT",
    "PRIMARY",
    "NOT",
    "NULL",
    "UNIQUE",
    "CHECK",
    "DEFAULT",
    "COLLATE",
    "REFERENCES",
    "GENERATED",
    "AS",
    "AUTOINCREMENT",
    "AUTO_INCREMENT",
    "ON",
    "USING",
];

/// How many words the name of a type has at most.
const LONGEST: usize = 12;

/// Reads a type.
pub(super) fn read(r: &mut Reader<'_>) -> Option<DataType> {
    if !r.is_identifier() || r.is_any(&ENDS) {
        return None;
    }
    let mark = r.mark();
    r.word("SETOF");
    let mut name = r.name()?;
    let mut data_type = DataType {
        name: name.clone(),
        arguments: Vec::new(),
        dimensions: 0,
        time_zone: None,
        unsigned: false,
        character_set: None,
        span: name.span,
    };
    let mut words = 1;
    loop {
        if words < LONGEST
            && let Some(word) = further_word(r)
        {
            let part = name.parts.last_mut().filter(|part| !part.quoted);
            if let Some(part) = part.filter(|_| !matches!(word, "ZEROFILL" | "SIGNED")) {
                part.text = format!("{} {word}", part.text).to_ascii_lowercase();
            }
            words += 1;
        } else if !modifier(r, &mut data_type) {
            break;
        }
    }
    if words > 1 {
        name.span = r.span_from(mark);
    }
    data_type.name = name;
    data_type.span = r.span_from(mark);
    Some(data_type)
}

fn further_word<'a>(r: &mut Reader<'a>) -> Option<&'a str> {
    let token = r.peek().filter(|token| token.kind == Kind::Word)?;
    let before = r.previous()?;
    let is_free = r.dialect() == Dialect::Sqlite && !token.is_any_word(r.text, &ENDS);
    let follows =
        |(word, before_it): &(&str, &[&str])| token.is_word(r.text, word) && before.is_any_word(r.text, before_it);
    let is_set = token.is_word(r.text, "CHARACTER") && r.nth_is(1, "SET");
    if is_set || !(is_free || token.is_any_word(r.text, &FURTHER) || AFTER.iter().any(follows)) {
        return None;
    }
    if token.is_word(r.text, "TO")
        && !before.is_any_word(r.text, &["YEAR", "DAY", "HOUR", "MINUTE", "MONTH"])
        && before.kind != Kind::CloseParenthesis
    {
        return None;
    }
    r.next();
    Some(r.text_of(token))
}

/// Parameters, brackets, time zones, signs and character sets.
fn modifier(r: &mut Reader<'_>, data_type: &mut DataType) -> bool {
    if r.is_kind(Kind::OpenParenthesis) {
        let arguments = r.inside(|inner| inner.list(|item| Some(argument(item)))).unwrap_or_default();
        if data_type.arguments.is_empty() {
            data_type.arguments = arguments;
        }
        return true;
    }
    if r.word("UNSIGNED") {
        data_type.unsigned = true;
        return true;
    }
    if r.is_operator("[") || r.is_operator("[]") {
        if !r.operator("[]") {
            r.next();
            r.kind(Kind::Number);
            r.operator("]");
        }
        data_type.dimensions = data_type.dimensions.saturating_add(1);
        return true;
    }
    if r.is("ARRAY") {
        r.next();
        data_type.dimensions = data_type.dimensions.max(1);
        if r.is_operator("[") {
            r.until(|_, token| token.kind == Kind::Comma);
        }
        return true;
    }
    if r.is_operator("%") && r.nth_is_any(1, &["TYPE", "ROWTYPE"]) {
        r.next();
        r.next();
        return true;
    }
    if r.words(&["CHARACTER", "SET"]) || r.words(&["CHAR", "SET"]) || r.word("CHARSET") {
        r.operator("=");
        data_type.character_set = r.identifier();
        return true;
    }
    if r.is_mysql() && r.is("BINARY") {
        r.next();
        return true;
    }
    time_zone(r, data_type)
}

fn argument(r: &mut Reader<'_>) -> String {
    let mark = r.finish();
    r.slice(mark, r.last_mark()).to_owned()
}

fn time_zone(r: &mut Reader<'_>, data_type: &mut DataType) -> bool {
    let zones: [(&[&str], TimeZone); 3] = [
        (&["WITH", "TIME", "ZONE"], TimeZone::With),
        (&["WITHOUT", "TIME", "ZONE"], TimeZone::Without),
        (&["WITH", "LOCAL", "TIME", "ZONE"], TimeZone::Local),
    ];
    let found = zones.iter().find(|(words, _)| r.words(words));
    if let Some((_, zone)) = found {
        data_type.time_zone = Some(*zone);
    }
    found.is_some()
}
