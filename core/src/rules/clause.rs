//! The clauses of a statement, and what each of them does to tables that are in use.

use std::cmp::Reverse;

use crate::catalog::ObjectName;
use crate::change::{Action, Alter, Change, Identifier, Name};
use crate::finding::{Edit, Fix};
use crate::impact::{Effect, Work};
use crate::text::Span;

use super::Facts;
use super::rewriting::review;
use super::statement::Statement;

/// One clause of an `ALTER`, in a statement of its own or inside of a block.
#[derive(Clone, Copy)]
pub(super) struct Clause<'a> {
    /// Its statement.
    pub(super) alter: &'a Alter,
    /// The clause.
    pub(super) action: &'a Action,
    /// Whether the statement stands in the script itself.
    pub(super) is_plain: bool,
}

/// The effects of one clause.
pub(super) struct Group<'a> {
    /// Where the clause stands.
    pub(super) span: Span,
    /// What it does; never empty.
    pub(super) effects: Vec<&'a Effect>,
}

impl Group<'_> {
    /// The relations that it is done to, each once.
    pub(super) fn relations(&self) -> Vec<&ObjectName> {
        let mut names: Vec<&ObjectName> = Vec::new();
        for effect in &self.effects {
            if !names.contains(&&effect.relation) {
                names.push(&effect.relation);
            }
        }
        names
    }
}

impl<'a> Statement<'a> {
    /// The clauses of `ALTER` statements, those inside of blocks too.
    pub(super) fn clauses(&self) -> Vec<Clause<'a>> {
        let mut clauses = Vec::new();
        for (request, _) in self.requests() {
            if let Change::Alter(alter) = &request.change {
                let is_plain = request.span == self.request.span;
                clauses.extend(alter.actions.iter().map(|action| Clause { alter, action, is_plain }));
            }
        }
        clauses
    }

    /// The clause that stands there.
    pub(super) fn clause(&self, span: Span) -> Option<Clause<'a>> {
        self.clauses().into_iter().find(|clause| clause.action.span == span)
    }

    /// What these facts make it do to relations that are in use, clause by clause.
    pub(super) fn groups(&self, work: Work, facts: &'static [&'static str]) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for effect in self.effects_of(work, facts) {
            match groups.iter_mut().find(|group| group.span == effect.span) {
                Some(group) => group.effects.push(effect),
                None => groups.push(Group { span: effect.span, effects: vec![effect] }),
            }
        }
        groups
    }

    /// The table of an `ALTER`, by its full name; else the first one that something is done to.
    pub(super) fn subject(&self, clause: Option<Clause<'a>>, group: &Group<'a>) -> ObjectName {
        let named = clause.and_then(|clause| clause.alter.name.as_ref());
        let named = named.map(|name| self.catalog().relation_name(name));
        let locked = |name: &ObjectName| self.step.impact.effects.iter().any(|effect| effect.relation == *name);
        named.filter(locked).unwrap_or_else(|| group.effects[0].relation.clone())
    }

    /// Tables in words: `` `a`, `b` and 3 more ``.
    pub(super) fn tables_in_words(&self, names: &[&ObjectName]) -> String {
        let quoted = |name: &&ObjectName| format!("`{}`", self.spelled(name));
        match names {
            [one] => quoted(one),
            [one, two] => format!("{} and {}", quoted(one), quoted(two)),
            [one, two, rest @ ..] => format!("{}, {} and {} more", quoted(one), quoted(two), rest.len()),
            [] => String::new(),
        }
    }

    /// The same with the lock that the statement takes on its table: `` `a`, and takes … on `a`: writes wait ``.
    pub(super) fn and_lock(&self, relation: &ObjectName) -> String {
        self.lock_in_words(relation).map_or_else(String::new, |lock| format!("; this {lock}"))
    }

    /// A name as the script writes it.
    pub(super) fn written(&self, name: &Name) -> &'a str {
        self.words(name.span)
    }

    /// An identifier as the script writes it.
    pub(super) fn own_word(&self, name: &Identifier) -> &'a str {
        self.words(name.span)
    }
}

impl Facts<'_> {
    /// Edits of the statement, and what comes after it in new scripts.
    pub(super) fn split(
        &self,
        statement: &Statement<'_>,
        title: &str,
        mut edits: Vec<Edit>,
        later: &[(String, String)],
    ) -> Option<Fix> {
        // From the end, so that each leaves the places of those before it as they are.
        edits.sort_by_key(|edit| match edit {
            Edit::Replace { span, .. } => Reverse(span.start),
            _ => Reverse(0),
        });
        edits.extend(self.new_scripts(statement, later)?);
        Some(review(title, edits))
    }
}

/// A name for a constraint or an index, from those of its table and columns, short enough for PostgreSQL.
pub(super) fn made_name(table: &Name, columns: &[&Identifier], ending: &str) -> Option<String> {
    let parts = std::iter::once(table.last()).chain(columns.iter().copied());
    let mut name = String::new();
    for part in parts {
        let plain = |char: char| char.is_ascii_alphanumeric() || char == '_';
        if !part.text.chars().all(plain) {
            return None;
        }
        name += &part.text.to_ascii_lowercase();
        name.push('_');
    }
    name += ending;
    (name.len() <= 63).then_some(name)
}
