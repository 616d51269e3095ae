//! The version of a migration: text → a value that compares as Flyway's `MigrationVersion` does.
//!
//! All rules here were observed on Flyway 13.0.0 (`version` and `naming` recordings).

use crate::text::Casing;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A version, or one of the markers that settings may hold in place of one.
#[derive(Debug, Clone)]
pub struct Version {
    value: Value,
    display: String,
    raw: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Value {
    /// Before every version: nothing has been applied.
    Empty,
    Current,
    Next,
    /// Parts without trailing zeros, the first part always kept.
    Number(Vec<Part>),
    Latest,
}

/// An integer of any size.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Part {
    negative: bool,
    /// ASCII digits without leading zeros; empty is zero.
    digits: String,
}

/// The text is no version: a part between two dots is not a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidVersion;

impl Version {
    /// The marker that compares below every version.
    #[must_use]
    pub fn empty() -> Self {
        Self { value: Value::Empty, display: "<< Empty Schema >>".into(), raw: String::new() }
    }

    /// Reads a version: `_` counts as `.`; `current`, `next` and `latest` (any case) are markers, and so is the
    /// largest signed 64-bit number, which means `latest`.
    pub fn parse(text: &str) -> Result<Self, InvalidVersion> {
        let marker = |value, display: &str| Ok(Self { value, display: display.into(), raw: display.into() });
        match text.lower().as_str() {
            "current" => return marker(Value::Current, "<< Current Version >>"),
            "next" => return marker(Value::Next, "<< Next Version >>"),
            "latest" | "9223372036854775807" => return marker(Value::Latest, "9223372036854775807"),
            _ => {}
        }
        let display = text.replace('_', ".");
        let mut parts = split(&display).map(Part::parse).collect::<Result<Vec<_>, _>>()?;
        while parts.len() > 1 && parts.last().is_some_and(|part| part.digits.is_empty()) {
            parts.pop();
        }
        Ok(Self { value: Value::Number(parts), display, raw: text.into() })
    }

    /// Compares as Flyway's `compareTo` does, which is no order once a script is named after a marker: `next` compares
    /// below everything, itself included, and `current` below the empty schema (measured, 13.0.0).
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let same = || if self.value == other.value { Ordering::Equal } else { Ordering::Less };
        match (&self.value, &other.value) {
            (Value::Empty | Value::Current, _) => same(),
            (Value::Latest, other) => {
                if *other == Value::Latest {
                    Ordering::Equal
                } else {
                    Ordering::Greater
                }
            }
            (_, Value::Empty | Value::Current) => Ordering::Greater,
            (_, Value::Latest | Value::Next) | (Value::Next, _) => Ordering::Less,
            (Value::Number(_), Value::Number(_)) => self.cmp(other),
        }
    }

    /// The text that is shown and stored: dots for underscores, zeros kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.display
    }

    /// The text as it was written.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Whether this is the `current` marker.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.value == Value::Current
    }

    /// Whether this is the `next` marker.
    #[must_use]
    pub fn is_next(&self) -> bool {
        self.value == Value::Next
    }

    /// Whether this is the `latest` marker.
    #[must_use]
    pub fn is_latest(&self) -> bool {
        self.value == Value::Latest
    }

    /// Whether this is the marker for an empty schema.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value == Value::Empty
    }

    /// The digits of the first part, and how many parts there are; `None` for markers.
    #[must_use]
    pub fn leading_digits(&self) -> Option<(&str, usize)> {
        match &self.value {
            Value::Number(parts) => parts.first().map(|part| (part.digits.as_str(), parts.len())),
            _ => None,
        }
    }

    /// A version above this one whose text is as alike as can be: the last number plus one, its width kept.
    #[must_use]
    pub fn successor(&self) -> Option<Self> {
        let start = self.display.rfind(|char: char| !char.is_ascii_digit()).map_or(0, |at| at + 1);
        let (head, last) = self.display.split_at(start);
        let mut digits = last.as_bytes().to_vec();
        let mut carry = !digits.is_empty();
        for digit in digits.iter_mut().rev() {
            if !carry {
                break;
            }
            carry = *digit == b'9';
            *digit = if carry { b'0' } else { *digit + 1 };
        }
        let mut text = head.to_owned();
        if carry {
            text.push('1');
        }
        text.extend(digits.into_iter().map(char::from));
        let next = Self::parse(&text).ok()?;
        (next > *self).then_some(next)
    }
}

/// Splits at each dot that an ASCII digit follows.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let current = rest?;
        let dot = current.as_bytes().windows(2).position(|pair| pair[0] == b'.' && pair[1].is_ascii_digit());
        match dot {
            Some(at) => {
                rest = Some(&current[at + 1..]);
                Some(&current[..at])
            }
            None => rest.take(),
        }
    })
}

impl Part {
    /// Reads what `java.math.BigInteger` reads: an optional sign, then decimal digits of any script.
    fn parse(text: &str) -> Result<Self, InvalidVersion> {
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        if digits.is_empty() {
            return Err(InvalidVersion);
        }
        let digits = digits.chars().map(decimal_digit).collect::<Option<String>>().ok_or(InvalidVersion)?;
        let digits = digits.trim_start_matches('0').to_owned();
        Ok(Self { negative: negative && !digits.is_empty(), digits })
    }
}

