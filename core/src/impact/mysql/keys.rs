//! Which forms the clauses about keys, indexes and constraints come down to.

use super::classify::{Forms, is_enforced_check};
use super::form::Form;
use super::scene::Scene;
use crate::catalog::{self, ConstraintKind as Kept, Relation};
use crate::change::{Alter, AlterAction, Constraint, ConstraintKind, ForeignKey, Index};
use crate::sql::Dialect;
use crate::text::Span;

/// `ADD INDEX` and `CREATE INDEX`.
pub(super) fn add_index(index: &Index, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    let computes = index.columns.iter().any(|column| column.column.is_none());
    let has_document_column = || scene.column("fts_doc_id").is_some();
    let form = match index.class.as_deref() {
        Some("fulltext") if scene.had_index("fulltext") || has_document_column() => Form::AddFurtherFulltext,
        Some("fulltext") => Form::AddFulltext,
        Some("spatial" | "vector") => Form::AddSpatial,
        _ if computes => Form::AddFunctionalIndex,
        _ => Form::AddIndex,
    };
    forms.push(form, span);
}

/// A constraint that is added; `column` is the one in whose definition it stands.
pub(super) fn add_constraint(
    constraint: &Constraint,
    column: Option<&str>,
    scene: &Scene<'_>,
    span: Span,
    forms: &mut Forms,
) {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(columns) => {
            let fold =
                |part: &crate::change::IndexColumn| part.column.as_ref().map(|name| scene.situation.catalog.fold(name));
            let nullable = columns
                .iter()
                .filter_map(fold)
                .any(|name| scene.column(&name).is_some_and(|column| column.nullable == Some(true)));
            forms
                .push(if nullable && !scene.is_strict() { Form::SetNotNullLoosely } else { Form::AddPrimaryKey }, span);
        }
        ConstraintKind::Unique { columns, .. } => {
            let computes = columns.iter().any(|column| column.column.is_none());
            forms.push(if computes { Form::AddFunctionalIndex } else { Form::AddIndex }, span);
        }
        ConstraintKind::ForeignKey(key) => add_foreign_key(key, column, scene, span, forms),
        ConstraintKind::Check(_) => {
            let switched_off = scene.is_maria() && scene.is_off("check_constraint_checks");
            let counts = is_enforced_check(constraint) && checks(scene) && !switched_off;
            forms.push(if counts { Form::AddCheck } else { Form::Metadata }, span);
        }
        _ => {}
    }
}

/// Whether the server keeps checks at all: MySQL read them and forgot them before 8.0.16.
fn checks(scene: &Scene<'_>) -> bool {
    scene.is_maria() || scene.situation.server.is_at_least(8, 0, 16)
}

/// Whether the server heeds `REFERENCES` in the definition of a column.
pub(super) fn heeds_inline_keys(scene: &Scene<'_>) -> bool {
    let server = scene.situation.server;
    if server.dialect == Dialect::Mariadb { server.is_at_least(10, 5, 0) } else { server.is_at_least(9, 0, 0) }
}

fn add_foreign_key(key: &ForeignKey, column: Option<&str>, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    if column.is_some() && !heeds_inline_keys(scene) {
        return;
    }
    let unchecked = scene.is_off("foreign_key_checks");
    forms.push(if unchecked { Form::AddForeignKeyUnchecked } else { Form::AddForeignKey }, span);
    let mut columns: Vec<String> = key.columns.iter().map(|name| scene.situation.catalog.fold(name)).collect();
    columns.extend(column.map(str::to_owned));
    let covered = scene.indexes().any(|index| covers(index, &columns));
    if !covered {
        forms.push(Form::AddIndex, span);
    }
}

/// Whether an index begins with these columns, in any order.
pub(super) fn covers(index: &catalog::Index, columns: &[String]) -> bool {
    let first: Vec<Option<&String>> = index.parts.iter().map(|part| part.column.as_ref()).take(columns.len()).collect();
    first.len() == columns.len() && columns.iter().all(|column| first.contains(&Some(column)))
}

/// `DROP CONSTRAINT`, `DROP FOREIGN KEY`, `DROP CHECK`.
pub(super) fn drop_constraint(name: &str, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    let found = scene
        .constraints()
        .find(|constraint| constraint.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name)));
    let form = match found.map(|constraint| &constraint.kind) {
        Some(Kept::PrimaryKey) => Form::DropPrimaryKey,
        Some(Kept::Unique { .. }) => Form::DropIndex,
        Some(Kept::Check { .. }) => Form::Metadata,
        _ => Form::DropForeignKey,
    };
    forms.push(form, span);
}

/// An index that is dropped and made again as it was is left alone; MariaDB builds it anew if its class is said.
pub(super) fn unchanged(alter: &Alter, scene: &Scene<'_>, forms: &mut Forms) {
    let (Some(old), Some(new)) = (scene.before, scene.after.as_ref()) else { return };
    for action in &alter.actions {
        let AlterAction::AddIndex(index) = &action.what else { continue };
        let Some(name) = index.name.as_ref().map(|name| scene.situation.catalog.fold(name.last())) else { continue };
        let drops = |what: &AlterAction| matches!(what, AlterAction::DropIndex { name: other, .. } if scene.situation.catalog.fold(other) == name);
        let Some(dropped) = alter.actions.iter().find(|other| drops(&other.what)) else { continue };
        let says_class = index.method.is_some() && scene.is_maria();
        if says_class || !is_same(old, new, &name) {
            continue;
        }
        for (form, span) in &mut forms.found {
            if *span == action.span || *span == dropped.span {
                *form = Form::Metadata;
            }
        }
    }
}

fn is_same(before: &Relation, after: &Relation, name: &str) -> bool {
    let (Some(old), Some(new)) = (before.index(name).present(), after.index(name).present()) else { return false };
    (&old.parts, old.unique, &old.method) == (&new.parts, new.unique, &new.method)
}

/// `DROP PRIMARY KEY` and `ADD PRIMARY KEY` together are one change.
pub(super) fn swapped(forms: &mut Forms) {
    if !(forms.has(Form::DropPrimaryKey) && forms.has(Form::AddPrimaryKey)) {
        return;
    }
    for (form, _) in &mut forms.found {
        if matches!(form, Form::DropPrimaryKey | Form::AddPrimaryKey) {
            *form = Form::SwapPrimaryKey;
        }
    }
}
