//! What a version's digits say about time: a point in time that sorts, one that does not, or a plain number.

use std::collections::BTreeSet;

use crate::settings::Date;
use crate::version::Version;

/// Forms in which a later time is a higher number.
const SORTABLE: [&str; 6] = ["YYYYMMDD", "YYYYMMDDhh", "YYYYMMDDhhmm", "YYYYMMDDhhmmss", "YYMMDDhhmm", "YYMMDDhhmmss"];

/// Forms in which it is not, because the year does not come first.
const UNSORTABLE: [&str; 10] = [
    "MMDDYYYY",
    "DDMMYYYY",
    "MMDDYYhhmm",
    "DDMMYYhhmm",
    "MMDDYYYYhhmm",
    "DDMMYYYYhhmm",
    "MMDDYYhhmmss",
    "DDMMYYhhmmss",
    "MMDDYYYYhhmmss",
    "DDMMYYYYhhmmss",
];

/// A point in time: year, month, day, hour, minute, second.
pub(super) type Time = [u16; 6];

/// Whether the first part of a version is a time in a form that sorts.
pub(super) fn is_timestamp(version: &Version) -> bool {
    let first = version.as_str().split('.').next().unwrap_or_default();
    is_sortable(first) || first.len() > 14 && first.get(..14).is_some_and(is_sortable)
}

/// Whether a version starts with as many digits as a date has: nobody counts that far.
pub(super) fn is_long(version: &Version) -> bool {
    version.leading_digits().is_some_and(|(digits, _)| digits.len() >= 7)
}

/// The version after the highest one of a set that is written like this one, and above what was applied.
pub(super) fn free_after(like: &Version, versions: &BTreeSet<Version>, applied: Option<&Version>) -> Option<Version> {
    let highest = versions.iter().rev().find(|version| is_long(version) == is_long(like));
    let highest = highest.or_else(|| versions.last())?;
    let plain = !like.as_str().contains('.') && highest.as_str().contains('.');
    let next = if plain { following(&Version::parse(highest.leading_digits()?.0).ok()?)? } else { following(highest)? };
    let late = applied.is_some_and(|applied| next < *applied);
    if late || versions.contains(&next) { following(versions.last()?) } else { Some(next) }
}

/// The next version: of a time the next one that there is, of all others the next number.
fn following(version: &Version) -> Option<Version> {
    let next = next_time(version.as_str()).and_then(|text| Version::parse(&text).ok());
    next.or_else(|| version.successor())
}

/// The time after one, in the same form.
fn next_time(digits: &str) -> Option<String> {
    let form = SORTABLE.into_iter().find(|form| read(form, digits).is_some())?;
    let [mut year, mut month, mut day, hour, minute, second] = read(form, digits)?;
    // From the smallest field that the form has, each with how many of it there are.
    let fields = [("ss", second, 60), ("mm", minute, 60), ("hh", hour, 24)];
    let mut written = Vec::new();
    let mut carry = true;
    for (letters, value, of) in fields.into_iter().filter(|(letters, ..)| form.contains(letters)) {
        let value = value + u16::from(carry);
        carry = value == of;
        written.push((letters, value % of));
    }
    if carry {
        day += 1;
        if Date::parse(&format!("{year:04}-{month:02}-{day:02}")).is_none() {
            (day, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    let mut text = form.replace("YYYY", &format!("{year:04}")).replace("YY", &format!("{:02}", year % 100));
    text = text.replace("MM", &format!("{month:02}")).replace("DD", &format!("{day:02}"));
    for (letters, value) in written {
        text = text.replace(letters, &format!("{value:02}"));
    }
    Some(text)
}

/// Whether digits are a time in a form that sorts.
pub(super) fn is_sortable(digits: &str) -> bool {
    SORTABLE.iter().any(|form| read(form, digits).is_some())
}

/// The first form that all digits have and that does not sort, with the times.
pub(super) fn unsortable(all: &[&str]) -> Option<(&'static str, Vec<Time>)> {
    UNSORTABLE.into_iter().find_map(|form| {
        let times = all.iter().map(|digits| read(form, digits)).collect::<Option<Vec<_>>>()?;
        Some((form, times))
    })
}

/// A time in the form `YYYYMMDDhhmm`, or with seconds where there are any.
pub(super) fn sortable(time: &Time) -> String {
    let [year, month, day, hour, minute, second] = time;
    let seconds = if *second == 0 { String::new() } else { format!("{second:02}") };
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{seconds}")
}

/// Reads digits in a form; `None` where they do not fit it or name no likely time.
fn read(form: &str, digits: &str) -> Option<Time> {
    if form.len() != digits.len() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let field = |letters: &str| {
        let start = form.find(letters)?;
        digits[start..start + letters.len()].parse::<u16>().ok()
    };
    let year = field("YYYY").or_else(|| Some(2000 + field("YY")?))?;
    let (month, day) = (field("MM")?, field("DD")?);
    let [hour, minute, second] = ["hh", "mm", "ss"].map(|letters| field(letters).unwrap_or(0));
    let likely = (2005..=2060).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    likely.then_some([year, month, day, hour, minute, second])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_numbers() {
        let timestamp = |text: &str| is_timestamp(&Version::parse(text).unwrap());
        for text in ["20240611093000", "20240611", "2024061109", "2401151230", "20240611093000123", "20240611.1"] {
            assert!(timestamp(text), "{text}");
        }
        for text in ["1", "2024", "2024.06.11", "002_20240102030405", "20241311", "1234567890", "100000"] {
            assert!(!timestamp(text), "{text}");
        }
        assert_eq!(unsortable(&["1105231400", "0219240930"]).unwrap().0, "MMDDYYhhmm");
        assert_eq!(unsortable(&["31122023", "01022024"]).unwrap().0, "DDMMYYYY");
        assert_eq!(unsortable(&["2024010101", "2024010102"]), None);
    }

    #[test]
    fn the_next_version_is_a_time_where_the_last_was_one() {
        let next = |text: &str| following(&Version::parse(text).unwrap()).unwrap().to_string();
        for (version, after) in [
            ("20240630", "20240701"),
            ("20241231235959", "20250101000000"),
            ("202402282359", "202402290000"),
            ("2024061123", "2024061200"),
            ("2412312359", "2501010000"),
            ("007", "008"),
            ("1.9", "1.10"),
            ("99", "100"),
        ] {
            assert_eq!(next(version), after);
        }
    }
}
