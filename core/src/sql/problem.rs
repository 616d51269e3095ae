//! What is wrong with a text before anything is known about its meaning.

use crate::text::Span;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// A string has no closing quote; it runs to the end.
    OpenString,
    /// A quoted name has no closing quote; it runs to the end.
    OpenName,
    /// A string in dollar quotes is not closed; it runs to the end.
    OpenDollarString,
    /// A comment is not closed; it runs to the end.
    OpenComment,
    /// The rows after `COPY … FROM stdin;` have no closing `\.` line.
    OpenCopyData,
    /// A parenthesis is not closed before the statement ends.
    OpenParenthesis,
    /// A parenthesis closes that was not opened.
    StrayParenthesis,
    /// A `BEGIN` or `CASE` has no `END` before the script or the batch ends.
    OpenBlock,
    /// A blank that servers do not take for a blank.
    OddBlank,
    /// A control character.
    ControlCharacter,
    /// The text is longer than 4 GiB; the rest was not read.
    TooLong,
}

impl Trouble {
    /// One line for people.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::OpenString => "this string is never closed",
            Self::OpenName => "this quoted name is never closed",
            Self::OpenDollarString => "this dollar-quoted string is never closed",
            Self::OpenComment => "this comment is never closed",
            Self::OpenCopyData => "the rows of this COPY do not end with a line `\\.`",
            Self::OpenParenthesis => "this parenthesis is not closed before the statement ends",
            Self::StrayParenthesis => "this parenthesis closes nothing",
            Self::OpenBlock => "this block has no END",
            Self::OddBlank => "this blank is not one of the blanks of SQL",
            Self::ControlCharacter => "a control character has no place in SQL",
            Self::TooLong => "the script is longer than 4 GiB: the rest was not read",
        }
    }
}

/// Something wrong, and where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Problem {
    /// What is wrong.
    pub trouble: Trouble,
    /// The sign that begins it: the opening quote, parenthesis or word, the odd characters themselves.
    pub span: Span,
}
