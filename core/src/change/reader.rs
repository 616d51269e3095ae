//! A reader over the tokens of one statement. It never fails: what it does not know stays as opaque spans.

use crate::sql::{Dialect, Kind, Options, Token};
use crate::text::Span;

/// Where a reader stands; it can be put back there.
pub(super) type Mark = usize;

/// A reader over the significant tokens of one statement.
pub(super) struct Reader<'a> {
    /// The text that the tokens lie in.
    pub(super) text: &'a str,
    tokens: &'a [Token],
    at: usize,
    end: usize,
    /// Where `text` begins in the script: a body or a literal is a text of its own.
    pub(super) base: usize,
    pub(super) options: &'a Options,
    /// How many texts this one is nested in.
    pub(super) depth: u8,
    /// What was not understood.
    pub(super) opaque: Vec<Span>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token], base: usize, options: &'a Options, depth: u8) -> Self {
        Self { text, tokens, at: 0, end: tokens.len(), base, options, depth, opaque: Vec::new() }
    }

    /// A second reader over these tokens, in the same text.
    pub(super) fn over(&self, from: Mark, to: Mark) -> Self {
        let (at, end) = (from.min(self.tokens.len()), to.min(self.tokens.len()));
        Self { at, end: end.max(at), opaque: Vec::new(), ..*self }
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.options.dialect
    }

    pub(super) fn is_mysql(&self) -> bool {
        matches!(self.dialect(), Dialect::Mysql | Dialect::Mariadb)
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    pub(super) fn is_sql_server(&self) -> bool {
        self.dialect() == Dialect::SqlServer
    }

    /// Reads with `read`; if it does not know what stands here, nothing has been read.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (mark, opaque) = (self.at, self.opaque.len());
        let found = read(self);
        if found.is_none() {
            self.at = mark;
            self.opaque.truncate(opaque);
        }
        found
    }

    pub(super) fn mark(&self) -> Mark {
        self.at
    }

    pub(super) fn back(&mut self, mark: Mark) {
        self.at = mark;
    }

    pub(super) fn finish(&mut self) -> Mark {
        std::mem::replace(&mut self.at, self.end)
    }

    pub(super) fn last_mark(&self) -> Mark {
        self.end
    }

    pub(super) fn nth(&self, ahead: usize) -> Option<Token> {
        let at = self.at + ahead;
        if at < self.end { Some(self.tokens[at]) } else { None }
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.nth(0)
    }

    /// The token before the reader, if it belongs to the statement.
    pub(super) fn previous(&self) -> Option<Token> {
        self.at.checked_sub(1).map(|at| self.tokens[at])
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.end
    }

    pub(super) fn text_of(&self, token: Token) -> &'a str {
        token.text(self.text)
    }

    pub(super) fn span_of(&self, token: Token) -> Span {
        Span::new(token.start as usize + self.base, token.end as usize + self.base)
    }

    /// From a mark up to the reader; empty, where the reader stands, if nothing was read.
    pub(super) fn span_from(&self, mark: Mark) -> Span {
        self.span_between(mark, self.at)
    }

    pub(super) fn span_between(&self, from: Mark, to: Mark) -> Span {
        let place = |at: usize| self.tokens.get(at).map_or(self.text.len(), |token| token.start as usize);
        let (start, end) =
            if to > from { (place(from), self.tokens[to - 1].end as usize) } else { (place(from), place(from)) };
        Span::new(start + self.base, end + self.base)
    }

    /// The text between two marks.
    pub(super) fn slice(&self, from: Mark, to: Mark) -> &'a str {
        let span = self.span_between(from, to);
        &self.text[span.start - self.base..span.end - self.base]
    }

    pub(super) fn nth_is(&self, ahead: usize, word: &str) -> bool {
        self.nth(ahead).is_some_and(|token| token.is_word(self.text, word))
    }

    pub(super) fn nth_is_any(&self, ahead: usize, words: &[&str]) -> bool {
        self.nth(ahead).is_some_and(|token| token.is_any_word(self.text, words))
    }

    pub(super) fn nth_kind(&self, ahead: usize) -> Option<Kind> {
        self.nth(ahead).map(|token| token.kind)
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.nth_is(0, word)
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        self.nth_is_any(0, words)
    }

    pub(super) fn is_kind(&self, kind: Kind) -> bool {
        self.nth_kind(0) == Some(kind)
    }

    /// Whether these words follow, in this order.
    pub(super) fn are(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(ahead, word)| self.nth_is(ahead, word))
    }

    /// Takes a word if it is the next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let found = self.is(word);
        self.at += usize::from(found);
        found
    }

    /// Takes these words if they are the next, all or none.
    pub(super) fn words(&mut self, words: &[&str]) -> bool {
        let found = self.are(words);
        self.at += if found { words.len() } else { 0 };
        found
    }

    /// Takes the next word if it is one of these, and says which.
    pub(super) fn any<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        let token = self.peek().filter(|token| token.kind == Kind::Word)?;
        let text = self.text_of(token);
        let found = words.iter().find(|word| text.eq_ignore_ascii_case(word))?;
        self.at += 1;
        Some(found)
    }

    pub(super) fn kind(&mut self, kind: Kind) -> Option<Token> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn comma(&mut self) -> bool {
        self.kind(Kind::Comma).is_some()
    }

    pub(super) fn is_operator(&self, sign: &str) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Operator && self.text_of(token) == sign)
    }

    pub(super) fn operator(&mut self, sign: &str) -> bool {
        let found = self.is_operator(sign);
        self.at += usize::from(found);
        found
    }

    /// A placeholder that stands for a keyword, or for nothing, is not understood.
    pub(super) fn placeholder_before(&mut self, word: &str) {
        if matches!(self.nth_kind(0), Some(Kind::Placeholder | Kind::Template)) && self.nth_is(1, word) {
            self.pass_over();
        }
    }

    pub(super) fn if_exists(&mut self) -> bool {
        self.placeholder_before("IF");
        self.words(&["IF", "EXISTS"])
    }

    pub(super) fn if_not_exists(&mut self) -> bool {
        self.placeholder_before("IF");
        self.words(&["IF", "NOT", "EXISTS"])
    }

    /// Puts one token or one group in parentheses behind the reader.
    pub(super) fn skip(&mut self) {
        match self.next() {
            Some(token) if token.kind == Kind::OpenParenthesis => {
                let mut open = 1_usize;
                while let Some(token) = self.next() {
                    match token.kind {
                        Kind::OpenParenthesis => open += 1,
                        Kind::CloseParenthesis if open == 1 => return,
                        Kind::CloseParenthesis => open -= 1,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes a group in parentheses as a whole; its span holds the parentheses.
    pub(super) fn group(&mut self) -> Option<Span> {
        let mark = self.at;
        self.is_kind(Kind::OpenParenthesis).then(|| {
            self.skip();
            self.span_from(mark)
        })
    }

    /// Moves on until `stops` says so, outside parentheses and brackets; at least to the end of what is read.
    pub(super) fn until(&mut self, mut stops: impl FnMut(&Self, Token) -> bool) -> Span {
        let mark = self.at;
        let mut brackets = 0_usize;
        while let Some(token) = self.peek() {
            if brackets == 0 && stops(self, token) {
                break;
            }
            if token.kind == Kind::Operator {
                match self.text_of(token) {
                    "[" => brackets += 1,
                    "]" => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
            }
            self.skip();
        }
        self.span_from(mark)
    }

    /// Moves on to one of these words, outside parentheses.
    pub(super) fn until_word(&mut self, words: &[&str]) -> Span {
        self.until(|reader, token| token.is_any_word(reader.text, words))
    }

    /// What stands inside the parentheses that follow, read by `read`; what it leaves over is opaque.
    pub(super) fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if !self.is_kind(Kind::OpenParenthesis) {
            return None;
        }
        let open = self.at;
        self.skip();
        let after = self.at;
        let closed = self.tokens[after - 1].kind == Kind::CloseParenthesis && after - 1 > open;
        let outer = std::mem::replace(&mut self.end, if closed { after - 1 } else { after });
        self.at = open + 1;
        let value = read(self);
        self.leave_over();
        self.end = outer;
        self.at = after;
        Some(value)
    }

    /// Items between commas, each read by `read`; what it leaves over of an item is opaque.
    pub(super) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Vec<T> {
        let mut items = Vec::new();
        while !self.is_end() {
            items.extend(self.item(&mut read));
            if !self.comma() {
                break;
            }
        }
        items
    }

    /// What stands up to the next comma, read by `read`; what it leaves over is opaque.
    pub(super) fn item<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.at;
        self.until(|_, token| token.kind == Kind::Comma);
        let outer = std::mem::replace(&mut self.end, self.at);
        self.at = mark;
        let value = read(self);
        self.leave_over();
        self.end = outer;
        value
    }

    /// An item as above, or all that is left where there is no list.
    pub(super) fn item_if<T>(&mut self, listed: bool, read: impl FnOnce(&mut Self) -> T) -> T {
        if listed {
            return self.item(read);
        }
        let value = read(self);
        self.leave_over();
        value
    }

    /// Whatever is left is not understood.
    pub(super) fn leave_over(&mut self) {
        if !self.is_end() {
            let mark = self.finish();
            self.opaque.push(self.span_between(mark, self.end));
        }
    }

    /// One token or group is not understood; neighbours become one span.
    pub(super) fn pass_over(&mut self) {
        let mark = self.at;
        self.skip();
        let span = self.span_from(mark);
        match self.opaque.last_mut() {
            Some(last) if mark > 0 && last.end == self.tokens[mark - 1].end as usize + self.base => last.end = span.end,
            _ => self.opaque.push(span),
        }
    }
}
