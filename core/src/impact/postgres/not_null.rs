//! `SET NOT NULL` and `DROP NOT NULL`.

use super::alter_table::Altered;
use super::doing::{Doing, Subject};
use super::facts;
use crate::catalog::{Constraint, ConstraintKind, IdentityKind};
use crate::change::{AlterAction, ColumnChange, Identifier};
use crate::sql::{Dialect, Kind, significant};

/// Rows are searched for NULL, unless the column takes none already or a valid check proves it.
pub(super) fn set<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &Identifier) {
    scan(doing, altered, column, false);
}

/// The same, perhaps for the table without its children.
pub(super) fn scan<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &Identifier, only: bool) {
    let name = doing.catalog().fold(column);
    for member in altered.family.iter().take(if only { 1 } else { usize::MAX }) {
        let known = member.relation.and_then(|relation| relation.column(&name).present());
        if known.is_some_and(|column| column.nullable == Some(false)) {
            continue;
        }
        if !disturbs(doing, altered, &name) && is_proved(doing, member, &name) {
            continue;
        }
        doing.scan(member, &facts::NOT_NULL_SCAN);
    }
}

/// Whether a clause of the same statement takes the proof away: it drops a check, or changes the type, for which the
/// checks are made anew.
fn disturbs(doing: &Doing<'_>, altered: &Altered<'_, '_>, name: &str) -> bool {
    altered.alter.actions.iter().any(|action| match &action.what {
        AlterAction::DropConstraint { .. } => true,
        AlterAction::AlterColumn { column, change: ColumnChange::SetType { .. } } => {
            doing.catalog().fold(column) == name
        }
        _ => false,
    })
}

/// Whether a valid check says that the column is not NULL.
pub(super) fn is_proved(doing: &Doing<'_>, subject: &Subject<'_>, column: &str) -> bool {
    let Some(relation) = subject.relation else { return false };
    let proves = |constraint: &Constraint| match &constraint.kind {
        ConstraintKind::Check { text } => constraint.validated && constraint.enforced && says_so(doing, text, column),
        _ => false,
    };
    relation.constraints.iter().any(proves)
}

/// Whether one of the conditions that `AND` joins is `column IS NOT NULL`.
pub(super) fn says_so(doing: &Doing<'_>, text: &str, column: &str) -> bool {
    let tokens = significant(text, Dialect::Postgres);
    let is_or = |depth_zero: &[crate::sql::Token]| depth_zero.iter().any(|token| token.is_word(text, "OR"));
    if is_or(&tokens) {
        return false;
    }
    tokens.split(|token| token.is_word(text, "AND")).any(|condition| {
        let inner: Vec<_> = condition
            .iter()
            .filter(|token| !matches!(token.kind, Kind::OpenParenthesis | Kind::CloseParenthesis))
            .collect();
        let [name, is, not, null] = inner.as_slice() else { return false };
        let words = is.is_word(text, "IS") && not.is_word(text, "NOT") && null.is_word(text, "NULL");
        let own = name.text(text);
        let quoted = name.kind == Kind::Name;
        let bare = own.trim_matches('"').to_owned();
        let identifier = Identifier { text: bare, quoted, span: doing.span };
        words && doing.catalog().fold(&identifier) == column
    })
}

/// A column of the primary key, or one that the server numbers, keeps it.
pub(super) fn drop<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &Identifier) {
    let name = doing.catalog().fold(column);
    let Some(relation) = altered.subject.relation else { return };
    if relation.primary_key().is_some_and(|key| key.columns.contains(&name)) {
        doing.refuse(format!("`{name}` is in the primary key"));
    }
    let numbered = |kind| matches!(kind, IdentityKind::Always | IdentityKind::ByDefault);
    if altered.column(doing, column).and_then(|column| column.identity).is_some_and(numbered) {
        doing.refuse(format!("`{name}` is an identity column"));
    }
}