impl Part {
    /// Compares like the absolute value: digits have no leading zeros.
    fn magnitude(&self) -> (usize, &str) {
        (self.digits.len(), &self.digits)
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude().cmp(&other.magnitude()),
            (true, true) => other.magnitude().cmp(&self.magnitude()),
        }
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The zeros of the decimal digits outside ASCII in Unicode's basic plane, which Java's `Character.digit` accepts.
const ZEROS: [char; 36] = [
    '\u{0660}', '\u{06F0}', '\u{07C0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0B66}', '\u{0BE6}',
    '\u{0C66}', '\u{0CE6}', '\u{0D66}', '\u{0DE6}', '\u{0E50}', '\u{0ED0}', '\u{0F20}', '\u{1040}', '\u{1090}',
    '\u{17E0}', '\u{1810}', '\u{1946}', '\u{19D0}', '\u{1A80}', '\u{1A90}', '\u{1B50}', '\u{1BB0}', '\u{1C40}',
    '\u{1C50}', '\u{A620}', '\u{A8D0}', '\u{A900}', '\u{A9D0}', '\u{A9F0}', '\u{AA50}', '\u{ABF0}', '\u{FF10}',
];

fn decimal_digit(char: char) -> Option<char> {
    if char.is_ascii_digit() {
        return Some(char);
    }
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(char).checked_sub(u32::from(*zero)).filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
}

impl Ord for Version {
    /// Part by part as integers, missing parts count as zero; markers stand at the ends.
    fn cmp(&self, other: &Self) -> Ordering {
        let (Value::Number(left), Value::Number(right)) = (&self.value, &other.value) else {
            return self.value.cmp(&other.value);
        };
        let zero = Part { negative: false, digits: String::new() };
        (0..left.len().max(right.len()))
            .map(|at| left.get(at).unwrap_or(&zero).cmp(right.get(at).unwrap_or(&zero)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

impl std::hash::Hash for Version {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.display)
    }
}

/// A version of a server: `15`, `8.0.29`, `3.40.1`. SQL Server's is its year, Oracle's its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(pub u16, pub u16, pub u16);

impl Release {
    /// Reads `15`, `v8.0.29`, `19c`, `11.8.6-MariaDB`. `None` if it does not begin with a number, or one is too large.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['v', 'V']);
        let mut parts = text.split('.').map(|part| {
            let digits = part.len() - part.trim_start_matches(|char: char| char.is_ascii_digit()).len();
            part[..digits].parse::<u16>().ok()
        });
        let first = parts.next()??;
        let mut next = || parts.next().flatten().unwrap_or(0);
        Some(Self(first, next(), next()))
    }
}

impl FromStr for Release {
    type Err = &'static str;

    /// The version that a person gives. `Err` says what one looks like.
    fn from_str(text: &str) -> Result<Self, &'static str> {
        Self::parse(text).ok_or("a version begins with a number, such as `15`, `8.0.29` or `19c`")
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self(major, 0, 0) => write!(f, "{major}"),
            Self(major, minor, 0) => write!(f, "{major}.{minor}"),
            Self(major, minor, patch) => write!(f, "{major}.{minor}.{patch}"),
        }
    }
}

/// The edition of a server: SQL Server's and Oracle's decide what runs `ONLINE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServerEdition {
    /// Enterprise Edition, of SQL Server also Developer and Evaluation.
    Enterprise,
    /// Azure SQL.
    Azure,
    /// Standard Edition, of SQL Server also Web.
    Standard,
    /// Express Edition.
    Express,
}

impl ServerEdition {
    /// Every edition with its name, and further names that are understood.
    const NAMES: [(Self, &str, &[&str]); 4] = [
        (Self::Enterprise, "enterprise", &["developer", "evaluation"]),
        (Self::Azure, "azure", &[]),
        (Self::Standard, "standard", &["web"]),
        (Self::Express, "express", &[]),
    ];

    /// The names that are listed to people.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, name, _)| *name)
    }

    /// The edition of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        Self::NAMES.iter().find(|(_, own, others)| is(own) || others.iter().any(|other| is(other))).map(|known| known.0)
    }

    /// Its name as its vendor writes it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Enterprise => "Enterprise Edition",
            Self::Azure => "on Azure",
            Self::Standard => "Standard Edition",
            Self::Express => "Express Edition",
        }
    }

    /// Whether it builds indexes `ONLINE`, and adds a column with a default without writing it into each row (SQL Server,
    /// "Editions and supported features"; Oracle, "Database Licensing Information").
    #[must_use]
    pub fn runs_online(self) -> bool {
        matches!(self, Self::Enterprise | Self::Azure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_successor_keeps_width_and_separators() {
        for (text, next) in [("1", "2"), ("1.9", "1.10"), ("007", "008"), ("1_2", "1.3"), ("999", "1000"), ("-1", "")] {
            let successor = Version::parse(text).unwrap().successor();
            assert_eq!(successor.map(|version| version.to_string()).unwrap_or_default(), next, "after {text}");
        }
    }

    #[test]
    fn releases_are_read_as_people_write_them() {
        let read = |text| Release::parse(text).map(|version| version.to_string());
        assert_eq!(read("15").as_deref(), Some("15"));
        assert_eq!(read("11.8.6-MariaDB").as_deref(), Some("11.8.6"));
        assert_eq!(read("19c").as_deref(), Some("19"));
        assert_eq!(read("v3.40.1").as_deref(), Some("3.40.1"));
        assert_eq!(read("latest"), None);
        assert_eq!(read("99999999"), None);
    }
}
