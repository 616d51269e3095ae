//! Queries: which relations they read.

use std::collections::BTreeSet;

use super::name::Name;
use super::reader::Reader;
use crate::sql::{Kind, Token};
use crate::text::Span;

/// A query, or any other text that reads relations.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// The relations it reads, each once, those of subqueries included; not its own `WITH` queries.
    pub relations: Vec<Name>,
    /// The functions it calls that change or need something by name: `setval`, `nextval`, and what else is called.
    pub functions: Vec<Name>,
    /// The tables that `WITH` queries insert into, update or delete from.
    pub writes: Vec<Name>,
    /// The table that `SELECT … INTO` creates.
    pub into: Option<Name>,
    /// Where it stands.
    pub span: Span,
}

/// Functions whose `FROM` names no relation.
const OWN_FROM: [&str; 5] = ["EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION"];

/// Words after which no relation's name follows though one could.
const NO_RELATION: [&str; 12] =
    ["SELECT", "VALUES", "LATERAL", "UNNEST", "ONLY", "TABLE", "SET", "STDIN", "STDOUT", "PROGRAM", "OUTFILE", "DUAL"];

/// The query between two marks.
pub(super) fn between(r: &Reader<'_>, from: usize, to: usize) -> Query {
    let mut scan =
        Scan { own_from: Vec::new(), with: BTreeSet::new(), found: Vec::new(), writes: Vec::new(), into: None };
    let mut inner = r.over(from, to);
    if inner.word("TABLE") {
        scan.relation(&mut inner);
    }
    while let Some(token) = inner.peek() {
        scan.step(&mut inner, token);
    }
    let mut seen = BTreeSet::new();
    let relations = scan.found.into_iter().filter(|name| {
        let own = name.parts.len() == 1 && scan.with.contains(&name.last().text.to_ascii_lowercase());
        !own && seen.insert(name.to_string())
    });
    let relations = relations.collect();
    Query {
        relations,
        functions: functions(r, from, to),
        writes: scan.writes,
        into: scan.into,
        span: r.span_between(from, to),
    }
}

/// The functions called between two marks, each once.
fn functions(r: &Reader<'_>, from: usize, to: usize) -> Vec<Name> {
    let known = ["setval", "nextval", "currval", "pg_catalog", "set_config", "dblink_exec"];
    let mut inner = r.over(from, to);
    let mut found: Vec<Name> = Vec::new();
    while let Some(token) = inner.next() {
        let calls = token.kind == Kind::Word && inner.nth_kind(0) == Some(Kind::OpenParenthesis);
        if calls && token.is_any_word(inner.text, &known) {
            inner.back(inner.mark() - 1);
            found.extend(inner.name());
        }
    }
    found
}

struct Scan {
    /// For each open parenthesis, whether `FROM` in it names no relation.
    own_from: Vec<bool>,
    /// The names of `WITH` queries, in lower case.
    with: BTreeSet<String>,
    found: Vec<Name>,
    writes: Vec<Name>,
    into: Option<Name>,
}

impl Scan {
    fn step(&mut self, r: &mut Reader<'_>, token: Token) {
        let before = r.previous();
        r.next();
        match token.kind {
            Kind::OpenParenthesis => {
                let own = before.is_some_and(|before| before.is_any_word(r.text, &OWN_FROM));
                self.own_from.push(own);
                self.write(r);
            }
            Kind::CloseParenthesis => {
                self.own_from.pop();
            }
            Kind::Word => self.word(r, token, before),
            _ => {}
        }
    }

    fn word(&mut self, r: &mut Reader<'_>, token: Token, before: Option<Token>) {
        let is = |word: &str| token.is_word(r.text, word);
        let distinct = before.is_some_and(|before| before.is_word(r.text, "DISTINCT"));
        if is("FROM") && !distinct && self.own_from.last() != Some(&true) {
            self.relations(r);
        } else if is("JOIN") || is("USING") && !r.is_kind(Kind::OpenParenthesis) {
            self.relation(r);
        } else if is("UPDATE") && !r.is_any(&["SET", "OF", "SKIP", "NOWAIT"]) {
            let follows = before.is_some_and(|before| before.is_any_word(r.text, &["FOR", "ON", "DO", "KEY", "THEN"]));
            if !follows {
                modifiers(r);
                self.relation(r);
            }
        } else if is("INTO") {
            r.any(&["TEMP", "TEMPORARY", "UNLOGGED", "TABLE"]);
            let name = r.name_but(&NO_RELATION).filter(|_| !r.is_kind(Kind::OpenParenthesis));
            self.into = self.into.take().or(name);
        } else if is("WITH")
            || is("RECURSIVE")
            || before.is_some_and(|before| before.kind == Kind::Comma)
            || !self.with.is_empty()
        {
            self.with_query(r, token);
        }
    }

