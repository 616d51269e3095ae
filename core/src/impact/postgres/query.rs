//! What a query locks and reads, as far as its text and the indexes tell.

use super::doing::{Doing, Subject};
use super::facts;
use super::modes::{ACCESS_SHARE, ROW_EXCLUSIVE, ROW_SHARE};
use crate::catalog::{ColumnType, ObjectName};
use crate::change::{DataType, Identifier, Name, Query, TimeZone};
use crate::impact::{Fact, LockMode, Stops, Work};
use crate::sql::{Dialect, Kind, Token, significant};
use crate::text::Span;

/// The tokens of a piece of the script, without blanks and comments.
pub(super) fn tokens<'a>(doing: &Doing<'a>, span: Span) -> (&'a str, Vec<Token>) {
    let text = doing.words(span);
    (text, significant(text, Dialect::Postgres))
}

/// The sequences that `nextval('name')` and its like name.
pub(super) fn sequence_names(doing: &Doing<'_>, span: Span) -> Vec<ObjectName> {
    let (text, tokens) = tokens(doing, span);
    let calls = |window: &[Token]| {
        let known = window[0].is_any_word(text, &["nextval", "setval"]);
        known && window[1].kind == Kind::OpenParenthesis && window[2].kind == Kind::String
    };
    let literals = tokens.windows(3).filter(|window| calls(window)).map(|window| window[2].text(text));
    literals.map(|literal| relation_of(doing, literal.trim_matches('\''), span)).collect()
}

/// The relation that a text names: `public.orders_id_seq`.
fn relation_of(doing: &Doing<'_>, text: &str, span: Span) -> ObjectName {
    let part = |part: &str| {
        let quoted = part.starts_with('"');
        Identifier { text: part.trim_matches('"').to_owned(), quoted, span }
    };
    let parts: Vec<Identifier> = text.split('.').map(part).collect();
    doing.catalog().relation_name(&Name { parts, span })
}

/// The types of the casts that an expression puts on a column, the innermost first; `None` if it does anything else.
pub(super) fn casts(doing: &Doing<'_>, span: Span, column: &Identifier) -> Option<Vec<ColumnType>> {
    let (text, tokens) = tokens(doing, span);
    let mut inner: Vec<Token> = tokens
        .into_iter()
        .filter(|token| !matches!(token.kind, Kind::OpenParenthesis | Kind::CloseParenthesis))
        .collect();
    let mut found = Vec::new();
    if inner.first().is_some_and(|first| first.is_word(text, "CAST")) {
        let at = inner.iter().position(|token| token.is_word(text, "AS"))?;
        found.push(type_of(doing, text, &inner[at + 1..])?);
        inner = inner[1..at].to_vec();
    }
    let mut parts = inner.split(|token| token.text(text) == "::");
    let [name] = parts.next()? else { return None };
    let own = Identifier { text: name.text(text).trim_matches('"').to_owned(), quoted: name.kind == Kind::Name, span };
    if doing.catalog().fold(&own) != doing.catalog().fold(column) {
        return None;
    }
    let casts: Option<Vec<ColumnType>> = parts.map(|part| type_of(doing, text, part)).collect();
    let mut casts = casts?;
    casts.append(&mut found);
    Some(casts)
}

/// A type by its words; parentheses are gone, so numbers are its arguments.
fn type_of(doing: &Doing<'_>, text: &str, tokens: &[Token]) -> Option<ColumnType> {
    let words: Vec<&str> = tokens
        .iter()
        .filter(|token| matches!(token.kind, Kind::Word | Kind::Name))
        .map(|token| token.text(text))
        .collect();
    let lower = words.join(" ").to_ascii_lowercase();
    let zones = [(" with time zone", TimeZone::With), (" without time zone", TimeZone::Without)];
    let zone = zones.iter().find(|(ending, _)| lower.ends_with(ending));
    let bare = zone.map_or(lower.as_str(), |(ending, _)| lower.strip_suffix(ending).unwrap_or(&lower));
    let span = Span { start: 0, end: 0 };
    let arguments = tokens.iter().filter(|token| token.kind == Kind::Number).map(|token| token.text(text).to_owned());
    let written = DataType {
        name: Name::from(Identifier { text: bare.to_owned(), quoted: false, span }),
        arguments: arguments.collect(),
        dimensions: u8::from(text.contains('[')),
        time_zone: zone.map(|(_, zone)| *zone),
        unsigned: false,
        character_set: None,
        span,
    };
    (!words.is_empty()).then(|| doing.catalog().column_type(&written))
}

