//! Tokens → statements.

mod block;
mod keyword;

use block::Block;
use keyword::Keyword;

use super::lexer::Lexer;
use super::problem::{Problem, Trouble};
use super::{Dialect, Kind, Options, Script, Statement, Terminator, Token};
use crate::text::Span;

/// Reads `text`, which is no longer than offsets can tell.
pub(super) fn split(text: &str, options: &Options) -> Script {
    let mut splitter = Splitter::new(text, options);
    while let Some(token) = splitter.lexer.next() {
        if !token.kind.is_trivia() {
            splitter.take(token);
        }
    }
    splitter.finish()
}

/// What is known of the rows of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// It has none.
    No,
    /// It is an `INSERT` whose `VALUES` is yet to come.
    Expected,
    /// `VALUES` has come.
    Begun,
}

/// An end of a statement that the next token may take back.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    /// The `;`.
    terminator: usize,
    /// Last significant token before it.
    last: usize,
    why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// SQL Server: an `ELSE` would go on with the statement.
    Else,
    /// The `;` stands in an open parenthesis: only what looks like a new statement ends this one.
    Parenthesis,
}

struct Splitter<'a> {
    lexer: Lexer<'a>,
    dialect: Dialect,
    statements: Vec<Statement>,
    /// Index of the first token after the last terminator.
    from: usize,
    /// Index of the first significant token of the statement.
    first: Option<usize>,
    /// Index of the last one.
    last: usize,
    /// How many parentheses are open.
    parentheses: u32,
    /// The outermost of them.
    opening: Option<Token>,
    block: Block,
    rows: Rows,
    doubt: Option<Doubt>,
    batch: u32,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str, options: &'a Options) -> Self {
        Self {
            lexer: Lexer::new(text, options),
            dialect: options.dialect,
            statements: Vec::new(),
            from: 0,
            first: None,
            last: 0,
            parentheses: 0,
            opening: None,
            block: Block::new(options.dialect),
            rows: Rows::No,
            doubt: None,
            batch: 0,
        }
    }

    /// Index of the newest token.
    fn newest(&self) -> usize {
        self.lexer.tokens.len() - 1
    }

    fn take(&mut self, token: Token) {
        if let Some(doubt) = self.doubt.take() {
            self.settle(doubt, token);
        }
        match token.kind {
            Kind::Semicolon if !self.lexer.has_delimiter() => self.semicolon(),
            Kind::Delimiter => self.end(Terminator::Delimiter),
            Kind::Slash => self.end(Terminator::Slash),
            Kind::Go => self.go(token),
            Kind::Command => self.command(token),
            _ => self.add(token),
        }
        self.lexer.idle = self.first.is_none() || self.doubt.is_some_and(|doubt| doubt.why == Why::Else);
    }

    /// Adds a token to the statement.
    fn add(&mut self, token: Token) {
        let begins = self.first.is_none();
        if begins {
            self.first = Some(self.newest());
        }
        self.last = self.newest();
        match token.kind {
            Kind::Word if self.parentheses == 0 => self.word(token, begins),
            Kind::OpenParenthesis | Kind::OpenConditional => self.open(token),
            Kind::CloseParenthesis => self.close(token),
            Kind::Comma if self.rows == Rows::Begun && self.parentheses == 0 => {
                self.lexer.rows();
                self.last = self.newest();
            }
            Kind::CloseConditional => self.parentheses = self.parentheses.saturating_sub(1),
            _ if self.parentheses == 0 => self.block.sign(token, begins),
            _ => {}
        }
    }

    fn word(&mut self, token: Token, begins: bool) {
        if !begins && self.block.is_plain() && self.rows == Rows::No {
            return;
        }
        let qualified = |tokens: &[Token]| matches!(tokens, [.., before, _] if before.kind == Kind::Dot);
        let mut keyword = Keyword::of(token.text(self.lexer.text));
        if !begins && qualified(&self.lexer.tokens) {
            keyword = Keyword::Other;
        }
        if begins {
            let holds_rows = matches!(keyword, Keyword::Insert | Keyword::Replace);
            self.rows = if holds_rows { Rows::Expected } else { Rows::No };
        } else if self.rows == Rows::Begun {
            self.rows = Rows::No;
        } else if keyword == Keyword::Values && self.rows == Rows::Expected {
            self.rows = Rows::Begun;
        }
        self.block.word(keyword, token, begins);
        if self.block.goes_foreign() {
            self.lexer.foreign();
            self.last = self.newest();
        }
    }

    fn open(&mut self, token: Token) {
        if self.parentheses == 0 {
            self.opening = Some(token);
            self.block.sign(token, false);
        }
        self.parentheses += 1;
    }

    fn close(&mut self, token: Token) {
        match self.parentheses.checked_sub(1) {
            Some(left) => self.parentheses = left,
            None => self.complain(Trouble::StrayParenthesis, token),
        }
    }

    fn semicolon(&mut self) {
        if self.first.is_none() {
            return self.end(Terminator::Semicolon);
        }
        if self.parentheses > 0 {
            return self.semicolon_in_parentheses();
        }
        self.block.semicolon();
        if self.block.is_open() {
            self.last = self.newest();
        } else if self.dialect == Dialect::SqlServer {
            self.doubt(Why::Else);
        } else {
            let copies = self.block.copies();
            self.end(Terminator::Semicolon);
            if copies {
                self.copy_data();
            }
        }
    }

    /// A rule and a conditional comment may hold statements; a block goes on with the next one.
    fn semicolon_in_parentheses(&mut self) {
        let conditional = self.opening.is_some_and(|opening| opening.kind == Kind::OpenConditional);
        if self.block.is_rule() || conditional {
            self.last = self.newest();
        } else if self.block.is_open() {
            self.unbalanced();
            self.last = self.newest();
        } else {
            self.doubt(Why::Parenthesis);
        }
    }

    fn doubt(&mut self, why: Why) {
        self.doubt = Some(Doubt { terminator: self.newest(), last: self.last, why });
        self.last = self.newest();
    }

    fn copy_data(&mut self) {
        let Some(data) = self.lexer.copy_data() else { return };
        if let Some(copy) = self.statements.last_mut() {
            copy.copy_data = Some(data);
        }
        self.from = self.lexer.tokens.len();
    }

    fn go(&mut self, token: Token) {
        let count = token.text(self.lexer.text)[2..].trim_ascii().parse().ok();
        self.end(Terminator::Go(count));
        self.batch = self.batch.saturating_add(1);
    }

    /// A command between statements stands for itself; psql's `\g` sends the statement before it; any other is
    /// part of the statement it interrupts.
    fn command(&mut self, token: Token) {
        let text = token.text(self.lexer.text);
        let sets_delimiter = |text: &str| text.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("DELIMITER"));
        if sets_delimiter(text) {
            self.end(Terminator::Command);
        } else if self.first.is_none() {
            self.add(token);
            self.end(Terminator::Line);
        } else if ["\\g", "\\watch", "\\crosstabview"].iter().any(|sender| text.starts_with(sender)) {
            self.end(Terminator::Command);
        } else {
            self.last = self.newest();
        }
    }

    /// Ends the statement for good or goes on with it, as `next` shows.
    fn settle(&mut self, doubt: Doubt, next: Token) {
        let goes_on = match doubt.why {
            Why::Else => next.is_word(self.lexer.text, "ELSE"),
            Why::Parenthesis => !self.leads(doubt.terminator, next),
        };
        if goes_on {
            return;
        }
        self.end_before(doubt, Terminator::Semicolon);
    }

    /// Whether `next` stands on a later line than the `;` and begins statements only.
    fn leads(&self, terminator: usize, next: Token) -> bool {
        let text = self.lexer.text;
        let between = &text[self.lexer.tokens[terminator].end as usize..next.start as usize];
        next.kind == Kind::Word && between.contains(['\n', '\r']) && Keyword::of(next.text(text)).leads()
    }

    fn end_before(&mut self, doubt: Doubt, terminator: Terminator) {
        self.last = doubt.last;
        self.end_at(doubt.terminator, terminator);
    }

    /// Ends the statement, if there is one, with the newest token as its terminator.
    fn end(&mut self, terminator: Terminator) {
        self.end_at(self.newest(), terminator);
    }

    fn end_at(&mut self, terminator_at: usize, terminator: Terminator) {
        self.unbalanced();
        if let Some(opening) = self.block.left_open().filter(|_| terminator != Terminator::Delimiter) {
            self.complain(Trouble::OpenBlock, opening);
        }
        if let Some(first) = self.first.take() {
            let tokens = &self.lexer.tokens;
            let span = Span::new(tokens[first].start as usize, tokens[self.last].end as usize);
            self.statements.push(Statement {
                span,
                leading: self.from..first,
                tokens: first..self.last + 1,
                terminator,
                end: if terminator == Terminator::End { span.end } else { tokens[terminator_at].end as usize },
                copy_data: None,
                batch: self.batch,
            });
        }
        self.from = terminator_at + 1;
        self.block = Block::new(self.dialect);
        self.rows = Rows::No;
    }

    /// Complains about an open parenthesis and forgets it.
    fn unbalanced(&mut self) {
        if self.parentheses > 0
            && let Some(opening) = self.opening.filter(|opening| opening.kind == Kind::OpenParenthesis)
        {
            self.complain(Trouble::OpenParenthesis, opening);
        }
        self.parentheses = 0;
        self.opening = None;
    }

    fn complain(&mut self, trouble: Trouble, token: Token) {
        self.lexer.problems.push(Problem { trouble, span: token.span() });
    }

    fn finish(mut self) -> Script {
        match self.doubt.take() {
            Some(doubt) => self.end_before(doubt, Terminator::Semicolon),
            None if self.first.is_some() => self.end(Terminator::End),
            None => {}
        }
        self.lexer.finish();
        self.lexer.problems.sort_by_key(|problem| problem.span.start);
        if self.lexer.tokens.capacity() > 2 * self.lexer.tokens.len() {
            self.lexer.tokens.shrink_to_fit();
        }
        Script {
            dialect: self.dialect,
            tokens: self.lexer.tokens,
            statements: self.statements,
            problems: self.lexer.problems,
        }
    }
}
