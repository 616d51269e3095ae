//! Columns that cannot be dropped, renamed or changed, since something else needs them.

use super::{dropped_constraints, drops_column, refused};
use crate::catalog::{Column, Constraint, ConstraintKind};
use crate::change::{Action, Alter, AlterAction, ColumnDefinition, Position, ReferentialAction};
use crate::impact::Refusal;
use crate::impact::mysql::scene::Scene;
use crate::impact::mysql::type_change::{Pair, TypeChange};
use crate::text::Span;

/// Why an action on a column is refused.
pub(super) fn of_action(action: &Action, alter: &Alter, scene: &Scene<'_>) -> Option<Refusal> {
    let fold = |name| scene.situation.catalog.fold(name);
    let span = action.span;
    match &action.what {
        AlterAction::AddColumn { column, .. } => of_position(column, alter, scene),
        AlterAction::DropColumn { column, .. } => of_drop(&fold(column), alter, scene, span),
        AlterAction::RenameColumn { from, .. } => of_rename(&fold(from), scene, span),
        AlterAction::ModifyColumn { from, column, .. } => {
            let (was, is) = (fold(from.as_ref().unwrap_or(&column.name)), fold(&column.name));
            let name = if was == is { None } else { of_rename(&was, scene, span) };
            name.or_else(|| of_position(column, alter, scene)).or_else(|| of_change(&was, &is, alter, scene, span))
        }
        _ => None,
    }
}

fn of_position(column: &ColumnDefinition, alter: &Alter, scene: &Scene<'_>) -> Option<Refusal> {
    let Some(Position::After(other)) = &column.position else { return None };
    let name = scene.situation.catalog.fold(other);
    let made = alter.actions.iter().any(|action| match &action.what {
        AlterAction::AddColumn { column, .. } | AlterAction::ModifyColumn { column, .. } => {
            scene.situation.catalog.fold(&column.name) == name
        }
        AlterAction::RenameColumn { to, .. } => scene.situation.catalog.fold(to) == name,
        _ => false,
    });
    let absent = scene.column(&name).is_none() || drops_column(alter, &name, scene);
    if absent && !made { refused(format!("there is no column `{name}`"), other.span) } else { None }
}

/// A computed column that needs another one and stays.
fn computed_from<'a>(name: &str, alter: Option<&Alter>, scene: &'a Scene<'_>) -> Option<&'a Column> {
    let needs = |column: &&Column| {
        column.generated.as_ref().is_some_and(|how| how.columns.iter().any(|from| from == name))
            && !alter.is_some_and(|alter| drops_column(alter, &column.name, scene))
    };
    scene.before?.columns.iter().find(needs)
}

fn foreign_key<'a>(name: &str, scene: &'a Scene<'_>, dropped: &[String]) -> Option<&'a Constraint> {
    let stays = |key: &Constraint| key.name.as_ref().is_none_or(|name| !dropped.contains(name));
    let uses =
        |key: &&Constraint| key.referenced().is_some() && key.columns.iter().any(|column| column == name) && stays(key);
    scene.constraints().find(uses)
}

/// A check that needs the column and stays.
fn check<'a>(name: &str, scene: &'a Scene<'_>, dropped: &[String]) -> Option<&'a Constraint> {
    let uses = |check: &&Constraint| {
        matches!(check.kind, ConstraintKind::Check { .. })
            && check.columns.iter().any(|column| column == name)
            && check.name.as_ref().is_none_or(|name| !dropped.contains(name))
    };
    scene.constraints().find(uses)
}

fn title(constraint: &Constraint) -> &str {
    constraint.name.as_deref().unwrap_or("without a name")
}

fn of_drop(name: &str, alter: &Alter, scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    scene.column(name)?;
    if let Some(column) = computed_from(name, Some(alter), scene) {
        return refused(format!("the column `{}` is computed from `{name}`", column.name), span);
    }
    let dropped = dropped_constraints(alter, scene);
    if let Some(key) = foreign_key(name, scene, &dropped) {
        return refused(format!("the foreign key `{}` needs the column `{name}`", title(key)), span);
    }
    if scene.is_referenced(name) {
        return refused(format!("a foreign key points to the column `{name}`"), span);
    }
    // MySQL lets a check go with its only column.
    let check = check(name, scene, &dropped).filter(|check| scene.is_maria() || check.columns.len() > 1);
    if let Some(check) = check {
        return refused(format!("the check `{}` needs the column `{name}`", title(check)), span);
    }
    let needs = |index: &&crate::catalog::Index| index.mentions.iter().any(|column| column == name);
    scene.indexes().find(needs).and_then(|_| refused(format!("an index is computed from `{name}`"), span))
}

/// MySQL does not rename a column in expressions, MariaDB does.
fn of_rename(name: &str, scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    if scene.is_maria() {
        return None;
    }
    if let Some(column) = computed_from(name, None, scene) {
        return refused(format!("the column `{}` is computed from `{name}`", column.name), span);
    }
    let check = check(name, scene, &[])?;
    refused(format!("the check `{}` needs the column `{name}`", title(check)), span)
}

fn of_change(was: &str, is: &str, alter: &Alter, scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    let (old_table, new_table) = (scene.before?, scene.after.as_ref()?);
    let old = old_table.columns.iter().find(|column| column.name == was)?;
    let new = new_table.columns.iter().find(|column| column.name == is)?;
    let stored = |column: &Column| column.generated.as_ref().map(|how| how.stored == Some(true));
    if matches!((stored(old), stored(new)), (None | Some(true), Some(false)) | (Some(false), None | Some(true))) {
        return refused("a column cannot become virtual, and a virtual one cannot be stored", span);
    }
    if scene.is_off("foreign_key_checks") {
        return None;
    }
    let key = foreign_key(was, scene, &dropped_constraints(alter, scene));
    let pair = Pair { old, new, old_table, new_table, server: scene.situation.server };
    let converted = pair.change() == Some(TypeChange::Converted) && !only_lengthens(old, new);
    if converted && let Some(key) = key {
        return refused(format!("the foreign key `{}` needs the column `{was}` as it is", title(key)), span);
    }
    if converted && scene.is_referenced(was) {
        return refused(format!("a foreign key points to the column `{was}`"), span);
    }
    let empties = |key: &Constraint| {
        matches!(&key.kind, ConstraintKind::ForeignKey { on_delete, on_update, .. }
            if [on_delete, on_update].contains(&&Some(ReferentialAction::SetNull)))
    };
    let strict = old.nullable == Some(true) && new.nullable == Some(false);
    match key.filter(|key| strict && empties(key)) {
        Some(key) => refused(format!("the foreign key `{}` sets the column `{was}` to NULL", title(key)), span),
        None => None,
    }
}

/// Text of a foreign key may differ in length.
fn only_lengthens(old: &Column, new: &Column) -> bool {
    let (Some(old_type), Some(new_type)) = (&old.data_type, &new.data_type) else { return false };
    old_type.name == new_type.name
        && old_type.name.ends_with("char")
        && (&old.character_set, &old.collation) == (&new.character_set, &new.collation)
}
