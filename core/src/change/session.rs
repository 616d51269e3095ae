//! Settings of a session, and the state that they leave.

use std::collections::BTreeMap;

use super::name::Identifier;
use super::naming::unquoted;
use super::reader::Reader;
use super::request::Change;
use super::transaction::Transaction;
use crate::sql::{Kind, Token};
use crate::text::{Casing, Span};

/// How long a setting lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// To the end of the session.
    Session,
    /// To the end of the transaction: `SET LOCAL`.
    Local,
    /// For the server: `SET GLOBAL`, `SET PERSIST`.
    Global,
}

/// `SET`, `RESET`, `USE`, `PRAGMA`, `ALTER SESSION SET`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Setting {
    /// Which of them, in lower case.
    verb: &'static str,
    /// How long it lasts.
    pub scope: Scope,
    /// What is set.
    pub assignments: Vec<Assignment>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Assignment {
    /// Its name in lower case: `lock_timeout`, `search_path`, `role`, `database`.
    pub name: String,
    /// Its values without quotes; none for `RESET` and for `DEFAULT`.
    pub values: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

impl Setting {
    /// `set`, `reset`, `use`, `pragma`, `alter-session`.
    #[must_use]
    pub fn verb(&self) -> &'static str {
        self.verb
    }

    fn one(verb: &'static str, scope: Scope, assignment: Assignment) -> Self {
        Self { verb, scope, assignments: vec![assignment] }
    }
}

/// Reads on after `SET`.
pub(super) fn set(r: &mut Reader<'_>) -> Option<Setting> {
    let mark = r.mark();
    let session_words = r.is("SESSION") && r.nth_is_any(1, &["AUTHORIZATION", "CHARACTERISTICS"]);
    let scope = match r.any(&["LOCAL", "SESSION", "GLOBAL", "PERSIST", "PERSIST_ONLY"]).filter(|_| !session_words) {
        Some("LOCAL") => Scope::Local,
        Some("GLOBAL" | "PERSIST" | "PERSIST_ONLY") => Scope::Global,
        _ => Scope::Session,
    };
    if session_words {
        r.back(mark);
    }
    if let Some(assignment) = phrase(r) {
        return Some(Setting::one("set", scope, assignment));
    }
    let assignments = assignments(r);
    (!assignments.is_empty()).then_some(Setting { verb: "set", scope, assignments })
}

/// Settings with words of their own.
const PHRASES: [(&[&str], &str); 14] = [
    (&["TIME", "ZONE"], "timezone"),
    (&["SESSION", "AUTHORIZATION"], "session_authorization"),
    (&["SESSION", "CHARACTERISTICS", "AS", "TRANSACTION"], "default_transaction"),
    (&["TRANSACTION"], "transaction"),
    (&["CONSTRAINTS"], "constraints"),
    (&["CONSTRAINT"], "constraints"),
    (&["NAMES"], "names"),
    (&["CHARACTER", "SET"], "character_set"),
    (&["ROLE"], "role"),
    (&["SCHEMA"], "schema"),
    (&["CURRENT", "SCHEMA"], "schema"),
    (&["IDENTITY_INSERT"], "identity_insert"),
    (&["XML", "OPTION"], "xmloption"),
    (&["STATISTICS"], "statistics"),
];

fn phrase(r: &mut Reader<'_>) -> Option<Assignment> {
    let mark = r.mark();
    let (_, name) = *PHRASES.iter().find(|(words, _)| r.words(words))?;
    let _ = r.operator("=") || r.word("TO");
    let values = values(r);
    Some(Assignment { name: name.to_owned(), values, span: r.span_from(mark) })
}

/// All that is left, word by word; what touches is one word.
fn values(r: &mut Reader<'_>) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    let mut end = None;
    while let Some(token) = r.next() {
        if token.kind != Kind::Comma {
            match values.last_mut().filter(|_| end == Some(token.start)) {
                Some(last) => last.push_str(&value(r, token)),
                None => values.push(value(r, token)),
            }
            end = Some(token.end);
        }
    }
    values
}

fn value(r: &Reader<'_>, token: Token) -> String {
    match token.kind {
        Kind::String | Kind::Name | Kind::DollarString => unquoted(r.text_of(token)),
        _ => r.text_of(token).to_owned(),
    }
}

/// `a = 1, b = 2`, `a TO 1, 2`, `NOCOUNT ON`.
fn assignments(r: &mut Reader<'_>) -> Vec<Assignment> {
    let mut found: Vec<Assignment> = Vec::new();
    while !r.is_end() {
        let mark = r.mark();
        r.any(&["GLOBAL", "SESSION", "LOCAL", "PERSIST"]);
        let Some(name) = r.name() else {
            r.pass_over();
            continue;
        };
        let assigns = r.operator("=") || r.operator(":=") || r.word("TO");
        let single = assigns || found.is_empty();
        let from = r.mark();
        r.until(|_, token| token.kind == Kind::Comma);
        let mut inner = r.over(if single { from } else { mark }, r.mark());
        let words = values(&mut inner);
        let span = r.span_from(mark);
        match found.last_mut().filter(|_| !single) {
            Some(last) => last.values.extend(words),
            None => found.push(Assignment { name: setting_name(&name.to_string()), values: words, span }),
        }
        r.comma();
    }
    found
}

fn setting_name(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("@@").unwrap_or(&name);
    ["session.", "local.", "global."].iter().find_map(|scope| name.strip_prefix(scope)).unwrap_or(name).to_owned()
}

