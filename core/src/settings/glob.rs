//! Patterns of paths and names: `db/legacy/**`, `*/V?__*.sql`, `audit.*`.

/// A pattern. `?` is one character and `*` any number, but for `/`; `**` is any number of characters, and `**/` at the
/// start of a part may stand for nothing. A pattern that names a folder matches everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob(Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Char(char),
    One,
    Some,
    Any,
    /// The start of `**/`, which may stand for nothing.
    Enter,
    /// Its rest: anything up to a `/`.
    Folders,
}

impl Glob {
    /// Reads a pattern. Every text is one; an empty one matches nothing.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
        let mut pieces = Vec::new();
        let mut rest = pattern;
        while let Some(char) = rest.chars().next() {
            let at_part = pieces.last().is_none_or(|last| matches!(last, Piece::Char('/') | Piece::Folders));
            let (piece, length) = match char {
                '*' if rest.starts_with("**/") && at_part => {
                    pieces.push(Piece::Enter);
                    (Piece::Folders, 3)
                }
                '*' if rest.starts_with("**") => (Piece::Any, 2),
                '*' => (Piece::Some, 1),
                '?' => (Piece::One, 1),
                '\\' => (Piece::Char('/'), 1),
                other => (Piece::Char(other), other.len_utf8()),
            };
            pieces.push(piece);
            rest = &rest[length..];
        }
        Self(pieces)
    }

    /// Whether a path matches, or a folder that it lies in. Takes time in the product of both lengths at most.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let end = self.0.len();
        let mut at = vec![false; end + 1];
        at[0] = end > 0;
        self.skip(&mut at);
        for char in path.chars() {
            if char == '/' && at[end] {
                return true;
            }
            at = self.step(&at, char);
            self.skip(&mut at);
        }
        at[end]
    }

    /// The places in the pattern after one more character.
    fn step(&self, at: &[bool], char: char) -> Vec<bool> {
        let mut next = vec![false; at.len()];
        for (place, piece) in self.0.iter().enumerate().filter(|(place, _)| at[*place]) {
            match piece {
                Piece::Char(wanted) if *wanted == char => next[place + 1] = true,
                Piece::One if char != '/' => next[place + 1] = true,
                Piece::Some if char != '/' => next[place] = true,
                Piece::Any => next[place] = true,
                Piece::Folders => {
                    next[place] = true;
                    next[place + 1] |= char == '/';
                }
                _ => {}
            }
        }
        next
    }

    /// Adds the places that are reached without a character.
    fn skip(&self, at: &mut [bool]) {
        for (place, piece) in
            self.0.iter().enumerate().filter(|(_, piece)| !matches!(piece, Piece::Char(_) | Piece::One))
        {
            if at[place] && *piece != Piece::Folders {
                at[place + 1] = true;
                at[place + 1 + usize::from(*piece == Piece::Enter)] = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_people_expect() {
        for (pattern, path, matches) in [
            ("db/legacy/**", "db/legacy/V1__a.sql", true),
            ("db/legacy/**", "db/legacy/sub/V1__a.sql", true),
            ("db/legacy/**", "db/legacyx/V1__a.sql", false),
            ("db/legacy", "db/legacy/sub/V1__a.sql", true),
            ("./db/legacy/", "db/legacy/sub/V1__a.sql", true),
            ("db/leg", "db/legacy/V1__a.sql", false),
            ("**/V1__a.sql", "V1__a.sql", true),
            ("**/V1__a.sql", "db/x/V1__a.sql", true),
            ("**/V1__a.sql", "db/xV1__a.sql", false),
            ("db/**/x/*.sql", "db/x/a.sql", true),
            ("db/**/x/*.sql", "db/1/2/x/a.sql", true),
            ("db/*.sql", "db/1/a.sql", false),
            ("V?__*.sql", "V1__ä.sql", true),
            ("V?__*.sql", "V12__a.sql", false),
            ("*", "a", true),
            ("", "a", false),
            ("db\\x", "db/x/a.sql", true),
            ("audit.*", "audit.log", true),
        ] {
            assert_eq!(Glob::new(pattern).matches(path), matches, "{pattern} {path}");
        }
    }

    #[test]
    fn many_stars_are_no_trap() {
        let pattern = "**a".repeat(200);
        assert!(!Glob::new(&pattern).matches(&"a".repeat(150)));
    }
}
