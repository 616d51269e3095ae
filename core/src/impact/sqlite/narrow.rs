//! Which tables a query reads whole: those whose rows no index narrows down.

use super::table::Found;
use crate::catalog::Relation;
use crate::change::{Identifier, Name};
use crate::impact::Situation;
use crate::sql::{Dialect, Kind, Token, significant};
use crate::text::{Casing, Span};

/// A piece of a script as tokens.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Where the piece begins in the script.
    base: usize,
}

/// Does something with the tokens of a piece of the script.
pub(super) fn with_words<T>(situation: &Situation<'_>, span: Span, run: impl FnOnce(Words<'_>) -> T) -> T {
    let text = situation.text.get(span.start..span.end).unwrap_or_default();
    let tokens = significant(text, Dialect::Sqlite);
    run(Words { text, tokens: &tokens, base: span.start })
}

/// Words that end the table's part or the condition of a query.
const ENDS: [&str; 9] = ["GROUP", "ORDER", "LIMIT", "HAVING", "WINDOW", "RETURNING", "UNION", "INTERSECT", "EXCEPT"];

/// The most `FROM`s of a statement that are looked at.
const MOST: usize = 100;

/// A table that a query reads, with what it is called there.
struct Source<'a> {
    found: Found<'a>,
    name: Name,
    called: String,
}