/// Reads on after `RESET`, `USE`, `PRAGMA`, or `ALTER SESSION`.
pub(super) fn other(r: &mut Reader<'_>, verb: &str) -> Option<Setting> {
    let mark = r.mark();
    let (verb, named) = match verb {
        "RESET" => ("reset", None),
        "USE" => ("use", Some("database")),
        "PRAGMA" => ("pragma", None),
        _ => {
            r.word("SET");
            let assignments = session_assignments(r);
            return Some(Setting { verb: "alter-session", scope: Scope::Session, assignments });
        }
    };
    r.words(&["DATABASE"]);
    let name = match (named, verb) {
        (Some(name), _) => name.to_owned(),
        (None, "pragma") => r.name()?.last().text.to_ascii_lowercase(),
        (None, _) if r.words(&["SESSION", "AUTHORIZATION"]) => "session_authorization".to_owned(),
        (None, _) => r.name()?.to_string().to_ascii_lowercase(),
    };
    r.operator("=");
    let grouped = r.inside(values);
    let values = grouped.unwrap_or_else(|| values(r));
    Some(Setting::one(verb, Scope::Session, Assignment { name, values, span: r.span_from(mark) }))
}

/// Oracle's `a = 1 b = 2`.
fn session_assignments(r: &mut Reader<'_>) -> Vec<Assignment> {
    let mut found = Vec::new();
    while !r.is_end() {
        let mark = r.mark();
        let name = r.identifier().map(|name| name.text.to_ascii_lowercase()).unwrap_or_default();
        if !r.operator("=") {
            r.finish();
            found.push(Assignment { name, values: Vec::new(), span: r.span_from(mark) });
            break;
        }
        let values = r.next().map(|token| value(r, token)).into_iter().collect();
        found.push(Assignment { name, values, span: r.span_from(mark) });
    }
    found
}

/// What the settings of a session are at some point, as far as the scripts say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    settings: BTreeMap<String, Vec<String>>,
    of_transaction: BTreeMap<String, Vec<String>>,
    /// Whether a transaction is open because a script says `BEGIN`.
    pub in_transaction: bool,
    /// The savepoints that are set, the last one last; their names in lower case.
    savepoints: Vec<String>,
}

impl Session {
    /// Takes note of a change. `transaction` says that the runner has a transaction open.
    pub fn apply(&mut self, change: &Change, transaction: bool) {
        match change {
            Change::Set(setting) => self.set(setting, transaction || self.in_transaction),
            Change::Transaction(Transaction::Begin) => self.in_transaction = true,
            Change::Transaction(Transaction::Commit | Transaction::Rollback) => self.end_transaction(),
            // What a condition decides on may not run: the settings before it count.
            Change::Block(block) => {
                let steps = block.steps.iter().filter(|step| step.guard.is_none());
                steps.for_each(|step| self.apply(&step.request.change, transaction));
            }
            Change::Transaction(Transaction::Savepoint(Some(name))) => self.savepoints.push(name.text.lower()),
            Change::Transaction(Transaction::Release(Some(name))) => self.forget_savepoints(name, 0),
            Change::Transaction(Transaction::RollbackTo(Some(name))) => self.forget_savepoints(name, 1),
            _ => {}
        }
    }

    /// Some settings are the server's own again.
    pub fn forget(&mut self, names: &[&str]) {
        for name in names {
            self.settings.remove(*name);
            self.of_transaction.remove(*name);
        }
    }

    /// The savepoints after one are gone, and unless it is kept, itself.
    fn forget_savepoints(&mut self, name: &Identifier, kept: usize) {
        let at = self.savepoints.iter().rposition(|set| set.eq_ignore_ascii_case(&name.text));
        self.savepoints.truncate(at.map_or(self.savepoints.len(), |at| at + kept));
    }

    /// The transaction ends: what was set for it alone is gone.
    pub fn end_transaction(&mut self) {
        self.in_transaction = false;
        self.savepoints.clear();
        self.of_transaction.clear();
    }

    /// Whether a savepoint of this name is set; without a name, whether any is.
    #[must_use]
    pub fn has_savepoint(&self, name: Option<&str>) -> bool {
        name.map_or(!self.savepoints.is_empty(), |name| {
            self.savepoints.iter().any(|set| set.eq_ignore_ascii_case(name))
        })
    }

    fn set(&mut self, setting: &Setting, in_transaction: bool) {
        for assignment in &setting.assignments {
            // SQLite ignores this one while a transaction is open.
            if in_transaction && setting.verb == "pragma" && assignment.name == "foreign_keys" {
                continue;
            }
            let name = assignment.name.clone();
            let back =
                setting.verb == "reset" || assignment.values.iter().any(|value| value.eq_ignore_ascii_case("DEFAULT"));
            match setting.scope {
                Scope::Global => {}
                // `SET LOCAL` outside a transaction has no effect.
                Scope::Local if !in_transaction => {}
                Scope::Local => {
                    self.of_transaction.insert(name, assignment.values.clone());
                }
                Scope::Session if back && name == "all" => self.settings.clear(),
                Scope::Session if back => {
                    self.settings.remove(&name);
                    self.of_transaction.remove(&name);
                }
                Scope::Session => {
                    self.of_transaction.remove(&name);
                    self.settings.insert(name, assignment.values.clone());
                }
            }
        }
    }

    /// The values of a setting, by its name in lower case; `None` if the server's own is in force.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[String]> {
        self.of_transaction.get(name).or_else(|| self.settings.get(name)).map(Vec::as_slice)
    }

    /// A setting as milliseconds: `5000`, `5s`, `1min`. `unit` is what a number without a unit means, in milliseconds.
    #[must_use]
    pub fn milliseconds(&self, name: &str, unit: u64) -> Option<u64> {
        let text = self.get(name)?.join("").replace(' ', "");
        let digits = text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len();
        let number: u64 = text[..digits].parse().ok()?;
        let factor = match &text[digits..] {
            "" => unit,
            "ms" => 1,
            "s" => 1_000,
            "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        number.checked_mul(factor)
    }
}
