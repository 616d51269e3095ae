//! Functions, procedures, packages and triggers. Their bodies are read, and do not run now.

use super::block::{self, Step};
use super::data_type::{self, DataType};
use super::name::{Identifier, Name};
use super::object::{self, ObjectKind};
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// A function, procedure, aggregate, package or event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// What kind.
    pub kind: ObjectKind,
    /// Its name.
    pub name: Name,
    /// Its parameters with their parentheses.
    pub parameters: Option<Span>,
    /// What it returns.
    pub returns: Option<DataType>,
    /// `OR REPLACE`, `OR ALTER`, SQL Server's `ALTER`.
    pub or_replace: bool,
    /// `LANGUAGE`.
    pub language: Option<Identifier>,
    /// `IMMUTABLE`, `STABLE`, `VOLATILE`; `DETERMINISTIC`: in lower case.
    pub volatility: Option<&'static str>,
    /// `SECURITY DEFINER`.
    pub security_definer: bool,
    /// Its settings: `SET search_path = …`.
    pub sets_search_path: bool,
    /// The body.
    pub body: Option<Span>,
    /// What the body does when it is called.
    pub steps: Vec<Step>,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Its name.
    pub name: Name,
    /// Its table; a trigger of a database or a schema has none.
    pub table: Option<Name>,
    /// The other table of a constraint trigger.
    pub referenced: Option<Name>,
    /// `CONSTRAINT`.
    pub constraint: bool,
    /// `OR REPLACE`, `OR ALTER`, SQL Server's `ALTER`.
    pub or_replace: bool,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// The function it calls.
    pub function: Option<Name>,
    /// What the body does when it fires.
    pub steps: Vec<Step>,
}

/// Reads on after `CREATE [OR REPLACE]`.
pub(super) fn routine(r: &mut Reader<'_>, or_replace: bool) -> Option<Routine> {
    r.any(&["EDITIONABLE", "NONEDITIONABLE"]);
    definer(r);
    if r.are(&["AGGREGATE", "FUNCTION"]) {
        r.next();
    }
    let kind =
        object::kind(r).filter(|kind| kind.is_routine() || matches!(kind, ObjectKind::Package | ObjectKind::Event))?;
    r.if_not_exists();
    let name = r.name()?;
    let mut routine = Routine {
        kind,
        name,
        parameters: r.group(),
        returns: None,
        or_replace,
        language: None,
        volatility: None,
        security_definer: false,
        sets_search_path: false,
        body: None,
        steps: Vec::new(),
    };
    while !r.is_end() && routine.body.is_none() {
        clause(r, &mut routine);
    }
    // Further clauses may follow a body in quotes.
    while !r.is_end() {
        clause(r, &mut routine);
    }
    Some(routine)
}

/// MySQL's `DEFINER = 'a'@'b'`.
fn definer(r: &mut Reader<'_>) {
    if r.word("DEFINER") {
        r.until_word(&["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "AGGREGATE", "SQL"]);
    }
}

fn clause(r: &mut Reader<'_>, routine: &mut Routine) {
    if r.any(&["RETURNS", "RETURN"]).is_some() && routine.returns.is_none() {
        if r.word("TABLE") {
            r.group();
        } else {
            routine.returns = data_type::read(r);
        }
    } else if r.word("LANGUAGE") {
        routine.language = r.identifier();
    } else if let Some(word) = r.any(&["IMMUTABLE", "STABLE", "VOLATILE", "DETERMINISTIC"]) {
        routine.volatility = match word {
            "IMMUTABLE" => Some("immutable"),
            "STABLE" => Some("stable"),
            "VOLATILE" => Some("volatile"),
            _ => Some("deterministic"),
        };
    } else if r.words(&["SECURITY", "DEFINER"]) {
        routine.security_definer = true;
    } else if r.words(&["SET", "SEARCH_PATH"]) {
        routine.sets_search_path = true;
    } else if let Some(steps) = block::body(r, routine.language.as_ref()) {
        let (span, steps) = steps;
        routine.body = Some(span);
        routine.steps = steps;
    } else {
        r.skip();
    }
}

/// Reads on after `CREATE [OR REPLACE]`.
pub(super) fn trigger(r: &mut Reader<'_>, or_replace: bool) -> Option<Trigger> {
    r.any(&["EDITIONABLE", "NONEDITIONABLE", "TEMP", "TEMPORARY"]);
    let constraint = r.word("CONSTRAINT");
    definer(r);
    if !r.word("TRIGGER") {
        return None;
    }
    let if_not_exists = r.if_not_exists();
    let mut trigger = Trigger {
        name: r.name()?,
        table: None,
        referenced: None,
        constraint,
        or_replace,
        if_not_exists,
        function: None,
        steps: Vec::new(),
    };
    while !r.is_end() {
        if r.word("ON") && trigger.table.is_none() {
            let wide = r.words(&["ALL", "SERVER"]) || r.word("DATABASE") || r.word("SCHEMA");
            trigger.table = if wide { None } else { r.name() };
            break;
        }
        r.skip();
    }
    while !r.is_end() {
        if r.word("FROM") {
            trigger.referenced = r.name();
        } else if r.words(&["EXECUTE", "FUNCTION"]) || r.words(&["EXECUTE", "PROCEDURE"]) || r.word("CALL") {
            trigger.function = r.name();
            r.finish();
        } else if r.is("WHEN") && r.nth_kind(1) == Some(Kind::OpenParenthesis) {
            r.next();
            r.skip();
        } else if begins_body(r) {
            let (_, steps) = block::rest(r);
            trigger.steps = steps;
        } else {
            r.skip();
        }
    }
    Some(trigger)
}

/// Whether the body of a trigger begins here.
fn begins_body(r: &Reader<'_>) -> bool {
    if r.is_sql_server() {
        return r.is("AS");
    }
    r.is_any(&["BEGIN", "DECLARE", "SET", "INSERT", "UPDATE", "DELETE", "IF", "COMPOUND", "SIGNAL"])
        && !r.previous().is_some_and(|before| before.is_any_word(r.text, &["OR", "OF", "AFTER", "BEFORE", "FOR"]))
}
