//! A day: ignores may end on one. The core has no clock, so a face says which day it is.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2027-01-31`. `None` where there is no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            if plain { part.parse::<u16>().ok() } else { None }
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let date = Self { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        let real = (1..=12).contains(&month) && (1..=days_in(year, date.month)).contains(&date.day);
        (real && parts.next().is_none()).then_some(date)
    }

    /// The day that begins so many days after 1970-01-01, up to the year 9999.
    #[must_use]
    pub fn from_days(days: u32) -> Self {
        let (mut date, mut left) = (Self { year: 1970, month: 1, day: 1 }, days);
        let length = |year| if is_leap(year) { 366 } else { 365 };
        while left >= length(date.year) && date.year < 9999 {
            left -= length(date.year);
            date.year += 1;
        }
        while left >= u32::from(days_in(date.year, date.month)) && date.month < 12 {
            left -= u32::from(days_in(date.year, date.month));
            date.month += 1;
        }
        date.day = u8::try_from(left + 1).map_or(31, |day| day.min(31));
        date
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for (days, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_454, "2026-01-01"),
            (20_818, "2026-12-31"),
        ] {
            assert_eq!(Date::from_days(days).to_string(), date);
            assert_eq!(Date::parse(date), Some(Date::from_days(days)));
        }
        assert_eq!(Date::from_days(u32::MAX).to_string(), "9999-12-31");
    }

    #[test]
    fn only_days_that_exist_are_read() {
        for text in ["2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "+027-01-01", "2027-01-01-", "", "tomorrow"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2026-12-31") < Date::parse("2027-01-01"));
    }
}
