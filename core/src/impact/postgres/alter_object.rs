//! `ALTER` of what is no table, `COMMENT`, `GRANT`.

use super::doing::Doing;
use super::facts;
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE, SHARE_ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE};
use crate::catalog::Known;
use crate::change::{Alter, AlterAction, ColumnChange, Grant, Name, ObjectKind};
use crate::impact::{Stops, Transactional, Work};

/// The table of a column's name: `orders` of `orders.id`.
pub(super) fn column_owner(column: &Name) -> Option<Name> {
    let parts = column.parts.len().checked_sub(1).filter(|rest| *rest > 0)?;
    Some(Name { parts: column.parts[..parts].to_vec(), span: column.span })
}

/// `ALTER` of an object by its kind.
pub(super) fn alter(doing: &mut Doing<'_>, alter: &Alter) {
    match alter.kind {
        ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::ForeignTable => {
            if alter.kind == ObjectKind::View
                && alter.actions.iter().any(|action| matches!(action.what, AlterAction::RenameColumn { .. }))
            {
                doing.since(13, "ALTER VIEW … RENAME COLUMN");
            }
            super::alter_table::alter(doing, alter);
        }
        ObjectKind::Index => index(doing, alter),
        ObjectKind::Sequence => sequence(doing, alter),
        ObjectKind::Type => super::types::alter(doing, alter),
        ObjectKind::Domain => super::types::alter_domain(doing, alter),
        ObjectKind::Trigger | ObjectKind::Rule | ObjectKind::Policy => attached(doing, alter),
        ObjectKind::Publication => publication(doing, alter),
        ObjectKind::Statistics if sets_target(alter) => doing.since(13, "ALTER STATISTICS … SET STATISTICS"),
        ObjectKind::System => doing.impact.transactional = Transactional::Refused,
        ObjectKind::Database if moves(alter) => doing.impact.transactional = Transactional::Refused,
        _ => {}
    }
}

fn sets_target(alter: &Alter) -> bool {
    alter.actions.iter().any(|action| match &action.what {
        AlterAction::SetAttribute(words) => words.starts_with("set statistics"),
        AlterAction::AlterColumn { .. } => true,
        _ => false,
    })
}

fn moves(alter: &Alter) -> bool {
    alter.actions.iter().any(|action| matches!(action.what, AlterAction::SetTablespace(_)))
}

/// `ALTER INDEX`; `ALTER TABLE` takes the name of an index too, and then a stronger lock.
pub(super) fn index(doing: &mut Doing<'_>, alter: &Alter) {
    let Some(name) = &alter.name else { return };
    let Known::Present((owner, index)) = doing.catalog().index(name, None) else { return };
    let owner = super::doing::Subject::of(owner);
    for action in &alter.actions {
        doing.span = action.span;
        let mode = match &action.what {
            AlterAction::Rename(_) if alter.kind == ObjectKind::Table => ACCESS_EXCLUSIVE,
            AlterAction::Rename(_)
            | AlterAction::AttachPartition { .. }
            | AlterAction::AlterColumn { change: ColumnChange::SetStatistics, .. } => SHARE_UPDATE_EXCLUSIVE,
            AlterAction::SetOptions { options, .. } => super::alter_table::parameters(doing.words(*options))[0].lock,
            _ => ACCESS_EXCLUSIVE,
        };
        doing.lock_index(&owner, index, mode, &facts::OTHER_CLAUSE[0].fact);
        match &action.what {
            AlterAction::SetTablespace(_) => doing.rebuild_index(&owner, index, &facts::COPIED),
            AlterAction::AttachPartition { partition, .. } => {
                doing.lock(&owner, ACCESS_SHARE, &facts::PARENT);
                if let Known::Present((table, part)) = doing.catalog().index(partition, None) {
                    let table = super::doing::Subject::of(table);
                    doing.lock(&table, ACCESS_SHARE, &facts::PARENT);
                    doing.lock_index(&table, part, ACCESS_EXCLUSIVE, &facts::PARENT);
                }
            }
            _ => {}
        }
    }
}

