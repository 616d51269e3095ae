//! The pieces of a script: every byte belongs to exactly one token.

use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Spaces, tabs and line ends.
    Blank,
    /// Blanks that servers do not take for blanks: no-break, zero-width and other Unicode spaces.
    OddBlank,
    /// The byte order mark at the start.
    ByteOrderMark,
    /// `-- …`, `# …` or `// …`, without the line end.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// A comment that the optimizer reads: `/*+ … */`, `--+ …`.
    Hint,
    /// NUL and other control characters that have no place in SQL.
    Control,
    /// A keyword or a plain name.
    Word,
    /// A quoted name: `"a"`, `` `a` `` or `[a]`, with its quotes.
    Name,
    /// A string with its quotes and its prefix: `'a'`, `E'a'`, `q'[a]'`, MySQL's `"a"`.
    String,
    /// A string in dollar quotes: `$$a$$`, `$tag$a$tag$`.
    DollarString,
    /// A number.
    Number,
    /// A value to be bound or substituted by the client: `$1`, `?`, `:a`, `:'a'`, `:"a"`.
    Parameter,
    /// `@a` and `@@a`.
    Variable,
    /// A placeholder of the migration tool, as a whole: `${name}`; SQL Server's `$(name)`.
    Placeholder,
    /// A piece of a template language, as a whole: `{{ … }}`, `{% … %}`, `{# … #}`.
    Template,
    /// An operator or any other sign.
    Operator,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `;`
    Semicolon,
    /// `(`
    OpenParenthesis,
    /// `)`
    CloseParenthesis,
    /// `/*!` or `/*!50001`: what follows is SQL that only some servers run.
    OpenConditional,
    /// The `*/` of such a comment.
    CloseConditional,
    /// A line for the client, not the server: `\set …`, `DELIMITER …`, `PROMPT …`, `.mode …`.
    Command,
    /// `GO` on a line of its own, with its count.
    Go,
    /// `/` on a line of its own.
    Slash,
    /// The terminator that a `DELIMITER` command set.
    Delimiter,
    /// Further rows of a `VALUES` list that hold plain values only: no call, no query, no placeholder.
    Rows,
    /// The lines after `COPY … FROM stdin;`.
    CopyData,
    /// The `\.` after them.
    CopyEnd,
    /// Source that is not SQL: the body of a Java source or a wrapped unit.
    Foreign,
}

impl Kind {
    /// Whether servers skip the token.
    #[must_use]
    pub fn is_trivia(self) -> bool {
        (self as u8) <= (Self::Control as u8)
    }

    /// Whether it is a comment, hints included.
    #[must_use]
    pub fn is_comment(self) -> bool {
        matches!(self, Self::LineComment | Self::BlockComment | Self::Hint)
    }
}

/// One piece of a script. It holds no text, only where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Offset of its first byte.
    pub start: u32,
    /// Offset just after its last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
}

impl Token {
    /// Where it lies.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Its text in `text`, which must be the script it was read from.
    #[must_use]
    pub fn text(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether it is this word, in any case.
    #[must_use]
    pub fn is_word(self, text: &str, word: &str) -> bool {
        self.kind == Kind::Word && self.text(text).eq_ignore_ascii_case(word)
    }

    /// Whether it is one of these words, in any case.
    #[must_use]
    pub fn is_any_word(self, text: &str, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.iter().any(|word| self.text(text).eq_ignore_ascii_case(word))
    }
}
