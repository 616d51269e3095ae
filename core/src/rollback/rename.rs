//! What gets another name.

use std::collections::BTreeSet;

use crate::catalog::{Difference, DifferenceKind, ObjectName, ObjectRef};
use crate::change::{AlterAction, Change, Name, ObjectKind, Rename, Request};

/// An object that gets another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) from: ObjectRef,
    pub(super) to: ObjectRef,
}

/// The objects that a statement gives other names.
pub(super) fn renames(request: &Request, diffs: &[Difference]) -> Vec<Renamed> {
    let says = match &request.change {
        Change::Rename(_) => true,
        Change::Alter(alter) => alter.actions.iter().any(|action| {
            matches!(
                action.what,
                AlterAction::Rename(_)
                    | AlterAction::SetSchema(_)
                    | AlterAction::RenameColumn { .. }
                    | AlterAction::RenameConstraint { .. }
                    | AlterAction::RenameIndex { .. }
                    | AlterAction::ModifyColumn { from: Some(_), .. }
            )
        }),
        _ => false,
    };
    if !says {
        return Vec::new();
    }
    if let Change::Rename(pairs) = &request.change {
        let found = pairs.iter().filter_map(|pair| named_pair(pair, diffs));
        let found: Vec<Renamed> = found.collect();
        if !found.is_empty() {
            return found;
        }
    }
    if let Change::Alter(alter) = &request.change
        && alter.kind == ObjectKind::Schema
    {
        let of = |kind: DifferenceKind| {
            diffs
                .iter()
                .find(|diff| diff.object.kind == ObjectKind::Schema && diff.kind == kind)
                .map(|diff| diff.object.clone())
        };
        let pair = of(DifferenceKind::Removed).zip(of(DifferenceKind::Added));
        return pair.map(|(from, to)| Renamed { from, to }).into_iter().collect();
    }
    let wholes = |kind: &DifferenceKind| -> Vec<&ObjectRef> {
        let of_kind = diffs.iter().filter(|diff| diff.kind == *kind && diff.object.part.is_none());
        of_kind.map(|diff| &diff.object).filter(|object| object.kind != ObjectKind::Sequence).collect()
    };
    if let ([from], [to]) = (wholes(&DifferenceKind::Removed).as_slice(), wholes(&DifferenceKind::Added).as_slice())
        && from.kind == to.kind
    {
        return vec![Renamed { from: (*from).clone(), to: (*to).clone() }];
    }
    let mut found = Vec::new();
    let parts = |kind: &DifferenceKind, object: ObjectKind, name: &ObjectName| -> Vec<&ObjectRef> {
        let of = |diff: &&Difference| {
            diff.kind == *kind && diff.object.kind == object && diff.object.name == *name && diff.object.part.is_some()
        };
        diffs.iter().filter(of).map(|diff| &diff.object).collect()
    };
    let names: BTreeSet<&ObjectName> = diffs.iter().map(|diff| &diff.object.name).collect();
    let kinds =
        [ObjectKind::Column, ObjectKind::Constraint, ObjectKind::Index, ObjectKind::Trigger, ObjectKind::Policy];
    for name in names {
        for kind in kinds {
            let (from, to) = (parts(&DifferenceKind::Removed, kind, name), parts(&DifferenceKind::Added, kind, name));
            if let ([from], [to]) = (from.as_slice(), to.as_slice()) {
                found.push(Renamed { from: (*from).clone(), to: (*to).clone() });
            }
        }
    }
    found
}

/// The objects that one pair of names in `RENAME TABLE a TO b, c TO d` is about.
fn named_pair(pair: &Rename, diffs: &[Difference]) -> Option<Renamed> {
    let of = |kind: DifferenceKind, name: &Name| {
        let same = |diff: &&Difference| {
            diff.kind == kind
                && diff.object.part.is_none()
                && diff.object.kind != ObjectKind::Sequence
                && diff.object.name.name.eq_ignore_ascii_case(&name.last().text)
        };
        diffs.iter().find(same).map(|diff| diff.object.clone())
    };
    let (from, to) = (of(DifferenceKind::Removed, &pair.from)?, of(DifferenceKind::Added, &pair.to)?);
    Some(Renamed { from, to })
}
