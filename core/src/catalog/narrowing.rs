//! What values lose, or why they do not fit, when the type of their column changes.

use super::data_type::ColumnType;

/// What a type does not hold that another one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Narrowing {
    /// Numbers beyond its range.
    Range,
    /// Negative numbers.
    Sign,
    /// Longer texts.
    Length,
    /// Digits after the point.
    Fraction,
    /// The time of day.
    Time,
    /// Values that it does not list.
    Values,
}

/// Whole numbers, the smaller before the larger.
const INTEGERS: [&[&str]; 5] = [&["tinyint"], &["smallint"], &["mediumint"], &["integer", "int"], &["bigint"]];
const TEXTS: [&str; 11] = [
    "character varying",
    "varchar",
    "varchar2",
    "nvarchar",
    "nvarchar2",
    "character",
    "char",
    "nchar",
    "varbinary",
    "binary",
    "raw",
];
const DECIMALS: [&str; 3] = ["numeric", "decimal", "number"];
const FLOATS: [&str; 5] = ["double precision", "double", "real", "float", "money"];
const MOMENTS: [&str; 5] = ["timestamp", "datetime", "datetime2", "smalldatetime", "datetimeoffset"];

impl ColumnType {
    /// What `to` does not hold of what it holds; `None` where all fits, or the two cannot be compared.
    #[must_use]
    pub fn narrows(&self, to: &Self) -> Option<Narrowing> {
        if self.array != to.array || self.schema.is_some() || to.schema.is_some() {
            return None;
        }
        let found = self.number(to).or_else(|| self.text(to)).or_else(|| self.moment(to));
        found.or_else(|| {
            let listed = self.name == to.name && matches!(self.name.as_str(), "enum" | "set");
            let lacks = self.arguments.iter().any(|value| !to.arguments.contains(value));
            (listed && lacks).then_some(Narrowing::Values)
        })
    }

    fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }

    fn integer(&self) -> Option<usize> {
        INTEGERS.iter().position(|names| self.is(names))
    }

    fn number(&self, to: &Self) -> Option<Narrowing> {
        match (self.integer(), to.integer()) {
            (Some(from), Some(into)) if into < from => return Some(Narrowing::Range),
            (Some(_), Some(_)) if self.suffix.is_none() && to.suffix == Some("unsigned") => {
                return Some(Narrowing::Sign);
            }
            (Some(from), Some(into)) if from == into && self.suffix == Some("unsigned") && to.suffix.is_none() => {
                return Some(Narrowing::Range);
            }
            (None, Some(_)) if self.is(&FLOATS) => return Some(Narrowing::Fraction),
            (None, Some(_)) if self.is(&DECIMALS) => {
                let whole = self.digits().is_some_and(|(_, scale)| scale == 0);
                return Some(if whole { Narrowing::Range } else { Narrowing::Fraction });
            }
            _ => {}
        }
        if !self.is(&DECIMALS) || !to.is(&DECIMALS) {
            return None;
        }
        let (precision, scale) = to.digits()?;
        let Some((old_precision, old_scale)) = self.digits() else { return Some(Narrowing::Fraction) };
        if scale < old_scale {
            return Some(Narrowing::Fraction);
        }
        (precision - scale < old_precision - old_scale).then_some(Narrowing::Range)
    }

    /// Precision and scale; `None` where all numbers fit.
    fn digits(&self) -> Option<(i32, i32)> {
        let number = |at: usize| self.arguments.get(at)?.parse::<i32>().ok();
        Some((number(0)?, number(1).unwrap_or(0)))
    }

    fn text(&self, to: &Self) -> Option<Narrowing> {
        let most = to.arguments.first().filter(|_| to.is(&TEXTS)).and_then(|most| length(most))?;
        let long = ["text", "tinytext", "mediumtext", "longtext", "clob", "nclob", "ntext"];
        if self.is(&long) {
            let short = self.name == "tinytext" && most >= 255;
            return (!short).then_some(Narrowing::Length);
        }
        if !self.is(&TEXTS) {
            return None;
        }
        match self.arguments.first().map(|old| length(old)) {
            Some(Some(old)) => (most < old).then_some(Narrowing::Length),
            // `varchar` and `varchar(max)` take all lengths.
            Some(None) | None => Some(Narrowing::Length),
        }
    }

    fn moment(&self, to: &Self) -> Option<Narrowing> {
        if !self.is(&MOMENTS) {
            return None;
        }
        if to.name == "date" {
            return Some(Narrowing::Time);
        }
        let digits = |data_type: &Self| data_type.arguments.first().and_then(|digits| digits.parse::<u8>().ok());
        let less = match (digits(self), digits(to)) {
            (Some(old), Some(new)) => new < old,
            (None, Some(new)) => self.name == "timestamp" && self.suffix.is_some() && new < 6,
            _ => false,
        };
        (self.name == to.name && less).then_some(Narrowing::Fraction)
    }
}

/// The number that a length begins with: Oracle's `20 char`.
fn length(text: &str) -> Option<u32> {
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(name: &str, arguments: &[&str]) -> ColumnType {
        let arguments = arguments.iter().map(ToString::to_string).collect();
        ColumnType { schema: None, name: name.to_owned(), arguments, array: false, suffix: None }
    }

    #[test]
    fn what_does_not_fit_is_told_from_what_does() {
        let narrows = |from: &ColumnType, to: &ColumnType| from.narrows(to);
        let number = |arguments: &[&str]| typed("numeric", arguments);
        let text = |arguments: &[&str]| typed("character varying", arguments);
        assert_eq!(narrows(&typed("bigint", &[]), &typed("integer", &[])), Some(Narrowing::Range));
        assert_eq!(narrows(&typed("integer", &[]), &typed("bigint", &[])), None);
        assert_eq!(narrows(&text(&["20"]), &text(&["10"])), Some(Narrowing::Length));
        assert_eq!(narrows(&text(&["10"]), &text(&["20"])), None);
        assert_eq!(narrows(&text(&["10"]), &text(&[])), None);
        assert_eq!(narrows(&text(&["max"]), &text(&["10"])), Some(Narrowing::Length));
        assert_eq!(narrows(&typed("text", &[]), &text(&["10"])), Some(Narrowing::Length));
        assert_eq!(narrows(&number(&["10", "2"]), &number(&["10", "4"])), Some(Narrowing::Range));
        assert_eq!(narrows(&number(&["10", "2"]), &number(&["12", "2"])), None);
        assert_eq!(narrows(&number(&[]), &number(&["12", "2"])), Some(Narrowing::Fraction));
        assert_eq!(narrows(&number(&["5", "0"]), &typed("integer", &[])), Some(Narrowing::Range));
        assert_eq!(narrows(&typed("timestamp", &[]), &typed("date", &[])), Some(Narrowing::Time));
        assert_eq!(narrows(&typed("enum", &["'a'", "'b'"]), &typed("enum", &["'a'"])), Some(Narrowing::Values));
        assert_eq!(narrows(&typed("integer", &[]), &typed("text", &[])), None);
    }
}
