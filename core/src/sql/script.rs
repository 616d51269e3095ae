//! A script as it was read, and how to read one.

use std::borrow::Cow;
use std::ops::Range;

use super::lexer::Lexer;
use super::{Dialect, Kind, Problem, Token, Trouble, split};
use crate::text::Span;

/// How to read a script.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Options {
    /// Its dialect.
    pub dialect: Dialect,
    /// What begins a placeholder; empty if there are none.
    pub placeholder_prefix: Cow<'static, str>,
    /// What ends it.
    pub placeholder_suffix: Cow<'static, str>,
}

impl Options {
    /// The dialect, and placeholders of the form `${name}`.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, placeholder_prefix: "${".into(), placeholder_suffix: "}".into() }
    }
}

/// A script's tokens and statements. It holds no text: methods that need it take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The dialect it was read in.
    pub dialect: Dialect,
    /// All tokens; their texts concatenate to the source.
    pub tokens: Vec<Token>,
    /// The statements in order.
    pub statements: Vec<Statement>,
    /// What is wrong, in order.
    pub problems: Vec<Problem>,
}

/// What ends a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Terminator {
    /// `;`
    Semicolon,
    /// The terminator that a `DELIMITER` command set.
    Delimiter,
    /// `GO` on its own line, with its count if it is given and fits.
    Go(Option<u32>),
    /// `/` on its own line.
    Slash,
    /// A client command that sends or cuts off what stands before it: `\g`, `DELIMITER`.
    Command,
    /// The end of the line: the statement is itself a client command.
    Line,
    /// The end of the script.
    End,
}

/// One statement of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its text without what surrounds it and without its terminator.
    pub span: Span,
    /// Its tokens, trivia inside it included.
    pub tokens: Range<usize>,
    /// The blanks and comments between the terminator before it and its first token.
    pub leading: Range<usize>,
    /// What ends it.
    pub terminator: Terminator,
    /// Offset just after the terminator.
    pub end: usize,
    /// The rows that follow `COPY … FROM stdin;`.
    pub copy_data: Option<Span>,
    /// Which of SQL Server's batches it belongs to, counted by `GO` from zero.
    pub batch: u32,
}

/// Reads a script.
#[must_use]
pub fn read(text: &str, options: &Options) -> Script {
    let whole = text.len();
    let text = countable(text);
    let mut script = split::split(text, options);
    if text.len() < whole {
        script.problems.push(Problem { trouble: Trouble::TooLong, span: Span::new(text.len(), whole) });
    }
    script
}

/// All tokens of a piece of a statement: an expression, a query.
#[must_use]
pub fn tokens(text: &str, dialect: Dialect) -> Vec<Token> {
    let options = Options::new(dialect);
    let mut lexer = Lexer::new(countable(text), &options);
    lexer.idle = false;
    while lexer.next().is_some() {}
    lexer.tokens
}

/// The tokens of a piece of a statement that servers read.
#[must_use]
pub fn significant(text: &str, dialect: Dialect) -> Vec<Token> {
    let mut tokens = tokens(text, dialect);
    tokens.retain(|token| !token.kind.is_trivia());
    tokens
}

/// As much of a text as the offsets of tokens can tell.
fn countable(text: &str) -> &str {
    let limit = u32::MAX as usize;
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

impl Script {
    /// All tokens of a statement, trivia included.
    #[must_use]
    pub fn tokens_of(&self, statement: &Statement) -> &[Token] {
        &self.tokens[statement.tokens.clone()]
    }

    /// The tokens of a statement that servers read.
    #[must_use]
    pub fn significant(&self, statement: &Statement) -> impl DoubleEndedIterator<Item = Token> + Clone {
        self.tokens_of(statement).iter().copied().filter(|token| !token.kind.is_trivia())
    }

    /// The comments that stand before a statement, after the one before it.
    #[must_use]
    pub fn comments_before(&self, statement: &Statement) -> impl DoubleEndedIterator<Item = Token> + Clone {
        self.tokens[statement.leading.clone()].iter().copied().filter(|token| token.kind.is_comment())
    }

    /// Whether a statement begins with these words, in any case.
    #[must_use]
    pub fn begins_with(&self, text: &str, statement: &Statement, words: &[&str]) -> bool {
        let mut tokens = self
            .significant(statement)
            .filter(|token| !matches!(token.kind, Kind::OpenConditional | Kind::CloseConditional));
        words.iter().all(|word| tokens.next().is_some_and(|token| token.is_word(text, word)))
    }

    /// The statement at a byte offset, its terminator included.
    #[must_use]
    pub fn statement_at(&self, offset: usize) -> Option<&Statement> {
        let after = self.statements.partition_point(|statement| statement.end <= offset);
        self.statements.get(after).filter(|statement| statement.span.start <= offset)
    }
}
