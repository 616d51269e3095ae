//! `INSERT` statements, alone or inside a whole dump: `pg_dump --inserts`, `mysqldump`, SQL Server and SQLite scripts.
//!
//! The text is read twice: first for the tables that rows are inserted into, then for the rows of the one that is meant.

use super::columns::{Column, Heading, header};
use super::error::{Complaint, Complaints, Outcome, shown};
use super::lexer::{Kind, Lexer, Token, Unfinished};
use super::record::{Gaps, Record, Value};
use super::tables::{choose, has_default_name, same};
use super::{Form, Snapshot, literal, rows};
use crate::text::Span;

/// The names of a list of columns.
type Columns<'a> = Vec<(&'a str, Span)>;

/// The part of an `INSERT` statement before its rows.
#[derive(Debug)]
struct Head<'a> {
    table: &'a str,
    /// The names of the columns; empty where there is no list.
    columns: Columns<'a>,
    /// Offset just after `VALUES`, or of the query that gives the rows.
    after: usize,
    query: bool,
}

impl Head<'_> {
    fn names(&self, column: Column) -> bool {
        self.columns.iter().any(|(name, _)| Heading::of(name) == Heading::Read(column))
    }

    /// Whether this may be the history table: by name or by columns.
    fn may_fit(&self) -> bool {
        has_default_name(self.table) || self.columns.is_empty() || self.names(Column::InstalledRank)
    }
}

/// Reads the rows of the history table, or nothing where the text inserts into no table that may be it.
pub(super) fn read(text: &str) -> Outcome<Option<Snapshot>> {
    let mysql = is_mysql(text);
    let heads = heads(text, mysql).map_err(cut_off)?;
    let Some(table) = choose(&fitting(&heads))? else { return Ok(None) };
    let mut gaps = Gaps::default();
    let mut complaints = Complaints::default();
    let mut records = Vec::new();
    for head in heads.iter().filter(|head| same(head.table, table)) {
        let headings = headings(head, &mut gaps)?;
        let mut parser = Parser { text, lexer: Lexer::new(text, head.after, mysql) };
        parser.rows(headings.as_deref(), &mut records, &mut complaints)?;
        if complaints.is_full() {
            break;
        }
    }
    let records = complaints.or(records)?;
    rows::snapshot(Form::Insert, &records, gaps).map(Some)
}

fn cut_off(Unfinished(span): Unfinished) -> Complaint {
    let message = "the text ends inside a quote or comment that starts here";
    Complaint::new(message).at(span).help("take the snapshot again: this file was cut off")
}

/// A backslash escapes in MySQL's strings only, so the dump has to be known before the first string is read.
fn is_mysql(text: &str) -> bool {
    ["-- MySQL dump", "-- MariaDB dump", "INTO `", "into `"].iter().any(|mark| text.contains(mark))
}

/// The tables that may be the history table. Without a list of columns and with another name, a table must be the
/// only one.
fn fitting<'a>(heads: &[Head<'a>]) -> Vec<&'a str> {
    let alone = heads.iter().all(|head| same(head.table, heads[0].table));
    let fits = |head: &&Head<'a>| alone || has_default_name(head.table) || !head.columns.is_empty();
    heads.iter().filter(fits).map(|head| head.table).collect()
}

/// The columns of a statement; `None` stands for the table's own order.
fn headings(head: &Head<'_>, gaps: &mut Gaps) -> Outcome<Option<Vec<Heading>>> {
    if head.query {
        let message = format!("the rows of {} come from a query", shown(head.table));
        return Err(Complaint::new(message).at(Span::new(head.after, head.after)).into());
    }
    if head.columns.is_empty() {
        return Ok(None);
    }
    let mut complaints = Complaints::default();
    let headings = header(head.columns.iter().copied(), gaps, &mut complaints);
    complaints.or(Some(headings))
}

fn heads(text: &str, mysql: bool) -> Result<Vec<Head<'_>>, Unfinished> {
    let mut heads = Vec::new();
    let mut parser = Parser { text, lexer: Lexer::new(text, 0, mysql) };
    while let Some(token) = parser.lexer.token()? {
        if token.is_word(text, "insert") || token.is_word(text, "replace") {
            let behind = parser.clone();
            match parser.head()? {
                Some(head) => heads.extend(Some(head).filter(Head::may_fit)),
                None => parser = behind,
            }
        }
    }
    Ok(heads)
}

/// Reads statements token by token.
#[derive(Clone)]
struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
}

