//! What a statement says that the catalog does not keep, entered into the ledger.

use super::definition::{canonical, routine};
use super::ledger::Ledger;
use super::taken::{Taken, taken_in};
use crate::catalog::{Catalog, ObjectName, ObjectRef, signature};
use crate::change::{
    Alter, AlterAction, Block, Change, ColumnChange, CreateObject, Grant, Name, ObjectKind, Query, Request,
};
use crate::text::{Casing, Span};

/// What `all` stands for.
const PRIVILEGES: [&str; 12] = [
    "select",
    "insert",
    "update",
    "delete",
    "truncate",
    "references",
    "trigger",
    "usage",
    "execute",
    "create",
    "connect",
    "temporary",
];

/// A statement as it is entered. `before` and `after` are the schemas around it.
pub(super) struct Entry<'a> {
    pub(super) ledger: &'a mut Ledger,
    pub(super) text: &'a str,
    pub(super) before: &'a Catalog,
    pub(super) after: &'a Catalog,
}

impl Entry<'_> {
    pub(super) fn request(&mut self, request: &Request) {
        self.change(&request.change, request.span);
    }

    fn change(&mut self, change: &Change, span: Span) {
        match change {
            Change::CreateView(view) if !view.temporary => {
                let full = self.before.place(&view.name);
                let kind = if view.materialized { ObjectKind::MaterializedView } else { ObjectKind::View };
                let columns: Vec<String> = view.columns.iter().map(|column| self.before.fold(column)).collect();
                let object = ObjectRef::whole(kind, &full);
                let query = self.words(view.query.span);
                self.define(&object, "query", view.if_not_exists, &query);
                self.define(&object, "columns", view.if_not_exists, &columns.join(", "));
                self.take_in(&object, Taken::By(&view.query), view.if_not_exists);
            }
            Change::CreateRoutine(routine) => {
                let full = self.before.place(&routine.name);
                let words = routine.parameters.and_then(|span| self.text.get(span.start..span.end)).unwrap_or("()");
                let part = signature(words).join(", ");
                let object = ObjectRef { kind: routine.kind, ..ObjectRef::part(routine.kind, &full, &part) };
                let said = self.words(Span::new(routine.name.span.end, span.end));
                self.ledger.put(&object, "definition", said);
            }
            Change::CreateTrigger(trigger) => {
                let Some(table) = &trigger.table else { return };
                let owner = self.before.relation_name(table);
                let object = ObjectRef::part(ObjectKind::Trigger, &owner, &self.before.fold(trigger.name.last()));
                let said = self
                    .words(Span::new(trigger.name.span.end, span.end))
                    .replace("execute procedure", "execute function");
                self.define(&object, "definition", trigger.if_not_exists, &said);
            }
            Change::CreatePolicy(policy) => {
                let owner = self.before.relation_name(&policy.table);
                let object = ObjectRef::part(ObjectKind::Policy, &owner, &self.before.fold(policy.name.last()));
                let said = self.words(policy.query.span);
                self.define(&object, "definition", false, &said);
            }
            Change::CreateRule(rule) => {
                let owner = self.before.relation_name(&rule.table);
                let object = ObjectRef::part(ObjectKind::Rule, &owner, &self.before.fold(rule.name.last()));
                let said = self.words(Span::new(rule.name.span.end, span.end));
                self.define(&object, "definition", false, &said);
            }
            Change::CreateTable(table) => {
                let full = self.before.place(&table.name);
                let object = ObjectRef::whole(ObjectKind::Table, &full);
                if let Some(query) = &table.query {
                    self.made_of(&object, query, table.if_not_exists);
                }
                for like in &table.like {
                    self.take_in(&object, Taken::Like(like), table.if_not_exists);
                }
            }
            Change::Select(query) => query.into.iter().for_each(|into| {
                self.made_of(&ObjectRef::whole(ObjectKind::Table, &self.before.place(into)), query, false);
            }),
            Change::Create(object) => self.create_other(object),
            Change::Alter(alter) => self.alter(alter),
            Change::Drop(drop) => {
                for name in &drop.names {
                    self.gone(drop.kind, name, drop.table.as_ref());
                }
                if drop.cascade || drop.kind == ObjectKind::Schema {
                    self.ledger.forget_absent(self.after);
                }
            }
            Change::Rename(renames) => {
                for rename in renames {
                    let from = ObjectRef::whole(rename.kind, &self.before.full_name(rename.kind, &rename.from));
                    let name = from.name.beside(&self.before.fold(rename.to.last()));
                    self.ledger.rename(&from, &ObjectRef { name, ..from.clone() });
                }
            }
            Change::Comment { kind, name, table } => self.comment(*kind, name.as_ref(), table.as_ref(), span),
            Change::Grant(grant) => self.grant(grant, span),
            Change::Block(block) => self.block(block),
            _ => {}
        }
    }

    fn block(&mut self, block: &Block) {
        for step in &block.steps {
            self.request(&step.request);
        }
    }

    fn words(&self, span: Span) -> String {
        canonical(self.text, span, self.before)
    }

    fn whole(&self, kind: ObjectKind, name: &Name) -> ObjectRef {
        if kind.is_routine() {
            return routine(kind, name, self.text, self.before);
        }
        ObjectRef::whole(kind, &self.before.full_name(kind, name))
    }

    /// What is made, unless it is there and may be.
    fn define(&mut self, object: &ObjectRef, about: &str, if_not_exists: bool, said: &str) {
        if !(if_not_exists && self.ledger.get(object, about).is_some()) {
            self.ledger.put(object, about, said);
        }
    }

    /// A table that is made of a query.
    fn made_of(&mut self, table: &ObjectRef, query: &Query, if_not_exists: bool) {
        let said = self.words(query.span);
        self.define(table, "query", if_not_exists, &said);
        self.take_in(table, Taken::By(query), if_not_exists);
    }

    /// Where it is not known which columns an object got, they follow from what it was made of.
    fn take_in(&mut self, object: &ObjectRef, taken: Taken<'_>, if_not_exists: bool) {
        if self.after.relation_if_applied(&object.name).is_some_and(|found| !found.complete) {
            let said = taken_in(self.text, self.before, self.ledger, taken);
            self.define(object, super::taken::ABOUT, if_not_exists, &said);
        }
    }

    fn gone(&mut self, kind: ObjectKind, name: &Name, table: Option<&Name>) {
        let part = self.before.fold(name.last());
        let object = match table {
            Some(table) if kind != ObjectKind::Index => ObjectRef::part(kind, &self.before.relation_name(table), &part),
            _ => self.whole(kind, name),
        };
        // Where it could not be dropped, it stays.
        if !self.after.presence(&object).is_present() || kind.is_routine() {
            self.ledger.forget(&object);
        }
    }

    fn create_other(&mut self, object: &CreateObject) {
        let Some(name) = &object.name else { return };
        let full = if object.kind == ObjectKind::Sequence {
            self.before.place(name)
        } else {
            self.before.full_name(object.kind, name)
        };
        let reference = ObjectRef::whole(object.kind, &full);
        if object.if_not_exists && self.before.presence(&reference).is_present() {
            return;
        }
        if object.kind == ObjectKind::Sequence {
            return object.options.into_iter().for_each(|options| self.sequence(&reference, options));
        }
        let said = object.options.map_or_else(String::new, |options| self.words(options));
        self.define(&reference, "definition", object.if_not_exists, &said);
        for element in &object.elements {
            self.request(element);
        }
    }

    /// The options of a sequence, one by one.
    fn sequence(&mut self, object: &ObjectRef, options: Span) {
        const NAMES: [&str; 10] =
            ["as", "increment", "minvalue", "maxvalue", "start", "restart", "cache", "cycle", "owned", "no"];
        let words = self.words(options);
        let (mut about, mut said) = (String::new(), Vec::new());
        let mut enter = |about: &str, said: &mut Vec<&str>| {
            let value: Vec<&str> = said.drain(..).filter(|word| !matches!(*word, "by" | "with")).collect();
            if !(about.is_empty() || about == "increment" && value == ["1"]) {
                self.ledger.put(object, about, value.join(" "));
            }
        };
        for word in words.split(' ') {
            if NAMES.contains(&word) && about != "no" {
                enter(&about, &mut said);
                word.clone_into(&mut about);
            } else if about == "no" {
                word.clone_into(&mut about);
                said.push("no");
            } else {
                said.push(word);
            }
        }
        enter(&about, &mut said);
    }

    fn comment(&mut self, kind: ObjectKind, name: Option<&Name>, table: Option<&Name>, span: Span) {
        let Some(name) = name else { return };
        let object = match table {
            Some(table) => ObjectRef::part(kind, &self.before.relation_name(table), &self.before.fold(name.last())),
            None => self.whole(kind, name),
        };
        let whole = self.words(span);
        let said = whole.split_once(" is ").map_or(whole.as_str(), |(_, said)| said);
        match said {
            "null" | "''" => self.ledger.take(&object, "comment"),
            said => self.ledger.put(&object, "comment", said),
        }
    }

    fn alter(&mut self, alter: &Alter) {
        let Some(name) = &alter.name else { return };
        let object = match &alter.table {
            Some(table) => {
                ObjectRef::part(alter.kind, &self.before.relation_name(table), &self.before.fold(name.last()))
            }
            None => self.whole(alter.kind, name),
        };
        for action in &alter.actions {
            self.action(&object, &action.what, action.span);
        }
    }

    fn action(&mut self, object: &ObjectRef, what: &AlterAction, span: Span) {
        let renamed = |name: ObjectName| ObjectRef { name, ..object.clone() };
        let part = |kind: ObjectKind, part: &str| ObjectRef::part(kind, &object.name, part);
        let fold = |name| self.before.fold(name);
        match what {
            AlterAction::Rename(to) if object.part.is_some() && !object.kind.is_routine() => {
                let to = ObjectRef { part: Some(fold(to.last()).into()), ..object.clone() };
                self.ledger.rename(object, &to);
            }
            AlterAction::Rename(to) => self.ledger.rename(object, &renamed(object.name.beside(&fold(to.last())))),
            AlterAction::SetSchema(schema) => {
                self.ledger.rename(object, &renamed(ObjectName::new(&fold(schema), &object.name.name)));
            }
            AlterAction::RenameColumn { from, to } => {
                self.ledger.rename(&part(ObjectKind::Column, &fold(from)), &part(ObjectKind::Column, &fold(to)));
            }
            AlterAction::RenameConstraint { from, to } => {
                self.ledger
                    .rename(&part(ObjectKind::Constraint, &fold(from)), &part(ObjectKind::Constraint, &fold(to)));
            }
            AlterAction::DropColumn { column, .. } => self.ledger.forget(&part(ObjectKind::Column, &fold(column))),
            AlterAction::DropConstraint { name, .. } => {
                self.ledger.forget(&part(ObjectKind::Constraint, &fold(name.last())));
            }
            AlterAction::SetOwner(role) => self.ledger.put(object, "owner", fold(role.last())),
            AlterAction::RowSecurity(words) => {
                let about = if words.contains("force") { "forced row security" } else { "row security" };
                let on = !words.contains("no force") && !words.contains("disable");
                if on { self.ledger.put(object, about, "on") } else { self.ledger.take(object, about) }
            }
            AlterAction::SwitchTrigger { name, enabled } => {
                let (about, said) = ("enabled", if *enabled { "yes" } else { "no" });
                match name {
                    Some(name) => self.ledger.put(&part(ObjectKind::Trigger, &fold(name)), about, said),
                    None => self.ledger.put(object, "triggers enabled", said),
                }
            }
            AlterAction::SwitchRule { name, enabled } => {
                self.ledger.put(&part(ObjectKind::Rule, &fold(name)), "enabled", if *enabled { "yes" } else { "no" });
            }
            AlterAction::SetSequence(options) => self.sequence(object, *options),
            AlterAction::AlterColumn { column, change } => {
                let column = part(ObjectKind::Column, &fold(column));
                self.column_change(&column, change, span);
            }
            AlterAction::Members { verb, members } if !members.is_empty() => {
                for member in members {
                    let about = format!("member {}", self.before.relation_name(member));
                    if *verb == "drop" { self.ledger.take(object, &about) } else { self.ledger.put(object, &about, "") }
                }
            }
            AlterAction::ReplicaIdentity(_)
            | AlterAction::ClusterOn(_)
            | AlterAction::SetTablespace(_)
            | AlterAction::SetAccessMethod(_)
            | AlterAction::Members { .. } => self.ledger.put(object, what.as_str(), self.words(span)),
            AlterAction::SetOptions { .. } | AlterAction::SetAttribute(_) => {
                let words = self.words(span);
                let about = words
                    .split('=')
                    .next()
                    .unwrap_or(&words)
                    .replace("reset", "set")
                    .trim_end_matches(" )")
                    .trim()
                    .to_owned();
                self.ledger.put(object, &about, words);
            }
            _ if object.part.is_some() => self.ledger.put(object, what.as_str(), self.words(span)),
            _ => {}
        }
    }

    fn column_change(&mut self, column: &ObjectRef, change: &ColumnChange, span: Span) {
        match change {
            ColumnChange::SetStatistics
            | ColumnChange::SetStorage
            | ColumnChange::SetCompression
            | ColumnChange::SetIdentity
            | ColumnChange::SetOptions { .. }
            | ColumnChange::SetAttribute(_) => self.ledger.put(column, change.as_str(), self.words(span)),
            _ => {}
        }
    }

    fn grant(&mut self, grant: &Grant, span: Span) {
        let words = self.words(span);
        let head = words.split(" on ").next().unwrap_or(&words);
        let by_columns = head.contains('(');
        let privileges: Vec<String> = if by_columns {
            vec![head.trim_start_matches("grant ").trim_start_matches("revoke ").to_owned()]
        } else {
            let plain = |privilege: &String| privilege.lower().replace(" privileges", "");
            grant.privileges.iter().map(plain).collect()
        };
        let to = |name: &Name| self.before.fold(name.last());
        let grantees: Vec<String> = grant.grantees.iter().map(to).collect();
        let default = if grant.default { "by default " } else { "" };
        let kind = grant.kind.map_or("", ObjectKind::as_str);
        for object in self.granted(grant) {
            for grantee in &grantees {
                for privilege in &privileges {
                    let whose = format!(
                        "{default}{}to {grantee}: ",
                        if grant.default { format!("{kind} ") } else { String::new() }
                    );
                    self.privilege(&object, &whose, privilege, grant);
                }
            }
        }
    }

    /// The objects of a grant; a schema where all in it are meant, roles where their membership is granted.
    fn granted(&self, grant: &Grant) -> Vec<ObjectRef> {
        let schema =
            |name: &Name| ObjectRef::whole(ObjectKind::Schema, &self.before.full_name(ObjectKind::Schema, name));
        if grant.objects.is_empty() {
            let database = ObjectName::new("", "all");
            return vec![ObjectRef::whole(ObjectKind::DefaultPrivileges, &database)];
        }
        if grant.all_in_schema {
            let within: Vec<Name> = grant.objects.clone();
            let names: Vec<String> = within.iter().map(|name| self.before.fold(name.last())).collect();
            let here =
                self.before.relations().filter(|relation| names.iter().any(|name| **name == *relation.name.schema));
            let wanted = grant.kind.unwrap_or(ObjectKind::Table);
            let fits = |kind: ObjectKind| (kind == ObjectKind::Sequence) == (wanted == ObjectKind::Sequence);
            return here.map(crate::catalog::Relation::reference).filter(|object| fits(object.kind)).collect();
        }
        if grant.default {
            return grant.objects.iter().map(schema).collect();
        }
        let kind = grant.kind.unwrap_or(ObjectKind::Table);
        grant.objects.iter().map(|name| self.whole(kind, name)).collect()
    }

    /// One privilege; `all` stands for every other.
    fn privilege(&mut self, object: &ObjectRef, whose: &str, privilege: &str, grant: &Grant) {
        let about = |privilege: &str| format!("privilege {whose}{privilege}");
        let option = if grant.grant_option { "with grant option" } else { "granted" };
        let each: Vec<&str> = if privilege == "all" { PRIVILEGES.to_vec() } else { vec![privilege] };
        for one in each {
            let had = self.ledger.get(object, &about(one)).map(str::to_owned);
            match (grant.revokes, grant.grant_option) {
                (false, _) if had.as_deref() == Some("with grant option") => {}
                (false, _) => self.ledger.put(object, &about(one), option),
                (true, true) if had.is_some() => self.ledger.put(object, &about(one), "granted"),
                (true, true) => {}
                // Everybody has some privileges without any grant.
                (true, false) if whose.contains("to public:") => self.ledger.put(object, &about(one), "revoked"),
                (true, false) => self.ledger.take(object, &about(one)),
            }
        }
    }
}
