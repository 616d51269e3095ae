//! Statement and schema → what the statement does to which object.

mod alter;
mod create;
mod other;
mod rows;

use super::access::{Access, How, Use};
use super::definition::casts_and_sequences;
use crate::catalog::{Catalog, Known, ObjectName, ObjectRef, calls, names};
use crate::change::{Block, Change, DataType, Guard, GuardKind, Identifier, Name, ObjectKind, Query, Request};
use crate::text::Span;

/// What a statement does, and what in it cannot be told.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pub(super) accesses: Vec<Access>,
    /// Why what it does is not known, where that is so: the end of a sentence.
    pub(super) opaque: Vec<String>,
}

/// Reads what a statement does. `catalog` is the schema before it.
pub(super) fn touched(request: &Request, text: &str, catalog: &Catalog, statement: usize) -> Touched {
    let found = Touched::default();
    let mut touch = Touch { catalog, text, statement, found, tolerant: false, certain: true, depth: 0 };
    touch.request(request);
    touch.found
}

/// Functions of the servers that do nothing to objects.
const HARMLESS: [&str; 40] = [
    "setval",
    "nextval",
    "currval",
    "set_config",
    "current_setting",
    "now",
    "version",
    "pg_sleep",
    "count",
    "coalesce",
    "max",
    "min",
    "sum",
    "avg",
    "lower",
    "upper",
    "length",
    "greatest",
    "least",
    "concat",
    "pg_get_serial_sequence",
    "to_regclass",
    "pg_advisory_lock",
    "pg_advisory_xact_lock",
    "pg_advisory_unlock",
    "pg_try_advisory_lock",
    "clock_timestamp",
    "random",
    "generate_series",
    "format",
    "exists",
    "in",
    "and",
    "or",
    "not",
    "cast",
    "from",
    "where",
    "select",
    "as",
];

/// A statement as it is read.
struct Touch<'a> {
    catalog: &'a Catalog,
    text: &'a str,
    statement: usize,
    found: Touched,
    /// Whether a condition makes sure that what is made is not there, or what is removed is.
    tolerant: bool,
    certain: bool,
    depth: u8,
}

