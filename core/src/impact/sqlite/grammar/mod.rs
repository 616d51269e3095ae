//! Whether SQLite's grammar knows a statement, by its tokens.
//!
//! The rules are those of the manual's "Syntax Diagrams". What stands in parentheses is an expression or a query and is
//! only looked through for signs that SQLite does not have. Where a placeholder stands for something, nothing is said.

mod alter;
mod column;
mod create;
mod other;
mod rows;
mod word;

use super::form::Form;
use crate::impact::{Refusal, Server};
use crate::sql::{Dialect, Kind, Options, Token, read};
use crate::text::Span;

/// Why a statement, or a part of one, is not in the grammar.
pub(super) struct Unknown {
    /// What is not expected.
    span: Span,
    /// The form, where a later version knows it.
    form: Option<&'static Form>,
}

type Parsed = Result<(), Unknown>;

/// Why the server would take a statement for a syntax error.
pub(super) fn refusal(text: &str, span: Span, server: Server) -> Option<Refusal> {
    let own = text.get(span.start..span.end)?;
    let script = read(own, &Options::new(Dialect::Sqlite));
    let tokens: Vec<Token> = script.tokens.into_iter().filter(|token| !token.kind.is_trivia()).collect();
    let open = [Kind::Placeholder, Kind::Template, Kind::Command, Kind::OpenConditional, Kind::Foreign];
    if tokens.iter().any(|token| open.contains(&token.kind)) {
        return None;
    }
    let mut cursor = Cursor { text: own, tokens: &tokens, at: 0, server };
    let unknown = cursor.signs().and_then(|()| cursor.statement()).err()?;
    let word = own.get(unknown.span.start..unknown.span.end).unwrap_or_default();
    let reason = match unknown.form {
        Some(form) => format!("SQLite knows {} from version {} on", form.words, form.since),
        None if word.is_empty() => "the statement ends before it is complete".to_owned(),
        None => format!("SQLite's grammar has no {} here", word.chars().take(40).collect::<String>()),
    };
    let span = Span::new(span.start + unknown.span.start, span.start + unknown.span.end);
    Some(Refusal { reason, span })
}

/// The tokens of one statement, and how far they are read.
#[derive(Clone)]
struct Cursor<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    server: Server,
}

impl Cursor<'_> {
    fn statement(&mut self) -> Parsed {
        if self.word("EXPLAIN") && self.word("QUERY") {
            self.expect("PLAN")?;
        }
        if self.peek().is_none_or(|token| token.kind != Kind::Word) {
            return Ok(());
        }
        if self.word("CREATE") {
            self.create()?;
        } else if self.word("ALTER") {
            self.alter()?;
        } else if self.word("DROP") {
            self.drop()?;
        } else if self.any(&["INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT", "VALUES", "WITH"]) {
            self.at -= 1;
            return self.rows();
        } else {
            self.other()?;
        }
        self.end()
    }

    /// Signs that stand in no statement of SQLite.
    fn signs(&self) -> Parsed {
        for (at, token) in self.tokens.iter().enumerate() {
            let text = token.text(self.text);
            let casts = matches!(token.kind, Kind::Operator | Kind::Parameter) && text.starts_with("::");
            let joined = text == ":" && self.tokens.get(at + 1).is_some_and(|next| next.text(self.text) == ":");
            if casts || joined || matches!(token.kind, Kind::DollarString) {
                return Err(Unknown { span: token.span(), form: None });
            }
        }
        Ok(())
    }

    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    /// What stands here is not expected.
    fn unknown<T>(&self) -> Result<T, Unknown> {
        let end = self.tokens.last().map_or(0, |token| token.end as usize);
        let span = self.peek().map_or(Span::new(end, end), Token::span);
        Err(Unknown { span, form: None })
    }

    /// The form just read, if the server knows it.
    fn since(&self, form: &'static Form) -> Parsed {
        if self.server.version >= form.since {
            return Ok(());
        }
        let last = self.tokens.get(self.at.saturating_sub(1)).map_or(Span::new(0, 0), |token| token.span());
        Err(Unknown { span: last, form: Some(form) })
    }

    fn is(&self, word: &str) -> bool {
        self.nth_is(0, word)
    }

    fn nth_is(&self, ahead: usize, word: &str) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is_word(self.text, word))
    }

    fn word(&mut self, word: &str) -> bool {
        let is = self.is(word);
        self.at += usize::from(is);
        is
    }

    fn words(&mut self, words: &[&str]) -> bool {
        let are = words.iter().enumerate().all(|(ahead, word)| self.nth_is(ahead, word));
        self.at += if are { words.len() } else { 0 };
        are
    }

    fn any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(word))
    }

    fn kind(&mut self, kind: Kind) -> bool {
        let is = self.peek().is_some_and(|token| token.kind == kind);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, word: &str) -> Parsed {
        if self.word(word) { Ok(()) } else { self.unknown() }
    }

    /// The end of the statement.
    fn end(&mut self) -> Parsed {
        self.kind(Kind::Semicolon);
        if self.peek().is_none() { Ok(()) } else { self.unknown() }
    }

    /// A name: a word that is not reserved, a quoted name, a string.
    fn name(&mut self) -> Parsed {
        let is = self.peek().is_some_and(|token| match token.kind {
            Kind::Name | Kind::String => true,
            Kind::Word => !word::is_reserved(token.text(self.text)),
            _ => false,
        });
        self.at += usize::from(is);
        if is { Ok(()) } else { self.unknown() }
    }

    /// A name that may be qualified with a schema.
    fn full_name(&mut self) -> Parsed {
        self.name()?;
        if self.kind(Kind::Dot) { self.name() } else { Ok(()) }
    }

    /// What stands in parentheses, whatever it is.
    fn group(&mut self) -> Parsed {
        if !self.kind(Kind::OpenParenthesis) {
            return self.unknown();
        }
        let mut depth = 1_usize;
        while depth > 0 {
            match self.peek().map(|token| token.kind) {
                Some(Kind::OpenParenthesis) => depth += 1,
                Some(Kind::CloseParenthesis) => depth -= 1,
                Some(_) => {}
                None => return self.unknown(),
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Reads things with commas between them, in parentheses.
    fn list(&mut self, one: impl Fn(&mut Self) -> Parsed) -> Parsed {
        if !self.kind(Kind::OpenParenthesis) {
            return self.unknown();
        }
        loop {
            one(self)?;
            if !self.kind(Kind::Comma) {
                break;
            }
        }
        if self.kind(Kind::CloseParenthesis) { Ok(()) } else { self.unknown() }
    }

    fn is_group(&self) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::OpenParenthesis)
    }

    fn is_done(&self) -> bool {
        self.peek().is_none_or(|token| token.kind == Kind::Semicolon)
    }

    /// Passes over a token, or all that stands in parentheses.
    fn pass(&mut self) {
        if self.is_group() && self.group().is_ok() {
            return;
        }
        self.at += 1;
    }
}
