//! The columns that a view gives, where its text says them all.

use super::known::Known;
use super::naming::fold;
use super::state::Catalog;
use crate::change::{CreateView, Identifier, Query};
use crate::sql::{Kind, Options, Token, read};

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
        let text = text.get(query.span.start..query.span.end)?;
        let tokens = read(text, &Options::new(self.dialect)).tokens;
        let tokens: Vec<Token> = tokens.into_iter().filter(|token| !token.kind.is_trivia()).collect();
        let (first, rest) = tokens.split_first()?;
        if !first.is_word(text, "SELECT") || rest.first()?.is_any_word(text, &["DISTINCT", "ALL", "TOP"]) {
            return None;
        }
        let mut columns = Vec::new();
        for item in items(text, rest)? {
            columns.extend(self.columns_of_item(text, item, query)?);
        }
        Some(columns)
    }

    /// The columns that a query of one relation gives as they are, in order, with nothing for an expression; `None` where
    /// it leaves rows out, or is more than a list of what it gives and a `FROM`.
    #[must_use]
    pub fn copied_columns(&self, query: &Query, text: &str) -> Option<Vec<Option<String>>> {
        let text = text.get(query.span.start..query.span.end)?;
        let tokens = read(text, &Options::new(self.dialect)).tokens;
        let tokens: Vec<Token> = tokens.into_iter().filter(|token| !token.kind.is_trivia()).collect();
        let (first, rest) = tokens.split_first()?;
        let narrows = |token: &Token| token.is_any_word(text, &["WHERE", "JOIN", "UNION", "HAVING", "LIMIT", "EXCEPT"]);
        if !first.is_word(text, "SELECT") || query.relations.len() != 1 || rest.iter().any(narrows) {
            return None;
        }
        let mut columns = Vec::new();
        for item in items(text, rest)? {
            match item {
                [_] | [_, _, _] => match self.columns_of_item(text, item, query) {
                    Some(found) => columns.extend(found.into_iter().map(Some)),
                    None => columns.push(None),
                },
                _ => columns.push(None),
            }
        }
        Some(columns)
    }

    /// The columns of one item of a select list: `a`, `t.a`, `… AS a`, `*`.
    fn columns_of_item(&self, text: &str, item: &[Token], query: &Query) -> Option<Vec<String>> {
        let name = |token: &Token| {
            let quoted = token.kind == Kind::Name;
            let whole = token.text(text);
            let inner = if quoted { whole.get(1..whole.len() - 1)? } else { whole };
            (quoted || token.kind == Kind::Word)
                .then(|| fold(self.dialect, &Identifier { text: inner.to_owned(), quoted, span: token.span() }, false))
        };
        match item {
            [star] if star.text(text) == "*" => self.all_columns(query),
            [column] => Some(vec![name(column)?]),
            [_, dot, column] if dot.kind == Kind::Dot => Some(vec![name(column)?]),
            [.., word, column] if word.is_word(text, "AS") => Some(vec![name(column)?]),
            _ => None,
        }
    }

    /// What `*` stands for: the columns of the only relation.
    fn all_columns(&self, query: &Query) -> Option<Vec<String>> {
        let [relation] = query.relations.as_slice() else { return None };
        let Known::Present(found) = self.table(relation) else { return None };
        found.complete.then(|| found.columns.iter().map(|column| column.name.clone()).collect())
    }
}

/// The items of a select list, up to its `FROM`.
fn items<'t>(text: &str, tokens: &'t [Token]) -> Option<Vec<&'t [Token]>> {
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
            _ if token.is_word(text, "FROM") => {
                found.push(&tokens[start..at]);
                return Some(found);
            }
            _ => {}
        }
    }
    None
}
