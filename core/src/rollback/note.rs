//! What each statement writes into the book.

use std::sync::Arc;

use super::book::{Aspect, Book, Key, Note};
use super::rename::Renamed;
use super::setting;
use super::spelling::{canonical, piece};
use crate::catalog::{Catalog, Difference, DifferenceKind, ObjectName, ObjectRef, signature};
use crate::change::{Change, Name, ObjectKind, Request};
use crate::sql::{Dialect, significant};
use crate::text::Span;

/// A statement as it is noted.
pub(super) struct Noted<'a> {
    /// The text of its script.
    pub(super) text: &'a str,
    /// The schema before it.
    pub(super) before: &'a Catalog,
    /// The schema after it.
    pub(super) after: &'a Catalog,
}

impl Book {
    /// Takes over what a statement does: first what goes and what is renamed by it, then what it says.
    pub(super) fn take(&mut self, request: &Request, at: &Noted<'_>, diffs: &[Difference], renamed: &[Renamed]) {
        for renamed in renamed {
            self.rename(&renamed.from, &renamed.to);
        }
        for diff in diffs.iter().filter(|diff| diff.kind == DifferenceKind::Removed) {
            if !renamed.iter().any(|renamed| renamed.from == diff.object) {
                self.forget(&diff.object);
            }
        }
        for diff in diffs.iter().filter(|diff| diff.object.kind == ObjectKind::Routine) {
            self.forget_overloads(&diff.object.name, at.after);
        }
        self.read(request, at);
    }

    fn read(&mut self, request: &Request, at: &Noted<'_>) {
        let whole = request.span;
        match &request.change {
            Change::CreateView(view) => {
                let kind = if view.materialized { ObjectKind::MaterializedView } else { ObjectKind::View };
                let object = ObjectRef::whole(kind, &at.before.place(&view.name));
                self.define(&object, at, Span::new(view.name.span.end, whole.end), whole);
            }
            Change::CreateRoutine(routine) => {
                let full = at.before.place(&routine.name);
                let parameters = routine.parameters.map(|span| piece(at.text, span)).unwrap_or_default();
                let object = overload(&full, parameters, self.dialect);
                self.define(&object, at, Span::new(routine.name.span.end, whole.end), whole);
            }
            Change::CreateTrigger(trigger) => {
                let Some(table) = &trigger.table else { return };
                self.define_part(ObjectKind::Trigger, &trigger.name, table, at, whole);
            }
            Change::CreatePolicy(policy) => {
                self.define_part(ObjectKind::Policy, &policy.name, &policy.table, at, whole);
            }
            Change::CreateRule(rule) => self.define_part(ObjectKind::Rule, &rule.name, &rule.table, at, whole),
            Change::CreateType(found) => {
                let object = ObjectRef::whole(ObjectKind::Type, &at.before.place(&found.name));
                if matches!(found.form, crate::change::TypeForm::Range | crate::change::TypeForm::Other) {
                    self.define(&object, at, Span::new(found.name.span.end, whole.end), whole);
                }
            }
            Change::Create(object) => self.create(object, at, whole),
            Change::CreateIndex(index) => {
                let (Some(table), Some(options)) = (&index.table, index.options) else { return };
                let table = at.before.relation_name(table);
                if let Some(name) = &index.name {
                    let object = ObjectRef::part(ObjectKind::Index, &table, &at.before.fold(name.last()));
                    setting::of_index(self, &object, piece(at.text, options));
                }
            }
            Change::Comment { kind, name: Some(name), table } => self.comment(*kind, name, table.as_ref(), at, whole),
            Change::Grant(grant) => super::grant::read(self, grant, at),
            Change::Alter(alter) => setting::read(self, alter, at),
            Change::Block(block) => block.steps.iter().for_each(|step| self.read(&step.request, at)),
            _ => {}
        }
    }

    fn create(&mut self, object: &crate::change::CreateObject, at: &Noted<'_>, whole: Span) {
        let Some(name) = &object.name else { return };
        let options = object.options.map(|span| piece(at.text, span)).unwrap_or_default();
        if object.kind == ObjectKind::Sequence {
            let sequence = ObjectRef::whole(ObjectKind::Sequence, &at.before.place(name));
            return setting::of_sequence(self, &sequence, options);
        }
        let reference = ObjectRef::whole(object.kind, &at.before.other_name(object.kind, name));
        if at.before.other(object.kind, name).is_present() && !object.or_replace {
            return;
        }
        self.define(&reference, at, Span::new(name.span.end, whole.end), whole);
    }

    fn define(&mut self, object: &ObjectRef, at: &Noted<'_>, said: Span, whole: Span) {
        let note =
            Note { said: canonical(piece(at.text, said), self.dialect), source: Arc::from(piece(at.text, whole)) };
        self.set(Key::new(object, Aspect::Definition), note);
    }