impl<'a> Parser<'a> {
    /// The statement behind the word `INSERT`, up to its rows; `None` where this is none, as in `GRANT INSERT ON t`.
    fn head(&mut self) -> Result<Option<Head<'a>>, Unfinished> {
        let Some(mut token) = self.lexer.token()? else { return Ok(None) };
        while ["low_priority", "delayed", "ignore", "into"].iter().any(|word| token.is_word(self.text, word)) {
            let Some(next) = self.lexer.token()? else { return Ok(None) };
            token = next;
        }
        let Some((table, mut next)) = self.name(token)? else { return Ok(None) };
        let mut columns = Vec::new();
        if next.is(b'(') {
            match self.columns()? {
                Some((names, behind)) => (columns, next) = (names, behind),
                None => return Ok(None),
            }
        }
        while ["overriding", "system", "user", "value"].iter().any(|word| next.is_word(self.text, word)) {
            let Some(behind) = self.lexer.token()? else { return Ok(None) };
            next = behind;
        }
        let query = next.is_word(self.text, "select") || next.is_word(self.text, "with");
        if !query && !next.is_word(self.text, "values") {
            return Ok(None);
        }
        Ok(Some(Head { table, columns, after: next.span.end, query }))
    }

    /// A name in parts, and the token behind it. Dots between unquoted parts belong to the word.
    fn name(&mut self, first: Token) -> Result<Option<(&'a str, Token)>, Unfinished> {
        let mut last = first;
        while is_name(last) {
            let Some(next) = self.lexer.token()? else { return Ok(None) };
            if !next.text(self.text).starts_with('.') && !last.text(self.text).ends_with('.') {
                return Ok(Some((&self.text[first.span.start..last.span.end], next)));
            }
            last = next;
        }
        Ok(None)
    }

    /// The list of columns behind its opening parenthesis, and the token behind the closing one.
    fn columns(&mut self) -> Result<Option<(Columns<'a>, Token)>, Unfinished> {
        let mut columns = Vec::new();
        loop {
            let (Some(name), Some(separator)) = (self.lexer.token()?, self.lexer.token()?) else { return Ok(None) };
            if !is_name(name) {
                return Ok(None);
            }
            columns.push((name.text(self.text), name.span));
            if separator.is(b')') {
                return Ok(self.lexer.token()?.map(|behind| (columns, behind)));
            }
            if !separator.is(b',') {
                return Ok(None);
            }
        }
    }

    /// The rows behind `VALUES`.
    fn rows(
        &mut self,
        headings: Option<&[Heading]>,
        records: &mut Vec<Record<'a>>,
        complaints: &mut Complaints,
    ) -> Outcome<()> {
        loop {
            let number = records.len();
            let (values, span) = self.row(number)?;
            let headings = match headings {
                Some(named) => named,
                None => Heading::in_table_order(values.len()).ok_or_else(|| {
                    let message = format!("has {} values, where the history table has 10 columns", values.len());
                    Complaint::row(number, message).at(span)
                })?,
            };
            match Record::of(headings, values, number, span) {
                Ok(record) => records.push(record),
                // A row stays in its place, so that the numbers of later ones are right.
                Err(wrong) => {
                    records.push(Record::default());
                    complaints.extend(wrong);
                }
            }
            if !self.lexer.clone().token().map_err(cut_off)?.is_some_and(|token| token.is(b',')) {
                return Ok(());
            }
            self.lexer.token().map_err(cut_off)?;
        }
    }

    /// One row in parentheses.
    fn row(&mut self, number: usize) -> Outcome<(Vec<(Value<'a>, Span)>, Span)> {
        let open = self.token(number)?;
        if !open.is(b'(') {
            return Err(Complaint::row(number, "does not start with a parenthesis").at(open.span).into());
        }
        let mut values = Vec::with_capacity(10);
        loop {
            let (tokens, end) = self.expression(number)?;
            let span = match (tokens.first(), tokens.last()) {
                (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
                _ => end.span,
            };
            values.push((literal::value(&tokens, self.text), span));
            if end.is(b')') {
                return Ok((values, Span::new(open.span.start, end.span.end)));
            }
        }
    }

    /// The tokens of one value, and the comma or parenthesis that ends it.
    fn expression(&mut self, number: usize) -> Outcome<(Vec<Token>, Token)> {
        let mut tokens = Vec::with_capacity(2);
        let mut nesting = 0usize;
        loop {
            let token = self.token(number)?;
            match token.kind {
                Kind::Punct(b',' | b')') if nesting == 0 => return Ok((tokens, token)),
                Kind::Punct(b'(') => nesting += 1,
                Kind::Punct(b')') => nesting -= 1,
                _ => {}
            }
            tokens.push(token);
        }
    }

    /// The next token, which a whole row must have.
    fn token(&mut self, number: usize) -> Outcome<Token> {
        let token = self.lexer.token().map_err(cut_off)?;
        Ok(token.ok_or_else(|| {
            let end = Span::new(self.text.len(), self.text.len());
            let complaint = Complaint::row(number, "the text ends before the row does");
            complaint.at(end).help("take the snapshot again: this file was cut off")
        })?)
    }
}

fn is_name(token: Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Name | Kind::Text(_))
}
