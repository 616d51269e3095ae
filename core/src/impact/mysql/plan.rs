//! What a server makes of several forms together.

use super::classify::Forms;
use super::form::{Algorithm, Behaviour, Form, Hold, behaviour};
use super::scene::Scene;
use crate::catalog::ConstraintKind;
use crate::change::ReferentialAction;
use crate::impact::Fact;
use crate::text::Span;

/// How a server does a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// The cheapest algorithm; `None` where the grammar has no such clause, or too little is known.
    pub(super) algorithm: Option<Algorithm>,
    /// The weakest lock with it.
    pub(super) hold: Hold,
    /// Why the table is built anew, if it is, and the clause.
    pub(super) rebuilds: Option<(&'static Fact, Span)>,
    /// The form that decides.
    pub(super) decides: (&'static Fact, Span),
}

/// Forms that change how rows are laid out: at once if nothing else is asked, else by building the table anew.
const LAYOUT: [Form; 6] = [
    Form::AddColumn,
    Form::AddColumnPlaced,
    Form::AddColumnBeforeVirtual,
    Form::DropColumn,
    Form::MoveColumn,
    Form::DropNotNullRedundant,
];
const VIRTUAL: [Form; 3] = [Form::AddVirtual, Form::DropVirtual, Form::AddFunctionalIndex];
/// Forms that may stand beside a virtual column that comes or goes.
const BESIDE_VIRTUAL: [Form; 6] =
    [Form::AddVirtual, Form::DropVirtual, Form::AddFunctionalIndex, Form::AddIndex, Form::DropIndex, Form::Metadata];
const NEW_INDEX: [Form; 5] =
    [Form::AddIndex, Form::AddFulltext, Form::AddFurtherFulltext, Form::AddSpatial, Form::AddFunctionalIndex];

static MIXED: Fact = Fact {
    name: "virtual-column-with-others",
    reason: "a virtual column can only be added or dropped on the spot if the statement does nothing else",
    source: "measured",
};
static LAID_OUT: Fact = Fact {
    name: "instant-refused",
    reason: "rows can be laid out anew at once only if the statement does nothing else, and the table is neither COMPRESSED nor has a FULLTEXT index",
    source: "measured",
};
static FULLTEXT: Fact = Fact {
    name: "rebuild-with-fulltext",
    reason: "a table with FULLTEXT indexes cannot be built anew while others write",
    source: "measured",
};
static SPATIAL: Fact = Fact {
    name: "rebuild-with-spatial",
    reason: "a table with SPATIAL indexes cannot be built anew while others write",
    source: "https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-limitations.html",
};
static TEMPORARY: Fact = Fact {
    name: "temporary-table",
    reason: "a temporary table is always copied; nobody else sees it",
    source: "https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-limitations.html",
};
static NOTHING: Fact = Fact { name: "metadata-only", reason: "nothing changes", source: "measured" };

/// How the server does these forms, if it is left the choice.
pub(super) fn plan(forms: &Forms, scene: &Scene<'_>) -> Plan {
    let found: Vec<(&'static Behaviour, Span)> = behaviours(forms, scene);
    let first = (&NOTHING, scene.request.span);
    let mut plan = Plan { algorithm: Some(Algorithm::Instant), hold: Hold::None, rebuilds: None, decides: first };
    for (row, span) in &found {
        if row.algorithm > plan.algorithm || row.algorithm.is_none() || row.hold > plan.hold {
            plan.decides = (&row.fact, *span);
        }
        if row.algorithm.is_none() {
            plan.algorithm = None;
        } else {
            plan.algorithm = plan.algorithm.max(row.algorithm);
        }
        plan.hold = plan.hold.max(row.hold);
        if row.rebuilds && plan.rebuilds.is_none() {
            plan.rebuilds = Some((&row.fact, *span));
        }
        if plan.algorithm.is_none() {
            return plan;
        }
    }
    if scene.is_temporary() && found.iter().any(|(row, _)| row.form != Form::RenameTable) {
        copy(&mut plan, &TEMPORARY, scene.request.span);
    }
    unchecked(&found, &mut plan);
    layout(forms, scene, &mut plan);
    virtual_columns(forms, scene, &mut plan);
    rebuilt(forms, scene, &mut plan);
    locks(forms, scene, &mut plan);
    plan
}

/// The behaviours of the forms, those of another engine than `InnoDB` its own.
fn behaviours(forms: &Forms, scene: &Scene<'_>) -> Vec<(&'static Behaviour, Span)> {
    let whole = [Form::RenameTable, Form::ChangeEngine, Form::PartitionBy, Form::OrderBy, Form::SwitchKeys];
    let slight = [Form::Metadata, Form::RenameColumn, Form::AppendMember, Form::RenameIndex, Form::TableOption];
    let own = |form: Form| match form {
        form if scene.is_innodb() || whole.contains(&form) => form,
        form if slight.contains(&form) => Form::OtherEngineMetadata,
        _ => Form::OtherEngine,
    };
    // A new name, or keys that are switched, need their own lock only where nothing else is asked.
    let alone = forms.found.len() == 1;
    let among = |form: Form| match form {
        Form::RenameTable if !alone => Form::Metadata,
        Form::SwitchKeys if !alone => Form::OrderBy,
        form => form,
    };
    let server = scene.situation.server;
    forms.found.iter().map(|(form, span)| (behaviour(among(own(*form)), server), *span)).collect()
}

fn copy(plan: &mut Plan, fact: &'static Fact, span: Span) {
    if plan.algorithm < Some(Algorithm::Copy) {
        plan.algorithm = Some(Algorithm::Copy);
        plan.decides = (fact, span);
        plan.rebuilds.get_or_insert((fact, span));
    }
}

fn in_place(plan: &mut Plan, fact: &'static Fact, span: Span) {
    plan.rebuilds.get_or_insert((fact, span));
    if plan.algorithm < Some(Algorithm::InPlace) {
        plan.algorithm = Some(Algorithm::InPlace);
        plan.decides = (fact, span);
    }
}

/// Before 11.2 MariaDB does not look at `INSTANT` and `NOCOPY` where it copies before it asks the storage engine.
fn unchecked(found: &[(&'static Behaviour, Span)], plan: &mut Plan) {
    let copies = |row: &&(&'static Behaviour, Span)| {
        row.0.algorithm == Some(Algorithm::Instant)
            && row.0.rebuilds
            && matches!(row.0.form, Form::ChangeEngine | Form::PartitionBy | Form::OrderBy)
    };
    if let Some((row, span)) = found.iter().find(copies) {
        plan.algorithm = Some(Algorithm::Instant);
        plan.rebuilds = Some((&row.fact, *span));
        plan.decides = (&row.fact, *span);
    }
}

/// Rows are laid out anew: at once, or with the table.
fn layout(forms: &Forms, scene: &Scene<'_>, plan: &mut Plan) {
    let Some(span) = forms.any(&LAYOUT).filter(|_| scene.is_innodb()) else { return };
    let refused = scene.has_format("compressed") || scene.had_index("fulltext");
    let beside =
        if scene.is_maria() { forms.any(&NEW_INDEX).is_some() } else { plan.algorithm > Some(Algorithm::Instant) };
    if refused || beside {
        in_place(plan, &LAID_OUT, span);
    }
}

/// A virtual column comes or goes, with other changes.
fn virtual_columns(forms: &Forms, scene: &Scene<'_>, plan: &mut Plan) {
    let Some(span) = forms.any(&VIRTUAL) else { return };
    let alone = forms.found.iter().all(|(form, _)| BESIDE_VIRTUAL.contains(form));
    let at_once = !scene.is_maria() && plan.algorithm == Some(Algorithm::Instant);
    if at_once {
        return;
    }
    let moves = scene.is_maria() && forms.has(Form::AddVirtual) && scene.moves_virtual();
    if !alone || moves || scene.is_partitioned() {
        return copy(plan, &MIXED, span);
    }
    if forms.has(Form::AddVirtual) && forms.any(&NEW_INDEX).is_some() {
        plan.hold = plan.hold.max(Hold::Shared);
    }
}

/// What else a table needs that is built anew.
fn rebuilt(forms: &Forms, scene: &Scene<'_>, plan: &mut Plan) {
    let fulltext = forms.found.iter().filter(|(form, _)| matches!(form, Form::AddFulltext | Form::AddFurtherFulltext));
    if let Some((_, span)) = fulltext.clone().nth(1) {
        copy(plan, &FULLTEXT, *span);
    }
    let Some((_, span)) = plan.rebuilds.filter(|_| plan.algorithm == Some(Algorithm::InPlace)) else { return };
    let keeps_fulltext = scene.had_index("fulltext") && scene.keeps_index("fulltext");
    if keeps_fulltext && scene.is_maria() {
        plan.hold = plan.hold.max(Hold::Shared);
        plan.decides = (&FULLTEXT, span);
    } else if keeps_fulltext {
        copy(plan, &FULLTEXT, span);
    }
    if scene.had_index("spatial") && scene.keeps_index("spatial") && plan.hold < Hold::Shared {
        plan.hold = Hold::Shared;
        plan.decides = (&SPATIAL, span);
    }
}

/// The lock of a copy: MariaDB lets others write meanwhile, from 11.2 on.
fn locks(forms: &Forms, scene: &Scene<'_>, plan: &mut Plan) {
    if plan.algorithm != Some(Algorithm::Copy) {
        return;
    }
    let online = scene.is_maria() && scene.situation.server.is_at_least(11, 2, 0);
    let numbers = forms.any(&[Form::AddColumnNumbered]).is_some();
    let modifies = |action: Option<ReferentialAction>| {
        matches!(action, Some(ReferentialAction::Cascade | ReferentialAction::SetNull | ReferentialAction::SetDefault))
    };
    let cascades = scene.constraints().any(|constraint| {
        matches!(&constraint.kind, ConstraintKind::ForeignKey { on_delete, on_update, .. } if modifies(*on_delete) || modifies(*on_update))
    });
    plan.hold = if online && !numbers && !cascades && !scene.is_temporary() { Hold::None } else { Hold::Shared };
}