/// `ALTER SEQUENCE`.
fn sequence(doing: &mut Doing<'_>, alter: &Alter) {
    let Some(subject) = alter.name.as_ref().and_then(|name| doing.find(name)) else { return };
    for action in &alter.actions {
        doing.span = action.span;
        let options = match &action.what {
            AlterAction::SetSequence(options) => Some(doing.words(*options)),
            AlterAction::SetLogged(_) => {
                doing.since(15, "ALTER SEQUENCE … SET LOGGED");
                None
            }
            _ => None,
        };
        let mode = if options.is_some() { SHARE_ROW_EXCLUSIVE } else { ACCESS_EXCLUSIVE };
        doing.lock(&subject, mode, &facts::SEQUENCE);
        if let Some(owner) = options.and_then(|options| owned_by(doing, options)) {
            doing.lock(&owner, ACCESS_SHARE, &facts::SEQUENCE);
        }
    }
}

/// The table that `OWNED BY table.column` names.
fn owned_by<'a>(doing: &Doing<'a>, options: &str) -> Option<super::doing::Subject<'a>> {
    let at = options.to_ascii_uppercase().find("OWNED BY")?;
    let name = options[at + "OWNED BY".len()..].split_whitespace().next()?;
    let part = |part: &str| crate::change::Identifier {
        text: part.trim_matches('"').to_owned(),
        quoted: part.starts_with('"'),
        span: doing.span,
    };
    let name = Name { parts: name.split('.').map(part).collect(), span: doing.span };
    doing.find(&column_owner(&name)?)
}

/// `ALTER TRIGGER`, `RULE` and `POLICY` … `ON table`.
fn attached(doing: &mut Doing<'_>, alter: &Alter) {
    let Some(subject) = alter.table.as_ref().and_then(|table| doing.find(table)) else { return };
    let depends = alter.actions.iter().all(|action| matches!(action.what, AlterAction::SetAttribute(_)));
    let policy = alter.kind == ObjectKind::Policy;
    let mode = if depends && !policy { ACCESS_SHARE } else { ACCESS_EXCLUSIVE };
    doing.lock(&subject, mode, &facts::OTHER_CLAUSE[0].fact);
}

/// `ALTER PUBLICATION`.
fn publication(doing: &mut Doing<'_>, alter: &Alter) {
    for action in &alter.actions {
        doing.span = action.span;
        if let (AlterAction::Members { verb: "set", .. }, Some(name)) = (&action.what, &alter.name) {
            for table in doing.catalog().tables_of_other(ObjectKind::Publication, name) {
                if let Some(table) = doing.lookup(table) {
                    doing.lock(&table, SHARE_UPDATE_EXCLUSIVE, &facts::PUBLISHED);
                }
            }
        }
        if let AlterAction::Members { members, .. } = &action.what {
            for name in members {
                if let Some(table) = doing.find(name) {
                    doing.lock(&table, SHARE_UPDATE_EXCLUSIVE, &facts::PUBLISHED);
                }
            }
        }
    }
}

/// `COMMENT ON`.
pub(super) fn comment(doing: &mut Doing<'_>, kind: ObjectKind, name: Option<&Name>, table: Option<&Name>) {
    if kind == ObjectKind::Index {
        if let Some(Known::Present((owner, index))) = name.map(|name| doing.catalog().index(name, None)) {
            let owner = super::doing::Subject::of(owner);
            doing.lock_index(&owner, index, SHARE_UPDATE_EXCLUSIVE, &facts::COMMENTED);
        }
        return;
    }
    let whole = kind.is_relation();
    let owner = if whole { name } else { table };
    let Some(subject) = owner.and_then(|owner| doing.find(owner)) else { return };
    let mode = if whole || kind == ObjectKind::Column { SHARE_UPDATE_EXCLUSIVE } else { ACCESS_SHARE };
    doing.lock(&subject, mode, &facts::COMMENTED);
}

/// `GRANT` and `REVOKE`: from 18 on the table is locked, so that it cannot go meanwhile.
pub(super) fn grant(doing: &mut Doing<'_>, grant: &Grant) {
    let tables = matches!(grant.kind, None | Some(ObjectKind::Table | ObjectKind::Sequence));
    if doing.major() < 18 || grant.default || grant.all_in_schema || !tables {
        return;
    }
    for name in &grant.objects {
        if let Some(subject) = doing.find(name) {
            let mode = ACCESS_SHARE;
            doing.add(&subject.name, subject.target(), Work::Lock(mode), Stops::NOBODY, &facts::GRANTED);
        }
    }
}
