//! What `CREATE` makes and needs.

use super::Touch;
use crate::catalog::{Known, ObjectName, ObjectRef, signature};
use crate::change::{
    ColumnDefinition, Constraint, ConstraintKind, CreateObject, CreateTable, CreateView, Domain, ForeignKey, Index,
    IndexColumn, Name, ObjectKind, Policy, Routine, Rule, Trigger, TypeDefinition, TypeForm,
};
use crate::dependency::access::Use;
use crate::text::Span;

impl Touch<'_> {
    pub(super) fn create_table(&mut self, table: &CreateTable) {
        if table.temporary {
            return self.opaque_if_read(table);
        }
        let full = self.catalog.place(&table.name);
        let kind = if table.foreign { ObjectKind::ForeignTable } else { ObjectKind::Table };
        self.makes(ObjectRef::whole(kind, &full), table.if_not_exists || table.or_replace);
        for column in &table.columns {
            self.column(column, &full);
        }
        for constraint in &table.constraints {
            self.constraint(constraint, &full);
        }
        // What a parent gets or loses later, its children get or lose, too.
        for parent in table.inherits.iter().chain(table.partition_of.iter().map(|of| &of.parent)) {
            let parent = self.table(parent);
            self.reads(parent, Use::Name);
        }
        for like in &table.like {
            let like = self.table(&like.table);
            self.reads(like.clone(), Use::Name);
            self.reads(like, Use::Whole);
        }
        if let Some(of) = &table.of_type {
            let full = self.catalog.type_name(of);
            self.reads(ObjectRef::whole(ObjectKind::Type, &full), Use::Whole);
        }
        if let Some(of) = &table.partition_of {
            let parent = self.table(&of.parent);
            let bound = if of.default { "default partition" } else { "partitions" };
            self.alters(parent, format!("{bound} {}", full.name), false);
        }
        if let Some(query) = &table.query {
            self.query(query, Use::Rows);
        }
    }

    /// A temporary table is gone when its script ends, but it is filled from others.
    fn opaque_if_read(&mut self, table: &CreateTable) {
        if let Some(query) = &table.query {
            self.query(query, Use::Rows);
        }
    }

    pub(super) fn column(&mut self, column: &ColumnDefinition, table: &ObjectName) {
        column.data_type.iter().for_each(|data_type| self.data_type(data_type));
        for constraint in &column.constraints {
            self.constraint(constraint, table);
        }
        column.default.iter().for_each(|default| self.called(default.span));
        if let Some(generated) = &column.generated {
            self.columns_in(generated.expression, table, Use::Bound);
        }
    }

    pub(super) fn constraint(&mut self, constraint: &Constraint, table: &ObjectName) {
        if let Some(name) = &constraint.name {
            let name = self.fold(name);
            self.makes(Self::part(ObjectKind::Constraint, table, &name), false);
            if matches!(
                constraint.kind,
                ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique { .. } | ConstraintKind::Exclude { .. }
            ) {
                self.makes(ObjectRef::whole(ObjectKind::Index, &table.beside(&name)), false);
            }
        }
        match &constraint.kind {
            ConstraintKind::PrimaryKey(columns) => {
                let whole = self.relation(table, ObjectKind::Table);
                self.alters(whole, "primary key", false);
                self.index_columns(columns, table);
            }
            ConstraintKind::Unique { columns, .. } => self.index_columns(columns, table),
            ConstraintKind::ForeignKey(key) => self.foreign_key(key, table),
            ConstraintKind::Check(expression) => self.columns_in(expression.span, table, Use::Computed),
            ConstraintKind::Exclude { elements, predicate, .. } => {
                self.columns_in(*elements, table, Use::Name);
                if let Some(predicate) = predicate {
                    self.columns_in(*predicate, table, Use::Computed);
                }
            }
            ConstraintKind::NotNull(_) | ConstraintKind::Default(..) => {}
        }
        if let Some(index) = &constraint.using_index {
            let full = table.beside(&self.fold(index.last()));
            self.reads(ObjectRef::whole(ObjectKind::Index, &full), Use::Name);
        }
    }

    fn index_columns(&mut self, columns: &[IndexColumn], table: &ObjectName) {
        for column in columns {
            if let Some(name) = &column.column {
                let name = self.fold(name);
                self.needs_column(table, &name, Use::Name);
            }
            if let Some(expression) = &column.expression {
                self.columns_in(expression.span, table, Use::Computed);
            }
        }
    }

    /// A column that the statement itself may be about to make is only perhaps needed.
    pub(super) fn needs_column(&mut self, table: &ObjectName, column: &str, use_: Use) {
        let known = self.catalog.relation_if_applied(table).map(|found| found.column(column));
        let use_ = if matches!(known, Some(Known::Present(_))) { use_ } else { Use::Perhaps };
        self.reads(Self::part(ObjectKind::Column, table, column), use_);
    }

    fn foreign_key(&mut self, key: &ForeignKey, own: &ObjectName) {
        for column in &key.columns {
            let column = self.fold(column);
            self.needs_column(own, &column, Use::Name);
        }
        let target = self.catalog.relation_name(&key.table);
        if target == *own {
            return;
        }
        self.reads(self.relation(&target, ObjectKind::Table), Use::Name);
        let mut columns: Vec<String> = key.referenced.iter().map(|column| self.fold(column)).collect();
        for column in &columns {
            self.needs_column(&target, column, Use::Name);
        }
        let mut constraints = self.catalog.constraints_of(&target);
        if columns.is_empty() {
            let primary = constraints.clone().find(|constraint| constraint.is_primary());
            columns = primary.map(|primary| primary.columns.clone()).unwrap_or_default();
        }
        columns.sort_unstable();
        let same = |other: &[String]| {
            let mut other = other.to_vec();
            other.sort_unstable();
            other == columns
        };
        let key = constraints.find(|constraint| constraint.has_index() && same(&constraint.columns));
        let named = key.and_then(|key| key.name.clone());
        let indexes = self.catalog.indexes_of(&target).filter(|index| index.unique);
        let index = indexes.filter(|index| index.predicate.is_none()).find(|index| {
            let columns: Option<Vec<String>> = index.columns().map(|all| all.into_iter().map(str::to_owned).collect());
            columns.is_some_and(|columns| same(&columns))
        });
        let index = index.and_then(|index| index.name.clone());
        match (named, index) {
            (Some(name), _) => self.reads(Self::part(ObjectKind::Constraint, &target, &name), Use::Name),
            (None, Some(name)) => self.reads(ObjectRef::whole(ObjectKind::Index, &target.beside(&name)), Use::Name),
            (None, None) if !columns.is_empty() => {
                let part = format!("({})", columns.join(", "));
                self.reads(Self::part(ObjectKind::Key, &target, &part), Use::Perhaps);
            }
            (None, None) => {}
        }
    }

    pub(super) fn create_index(&mut self, index: &Index, owner: Option<&ObjectName>) {
        let named = index.table.as_ref().map(|table| self.catalog.relation_name(table));
        let Some(table) = owner.cloned().or(named) else { return };
        self.reads(self.relation(&table, ObjectKind::Table), Use::Name);
        if let Some(name) = &index.name {
            let name = self.fold(name.last());
            self.makes(ObjectRef::whole(ObjectKind::Index, &table.beside(&name)), index.if_not_exists);
        }
        self.index_columns(&index.columns, &table);
        for column in &index.include {
            let column = self.fold(column);
            self.needs_column(&table, &column, Use::Name);
        }
        index.predicate.iter().for_each(|predicate| self.columns_in(predicate.span, &table, Use::Computed));
        if index.unique {
            self.makes(self.key_of(&index.columns, &table), true);
        }
    }

    /// The unique columns that an index or a constraint stands for, whatever its name.
    pub(super) fn key_of(&self, columns: &[IndexColumn], table: &ObjectName) -> ObjectRef {
        let plain = columns.iter().filter_map(|column| column.column.as_ref());
        let mut parts: Vec<String> = plain.map(|name| self.fold(name)).collect();
        parts.sort_unstable();
        Self::part(ObjectKind::Key, table, &format!("({})", parts.join(", ")))
    }

    pub(super) fn create_view(&mut self, view: &CreateView) {
        if view.temporary {
            return self.query(&view.query, Use::Name);
        }
        let full = self.catalog.place(&view.name);
        let kind = if view.materialized { ObjectKind::MaterializedView } else { ObjectKind::View };
        let object = ObjectRef::whole(kind, &full);
        if view.or_replace && self.catalog.presence(&object) == Known::Present(()) {
            self.alters(object, "query", true);
        } else {
            self.makes(object, view.or_replace || view.if_not_exists);
        }
        self.query(&view.query, Use::Bound);
    }

    pub(super) fn create_type(&mut self, found: &TypeDefinition) {
        let full = self.catalog.place(&found.name);
        self.makes(ObjectRef::whole(ObjectKind::Type, &full), false);
        if let TypeForm::Composite(columns) = &found.form {
            let types = columns.iter().filter_map(|column| column.data_type.as_ref());
            types.for_each(|data_type| self.data_type(data_type));
        }
    }

    pub(super) fn create_domain(&mut self, domain: &Domain) {
        let full = self.catalog.place(&domain.name);
        self.makes(ObjectRef::whole(ObjectKind::Domain, &full), false);
        self.data_type(&domain.data_type);
    }

    pub(super) fn create_routine(&mut self, routine: &Routine, span: Span) {
        let full = self.catalog.place(&routine.name);
        let words = routine.parameters.and_then(|span| self.text.get(span.start..span.end)).unwrap_or("()");
        let object = ObjectRef::part(ObjectKind::Function, &full, &signature(words).join(", "));
        let object = ObjectRef { kind: routine.kind, ..object };
        if routine.or_replace && self.catalog.presence(&object) == Known::Present(()) {
            self.alters(object, "definition", true);
        } else {
            self.makes(object, routine.or_replace);
        }
        routine.returns.iter().for_each(|data_type| self.data_type(data_type));
        for name in parameter_types(words) {
            let data_type = self.catalog.type_name(&name);
            self.reads(ObjectRef::whole(ObjectKind::Type, &data_type), Use::Perhaps);
            let relation = self.catalog.relation_name(&name);
            self.reads(self.relation(&relation, ObjectKind::Table), Use::Perhaps);
        }
        // PostgreSQL checks bodies in SQL when they are made; all others only when they run.
        if routine.language.as_ref().is_some_and(|language| language.is("sql"))
            || routine.body.is_some() && routine.language.is_none()
        {
            let body = routine.body.unwrap_or(span);
            let atomic = !self.text.get(body.start..body.end).unwrap_or_default().starts_with(['\'', '$']);
            for step in &routine.steps {
                self.body_step(&step.request, atomic);
            }
        }
    }

    pub(super) fn create_trigger(&mut self, trigger: &Trigger, span: Span) {
        let Some(table) = &trigger.table else {
            let full = self.catalog.full_name(ObjectKind::EventTrigger, &trigger.name);
            return self.makes(ObjectRef::whole(ObjectKind::EventTrigger, &full), trigger.or_replace);
        };
        let owner = self.catalog.relation_name(table);
        self.reads(self.relation(&owner, ObjectKind::Table), Use::Name);
        let name = self.fold(trigger.name.last());
        let tolerant = trigger.or_replace || trigger.if_not_exists;
        let object = Self::part(ObjectKind::Trigger, &owner, &name);
        if trigger.or_replace && self.catalog.presence(&object) == Known::Present(()) {
            self.alters(object, "definition", true);
        } else {
            self.makes(object, tolerant);
        }
        self.columns_in(span, &owner, Use::Bound);
        if let Some(function) = &trigger.function {
            let full = self.catalog.routine_name(function);
            self.reads(ObjectRef::whole(ObjectKind::Function, &full), Use::Name);
        }
        if let Some(referenced) = &trigger.referenced {
            let referenced = self.table(referenced);
            self.reads(referenced, Use::Name);
        }
    }

    pub(super) fn create_policy(&mut self, policy: &Policy) {
        let owner = self.catalog.relation_name(&policy.table);
        self.reads(self.relation(&owner, ObjectKind::Table), Use::Name);
        let name = self.fold(policy.name.last());
        self.makes(Self::part(ObjectKind::Policy, &owner, &name), false);
        self.columns_in(policy.query.span, &owner, Use::Bound);
        self.query(&policy.query, Use::Bound);
    }

    pub(super) fn create_rule(&mut self, rule: &Rule, span: Span) {
        let owner = self.catalog.relation_name(&rule.table);
        self.reads(self.relation(&owner, ObjectKind::Table), Use::Name);
        let name = self.fold(rule.name.last());
        self.makes(Self::part(ObjectKind::Rule, &owner, &name), false);
        self.columns_in(span, &owner, Use::Bound);
    }

    pub(super) fn create_other(&mut self, object: &CreateObject) {
        if object.temporary {
            return;
        }
        let full = match (&object.name, object.kind) {
            (Some(name), ObjectKind::Sequence) => self.catalog.place(name),
            (Some(name), kind) => self.catalog.full_name(kind, name),
            (None, _) => {
                // Casts and operators have no name of their own; what is said of them stands for it.
                let words = object.options.and_then(|span| self.text.get(span.start..span.end)).unwrap_or_default();
                ObjectName::new("", &words.split_whitespace().collect::<Vec<_>>().join(" "))
            }
        };
        self.makes(ObjectRef::whole(object.kind, &full), object.if_not_exists || object.or_replace);
        for table in &object.tables {
            let table = self.table(table);
            self.reads(table.clone(), Use::Name);
            if let (ObjectKind::Statistics, Some(span)) = (object.kind, object.options) {
                self.columns_in(span, &table.name, Use::Name);
            }
        }
        if let Some((column, table)) = object.owned_by.as_ref().and_then(|owner| owner.parts.split_last()) {
            let table = Name { parts: table.to_vec(), span: column.span };
            if !table.parts.is_empty() {
                let owner = self.catalog.relation_name(&table);
                let column = self.fold(column);
                self.needs_column(&owner, &column, Use::Name);
            }
        }
        for element in &object.elements {
            self.request(element);
        }
    }
}

/// The words in the parameters of a function that may name a type.
fn parameter_types(words: &str) -> Vec<Name> {
    let types = signature(words);
    let inner = types.iter().filter_map(|found| found.trim_end_matches("[]").split_whitespace().last());
    inner.map(crate::dependency::definition::name_in_string).collect()
}
