//! `ALGORITHM` and `LOCK` that ask for more than the server can do.

use super::refused;
use crate::impact::mysql::alteration::Said;
use crate::impact::mysql::classify::Forms;
use crate::impact::mysql::form::{Algorithm, Form, Hold};
use crate::impact::mysql::plan::Plan;
use crate::impact::mysql::scene::Scene;
use crate::impact::{Fact, Refusal};
use crate::text::Span;

static ASKED: Fact = Fact {
    name: "algorithm-asked",
    reason: "the statement asks for an algorithm that builds the table anew",
    source: "https://dev.mysql.com/doc/refman/8.4/en/alter-table.html",
};

/// The algorithm that is asked for: by the statement, or by MariaDB's session up to 11.4.
fn asked(said: &Said<'_>, scene: &Scene<'_>) -> Option<(Algorithm, Span)> {
    if let Some(word) = said.algorithm {
        return Algorithm::parse(&word.text).map(|algorithm| (algorithm, word.span));
    }
    let heeds = scene.is_maria() && !scene.situation.server.is_at_least(11, 5, 0);
    let setting = scene.situation.session.get("alter_algorithm").filter(|_| heeds)?.first()?;
    Algorithm::parse(setting).map(|algorithm| (algorithm, scene.request.span))
}

/// What the server does once `ALGORITHM` has its say.
pub(in crate::impact::mysql) fn heed(mut plan: Plan, said: &Said<'_>, forms: &Forms, scene: &Scene<'_>) -> Plan {
    let Some((algorithm, span)) = asked(said, scene) else { return plan };
    if plan.algorithm.is_none_or(|cheapest| cheapest >= algorithm) {
        return plan;
    }
    let layout = [Form::AddColumn, Form::AddColumnPlaced, Form::DropColumn];
    if algorithm == Algorithm::Copy {
        let online = scene.is_maria() && scene.situation.server.is_at_least(11, 2, 0);
        plan.hold = if online { Hold::None } else { Hold::Shared };
        plan.rebuilds.get_or_insert((&ASKED, span));
    } else if !scene.is_maria() && forms.any(&layout).is_some() {
        plan.rebuilds.get_or_insert((&ASKED, span));
    }
    plan.algorithm = Some(algorithm);
    plan.decides = (&ASKED, span);
    plan
}

/// Why the server does not take the clauses.
pub(in crate::impact::mysql) fn of_clauses(plan: Plan, said: &Said<'_>, scene: &Scene<'_>) -> Option<Refusal> {
    let cheapest = plan.algorithm?;
    let asked = asked(said, scene);
    if let Some((algorithm, span)) = asked.filter(|(algorithm, _)| *algorithm < cheapest) {
        let (word, way) = (algorithm.as_str(), cheapest.as_str());
        return refused(format!("ALGORITHM={word} is not possible: {} ({way})", plan.decides.0.reason), span);
    }
    let lock = said.lock.and_then(|word| Some((Hold::parse(&word.text)?, word.span)));
    let (lock, span) = lock?;
    let instant = matches!(asked, Some((Algorithm::Instant, _)));
    if instant && !scene.is_maria() {
        return refused("LOCK may not stand beside ALGORITHM=INSTANT", span);
    }
    let copies = matches!(asked, Some((Algorithm::Copy, _)));
    let online = scene.is_maria() && scene.situation.server.is_at_least(11, 2, 0);
    let needed = if copies && !online { Hold::Shared } else { plan.hold };
    if lock < needed {
        return refused(format!("LOCK={} is not possible: {}", lock.as_str(), plan.decides.0.reason), span);
    }
    None
}
