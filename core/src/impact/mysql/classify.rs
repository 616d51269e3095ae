//! Which forms the clauses of `ALTER TABLE` come down to.

use super::form::Form;
use super::scene::Scene;
use super::{columns, keys};
use crate::change::{Action, Alter, AlterAction, ColumnChange, ConstraintKind, Index, TableOption};
use crate::text::Span;

/// The forms of a statement.
#[derive(Default)]
pub(super) struct Forms {
    /// Each with the clause that asks for it.
    pub(super) found: Vec<(Form, Span)>,
    /// A clause changes something of which nothing is known.
    pub(super) unknown: bool,
    /// A clause takes effect; one that `IF EXISTS` skips does not.
    pub(super) acts: bool,
}

impl Forms {
    pub(super) fn push(&mut self, form: Form, span: Span) {
        self.acts = true;
        self.found.push((form, span));
    }

    /// A clause that does nothing, since what it asks for is so already.
    fn skip(&mut self, span: Span) {
        self.found.push((Form::Metadata, span));
    }

    pub(super) fn has(&self, form: Form) -> bool {
        self.found.iter().any(|(found, _)| *found == form)
    }

    pub(super) fn any(&self, forms: &[Form]) -> Option<Span> {
        self.found.iter().find(|(found, _)| forms.contains(found)).map(|(_, span)| *span)
    }
}

/// The forms that `ALTER TABLE` comes down to.
pub(super) fn alter(alter: &Alter, scene: &Scene<'_>) -> Forms {
    let mut forms = Forms::default();
    for action in &alter.actions {
        if is_skipped(&action.what, scene) {
            forms.skip(action.span);
        } else if !columns(action, scene, &mut forms) && !keys(action, scene, &mut forms) {
            whole(action, scene, &mut forms);
        }
    }
    keys::unchanged(alter, scene, &mut forms);
    keys::swapped(&mut forms);
    forms
}

/// The form of `CREATE INDEX`.
pub(super) fn create_index(index: &Index, scene: &Scene<'_>) -> Forms {
    let mut forms = Forms::default();
    let name = index.name.as_ref().map(|name| scene.situation.catalog.fold(name.last()));
    let exists = name.is_some_and(|name| scene.indexes().any(|own| own.name.as_deref() == Some(&name)));
    if index.if_not_exists && exists {
        forms.skip(index.span);
    } else {
        keys::add_index(index, scene, index.span, &mut forms);
        if index.or_replace && exists {
            forms.push(Form::DropIndex, index.span);
        }
    }
    forms
}

/// Whether `IF EXISTS` or `IF NOT EXISTS` makes a clause do nothing.
fn is_skipped(action: &AlterAction, scene: &Scene<'_>) -> bool {
    let Some(table) = scene.before else { return false };
    let fold = |name| scene.situation.catalog.fold(name);
    match action {
        AlterAction::AddColumn { column, if_not_exists } => {
            *if_not_exists && table.column(&fold(&column.name)).is_present()
        }
        AlterAction::DropColumn { column, if_exists, .. } => *if_exists && table.column(&fold(column)).is_absent(),
        AlterAction::ModifyColumn { from, column, if_exists } => {
            *if_exists && table.column(&fold(from.as_ref().unwrap_or(&column.name))).is_absent()
        }
        AlterAction::DropIndex { name, if_exists } => *if_exists && table.index(&fold(name)).is_absent(),
        AlterAction::DropConstraint { name, if_exists, .. } => {
            *if_exists && table.constraint(&fold(name.last())).is_absent()
        }
        AlterAction::AddConstraint { constraint, if_not_exists, .. } => {
            let name = constraint.name.as_ref().map(fold);
            *if_not_exists && name.is_some_and(|name| table.constraint(&name).is_present())
        }
        AlterAction::AddIndex(index) => {
            let name = index.name.as_ref().map(|name| fold(name.last()));
            index.if_not_exists && name.is_some_and(|name| table.index(&name).is_present())
        }
        _ => false,
    }
}

fn columns(action: &Action, scene: &Scene<'_>, forms: &mut Forms) -> bool {
    let span = action.span;
    match &action.what {
        AlterAction::AddColumn { column, .. } => columns::add(column, scene, span, forms),
        AlterAction::DropColumn { column, .. } => {
            columns::drop(&scene.situation.catalog.fold(column), scene, span, forms);
        }
        AlterAction::ModifyColumn { from, column, .. } => columns::modify(from.as_ref(), column, scene, span, forms),
        AlterAction::RenameColumn { from, .. } => {
            columns::rename(&scene.situation.catalog.fold(from), scene, span, forms);
        }
        AlterAction::AlterColumn { change, .. } => {
            let known = matches!(
                change,
                ColumnChange::SetDefault(_) | ColumnChange::DropDefault | ColumnChange::SetVisibility { .. }
            );
            forms.push(Form::Metadata, span);
            forms.unknown |= !known;
        }
        _ => return false,
    }
    true
}

