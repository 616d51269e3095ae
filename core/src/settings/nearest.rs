//! "Did you mean": the known name most like a mistyped one.

use crate::text::Casing;

/// The known name most like `name`, if any is alike enough to be what was meant.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = name.lower();
    known
        .map(|candidate| (edit_distance(&folded, &candidate.lower()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 5)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance in characters; texts over 100 characters are never alike.
fn edit_distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    if left.len() > 100 || right.len() > 100 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, char) in left.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for column in 1..row.len() {
            let replaced = diagonal + usize::from(right[column - 1] != char);
            diagonal = row[column];
            row[column] = replaced.min(row[column] + 1).min(row[column - 1] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        let known = || ["ignoreMigrationPatterns", "locations", "outOfOrder"].into_iter();
        assert_eq!(nearest("outoforder", known()), Some("outOfOrder"));
        assert_eq!(nearest("locatoins", known()), Some("locations"));
        assert_eq!(nearest("ignoreMissingMigrations", known()), None);
    }
}
