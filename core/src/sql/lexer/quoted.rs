//! Strings and quoted names.

use memchr::{memchr, memchr2, memmem};

use super::super::Kind;
use super::super::problem::Trouble;
use super::super::syntax::{Backslash, Bracket, Dollar};
use super::{IN_WORD, Lexer};

impl Lexer<'_> {
    /// A string from its opening quote on.
    pub(super) fn string(&mut self, backslash: bool) -> Kind {
        self.quoted(b'\'', backslash, Trouble::OpenString);
        Kind::String
    }

    pub(super) fn double_quoted(&mut self) -> Kind {
        if !self.syntax.double_quoted_strings {
            return self.name(b'"');
        }
        self.quoted(b'"', true, Trouble::OpenString);
        Kind::String
    }

    /// A name from its opening quote on. A template inside of it may hold quotes of its own: `"{{ index "a" }}"`.
    pub(super) fn name(&mut self, quote: u8) -> Kind {
        if self.rest()[1..].starts_with(b"{{") {
            let line = self.line_end();
            if let Some(ahead) = memmem::find(&self.bytes[self.at..line], &[b'}', b'}', quote]) {
                self.at += ahead + 3;
                return Kind::Name;
            }
        }
        self.quoted(quote, false, Trouble::OpenName);
        Kind::Name
    }

    pub(super) fn bracket(&mut self) -> Kind {
        let start = self.at;
        let doubled = match self.syntax.bracket {
            Bracket::Operator => return self.operator(),
            Bracket::Name => false,
            Bracket::DoubledName => true,
        };
        self.at += 1;
        while let Some(ahead) = memchr(b']', self.rest()) {
            self.at += ahead + 1;
            if !(doubled && self.peek(0) == Some(b']')) {
                return Kind::Name;
            }
            self.at += 1;
        }
        self.open_to_the_end(Trouble::OpenName, start, 1);
        Kind::Name
    }

    /// The string for which the word before the reader is the prefix; `None`, and nothing read, if it is none.
    pub(super) fn prefixed_string(&mut self, start: usize) -> Option<Kind> {
        let word = &self.text[start..self.at];
        if word.len() > 2 {
            return None;
        }
        let is = |prefix: &str| word.eq_ignore_ascii_case(prefix);
        if self.peek(0) == Some(b'&') {
            let quote = self.peek(1).filter(|quote| is("u") && matches!(quote, b'\'' | b'"'))?;
            if self.syntax.backslash == Backslash::Always {
                return None;
            }
            self.at += 1;
            return Some(if quote == b'"' { self.name(b'"') } else { self.string(false) });
        }
        if self.syntax.own_quotes && (is("q") || is("nq")) {
            return self.own_quoted(start);
        }
        if !self.syntax.prefixes.iter().any(|prefix| is(prefix)) {
            return None;
        }
        let backslash = match self.syntax.backslash {
            Backslash::Never => false,
            Backslash::Escape => is("e"),
            Backslash::Always => true,
        };
        Some(self.string(backslash))
    }

    /// Oracle's `q'[…]'`, the reader standing at the first quote.
    fn own_quoted(&mut self, start: usize) -> Option<Kind> {
        let opening =
            self.text[self.at + 1..].chars().next().filter(|sign| !matches!(sign, ' ' | '\t' | '\r' | '\n'))?;
        let closing = match opening {
            '[' => ']',
            '{' => '}',
            '(' => ')',
            '<' => '>',
            other => other,
        };
        self.at += 1 + opening.len_utf8();
        let mut buffer = [0; 5];
        let length = closing.encode_utf8(&mut buffer).len();
        buffer[length] = b'\'';
        match memmem::find(self.rest(), &buffer[..=length]) {
            Some(ahead) => self.at += ahead + length + 1,
            None => self.open_to_the_end(Trouble::OpenString, start, self.at - start),
        }
        Some(Kind::String)
    }

    /// A dollar-quoted string, `$1`, SQL Server's `$(name)`, or a word that begins with `$`.
    pub(super) fn dollar(&mut self) -> Kind {
        match self.peek(1) {
            Some(b'0'..=b'9') => {
                self.at += 1;
                while self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
                    self.at += 1;
                }
                Kind::Parameter
            }
            Some(b'(') if self.is_sqlcmd_variable() => Kind::Placeholder,
            _ => match self.dollar_tag() {
                Some(length) => self.dollar_string(length),
                None => self.dollar_word(),
            },
        }
    }

    /// Length of the tag with its two dollar signs, if the reader stands at one.
    fn dollar_tag(&self) -> Option<usize> {
        let tag = match self.syntax.dollar {
            Dollar::Never => return None,
            Dollar::Plain => 0,
            Dollar::Tagged => {
                let goes_on = |byte: &&u8| IN_WORD[**byte as usize] || **byte >= 0x80;
                self.rest()[1..].iter().take_while(goes_on).count()
            }
        };
        (self.peek(1 + tag) == Some(b'$')).then_some(tag + 2)
    }

    fn dollar_string(&mut self, length: usize) -> Kind {
        let start = self.at;
        let tag = &self.bytes[start..start + length];
        self.at += length;
        match memmem::find(self.rest(), tag) {
            Some(ahead) => self.at += ahead + length,
            None => self.open_to_the_end(Trouble::OpenDollarString, start, length),
        }
        Kind::DollarString
    }

    fn dollar_word(&mut self) -> Kind {
        self.at += 1;
        if self.peek(0).is_some_and(|byte| IN_WORD[byte as usize]) {
            self.skip_word();
            return Kind::Word;
        }
        Kind::Operator
    }

    /// Moves past a quoted text, the reader standing at its opening quote.
    pub(super) fn quoted(&mut self, quote: u8, backslash: bool, trouble: Trouble) {
        let start = self.at;
        self.at += 1;
        if !self.close_quote(quote, backslash) {
            self.open_to_the_end(trouble, start, 1);
        }
    }

    /// Moves past the closing quote; a doubled quote stands for itself.
    pub(super) fn close_quote(&mut self, quote: u8, backslash: bool) -> bool {
        loop {
            let rest = self.rest();
            let found = if backslash { memchr2(quote, b'\\', rest) } else { memchr(quote, rest) };
            let Some(ahead) = found else { return false };
            self.at += ahead + 1;
            if rest[ahead] == b'\\' {
                self.at = self.bytes.len().min(self.at + 1);
            } else if self.peek(0) == Some(quote) {
                self.at += 1;
            } else {
                return true;
            }
        }
    }

    fn open_to_the_end(&mut self, trouble: Trouble, start: usize, length: usize) {
        self.at = self.bytes.len();
        self.complain(trouble, start, start + length);
    }
}
