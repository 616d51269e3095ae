//! Which forms the clauses about columns come down to.

use super::classify::{Forms, is_enforced_check};
use super::form::Form;
use super::keys;
use super::scene::Scene;
use super::type_change::{Pair, TypeChange};
use crate::catalog::{Column, Generation, IdentityKind, Relation};
use crate::change::{ColumnDefinition, ConstraintKind, Expression, Identifier, Position, Volatility};
use crate::text::{Casing, Span};

/// `ADD COLUMN`.
pub(super) fn add(column: &ColumnDefinition, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    let serial = column.data_type.as_ref().is_some_and(|data_type| data_type.name.is("serial"));
    let form = match &column.generated {
        Some(generated) if generated.stored == Some(true) => Form::AddColumnStored,
        Some(_) => Form::AddVirtual,
        None if column.auto_increment || serial => Form::AddColumnNumbered,
        None if column.default.as_ref().is_some_and(|default| is_computed(default, scene)) => Form::AddColumnComputed,
        None => placed(column, scene),
    };
    forms.push(form, span);
    if serial {
        forms.push(Form::AddIndex, span);
    }
    let name = scene.situation.catalog.fold(&column.name);
    for constraint in &column.constraints {
        // MariaDB's new column fulfils its own check in no time; MySQL copies the table.
        if !(scene.is_maria() && is_enforced_check(constraint)) {
            keys::add_constraint(constraint, Some(&name), scene, span, forms);
        }
    }
}

fn placed(column: &ColumnDefinition, scene: &Scene<'_>) -> Form {
    let last = scene.before.and_then(|table| table.columns.iter().next_back());
    let is_last = match &column.position {
        None => true,
        Some(Position::After(other)) => last.is_some_and(|last| last.name == scene.situation.catalog.fold(other)),
        Some(_) => false,
    };
    match (is_last, scene.moves_virtual()) {
        (true, _) => Form::AddColumn,
        (false, true) => Form::AddColumnBeforeVirtual,
        (false, false) => Form::AddColumnPlaced,
    }
}

/// Functions that give the time of the statement: one value for all rows.
const TIMES: [&str; 8] =
    ["now", "current_timestamp", "localtime", "localtimestamp", "curdate", "current_date", "curtime", "unix_timestamp"];

/// Whether a default is computed for each row that is there. MySQL does so with each expression in parentheses, MariaDB
/// only if its value may differ.
fn is_computed(default: &Expression, scene: &Scene<'_>) -> bool {
    let text = scene.words(default.span);
    if !scene.is_maria() {
        return text.trim_start().starts_with('(');
    }
    let timed = |name: &crate::change::Name| TIMES.iter().any(|time| name.is(time));
    let names_column = || {
        let words = text.split(|char: char| !(char.is_alphanumeric() || char == '_' || char == '$'));
        let mut words = words.map(str::lower);
        words.any(|word| scene.column(&word).is_some())
    };
    match default.volatility {
        Volatility::Constant => false,
        Volatility::Volatile => true,
        Volatility::Other => {
            !default.functions.iter().all(timed) && default.functions.iter().any(varies) || names_column()
        }
    }
}

/// Whether a function may give another value for each row, as one that nobody here knows may.
fn varies(name: &crate::change::Name) -> bool {
    const STEADY: [&str; 14] = [
        "concat",
        "upper",
        "lower",
        "json_array",
        "json_object",
        "repeat",
        "abs",
        "round",
        "floor",
        "ceil",
        "date",
        "least",
        "greatest",
        "hex",
    ];
    !STEADY.iter().chain(&TIMES).any(|steady| name.is(steady))
}

/// `DROP COLUMN`.
pub(super) fn drop(name: &str, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    let column = scene.column(name);
    let is_virtual = column.and_then(|column| column.generated.as_ref()).is_some_and(|how| how.stored != Some(true));
    forms.push(if is_virtual { Form::DropVirtual } else { Form::DropColumn }, span);
    for index in scene.indexes().filter(|index| index.uses(name)) {
        let is_primary = index.name.as_deref() == Some("PRIMARY");
        forms.push(if is_primary { Form::DropPrimaryKey } else { Form::DropIndex }, span);
        let others = index.columns().is_some_and(|columns| columns.len() > 1);
        if others {
            forms.push(if is_primary { Form::AddPrimaryKey } else { Form::AddIndex }, span);
        }
    }
}

/// `RENAME COLUMN`, and the name in `CHANGE`.
pub(super) fn rename(name: &str, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    let referenced = scene.is_referenced(name);
    forms.push(if referenced { Form::RenameReferencedColumn } else { Form::RenameColumn }, span);
}

