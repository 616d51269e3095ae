//! The columns that a query gives, where its text says them all.

use super::naming::fold_text;
use super::relation::{Column, Relation};
use super::state::Catalog;
use crate::change::{CreateView, Query};
use crate::sql::{Dialect, Kind, Token, significant};

/// Words that end the list of what a query reads.
const AFTER_SOURCES: [&str; 12] =
    ["WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "WINDOW", "UNION", "EXCEPT", "INTERSECT"];

impl Catalog {
    /// The names of a view's columns, in order; `None` where an expression without a name, or a relation that is not
    /// known, leaves one open.
    #[must_use]
    pub fn columns_of_view(&self, view: &CreateView, text: &str) -> Option<Vec<String>> {
        if !view.columns.is_empty() {
            return Some(view.columns.iter().map(|column| self.fold(column)).collect());
        }
        self.columns_of_query(&view.query, text)
    }

    /// The names of a query's columns, in order; `None` where one has no name, or a relation is not known.
    #[must_use]
    pub fn columns_of_query(&self, query: &Query, text: &str) -> Option<Vec<String>> {
        Some(self.given(query, text)?.into_iter().map(|column| column.name).collect())
    }

    /// The columns of a table that is made of a query; `None` as for their names. On PostgreSQL those that are taken as they
    /// are keep their types, and nothing else; of others only the names are known.
    pub(super) fn columns_made_of(&self, query: &Query, text: &str) -> Option<Vec<Column>> {
        let mut columns = self.given(query, text)?;
        for column in &mut columns {
            let data_type = column.data_type.take().filter(|_| self.dialect == Dialect::Postgres);
            *column = match data_type {
                Some(data_type) => Column {
                    data_type: Some(data_type),
                    nullable: Some(true),
                    collation: column.collation.take(),
                    complete: column.complete,
                    ..Column::unknown(&column.name)
                },
                None => Column::unknown(&column.name),
            };
        }
        // A name that is given twice is refused, or means something else.
        let named = |column: &Column| columns.iter().filter(|other| other.name == column.name).count() == 1;
        columns.iter().all(named).then_some(columns)
    }

    /// What a query gives, in order: of a column that is taken as it is with all that is known of it.
    fn given(&self, query: &Query, text: &str) -> Option<Vec<Column>> {
        let text = text.get(query.span.start..query.span.end)?;
        let tokens = significant(text, self.dialect);
        let (first, rest) = tokens.split_first()?;
        if !first.is_word(text, "SELECT") || rest.first()?.is_any_word(text, &["DISTINCT", "ALL", "TOP"]) {
            return None;
        }
        let (listed, sources) = items(text, rest)?;
        let source = self.only_source(text, sources, query);
        let mut columns = Vec::new();
        for item in listed {
            columns.extend(self.given_by(text, item, source)?);
        }
        Some(columns)
    }

    /// The columns that a query of one relation gives as they are, in order, with nothing for an expression; `None` where
    /// it leaves rows out, or is more than a list of what it gives and a `FROM`.
    #[must_use]
    pub fn copied_columns(&self, query: &Query, text: &str) -> Option<Vec<Option<String>>> {
        let text = text.get(query.span.start..query.span.end)?;
        let tokens = significant(text, self.dialect);
        let (first, rest) = tokens.split_first()?;
        let narrows = |token: &Token| token.is_any_word(text, &["WHERE", "JOIN", "UNION", "HAVING", "LIMIT", "EXCEPT"]);
        if !first.is_word(text, "SELECT") || query.relations.len() != 1 || rest.iter().any(narrows) {
            return None;
        }
        let source = self.table(query.relations.first()?).present();
        let mut columns = Vec::new();
        for item in items(text, rest)?.0 {
            match item {
                [_] | [_, _, _] => match self.given_by(text, item, source) {
                    Some(found) => columns.extend(found.into_iter().map(|column| Some(column.name))),
                    None => columns.push(None),
                },
                _ => columns.push(None),
            }
        }
        Some(columns)
    }

    /// The columns of one item of a select list: `a`, `t.a`, `… AS a`, `*`, `t.*`.
    fn given_by(&self, text: &str, item: &[Token], source: Option<&Relation>) -> Option<Vec<Column>> {
        let name = |token: &Token| {
            let quoted = token.kind == Kind::Name;
            let whole = token.text(text);
            let inner = if quoted { whole.get(1..whole.len() - 1)? } else { whole };
            (quoted || token.kind == Kind::Word).then(|| fold_text(self.dialect, inner, quoted, false).into_owned())
        };
        let all = || source.filter(|source| source.complete).map(|source| source.columns.iter().cloned().collect());
        let taken = |name: String| {
            let found = source.and_then(|source| source.column(&name).present());
            found.cloned().unwrap_or_else(|| Column::unknown(&name))
        };
        match item {
            [star] if star.text(text) == "*" => all(),
            [_, dot, star] if dot.kind == Kind::Dot && star.text(text) == "*" => all(),
            [column] => Some(vec![taken(name(column)?)]),
            [_, dot, column] if dot.kind == Kind::Dot => Some(vec![taken(name(column)?)]),
            [own @ .., word, column] if word.is_word(text, "AS") => {
                let own = match own {
                    [own] => name(own).map(taken),
                    [_, dot, own] if dot.kind == Kind::Dot => name(own).map(taken),
                    _ => None,
                };
                let named = name(column)?;
                Some(vec![own.map_or_else(|| Column::unknown(&named), |own| Column { name: named.clone(), ..own })])
            }
            _ => None,
        }
    }

    /// The relation that a query reads after `FROM`, if it is one alone, and known.
    fn only_source(&self, text: &str, from: &[Token], query: &Query) -> Option<&Relation> {
        let (named, others) = from.get(1..)?.split_first()?;
        let at = query.span.start + named.span().start;
        let relation = query.relations.iter().find(|relation| relation.span.start == at)?;
        let ends = |token: &Token| token.is_any_word(text, &AFTER_SOURCES);
        let mut sources = others.iter().take_while(|token| !ends(token));
        let more = |token: &Token| {
            matches!(token.kind, Kind::Comma | Kind::OpenParenthesis) || token.is_any_word(text, &["JOIN", "APPLY"])
        };
        if sources.any(more) { None } else { self.table(relation).present() }
    }
}

/// The items of a select list, and what stands from its `FROM` on.
fn items<'t>(text: &str, tokens: &'t [Token]) -> Option<(Vec<&'t [Token]>, &'t [Token])> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::OpenParenthesis => depth += 1,
            Kind::CloseParenthesis => depth = depth.checked_sub(1)?,
            _ if depth > 0 => {}
            Kind::Comma => {
                found.push(&tokens[start..at]);
                start = at + 1;
            }
            _ if token.is_word(text, "INTO") => {
                found.push(&tokens[start..at]);
                let from = tokens[at..].iter().position(|token| token.is_word(text, "FROM"))?;
                return Some((found, &tokens[at + from..]));
            }
            _ if token.is_word(text, "FROM") => {
                found.push(&tokens[start..at]);
                return Some((found, &tokens[at..]));
            }
            _ => {}
        }
    }
    None
}
