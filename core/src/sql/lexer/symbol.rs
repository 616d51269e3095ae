//! Numbers, operators, parameters and variables.

use super::super::{Dialect, Kind};
use super::{IN_WORD, Lexer};

/// Operators of two characters that every dialect reads as one; longer ones begin with one of them.
const PAIRS: [&[u8; 2]; 23] = [
    b"::", b":=", b"<=", b">=", b"<>", b"!=", b"||", b"->", b"#>", b"=>", b"&&", b"@>", b"<@", b"**", b"<<", b">>",
    b"==", b"^=", b"~=", b"+=", b"-=", b"*=", b"!<",
];

impl Lexer<'_> {
    /// A number, or in MySQL a name that begins with a digit.
    pub(super) fn number(&mut self) -> Kind {
        let start = self.at;
        self.skip_digits();
        if self.peek(0) == Some(b'.') && self.peek(1) != Some(b'.') {
            self.at += 1;
            self.skip_digits();
        }
        let exponent = self.at > start
            && matches!(self.bytes[self.at - 1], b'e' | b'E')
            && matches!(self.peek(0), Some(b'+' | b'-'))
            && self.peek(1).is_some_and(|byte| byte.is_ascii_digit())
            && self.bytes[start..self.at - 1].iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'_'));
        if exponent {
            self.at += 1;
            self.skip_digits();
        }
        let text = &self.bytes[start..self.at];
        let is_name = self.syntax.hash_comments
            && text.iter().any(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
            && !text.starts_with(b"0x")
            && !text.starts_with(b"0b");
        if is_name { Kind::Word } else { Kind::Number }
    }

    fn skip_digits(&mut self) {
        while self.peek(0).is_some_and(|byte| IN_WORD[byte as usize]) {
            self.at += 1;
        }
    }

    /// A dot, a number that begins with one, or a command of SQLite's shell.
    pub(super) fn dot(&mut self, fresh: bool) -> Kind {
        match self.peek(1) {
            Some(b'0'..=b'9') if !self.follows_name() => self.number(),
            Some(b'a'..=b'z') if fresh && self.idle && self.dialect == Dialect::Sqlite => self.command_line(),
            Some(b'.') => {
                self.at += 2;
                Kind::Operator
            }
            _ => self.single(Kind::Dot),
        }
    }

    /// Whether the reader stands directly after a name.
    fn follows_name(&self) -> bool {
        let name = |kind| matches!(kind, Kind::Word | Kind::Name | Kind::Placeholder | Kind::Template);
        self.tokens.last().is_some_and(|token| name(token.kind))
    }

    /// `@a`, `@@a`, a command of SQL*Plus, or an operator.
    pub(super) fn at_sign(&mut self, fresh: bool) -> Kind {
        if fresh && self.idle && self.dialect == Dialect::Oracle {
            return self.command_line();
        }
        if self.syntax.free_operators {
            return self.operator();
        }
        let signs = if self.peek(1) == Some(b'@') { 2 } else { 1 };
        if self.peek(signs).is_some_and(|byte| IN_WORD[byte as usize] || byte >= 0x80) {
            self.at += signs;
            self.skip_word();
            return Kind::Variable;
        }
        self.operator()
    }

    /// `:a`, psql's `:'a'` and `:"a"`, a command of sqlcmd, or an operator.
    pub(super) fn colon(&mut self, fresh: bool) -> Kind {
        match self.peek(1) {
            Some(b':' | b'=') => self.operator(),
            Some(quote @ (b'\'' | b'"')) if self.syntax.psql => self.psql_variable(quote),
            Some(b'a'..=b'z' | b'A'..=b'Z') if fresh && self.idle && self.dialect == Dialect::SqlServer => {
                self.command_line()
            }
            Some(byte) if IN_WORD[byte as usize] => {
                self.at += 1;
                while self.peek(0).is_some_and(|byte| IN_WORD[byte as usize]) {
                    self.at += 1;
                }
                Kind::Parameter
            }
            _ => self.single(Kind::Operator),
        }
    }

    /// `:'a'` with a plain name between the quotes; otherwise the colon alone.
    fn psql_variable(&mut self, quote: u8) -> Kind {
        let name = self.rest()[2..].iter().take_while(|byte| IN_WORD[**byte as usize]).count();
        if name > 0 && self.peek(2 + name) == Some(quote) {
            self.at += name + 3;
            return Kind::Parameter;
        }
        self.single(Kind::Operator)
    }

    pub(super) fn question_mark(&mut self) -> Kind {
        if self.syntax.free_operators {
            return self.operator();
        }
        self.at += 1;
        while self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Kind::Parameter
    }

    pub(super) fn operator(&mut self) -> Kind {
        if self.syntax.free_operators && is_operator(self.bytes[self.at]) {
            return self.free_operator();
        }
        let pair = PAIRS.iter().any(|pair| self.rest().starts_with(&pair[..]));
        self.at += if pair { 2 } else { 1 };
        if pair && self.bytes[self.at - 1] == b'>' && self.peek(0) == Some(b'>') && self.bytes[self.at - 2] != b'>' {
            self.at += 1;
        }
        Kind::Operator
    }

    /// PostgreSQL's rule: the longest run, which ends before a comment, and in `+` or `-` only if it holds a sign
    /// that no standard operator has.
    fn free_operator(&mut self) -> Kind {
        let start = self.at;
        while self.peek(0).is_some_and(is_operator) && !matches!(self.rest(), [b'-', b'-', ..] | [b'/', b'*', ..]) {
            self.at += 1;
        }
        let own = |byte: &u8| matches!(byte, b'~' | b'!' | b'@' | b'#' | b'%' | b'^' | b'&' | b'|' | b'`' | b'?');
        if !self.bytes[start..self.at].iter().any(own) {
            while self.at > start + 1 && matches!(self.bytes[self.at - 1], b'+' | b'-') {
                self.at -= 1;
            }
        }
        Kind::Operator
    }
}

fn is_operator(byte: u8) -> bool {
    matches!(
        byte,
        b'+' | b'-'
            | b'*'
            | b'/'
            | b'<'
            | b'>'
            | b'='
            | b'~'
            | b'!'
            | b'@'
            | b'#'
            | b'%'
            | b'^'
            | b'&'
            | b'|'
            | b'`'
            | b'?'
    )
}
