//! What runs inside of a statement: the impact of a block is the sum over its steps.

use super::{Impact, Refusal, Situation, Transactional, impact as of_step};
use crate::catalog::Origin;
use crate::change::{Block, BlockKind, Request, Session};

/// The steps run one after the other, each in the schema and with the settings that the one before it leaves.
pub(super) fn impact(request: &Request, block: &Block, situation: &Situation<'_>) -> Impact {
    let mut whole = Impact::default();
    let mut catalog = situation.catalog.clone();
    let mut session: Option<Session> = None;
    // What a step makes is newer than anything that the caller has made, and nobody else sees it before the block ends.
    let origin = Origin { script: u32::MAX, statement: 0 };
    let one = matches!(block.kind, BlockKind::Do | BlockKind::Anonymous);
    let begin = situation.begin.or_else(|| one.then_some(origin));
    let handles = block.handles_errors(situation.text, request.span);
    for step in &block.steps {
        let own = session.as_ref().unwrap_or(situation.session);
        let inner = Situation { catalog: &catalog, session: own, begin, ..*situation };
        let impact = of_step(&step.request, &inner);
        let refused = (one && impact.transactional == Transactional::Refused).then(|| Refusal {
            reason: format!("{} cannot run inside of a block", step.request.kind()),
            span: step.request.span,
        });
        add(&mut whole, impact, step.guard.is_none() && !handles, refused);
        if block.steps.len() > 1 {
            catalog.apply_within(&step.request, situation.text, origin, request.span);
            session.get_or_insert_with(|| situation.session.clone()).apply(&step.request.change, begin.is_some());
        }
    }
    whole
}

/// Adds what a step does. `surely` says that neither a condition nor a handler stands between its failure and the block's.
fn add(whole: &mut Impact, step: Impact, surely: bool, refused: Option<Refusal>) {
    whole.effects.extend(step.effects);
    whole.transactional = match (whole.transactional, step.transactional) {
        (Transactional::Refused, _) | (_, Transactional::Refused) => Transactional::Refused,
        (Transactional::Commits, _) | (_, Transactional::Commits) => Transactional::Commits,
        _ => Transactional::Yes,
    };
    whole.algorithm = whole.algorithm.or(step.algorithm);
    whole.lock = whole.lock.or(step.lock);
    if surely && whole.fails.is_none() {
        whole.fails = step.fails.or(refused);
    }
}