impl<'a> Words<'a> {
    fn is(self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word(self.text, word))
    }

    fn is_any(self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_any_word(self.text, words))
    }

    fn part(self, from: usize, to: usize) -> Self {
        Self { tokens: self.tokens.get(from..to.max(from)).unwrap_or_default(), ..self }
    }

    /// The positions outside of parentheses, to the end or to a parenthesis that was open before.
    fn level(self) -> impl Iterator<Item = usize> + use<'a> {
        let mut depth = 0_i32;
        let inside = move |token: &Token| {
            let own = depth == 0;
            match token.kind {
                Kind::OpenParenthesis => depth += 1,
                Kind::CloseParenthesis => depth -= 1,
                _ => {}
            }
            (own, depth < 0)
        };
        let positions = self.tokens.iter().map(inside).enumerate();
        positions.take_while(|(_, (_, over))| !over).filter(|(_, (own, _))| *own).map(|(at, _)| at)
    }

    fn identifier(self, at: usize) -> Option<Identifier> {
        let token = self.tokens.get(at).filter(|token| matches!(token.kind, Kind::Word | Kind::Name))?;
        let whole = token.text(self.text);
        let quoted = token.kind == Kind::Name;
        let text = if quoted { whole.get(1..whole.len() - 1).unwrap_or_default() } else { whole };
        let span = Span::new(self.base + token.start as usize, self.base + token.end as usize);
        Some(Identifier { text: text.to_owned(), quoted, span })
    }

    /// The table named here, and where its name ends.
    fn source<'c>(self, at: usize, situation: &Situation<'c>) -> Option<(Source<'c>, usize)> {
        let mut name = Name::from(self.identifier(at)?);
        let mut end = at + 1;
        if self.tokens.get(end).is_some_and(|token| token.kind == Kind::Dot) {
            name.parts.push(self.identifier(end + 1)?);
            end += 2;
        }
        end += usize::from(self.is(end, "AS"));
        let stops =
            ["WHERE", "JOIN", "LEFT", "INNER", "CROSS", "NATURAL", "ON", "USING", "SET", "INDEXED", "NOT", "FULL"];
        let alias =
            self.identifier(end).filter(|alias| alias.quoted || !self.is_any(end, &[&stops[..], &ENDS[..]].concat()));
        let called = alias.as_ref().unwrap_or(name.last()).text.lower();
        Some((Source { found: Found::of(&name, situation), name, called }, end))
    }

    /// The tables that this reads whole; `relations` are those that are no names of `WITH` queries.
    pub(super) fn read_whole<'c>(self, relations: &[Name], situation: &Situation<'c>) -> Vec<Found<'c>> {
        let from = |at: &usize| self.is(*at, "FROM") && !(*at > 0 && self.is(at - 1, "DISTINCT"));
        let mut found: Vec<Found<'c>> = Vec::new();
        for at in (0..self.tokens.len()).filter(from).take(MOST) {
            let block = self.part(at + 1, self.tokens.len());
            let named = |source: &Source<'c>| {
                let name = source.name.to_string();
                relations.iter().any(|relation| relation.to_string().eq_ignore_ascii_case(&name))
            };
            let whole = block.whole_of_block(self.part(0, at), situation).into_iter().filter(named);
            found.extend(whole.map(|source| source.found));
        }
        found.dedup_by(|one, other| one.name == other.name);
        found
    }

    /// The tables that one `FROM` reads whole. `select` is what stands before it.
    fn whole_of_block<'c>(self, select: Words<'_>, situation: &Situation<'c>) -> Vec<Source<'c>> {
        let level: Vec<usize> = self.level().collect();
        let mut sources = Vec::new();
        let (mut filter, mut end, mut limited, mut ordered) = (None, self.tokens.len(), false, false);
        for &at in &level {
            let starts = at == 0 || self.is(at - 1, "JOIN") || self.tokens[at - 1].kind == Kind::Comma;
            if filter.is_none() && starts && end == self.tokens.len() {
                sources.extend(self.source(at, situation).map(|(source, _)| source));
            }
            if self.is(at, "WHERE") {
                filter.get_or_insert(at + 1);
            }
            limited |= self.is(at, "LIMIT");
            ordered |= self.is_any(at, &["GROUP", "ORDER"]);
            if self.is_any(at, &["UNION", "INTERSECT", "EXCEPT"]) {
                break;
            }
            if self.is_any(at, &ENDS) || self.tokens[at].kind == Kind::CloseParenthesis {
                end = end.min(at);
            }
        }
        let last = level.last().map_or(0, |last| last + 1);
        let end = end.min(last);
        let counts = select.tokens.len() >= 4 && filter.is_none() && sources.len() == 1 && {
            let tail = select.part(select.tokens.len() - 4, select.tokens.len());
            tail.is(0, "count") && tail.tokens[2].text(tail.text) == "*"
        };
        if limited && !ordered || counts {
            return Vec::new();
        }
        let called: Vec<String> = sources.iter().map(|source| source.called.clone()).collect();
        let condition = self.part(filter.unwrap_or(end), end);
        let mut first = true;
        sources.retain(|source| {
            let inside: &[String] = if std::mem::take(&mut first) { &called } else { &[] };
            let joined = if inside.is_empty() { self.part(0, end) } else { condition };
            !joined.narrows(source.found.relation, &source.called, inside, !inside.is_empty())
        });
        sources
    }

    /// Whether a condition narrows down the rows of a table by an index. `inside` are the tables of the same query:
    /// compared with their columns, a column is not narrowed. `strict` says that this is the condition and nothing else.
    pub(super) fn narrows(self, relation: Option<&Relation>, called: &str, inside: &[String], strict: bool) -> bool {
        let Some(relation) = relation else { return !self.tokens.is_empty() };
        if matches!(self.tokens, [only] if only.text(self.text) == "0") || self.is(0, "FALSE") {
            return true;
        }
        let any =
            |words: Words<'_>| words.split(&["AND", "ON", "WHERE"]).any(|term| term.is_key(relation, called, inside));
        if !strict {
            return any(self);
        }
        let mut alternatives = self.split(&["OR"]).filter(|part| !part.tokens.is_empty()).peekable();
        alternatives.peek().is_some() && alternatives.all(|part| any(part) || part.is_bounded(relation, called))
    }

    /// Where one of these functions is called.
    pub(super) fn calls(self, functions: &[&str]) -> Option<Span> {
        let called =
            |pair: &&[Token]| pair[1].kind == Kind::OpenParenthesis && pair[0].is_any_word(self.text, functions);
        let token = self.tokens.windows(2).find(called)?[0];
        Some(Span::new(self.base + token.start as usize, self.base + token.end as usize))
    }

    /// What an `UPDATE` calls its table.
    pub(super) fn target(self, situation: &Situation<'_>) -> Option<String> {
        let at = (0..self.tokens.len()).find(|at| self.is(*at, "UPDATE"))? + 1;
        let at = if self.is(at, "OR") { at + 2 } else { at };
        self.source(at, situation).map(|(source, _)| source.called)
    }

    /// Whether a condition holds for every row.
    pub(super) fn is_true(self) -> bool {
        matches!(self.tokens, [only] if only.text(self.text) == "1" || only.is_word(self.text, "TRUE"))
    }

    /// Without the `WHERE` before it.
    pub(super) fn condition(self) -> Self {
        self.part(usize::from(self.is(0, "WHERE")), self.tokens.len())
    }

    /// The parts between words outside of parentheses; the parentheses around all of it are taken away.
    fn split<'w>(self, words: &'w [&'w str]) -> impl Iterator<Item = Words<'a>> + use<'a, 'w> {
        let mut cuts: Vec<usize> = self.level().filter(|at| self.is_any(*at, words)).collect();
        cuts.push(self.tokens.len());
        let mut from = 0;
        cuts.into_iter().map(move |cut| {
            let part = self.part(from, cut);
            from = cut + 1;
            part
        })
    }

    /// The column named here, if it is one of the table by which an index or the row id finds rows.
    fn key(self, at: usize, relation: &Relation, called: &str) -> Option<(String, usize)> {
        let qualified = self.tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Dot);
        let column = self.identifier(if qualified { at + 2 } else { at })?.text.lower();
        let own = !qualified || self.identifier(at).is_some_and(|table| table.text.eq_ignore_ascii_case(called));
        let leads = relation.indexes.iter().any(|index| {
            index.predicate.is_none() && index.parts.first().is_some_and(|part| part.column.as_ref() == Some(&column))
        });
        let primary = relation.primary_key().is_some_and(|key| key.columns.first() == Some(&column));
        let found = own && (leads || primary || ["rowid", "oid", "_rowid_"].contains(&&*column));
        found.then_some((column, if qualified { at + 3 } else { at + 1 }))
    }

    /// `key = value`, `key IN …`, `key BETWEEN …`, `value = key`.
    fn is_key(self, relation: &Relation, called: &str, inside: &[String]) -> bool {
        let others = |from: usize, to: usize| {
            (from..to).any(|at| {
                let dot = self.tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Dot);
                dot && self.identifier(at).is_some_and(|table| inside.contains(&table.text.lower()))
            })
        };
        let equal = |at: usize| self.tokens.get(at).is_some_and(|token| matches!(token.text(self.text), "=" | "=="));
        if let Some((_, next)) = self.key(0, relation, called) {
            let is = self.is_any(next, &["IN", "BETWEEN"]) || self.is(next, "IS") && !self.is(next + 1, "NOT");
            if is || equal(next) {
                return is || !others(next, self.tokens.len());
            }
        }
        let sign = self.level().find(|at| equal(*at));
        let Some(sign) = sign else { return false };
        self.key(sign + 1, relation, called).is_some_and(|(_, next)| next == self.tokens.len()) && !others(0, sign)
    }

    /// `key >= a AND key < b`.
    fn is_bounded(self, relation: &Relation, called: &str) -> bool {
        let bound = |term: Words<'_>| {
            let (column, next) = term.key(0, relation, called)?;
            let sign = term.tokens.get(next)?.text(term.text).chars().next()?;
            matches!(sign, '<' | '>').then_some((column, sign))
        };
        let bounds: Vec<(String, char)> = self.split(&["AND"]).filter_map(bound).collect();
        bounds.iter().any(|(column, sign)| *sign == '<' && bounds.contains(&(column.clone(), '>')))
    }
}