/// A view is read through what it reads.
pub(super) fn lock_through<'a>(
    doing: &mut Doing<'a>,
    subject: &Subject<'a>,
    mode: LockMode,
    fact: &'static Fact,
) -> Vec<Subject<'a>> {
    let mut tables = Vec::new();
    let mut open = vec![subject.clone()];
    let mut seen = vec![subject.name.clone()];
    while let Some(next) = open.pop() {
        doing.lock(&next, mode, fact);
        let view = next.target() == crate::impact::Target::View;
        for name in next.relation.filter(|_| view).map(|relation| &relation.reads).into_iter().flatten() {
            if let Some(below) = doing.lookup(name).filter(|below| !seen.contains(&below.name)) {
                seen.push(below.name.clone());
                open.push(below);
            }
        }
        if !view {
            tables.push(next);
        }
    }
    tables
}

/// A query that runs: what it reads is locked with its indexes, and read whole where no index helps.
pub(super) fn run(doing: &mut Doing<'_>, query: &Query) {
    let locking = locks_rows(doing, query.span);
    let mode = if locking { ROW_SHARE } else { ACCESS_SHARE };
    let tables = plan(doing, query, mode, true);
    let filtered = Filter::of(doing, query.span);
    for table in &tables {
        if filtered.needs_scan(table, &tables) {
            doing.scan(table, &facts::QUERIED);
        }
        if locking && filtered.is_empty() {
            doing.add(&table.name, table.target(), Work::LockRows, Stops::WRITERS, &facts::LOCKED_ROWS);
        }
    }
    for name in &query.writes {
        super::data::written(doing, name);
    }
    for sequence in sequence_names(doing, query.span) {
        if let Some(sequence) = doing.lookup(&sequence) {
            doing.lock(&sequence, ROW_EXCLUSIVE, &facts::NEXT_VALUE);
        }
    }
}

/// A query that is planned and not run. `indexes` says whether the planner looks at indexes; a definition does not plan.
pub(super) fn plan<'a>(doing: &mut Doing<'a>, query: &Query, mode: LockMode, indexes: bool) -> Vec<Subject<'a>> {
    let mut tables = Vec::new();
    for name in &query.relations {
        let Some(subject) = doing.find(name) else { continue };
        for table in lock_through(doing, &subject, mode, &facts::QUERIED) {
            for member in doing.family(&table, !indexes) {
                doing.lock(&member, mode, &facts::QUERIED);
                let partitioned = member.target() == crate::impact::Target::Partitioned;
                if indexes && (!partitioned || doing.major() >= 16) {
                    doing.lock_indexes(&member, mode, &facts::QUERIED);
                }
                tables.push(member);
            }
        }
    }
    tables
}

/// `FOR UPDATE` and its like, where they stand at the end.
fn locks_rows(doing: &Doing<'_>, span: Span) -> bool {
    let (text, tokens) = tokens(doing, span);
    let depth_free = tokens.windows(2);
    depth_free
        .into_iter()
        .any(|pair| pair[0].is_word(text, "FOR") && pair[1].is_any_word(text, &["UPDATE", "SHARE", "NO", "KEY"]))
}

/// What a `WHERE` compares with a value of its own, and what it joins.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// Columns compared with a literal, and whether by `=`.
    values: Vec<(String, bool)>,
    /// Columns compared with another column.
    joins: Vec<String>,
    /// Whether there is a `WHERE` at all.
    is_there: bool,
    /// Whether the first rows found are enough.
    is_limited: bool,
}

impl Filter {
    pub(super) fn of(doing: &Doing<'_>, span: Span) -> Self {
        let (text, tokens) = tokens(doing, span);
        let at = tokens.iter().position(|token| token.is_word(text, "WHERE"));
        let (condition, is_there) = match at {
            Some(at) => (&tokens[at + 1..], true),
            None => (&tokens[..0], false),
        };
        let says = |words: &[&str]| tokens.iter().any(|token| token.is_any_word(text, words));
        let is_limited = says(&["LIMIT"]) && !says(&["ORDER", "GROUP", "DISTINCT", "OVER", "UNION"]);
        Self { is_there, is_limited, ..Self::read(doing, text, condition) }
    }