impl Touch<'_> {
    fn request(&mut self, request: &Request) {
        let from = self.found.accesses.len();
        self.change(&request.change, request.span);
        if !matches!(request.change, Change::CreateRoutine(_) | Change::Block(_)) {
            self.called(request.span);
        }
        if request.opaque.is_empty() {
            return;
        }
        // A clause that is not understood may say anything of what the statement is about.
        for access in self.found.accesses.iter_mut().skip(from).filter(|access| !access.only_reads()) {
            access.certain = false;
        }
        if request.opaque.first().is_some_and(|opaque| opaque.start == request.span.start) {
            self.opaque("a placeholder decides what it does");
        }
    }

    fn change(&mut self, change: &Change, span: Span) {
        match change {
            Change::CreateTable(table) => self.create_table(table),
            Change::CreateIndex(index) => self.create_index(index, None),
            Change::CreateView(view) => self.create_view(view),
            Change::CreateType(found) => self.create_type(found),
            Change::CreateDomain(domain) => self.create_domain(domain),
            Change::CreateRoutine(routine) => self.create_routine(routine, span),
            Change::CreateTrigger(trigger) => self.create_trigger(trigger, span),
            Change::CreatePolicy(policy) => self.create_policy(policy),
            Change::CreateRule(rule) => self.create_rule(rule, span),
            Change::Create(object) => self.create_other(object),
            Change::Alter(alter) => self.alter(alter),
            Change::Drop(drop) => self.drop(drop),
            Change::Rename(renames) => renames.iter().for_each(|rename| self.rename(rename)),
            Change::Comment { kind, name, table } => self.comment(*kind, name.as_ref(), table.as_ref()),
            Change::Grant(grant) => self.grant(grant),
            Change::Maintenance(upkeep) => {
                for name in &upkeep.objects {
                    let full = self.catalog.full_name(upkeep.kind, name);
                    self.reads(ObjectRef::whole(upkeep.kind, &full), Use::Name);
                }
            }
            Change::Explain { request, analyze: true } => self.change(&request.change, request.span),
            Change::Block(block) => self.block(block, span),
            Change::Call(name) => {
                let called = name.as_ref().map_or_else(|| "what is called".to_owned(), ToString::to_string);
                self.opaque(&format!("it runs {called}, whose effect is not known"));
            }
            Change::Unchecked(_) => self.opaque("it runs text that is put together only then"),
            Change::Opaque(_) | Change::Other("reassign-owned" | "import-foreign-schema") => {
                self.opaque("it is not understood");
            }
            Change::Other("other") => self.opaque("it is not understood"),
            other => self.rows(other, span),
        }
    }

    fn opaque(&mut self, why: &str) {
        self.found.opaque.push(why.to_owned());
    }

    /// The steps of a block that runs now. What a condition decides is not certain, unless the condition only asks
    /// whether the object is there.
    fn block(&mut self, block: &Block, span: Span) {
        if self.depth > 8 {
            return self.opaque("it is nested too deeply");
        }
        let handled = block.handles_errors(self.text, span);
        self.depth += 1;
        for step in &block.steps {
            let (tolerant, certain) = (self.tolerant, self.certain);
            match step.guard {
                Some(Guard { kind: GuardKind::Exists | GuardKind::Absent, .. }) => self.tolerant = true,
                Some(_) => self.certain = false,
                None => {}
            }
            self.tolerant |= handled;
            self.request(&step.request);
            (self.tolerant, self.certain) = (tolerant, certain);
        }
        self.depth -= 1;
    }

    fn add(&mut self, object: ObjectRef, how: How, tolerant: bool) {
        if self.catalog.is_system(&object.name) && object.kind != ObjectKind::Role {
            return;
        }
        let tolerant = tolerant || self.tolerant;
        let access = Access { object, how, tolerant, certain: self.certain, statement: self.statement };
        if !self.found.accesses.contains(&access) {
            self.found.accesses.push(access);
        }
    }

    fn reads(&mut self, object: ObjectRef, use_: Use) {
        self.schema_of(&object, false);
        self.add(object, How::Reads(use_), false);
    }

    fn makes(&mut self, object: ObjectRef, tolerant: bool) {
        self.schema_of(&object, false);
        self.add(object, How::Makes, tolerant);
    }

    fn removes(&mut self, object: ObjectRef, tolerant: bool) {
        self.add(object, How::Removes, tolerant);
    }

    fn alters(&mut self, object: ObjectRef, aspect: impl Into<String>, tolerant: bool) {
        self.schema_of(&object, tolerant);
        self.add(object, How::Alters(aspect.into()), tolerant);
    }

    /// What stands in a schema needs it.
    fn schema_of(&mut self, object: &ObjectRef, tolerant: bool) {
        let schema = &object.name.schema;
        let in_schema = object.kind != ObjectKind::Schema && !schema.is_empty();
        if in_schema && *schema != self.catalog.home() && !schema.starts_with("pg_temp") {
            self.add(self.schema(schema), How::Reads(Use::Name), tolerant);
        }
    }

    fn schema(&self, name: &str) -> ObjectRef {
        let name = Name::from(Identifier { text: name.to_owned(), quoted: true, span: Span::new(0, 0) });
        ObjectRef::whole(ObjectKind::Schema, &self.catalog.full_name(ObjectKind::Schema, &name))
    }

    /// A table, view or sequence, by the kind that it is known to be.
    fn relation(&self, full: &ObjectName, kind: ObjectKind) -> ObjectRef {
        self.catalog
            .relation_if_applied(full)
            .map_or_else(|| ObjectRef::whole(kind, full), crate::catalog::Relation::reference)
    }

    fn table(&self, name: &Name) -> ObjectRef {
        self.relation(&self.catalog.relation_name(name), ObjectKind::Table)
    }

    fn fold(&self, identifier: &Identifier) -> String {
        self.catalog.fold(identifier)
    }

    fn part(kind: ObjectKind, owner: &ObjectName, part: &str) -> ObjectRef {
        ObjectRef::part(kind, owner, part)
    }

    /// The columns of one table that an expression names.
    fn columns_in(&mut self, span: Span, table: &ObjectName, use_: Use) {
        let names = names(self.text, span, self.catalog.dialect());
        for name in names {
            let known = self.catalog.relation_if_applied(table).map(|found| found.column(&name));
            let use_ = if matches!(known, Some(Known::Present(_))) { use_ } else { Use::Perhaps };
            self.add(Self::part(ObjectKind::Column, table, &name), How::Reads(use_), false);
        }
        self.called(span);
    }

    /// The relations that a query reads, with their columns.
    fn query(&mut self, query: &Query, use_: Use) {
        let sources: Vec<ObjectName> = query.relations.iter().map(|name| self.catalog.relation_name(name)).collect();
        let names = names(self.text, query.span, self.catalog.dialect());
        for source in &sources {
            let reference = self.relation(source, ObjectKind::Table);
            self.reads(reference.clone(), if use_ == Use::Rows { Use::Rows } else { Use::Name });
            if names.contains("*") {
                self.reads(reference, Use::Whole);
            }
        }
        for name in &names {
            let has = |source: &&ObjectName| {
                let found = self.catalog.relation_if_applied(source);
                found.is_some_and(|found| found.column(name).is_present())
            };
            let owners: Vec<ObjectName> = sources.iter().filter(has).cloned().collect();
            let use_ = if owners.is_empty() { Use::Perhaps } else { use_ };
            let owners = if owners.is_empty() { &sources } else { &owners };
            for owner in owners {
                self.add(Self::part(ObjectKind::Column, owner, name), How::Reads(use_), false);
            }
        }
        self.called(query.span);
    }

    /// The functions that a text calls, the types that it casts to, the sequences that it counts on.
    fn called(&mut self, span: Span) {
        for name in calls(self.text, span, self.catalog.dialect()) {
            let object = ObjectRef::whole(ObjectKind::Function, &self.catalog.routine_name(&name));
            let known = self.catalog.presence(&object).is_present();
            self.add(object, How::Reads(if known { Use::Name } else { Use::Perhaps }), false);
        }
        let (types, sequences) = casts_and_sequences(self.text, span, self.catalog.dialect());
        for name in types {
            let full = self.catalog.type_name(&name);
            self.add(ObjectRef::whole(ObjectKind::Type, &full), How::Reads(Use::Perhaps), false);
        }
        for name in sequences {
            let full = self.catalog.relation_name(&name);
            self.add(ObjectRef::whole(ObjectKind::Sequence, &full), How::Reads(Use::Name), false);
        }
    }

    /// A type that scripts may have made.
    fn data_type(&mut self, data_type: &DataType) {
        let full = self.catalog.type_name(&data_type.name);
        let known = self.catalog.type_of(&full).is_present();
        let use_ = if known { Use::Name } else { Use::Perhaps };
        self.add(ObjectRef::whole(ObjectKind::Type, &full), How::Reads(use_), false);
        // Each table is a type, too.
        let relation = self.catalog.relation_name(&data_type.name);
        self.add(self.relation(&relation, ObjectKind::Table), How::Reads(Use::Perhaps), false);
    }

    fn role(&mut self, name: &Name) {
        let system = ["public", "current_user", "session_user", "current_role"];
        if !system.iter().any(|known| name.is(known)) {
            let full = self.catalog.full_name(ObjectKind::Role, name);
            self.add(ObjectRef::whole(ObjectKind::Role, &full), How::Reads(Use::Perhaps), false);
        }
    }
}