    /// Notes the name of a `WITH` query: `WITH a AS (`, `, b (c) AS (`.
    fn with_query(&mut self, r: &mut Reader<'_>, token: Token) {
        if token.is_any_word(r.text, &["WITH", "RECURSIVE"]) {
            let mark = r.mark();
            r.word("RECURSIVE");
            let name = r.identifier();
            r.group();
            let body = r.word("AS") && (r.is_kind(Kind::OpenParenthesis) || r.is_any(&["MATERIALIZED", "NOT"]));
            if let Some(name) = name.filter(|_| body) {
                self.with.insert(name.text.to_ascii_lowercase());
            }
            r.back(mark);
        } else if !self.with.is_empty() {
            let mark = r.mark();
            if r.nth_kind(0) == Some(Kind::OpenParenthesis) {
                let closes = (1..64).find(|ahead| r.nth_kind(*ahead) == Some(Kind::CloseParenthesis));
                r.back(mark + closes.map_or(0, |ahead| ahead + 1));
            }
            if r.word("AS") && (r.is_kind(Kind::OpenParenthesis) || r.is_any(&["MATERIALIZED"])) {
                self.with.insert(r.text_of(token).to_ascii_lowercase());
            }
            r.back(mark);
        }
    }

    /// The target of a statement that begins a parenthesis.
    fn write(&mut self, r: &mut Reader<'_>) {
        let mark = r.mark();
        if let Some(verb) = r.any(&["INSERT", "UPDATE", "DELETE"]) {
            r.any(&["INTO", "FROM"]);
            r.word("ONLY");
            let is_name = verb != "UPDATE" || !r.is_any(&["SET", "OF"]);
            if !r.is_kind(Kind::OpenParenthesis) && is_name {
                self.writes.extend(r.name());
            }
        }
        r.back(mark);
    }

    /// Relations after `FROM`: a list, whose members may have aliases.
    fn relations(&mut self, r: &mut Reader<'_>) {
        loop {
            self.relation(r);
            let mark = r.mark();
            r.word("AS");
            if r.is_kind(Kind::Word) && !r.is_any(&["WHERE", "JOIN", "GROUP", "ORDER", "SET"]) || r.is_kind(Kind::Name)
            {
                r.next();
            }
            if !r.is_kind(Kind::Comma) {
                r.back(mark);
                return;
            }
            r.next();
            if r.is_any(&["LATERAL"]) || r.is_kind(Kind::OpenParenthesis) {
                return;
            }
        }
    }

    /// A relation, which may be the first of a join in parentheses: `FROM ((a JOIN b …) JOIN c …)`.
    fn relation(&mut self, r: &mut Reader<'_>) {
        if r.is_kind(Kind::OpenParenthesis) {
            let mark = r.mark();
            let inside = (1..32).find(|ahead| r.nth_kind(*ahead) != Some(Kind::OpenParenthesis));
            r.back(mark + inside.unwrap_or(0));
            if !r.is_any(&["SELECT", "WITH", "VALUES", "TABLE"]) {
                self.relation(r);
            }
            return r.back(mark);
        }
        r.word("ONLY");
        let mark = r.mark();
        if r.is_any(&NO_RELATION) || r.is_kind(Kind::Variable) || r.is_kind(Kind::String) {
            return;
        }
        if let Some(name) = r.name() {
            if r.is_kind(Kind::OpenParenthesis) {
                r.back(mark + 1);
            } else {
                self.found.push(name);
            }
        }
    }
}

/// What may stand between `UPDATE` and its table.
fn modifiers(r: &mut Reader<'_>) {
    while r.any(&["LOW_PRIORITY", "IGNORE", "OR", "ROLLBACK", "ABORT", "REPLACE", "FAIL"]).is_some() {}
}

/// The relation that an alias stands for between two marks: `FROM users u`.
pub(super) fn aliased(r: &Reader<'_>, from: usize, to: usize, alias: &Name) -> Option<Name> {
    let mut inner = r.over(from, to);
    while let Some(token) = inner.next() {
        if !token.is_any_word(inner.text, &["FROM", "JOIN", "UPDATE", "USING"]) && token.kind != Kind::Comma {
            continue;
        }
        let mark = inner.mark();
        if token.is_word(inner.text, "UPDATE") {
            modifiers(&mut inner);
        }
        if let Some(name) = inner.name_but(&NO_RELATION) {
            inner.word("AS");
            let found = inner.identifier().is_some_and(|found| found.text.eq_ignore_ascii_case(&alias.last().text));
            if found && !name.is("SET") {
                return Some(name);
            }
        }
        inner.back(mark);
    }
    None
}