fn keys(action: &Action, scene: &Scene<'_>, forms: &mut Forms) -> bool {
    let span = action.span;
    match &action.what {
        AlterAction::AddConstraint { constraint, .. } => keys::add_constraint(constraint, None, scene, span, forms),
        AlterAction::DropConstraint { name, .. } => {
            keys::drop_constraint(&scene.situation.catalog.fold(name.last()), scene, span, forms);
        }
        AlterAction::AlterConstraint { enforced, .. } => {
            forms.push(if *enforced == Some(true) { Form::AddCheck } else { Form::Metadata }, span);
        }
        AlterAction::AddIndex(index) => keys::add_index(index, scene, span, forms),
        AlterAction::DropIndex { .. } => forms.push(Form::DropIndex, span),
        AlterAction::RenameIndex { .. } => forms.push(Form::RenameIndex, span),
        AlterAction::SetIndexVisibility { .. } => forms.push(Form::SwitchIndex, span),
        AlterAction::DropPrimaryKey => forms.push(Form::DropPrimaryKey, span),
        _ => return false,
    }
    true
}

fn whole(action: &Action, scene: &Scene<'_>, forms: &mut Forms) {
    let form = match &action.what {
        AlterAction::Rename(_) => Form::RenameTable,
        AlterAction::SetOption(set) => option(set, scene),
        AlterAction::ConvertCharacterSet { .. } => return columns::convert(scene, action.span, forms),
        AlterAction::Force => Form::Rebuild,
        AlterAction::OrderBy => Form::OrderBy,
        AlterAction::SwitchKeys { .. } => Form::SwitchKeys,
        AlterAction::ImportTablespace { .. } => Form::Tablespace,
        AlterAction::SystemVersioning { add: true } => Form::AddSystemVersioning,
        AlterAction::SystemVersioning { add: false } => Form::DropSystemVersioning,
        AlterAction::PartitionBy(_) | AlterAction::RemovePartitioning => Form::PartitionBy,
        AlterAction::AddPartition if spreads(scene) => Form::SpreadRows,
        AlterAction::AddPartition => Form::AddPartition,
        AlterAction::DropPartition { .. } => Form::DropPartition,
        AlterAction::TruncatePartition { .. } => Form::TruncatePartition,
        AlterAction::ExchangePartition { .. } => Form::ExchangePartition,
        AlterAction::WorkOnPartition { verb, .. } => match *verb {
            "optimize" | "repair" => Form::RebuildPartitions,
            "analyze" | "check" => Form::CheckPartitions,
            "discard" | "import" => Form::Tablespace,
            "convert" => Form::DropPartition,
            _ => Form::SpreadRows,
        },
        _ => {
            forms.unknown = true;
            return;
        }
    };
    forms.push(form, action.span);
}

/// Whether a new partition gets rows of the others.
fn spreads(scene: &Scene<'_>) -> bool {
    let key = scene.before.and_then(|table| table.partition_key.as_ref());
    key.is_some_and(|key| matches!(key.method.as_str(), "hash" | "key"))
}

/// Options that MariaDB keeps for each page.
const PAGES: [&str; 2] = ["page_compressed", "page_compression_level"];

fn option(option: &TableOption, scene: &Scene<'_>) -> Form {
    let value = option.value.as_deref().unwrap_or_default().trim_matches(['\'', '"', '`']).to_ascii_lowercase();
    let engine = scene.before.and_then(|table| table.options.get("engine")).map_or("innodb", String::as_str);
    match option.name.as_str() {
        "engine" | "type" if value == engine => Form::Rebuild,
        "engine" | "type" => Form::ChangeEngine,
        "row_format" | "key_block_size" | "tablespace" => Form::RowFormat,
        "compression" => Form::PageCompression,
        name if PAGES.contains(&name) => Form::PageCompression,
        "encryption" | "encrypted" if value == "n" || value == "no" => encrypted(scene),
        "encryption" | "encrypted" | "encryption_key_id" => Form::Encryption,
        _ => Form::TableOption,
    }
}

/// A table that is not encrypted stays as it is if it shall not be.
fn encrypted(scene: &Scene<'_>) -> Form {
    let options = scene.before.map(|table| &table.options);
    let value = options.and_then(|options| options.get("encryption").or_else(|| options.get("encrypted")));
    let was = value.is_some_and(|value| matches!(value.trim_matches(['\'', '"']), "y" | "yes"));
    if was { Form::Encryption } else { Form::TableOption }
}

/// Whether a constraint makes the server check the rows that are there.
pub(super) fn is_enforced_check(constraint: &crate::change::Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::Check(_)) && constraint.enforced != Some(false)
}
