//! Comments, hints and conditional comments.

use super::super::problem::Trouble;
use super::super::syntax::Conditional;
use super::super::{Dialect, Kind, Token};
use super::{Lexer, is_blank, offset};

/// The mark at which Drizzle cuts a script; MySQL would take it for operators.
const BREAKPOINT: &[u8] = b"--> statement-breakpoint";

impl Lexer<'_> {
    /// `--` begins a comment, in MySQL only before a blank.
    pub(super) fn dash(&mut self) -> Kind {
        let comment = self.peek(1) == Some(b'-')
            && (!self.syntax.dashes_need_blank
                || self.peek(2).is_none_or(|byte| is_blank(byte) || byte.is_ascii_control())
                || self.rest().starts_with(BREAKPOINT));
        if !comment {
            return self.operator();
        }
        let hint = self.dialect == Dialect::Oracle && self.peek(2) == Some(b'+');
        self.line_comment(if hint { Kind::Hint } else { Kind::LineComment })
    }

    /// `#` begins a comment in MySQL and a name in SQL Server.
    pub(super) fn hash(&mut self) -> Kind {
        if self.syntax.hash_comments {
            return self.line_comment(Kind::LineComment);
        }
        if self.dialect == Dialect::SqlServer {
            self.at += 1;
            self.at += usize::from(self.peek(0) == Some(b'#'));
            self.skip_word();
            return Kind::Word;
        }
        self.operator()
    }

    pub(super) fn slash(&mut self, fresh: bool) -> Kind {
        match self.peek(1) {
            Some(b'*') => self.block_comment(),
            Some(b'/') if self.syntax.slash_comments => self.line_comment(Kind::LineComment),
            _ if fresh && self.is_slash_line() => self.single(Kind::Slash),
            _ => self.operator(),
        }
    }

    /// `*`, or the end of a conditional comment.
    pub(super) fn star(&mut self) -> Kind {
        if self.peek(1) == Some(b'/') && self.conditional.take().is_some() {
            self.at += 2;
            return Kind::CloseConditional;
        }
        self.operator()
    }

    /// Complains about a conditional comment that the script leaves open.
    pub(in super::super) fn finish(&mut self) {
        if let Some(opening) = self.conditional.take() {
            self.complain(Trouble::OpenComment, opening.start as usize, opening.end as usize);
        }
    }

    fn line_comment(&mut self, kind: Kind) -> Kind {
        self.at = self.line_end();
        kind
    }

    fn block_comment(&mut self) -> Kind {
        if let Some(kind) = self.conditional_comment() {
            return kind;
        }
        let start = self.at;
        let hint = self.peek(2) == Some(b'+');
        self.at += 2;
        let mut closed = self.close_comment();
        if !closed && self.nested && self.dialect == Dialect::Generic {
            self.nested = false;
            self.at = start + 2;
            closed = self.close_comment();
        }
        if !closed {
            self.at = self.bytes.len();
            self.complain(Trouble::OpenComment, start, start + 2);
        }
        if hint { Kind::Hint } else { Kind::BlockComment }
    }

    /// Moves past the end of the comment, over comments inside it where they nest.
    fn close_comment(&mut self) -> bool {
        let mut depth = 1_usize;
        loop {
            let found =
                if self.nested { memchr::memchr2(b'/', b'*', self.rest()) } else { memchr::memchr(b'*', self.rest()) };
            let Some(ahead) = found else { return false };
            self.at += ahead;
            match (self.bytes[self.at], self.peek(1)) {
                (b'*', Some(b'/')) => {
                    self.at += 2;
                    depth -= 1;
                    if depth == 0 {
                        return true;
                    }
                }
                (b'/', Some(b'*')) => {
                    self.at += 2;
                    depth += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    /// `/*!50001` and MariaDB's `/*M!100100`.
    fn conditional_comment(&mut self) -> Option<Kind> {
        if self.conditional.is_some() {
            return None;
        }
        let sign = match (self.syntax.conditional, self.peek(2), self.peek(3)) {
            (Conditional::Never, ..) => return None,
            (_, Some(b'!'), _) => 3,
            (Conditional::Mariadb, Some(b'M'), Some(b'!')) => 4,
            _ => return None,
        };
        let start = self.at;
        self.at += sign;
        let digits = self.rest().iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        self.at += if digits >= 5 { digits } else { 0 };
        let kind = Kind::OpenConditional;
        self.conditional = Some(Token { start: offset(start), end: offset(self.at), kind });
        Some(kind)
    }
}
