//! SQL text → the few kinds of token that a dump's `COPY` and `INSERT` statements are made of.
//!
//! Only what separates statements and values matters here: quotes, comments, parentheses.

use std::borrow::Cow;

use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, a plain name or a number.
    Word,
    /// A quoted name.
    Name,
    /// A string; where a backslash escapes, `true`. Prefix letters such as `N` are part of it.
    Text(bool),
    /// Any other character.
    Punct(u8),
}

/// A token and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

impl Token {
    /// Whether it is the punctuation.
    pub(super) fn is(self, punct: u8) -> bool {
        self.kind == Kind::Punct(punct)
    }

    /// The token as written.
    pub(super) fn text(self, source: &str) -> &str {
        &source[self.span.start..self.span.end]
    }

    /// Whether it is the keyword, in any case.
    pub(super) fn is_word(self, source: &str, word: &str) -> bool {
        self.kind == Kind::Word && self.text(source).eq_ignore_ascii_case(word)
    }
}

/// A quote or a comment that never ends; the span is its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unfinished(pub(super) Span);

/// Gives one token after the other; linear in the length of the text.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    mysql: bool,
}

/// Longest bracket-quoted name that is looked for; identifiers end at 128 characters on SQL Server.
const LONGEST_NAME: usize = 520;

impl<'a> Lexer<'a> {
    /// A lexer from an offset. In `mysql`'s dumps a backslash escapes and a `#` starts a comment.
    pub(super) fn new(text: &'a str, at: usize, mysql: bool) -> Self {
        Self { text, at, mysql }
    }

    /// The next token, or `None` at the end.
    pub(super) fn token(&mut self) -> Result<Option<Token>, Unfinished> {
        self.skip_blanks()?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let Some(first) = bytes.get(start).copied() else { return Ok(None) };
        let kind = match first {
            b'\'' => self.string(start, self.mysql)?,
            b'"' if self.mysql => self.quoted(start, b'"', true).map(|()| Kind::Text(true))?,
            b'"' | b'`' => self.quoted(start, first, false).map(|()| Kind::Name)?,
            b'[' => self.bracketed(),
            b'$' if !self.mysql => self.dollar_quoted()?,
            _ if is_word_byte(first) => self.word()?,
            _ => {
                self.at += 1;
                Kind::Punct(first)
            }
        };
        Ok(Some(Token { kind, span: Span::new(start, self.at) }))
    }

    fn skip_blanks(&mut self) -> Result<(), Unfinished> {
        let bytes = self.text.as_bytes();
        loop {
            match &bytes[self.at..] {
                [b' ' | b'\t' | b'\n' | b'\r' | 0xc, ..] => self.at += 1,
                [b'-', b'-', ..] => self.skip_line(),
                [b'#', ..] if self.mysql => self.skip_line(),
                [b'/', b'*', ..] => {
                    let end = self.text[self.at + 2..].find("*/").ok_or(self.unfinished(self.at))?;
                    self.at += end + 4;
                }
                _ => return Ok(()),
            }
        }
    }

    fn skip_line(&mut self) {
        self.at = self.text[self.at..].find(['\n', '\r']).map_or(self.text.len(), |end| self.at + end);
    }

    /// A word, a number, or the prefix of a string: `N'…'`, `E'…'`, `_utf8mb4'…'`.
    fn word(&mut self) -> Result<Kind, Unfinished> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| is_word_byte(*byte) || matches!(byte, b'$' | b'#')) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        let prefix = word.starts_with('_') || matches!(word, "N" | "n" | "E" | "e" | "B" | "b" | "X" | "x");
        if prefix && bytes.get(self.at) == Some(&b'\'') {
            let escapes = self.mysql || word.eq_ignore_ascii_case("e");
            return self.string(self.at, escapes);
        }
        Ok(Kind::Word)
    }

    fn string(&mut self, open: usize, escapes: bool) -> Result<Kind, Unfinished> {
        self.quoted(open, b'\'', escapes)?;
        Ok(Kind::Text(escapes))
    }

    /// Moves behind the closing quote; a doubled one does not close.
    fn quoted(&mut self, open: usize, quote: u8, escapes: bool) -> Result<(), Unfinished> {
        let bytes = self.text.as_bytes();
        let mut at = open + 1;
        loop {
            match bytes.get(at) {
                None => return Err(self.unfinished(open)),
                Some(b'\\') if escapes => at += 2,
                Some(byte) if *byte == quote && bytes.get(at + 1) == Some(&quote) => at += 2,
                Some(byte) if *byte == quote => break,
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        Ok(())
    }

    /// A name of SQL Server, or a lone bracket of another database.
    fn bracketed(&mut self) -> Kind {
        let rest = &self.text.as_bytes()[self.at + 1..];
        let end = rest.iter().take(LONGEST_NAME).position(|byte| matches!(byte, b']' | b'\n'));
        match end {
            Some(end) if rest[end] == b']' => {
                self.at += end + 2;
                Kind::Name
            }
            _ => {
                self.at += 1;
                Kind::Punct(b'[')
            }
        }
    }

    /// A function body of PostgreSQL, `$tag$ … $tag$`, or a lone dollar.
    fn dollar_quoted(&mut self) -> Result<Kind, Unfinished> {
        let rest = &self.text[self.at + 1..];
        let tag = rest.bytes().position(|byte| !is_word_byte(byte)).filter(|end| rest.as_bytes()[*end] == b'$');
        let Some(tag) = tag else {
            self.at += 1;
            return Ok(Kind::Punct(b'$'));
        };
        let delimiter = &self.text[self.at..self.at + tag + 2];
        let body = self.at + delimiter.len();
        let end = self.text[body..].find(delimiter).ok_or(self.unfinished(self.at))?;
        self.at = body + end + delimiter.len();
        Ok(Kind::Text(false))
    }

    fn unfinished(&self, at: usize) -> Unfinished {
        let width = self.text[at..].chars().next().map_or(0, char::len_utf8);
        Unfinished(Span::new(at, at + width))
    }
}

/// Letters of any script: bytes above 127 are parts of them.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.') || byte >= 0x80
}

/// The content of a string token, without prefix and quotes, escapes resolved.
pub(super) fn content(token: Token, source: &str) -> Cow<'_, str> {
    let text = token.text(source);
    let Some(open) = text.find(['\'', '"']) else { return Cow::Borrowed(text) };
    let inner = &text[open + 1..text.len() - 1];
    let quote = if text.as_bytes()[open] == b'"' { '"' } else { '\'' };
    if token.kind == Kind::Text(true) { unescaped(inner, quote) } else { undoubled(inner, quote) }
}

fn undoubled(inner: &str, quote: char) -> Cow<'_, str> {
    if !inner.contains(quote) {
        return Cow::Borrowed(inner);
    }
    let doubled = [quote, quote].iter().collect::<String>();
    Cow::Owned(inner.replace(&doubled, quote.encode_utf8(&mut [0; 4])))
}

/// The escapes of MySQL's strings; PostgreSQL's `E` strings share those that a dump needs.
fn unescaped(inner: &str, quote: char) -> Cow<'_, str> {
    if !inner.contains(['\\', quote]) {
        return Cow::Borrowed(inner);
    }
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        plain.push(match char {
            '\\' => match chars.next() {
                Some('0') => '\0',
                Some('b') => '\u{8}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('Z') => '\u{1a}',
                Some(other) => other,
                None => '\\',
            },
            // The lexer lets a quote stand inside only where it is doubled.
            _ if char == quote => chars.next().unwrap_or(quote),
            _ => char,
        });
    }
    Cow::Owned(plain)
}
