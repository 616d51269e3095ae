//! Text → tokens, one at a time: the splitter says where a statement begins and asks for rows and data.

mod command;
mod comment;
mod quoted;
mod rows;
mod symbol;
mod template;

use super::problem::{Problem, Trouble};
use super::syntax::Syntax;
use super::{Dialect, Kind, Options, Token};
use crate::text::Span;

/// A reader over one script. Nothing it looks ahead for is looked for twice: it stays linear on hostile texts.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    bytes: &'a [u8],
    /// Offset of the next byte to read.
    at: usize,
    dialect: Dialect,
    syntax: &'static Syntax,
    placeholder: template::Placeholder<'a>,
    /// The terminator that a `DELIMITER` command set in place of `;`.
    delimiter: Option<&'a [u8]>,
    /// Whether only blanks stand between the line's start and the next byte.
    fresh: bool,
    /// Whether no statement has begun yet: client commands are read here. Kept by the splitter.
    pub(super) idle: bool,
    /// Where the conditional comment that is being read began.
    conditional: Option<Token>,
    /// Whether comments nest here; a generic script that proves otherwise changes it.
    nested: bool,
    /// Template openers whose closers do not occur in the rest of the script, so that none is sought twice.
    hopeless: template::Hopeless,
    /// A stretch that holds no line end, and the line end after it: found once, however often it is asked for.
    line: (usize, usize),
    /// What each byte means inside a row of plain values, once one was met: few scripts have any, and each expression is
    /// read by itself.
    row_bytes: Vec<rows::Meaning>,
    pub(super) tokens: Vec<Token>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, options: &'a Options) -> Self {
        let syntax = Syntax::of(options.dialect);
        let placeholder = template::Placeholder::new(options);
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            dialect: options.dialect,
            syntax,
            row_bytes: Vec::new(),
            placeholder,
            delimiter: None,
            fresh: true,
            idle: true,
            conditional: None,
            nested: syntax.nested_comments,
            hopeless: template::Hopeless::default(),
            line: (1, 0),
            tokens: Vec::with_capacity((text.len() / BYTES_PER_TOKEN).min(MOST_RESERVED)),
            problems: Vec::new(),
        }
    }

    /// Reads one token and keeps it; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        let start = self.at;
        let byte = *self.bytes.get(start)?;
        let fresh = std::mem::take(&mut self.fresh);
        let kind = match self.delimiter {
            Some(delimiter) if self.starts_custom(delimiter) => {
                self.at += delimiter.len();
                Kind::Delimiter
            }
            _ => self.scan(byte, fresh),
        };
        if self.delimiter.is_some() {
            self.cut_at_delimiter(start, kind);
        }
        Some(self.push(start, kind))
    }

    /// Keeps a token that ends where the reader stands.
    fn push(&mut self, start: usize, kind: Kind) -> Token {
        debug_assert!(start < self.at, "a token holds at least one byte");
        let token = Token { start: offset(start), end: offset(self.at), kind };
        self.tokens.push(token);
        token
    }

    /// Moves past the token that begins with `byte`. `fresh` says that the line begins here.
    fn scan(&mut self, byte: u8, fresh: bool) -> Kind {
        if self.placeholder.lead() == Some(byte)
            && let Some(kind) = self.placeholder()
        {
            return kind;
        }
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => self.word(fresh),
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => self.blank(fresh),
            b'0'..=b'9' => self.number(),
            b'\'' => self.string(self.syntax.backslash == super::syntax::Backslash::Always),
            b'(' => self.single(Kind::OpenParenthesis),
            b')' => self.single(Kind::CloseParenthesis),
            b',' => self.single(Kind::Comma),
            b';' => self.single(Kind::Semicolon),
            b'.' => self.dot(fresh),
            b'"' => self.double_quoted(),
            b'`' if self.syntax.backticks => self.name(b'`'),
            b'[' => self.bracket(),
            b'-' => self.dash(),
            b'/' => self.slash(fresh),
            b'*' => self.star(),
            b'#' => self.hash(),
            b'$' => self.dollar(),
            b'{' => self.brace(),
            b'@' => self.at_sign(fresh),
            b':' => self.colon(fresh),
            b'?' => self.question_mark(),
            b'\\' => self.backslash(fresh),
            0x80.. => self.beyond_ascii(fresh),
            0..=0x1f | 0x7f => self.control(),
            _ => self.operator(),
        }
    }

    fn single(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    fn blank(&mut self, fresh: bool) -> Kind {
        let mut fresh = fresh;
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| is_blank(**byte)) {
            fresh |= matches!(byte, b'\n' | b'\r');
            self.at += 1;
        }
        self.fresh = fresh;
        Kind::Blank
    }

    /// A word, or the prefix of a string and the string.
    fn word(&mut self, fresh: bool) -> Kind {
        let start = self.at;
        self.skip_word();
        if self.bytes.get(self.at).is_some_and(|next| matches!(next, b'\'' | b'&'))
            && let Some(kind) = self.prefixed_string(start)
        {
            return kind;
        }
        if fresh || self.idle {
            return self.command_word(start, fresh).unwrap_or(Kind::Word);
        }
        Kind::Word
    }

    /// Moves past the letters, digits and signs of a word.
    fn skip_word(&mut self) {
        loop {
            while self.bytes.get(self.at).is_some_and(|byte| IN_WORD[*byte as usize]) {
                self.at += 1;
            }
            match self.bytes.get(self.at) {
                Some(b'$') if !self.starts_placeholder() && !self.starts_delimiter() => self.at += 1,
                Some(0x80..) if !self.starts_delimiter() => match self.character() {
                    Some(letter) if !is_odd(letter) => self.at += letter.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// A letter of another script, or one of Unicode's blanks.
    fn beyond_ascii(&mut self, fresh: bool) -> Kind {
        let start = self.at;
        let Some(character) = self.character() else { return self.single(Kind::Control) };
        if start == 0 && character == '\u{feff}' {
            self.at += character.len_utf8();
            self.fresh = true;
            return Kind::ByteOrderMark;
        }
        if !is_odd(character) {
            return self.word(fresh);
        }
        while let Some(blank) = self.character().filter(|character| is_odd(*character)) {
            self.at += blank.len_utf8();
        }
        self.fresh = fresh;
        self.complain(Trouble::OddBlank, start, self.at);
        Kind::OddBlank
    }

    fn control(&mut self) -> Kind {
        let start = self.at;
        let is_control = |byte: &u8| matches!(byte, 0..=8 | 0x0e..=0x1f | 0x7f);
        while self.bytes.get(self.at).is_some_and(is_control) {
            self.at += 1;
        }
        self.complain(Trouble::ControlCharacter, start, self.at);
        Kind::Control
    }

    /// The character at which the reader stands.
    fn character(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn complain(&mut self, trouble: Trouble, start: usize, end: usize) {
        self.problems.push(Problem { trouble, span: Span::new(start, end) });
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    /// Offset of the line end after the reader, or of the text's end.
    fn line_end(&mut self) -> usize {
        let (start, end) = self.line;
        if self.at < start || self.at > end {
            let end = memchr::memchr2(b'\n', b'\r', self.rest()).map_or(self.bytes.len(), |ahead| self.at + ahead);
            self.line = (self.at, end);
        }
        self.line.1
    }
}

/// Whether a byte is a blank to servers.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Whether a character looks blank and is none to servers.
fn is_odd(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{180e}')
        || !character.is_ascii() && character.is_whitespace()
}

/// The ASCII bytes that a word goes on with, save `$`.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    table
};

/// How many bytes a token of a migration has, blanks counted: a guess a bit too low.
const BYTES_PER_TOKEN: usize = 5;

/// How many tokens are reserved at most before the text has shown how many it has.
const MOST_RESERVED: usize = 1 << 16;

/// A text's offset as tokens hold it; `read` gives no more than 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