    /// What `ON` of a `MERGE` compares.
    pub(super) fn on(doing: &Doing<'_>, span: Span) -> Self {
        let (text, tokens) = tokens(doing, span);
        let from = tokens.iter().position(|token| token.is_word(text, "ON")).map_or(tokens.len(), |at| at + 1);
        let condition = &tokens[from..];
        let to = condition.iter().position(|token| token.is_word(text, "WHEN")).unwrap_or(condition.len());
        Self { is_there: true, ..Self::read(doing, text, &condition[..to]) }
    }

    /// Whether an index of the table begins with a column that joins.
    pub(super) fn joins_by_index(&self, table: &Subject<'_>) -> bool {
        self.joins.iter().any(|column| leads(table, column))
    }

    /// A condition without its `WHERE`.
    pub(super) fn condition(doing: &Doing<'_>, span: Span) -> Self {
        let (text, tokens) = tokens(doing, span);
        Self { is_there: true, ..Self::read(doing, text, &tokens) }
    }

    fn read(doing: &Doing<'_>, text: &str, condition: &[Token]) -> Self {
        let mut filter = Self::default();
        let column = |token: &Token| {
            let name = token.text(text);
            let identifier =
                Identifier { text: name.trim_matches('"').into(), quoted: token.kind == Kind::Name, span: doing.span };
            doing.catalog().fold(&identifier)
        };
        let is_name = |token: &Token| matches!(token.kind, Kind::Word | Kind::Name);
        for (at, token) in condition.iter().enumerate().filter(|(_, token)| is_name(token)) {
            let Some(operator) = condition.get(at + 1) else { continue };
            let (is_in, ranges) = (operator.is_word(text, "IN"), operator.is_word(text, "BETWEEN"));
            let compares =
                operator.kind == Kind::Operator && ["=", "<", ">", "<=", ">="].contains(&operator.text(text));
            let signed = condition.get(at + 2).is_some_and(|sign| sign.text(text) == "-");
            let right = condition.get(at + if signed { 3 } else { 2 });
            let Some(right) = right.filter(|_| is_in || ranges || compares) else { continue };
            if is_name(right) && condition.get(at + 3).is_some_and(|next| next.kind == Kind::Dot) {
                filter.joins.push(column(token));
                filter.joins.extend(condition.get(at + 4).map(column));
            } else if matches!(right.kind, Kind::String | Kind::Number | Kind::Parameter | Kind::OpenParenthesis) {
                filter.values.push((column(token), is_in || operator.text(text) == "="));
            }
        }
        filter
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.is_there
    }

    /// Whether rows are chosen by joining only.
    pub(super) fn only_joins(&self) -> bool {
        self.values.is_empty() && !self.joins.is_empty()
    }

    /// Whether a range of an indexed column is chosen.
    pub(super) fn is_range(&self, table: &Subject<'_>) -> bool {
        self.values.iter().any(|(column, equals)| !equals && leads(table, column))
    }

    /// Whether a table is read whole: no index begins with a column that is compared with a value, or, where another
    /// table is filtered, with one that joins.
    pub(super) fn needs_scan(&self, table: &Subject<'_>, tables: &[Subject<'_>]) -> bool {
        let has = |subject: &Subject<'_>, column: &str| {
            subject.relation.is_some_and(|relation| relation.column(column).is_present())
        };
        if self.is_limited || self.values.iter().any(|(column, _)| leads(table, column)) {
            return false;
        }
        let own = self.values.iter().any(|(column, _)| has(table, column));
        let others = tables.iter().filter(|other| other.name != table.name);
        let filtered = others.into_iter().any(|other| self.values.iter().any(|(column, _)| has(other, column)));
        own || !(filtered && self.joins.iter().any(|column| leads(table, column)))
    }
}

/// Whether an index of the whole table begins with the column.
fn leads(table: &Subject<'_>, column: &str) -> bool {
    table.indexes().any(|index| {
        index.predicate.is_none() && index.parts.first().is_some_and(|part| part.column.as_deref() == Some(column))
    })
}