    fn define_part(&mut self, kind: ObjectKind, name: &Name, table: &Name, at: &Noted<'_>, whole: Span) {
        let owner = at.before.relation_name(table);
        let object = ObjectRef::part(kind, &owner, &at.before.fold(name.last()));
        // What stands before the table of a trigger says when it fires; the names themselves are the key.
        let text = piece(at.text, whole);
        let without = [name.span, table.span].iter().fold(text.to_owned(), |text, span| {
            let (start, end) = (span.start.saturating_sub(whole.start), span.end.saturating_sub(whole.start));
            let blank = " ".repeat(end.saturating_sub(start));
            match (text.get(..start), text.get(end..)) {
                (Some(before), Some(after)) => format!("{before}{blank}{after}"),
                _ => text,
            }
        });
        let said = canonical(&without, self.dialect).replace("create or replace ", "create ");
        self.set(
            Key::new(&object, Aspect::Definition),
            Note { said: said.replace("if not exists ", ""), source: Arc::from(text) },
        );
    }

    fn comment(&mut self, kind: ObjectKind, name: &Name, table: Option<&Name>, at: &Noted<'_>, whole: Span) {
        let Some(object) = commented(at.before, kind, name, table) else { return };
        let text = piece(at.text, whole);
        let tokens = significant(text, self.dialect);
        let is = tokens.iter().rposition(|token| token.is_word(text, "IS"));
        let Some(from) = is.and_then(|is| tokens.get(is + 1)) else { return };
        let said = text[from.start as usize..].trim_end_matches([';', ' ', '\n', '\r', '\t']).to_owned();
        let key = Key::new(&object, Aspect::Comment);
        if said.eq_ignore_ascii_case("null") || said == "''" {
            self.remove(&key);
        } else {
            self.set(key, Note { said: said.clone(), source: Arc::from(said) });
        }
    }

    /// Forgets all about an object that goes.
    fn forget(&mut self, object: &ObjectRef) {
        for key in self.about(&object.name) {
            let same = match &object.part {
                Some(_) => key.part == object.part && key.kind == object.kind,
                None if object.kind.is_relation() => key.kind != ObjectKind::Routine && !is_elsewhere(key.kind),
                None => key.kind == object.kind && key.part.is_none(),
            };
            if same {
                self.remove(&key);
            }
        }
    }

    /// Forgets the overloads of a routine that are gone.
    fn forget_overloads(&mut self, name: &ObjectName, after: &Catalog) {
        let there: Vec<Arc<str>> = after
            .overloads(name)
            .iter()
            .filter_map(|parameters| overload(name, parameters, self.dialect).part)
            .collect();
        for key in self.about(name).into_iter().filter(|key| key.kind == ObjectKind::Routine) {
            if !key.part.as_ref().is_some_and(|part| there.contains(part)) {
                self.remove(&key);
            }
        }
    }

    /// All about an object stands under its new name.
    fn rename(&mut self, from: &ObjectRef, to: &ObjectRef) {
        for key in self.about(&from.name) {
            let moves = match &from.part {
                Some(_) => key.part == from.part && key.kind == from.kind,
                None => true,
            };
            if moves && let Some(note) = self.remove(&key) {
                let part = if from.part.is_some() { to.part.clone() } else { key.part.clone() };
                self.set(Key { name: to.name.clone(), part, ..key }, note);
            }
        }
    }
}

/// Whether objects of a kind have names of their own beside those of relations.
fn is_elsewhere(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Type | ObjectKind::Domain | ObjectKind::Schema | ObjectKind::Extension)
}

/// An overload of a routine: its parameters are the part.
pub(super) fn overload(name: &ObjectName, parameters: &str, dialect: Dialect) -> ObjectRef {
    let overloads = matches!(dialect, Dialect::Postgres | Dialect::Generic);
    let types = if overloads { signature(parameters).join(", ") } else { String::new() };
    ObjectRef::part(ObjectKind::Routine, name, &types)
}

/// The object that a comment or a grant is about.
pub(super) fn commented(catalog: &Catalog, kind: ObjectKind, name: &Name, table: Option<&Name>) -> Option<ObjectRef> {
    let part = |kind: ObjectKind, table: &ObjectName| ObjectRef::part(kind, table, &catalog.fold(name.last()));
    Some(match kind {
        kind if kind.is_relation() => {
            let full = catalog.relation_name(name);
            catalog
                .relation_if_applied(&full)
                .map_or(ObjectRef::whole(kind, &full), crate::catalog::Relation::reference)
        }
        ObjectKind::Column | ObjectKind::Constraint | ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => {
            part(kind, &catalog.relation_name(table?))
        }
        ObjectKind::Index => {
            let owner = catalog.index(name, None).present().map(|(owner, _)| owner.name.clone());
            part(kind, &owner.unwrap_or_else(|| catalog.index_name(name)))
        }
        ObjectKind::Type | ObjectKind::Domain => ObjectRef::whole(kind, &catalog.type_name(name)),
        kind if kind.is_routine() => ObjectRef::whole(ObjectKind::Routine, &catalog.routine_name(name)),
        kind => ObjectRef::whole(kind, &catalog.other_name(kind, name)),
    })
}
