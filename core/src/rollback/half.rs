//! Where definitions are not transactional a migration may stop half-way: the undo script has to cope with what is there.

use crate::catalog::{DifferenceKind, diff};
use crate::change::TransactionModel;
use crate::deployment::{Deployment, Played, Run, Runner, Undone};
use crate::sql::Dialect;
use crate::text::Span;

use super::effect::DERIVED;

/// How an undo script fails after a part of its migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// The last statement of the migration that ran.
    pub after: Span,
    /// What is wrong, in words.
    pub reason: String,
    /// The statement of the undo script that fails; `None` where it runs and does not give back what was.
    pub span: Option<Span>,
}

/// How many statements a migration may have for this to be tried: each prefix costs a replay of the undo script.
const MOST: usize = 60;

/// The first part of a migration after which its undo script fails, where the server or the runner may leave a part.
pub(super) fn half(
    deployment: &Deployment,
    played: &Played,
    undone: &Undone,
    base: &crate::catalog::Catalog,
    history: &str,
) -> Option<Half> {
    let (up, down) = (played.turn.reading.as_ref()?, undone.script.turn.reading.as_ref()?);
    let dialect = deployment.server.dialect;
    let commits = matches!(dialect, Dialect::Mysql | Dialect::Mariadb | Dialect::Oracle);
    let apart = played.turn.runner.model == TransactionModel::Statement;
    if !(commits || apart) || base.is_open() || played.steps.len() > MOST {
        return None;
    }
    for at in 1..played.steps.len() {
        let (stands, last) = (&played.steps[at].before, &played.steps[at - 1]);
        if diff(&last.before, stands).is_empty() {
            continue;
        }
        let after = up.requests.get(last.statement)?.span;
        let mut run = Run::new(stands.clone(), deployment.server);
        run.commit();
        let steps = run.play(down, Runner::from(TransactionModel::Statement));
        for step in &steps {
            let mut own =
                step.conflicts.iter().filter(|conflict| !conflict.object.name.name.eq_ignore_ascii_case(history));
            let refused = step.impact.fails.as_ref().map(|refusal| (refusal.reason.clone(), refusal.span));
            let failed = refused.or_else(|| own.next().map(|conflict| (conflict.in_words(dialect), conflict.span)));
            if let Some((reason, span)) = failed {
                return Some(Half { after, reason, span: Some(span) });
            }
        }
        let differs = |difference: &crate::catalog::Difference| match &difference.kind {
            DifferenceKind::Changed { what, .. } => !DERIVED.contains(what),
            _ => true,
        };
        if let Some(other) = diff(base, run.catalog()).into_iter().find(differs) {
            let reason = format!("it leaves {} otherwise than it was", other.object.in_words(dialect));
            return Some(Half { after, reason, span: None });
        }
    }
    None
}