/// `MODIFY` and `CHANGE`.
pub(super) fn modify(
    from: Option<&Identifier>,
    definition: &ColumnDefinition,
    scene: &Scene<'_>,
    span: Span,
    forms: &mut Forms,
) {
    let fold = |name| scene.situation.catalog.fold(name);
    let (was, is) = (fold(from.unwrap_or(&definition.name)), fold(&definition.name));
    if was != is {
        rename(&was, scene, span, forms);
    }
    let pair = pair(&was, &is, scene).filter(|pair| pair.old.complete);
    let Some(pair) = pair else {
        forms.unknown = true;
        return forms.push(Form::Metadata, span);
    };
    forms.push(Form::Metadata, span);
    generation(&pair, scene, span, forms);
    if !type_of(&pair, scene, span, forms) {
        forms.unknown = true;
    }
    nullability(&pair, scene, span, forms);
    if definition.position.is_some() && moves(&was, &is, scene) {
        let crosses = scene.moves_virtual();
        forms.push(if crosses { Form::MoveColumnAcrossVirtual } else { Form::MoveColumn }, span);
    }
    for constraint in &definition.constraints {
        let is_key = pair.old_table.primary_key().is_some_and(|key| key.columns == [was.as_str()]);
        if !(is_key && matches!(constraint.kind, ConstraintKind::PrimaryKey(_))) {
            keys::add_constraint(constraint, Some(&is), scene, span, forms);
        }
    }
}

fn pair<'a>(was: &str, is: &str, scene: &'a Scene<'_>) -> Option<Pair<'a>> {
    let (old_table, new_table) = (scene.before?, scene.after.as_ref()?);
    let old = old_table.columns.iter().find(|column| column.name == was)?;
    let new = new_table.columns.iter().find(|column| column.name == is)?;
    Some(Pair { old, new, old_table, new_table, server: scene.situation.server })
}

/// Whether a column stands among other neighbours afterwards.
fn moves(was: &str, is: &str, scene: &Scene<'_>) -> bool {
    let (Some(before), Some(after)) = (scene.before, scene.after.as_ref()) else { return true };
    let before_it = |table: &Relation, name: &str| {
        let mut upwards = table.columns.iter().rev().skip_while(|column| column.name != name);
        upwards.next()?;
        Some(upwards.next().map(|column| column.name.clone()))
    };
    before_it(before, was) != before_it(after, is)
}

fn generation(pair: &Pair<'_>, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    let is_stored = |how: &Generation| how.stored == Some(true);
    match (&pair.old.generated, &pair.new.generated) {
        (Some(old), Some(new)) if plain(&old.text) == plain(&new.text) => {}
        (_, Some(new)) => forms.push(if is_stored(new) { Form::ChangeStored } else { Form::ChangeVirtual }, span),
        (Some(old), None) if is_stored(old) && scene.before.is_some() => forms.push(Form::ChangeStored, span),
        _ => {}
    }
}

/// An expression without what does not count.
fn plain(text: &str) -> String {
    let mut text: String = text.chars().filter(|char| !char.is_whitespace() && *char != '`').collect();
    text.make_ascii_lowercase();
    while text.len() > 1 && text.starts_with('(') && text.ends_with(')') {
        text = text[1..text.len() - 1].to_owned();
    }
    text
}

/// What the change of a type comes down to; false if the type before is not known.
fn type_of(pair: &Pair<'_>, scene: &Scene<'_>, span: Span, forms: &mut Forms) -> bool {
    let Some(change) = pair.change() else { return false };
    let indexed = scene.is_indexed(&pair.old.name) && !pair.stays_sorted();
    match change {
        TypeChange::None => {}
        TypeChange::Longer => forms.push(Form::Lengthen, span),
        TypeChange::Appended => forms.push(Form::AppendMember, span),
        TypeChange::Recollated if indexed => forms.push(Form::ChangeIndexedCollation, span),
        TypeChange::Recollated => forms.push(Form::ChangeCollation, span),
        TypeChange::Converted => forms.push(Form::ChangeType, span),
    }
    true
}

fn nullability(pair: &Pair<'_>, scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    match (pair.old.nullable, pair.new.nullable) {
        (Some(true), Some(false)) => forms.push(
            match (scene.is_strict(), scene.computes()) {
                (false, _) => Form::SetNotNullLoosely,
                (true, true) => Form::SetNotNullChecked,
                (true, false) => Form::SetNotNull,
            },
            span,
        ),
        (Some(false), Some(true)) => {
            let roomy = scene.has_format("redundant");
            forms.push(if roomy { Form::DropNotNullRedundant } else { Form::DropNotNull }, span);
        }
        _ => {}
    }
}

/// `CONVERT TO CHARACTER SET`: each column of text that follows another one now.
pub(super) fn convert(scene: &Scene<'_>, span: Span, forms: &mut Forms) {
    forms.push(Form::TableOption, span);
    let (Some(before), true) = (scene.before, scene.after.is_some()) else {
        forms.unknown = true;
        return;
    };
    forms.unknown |= !before.complete;
    for column in &before.columns {
        let Some(pair) = pair(&column.name, &column.name, scene) else { continue };
        type_of(&pair, scene, span, forms);
    }
}

/// Whether the server numbers a column.
pub(super) fn is_numbered(column: &Column) -> bool {
    column.identity == Some(IdentityKind::AutoIncrement)
}
