//! What a clause comes down to, and what the servers do with each form.

use super::{mariadb_forms, mysql_forms};
use crate::impact::Fact;
use crate::impact::server::{Release, Server};
use crate::sql::Dialect;

/// What a clause of `ALTER TABLE` comes down to, with the table as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// Nothing that the storage engine sees: a default, a comment, what `IF EXISTS` skips.
    Metadata,
    AddColumn,
    AddColumnPlaced,
    /// Before a virtual column, whose place changes.
    AddColumnBeforeVirtual,
    AddColumnComputed,
    AddColumnNumbered,
    AddColumnStored,
    AddVirtual,
    DropVirtual,
    DropColumn,
    MoveColumn,
    MoveColumnAcrossVirtual,
    RenameColumn,
    RenameReferencedColumn,
    ChangeType,
    Lengthen,
    AppendMember,
    ChangeCollation,
    ChangeIndexedCollation,
    SetNotNull,
    SetNotNullLoosely,
    /// The table has computed columns or checks.
    SetNotNullChecked,
    DropNotNull,
    DropNotNullRedundant,
    ChangeVirtual,
    ChangeStored,
    AddIndex,
    AddFunctionalIndex,
    AddFulltext,
    AddFurtherFulltext,
    AddSpatial,
    DropIndex,
    RenameIndex,
    SwitchIndex,
    AddPrimaryKey,
    DropPrimaryKey,
    SwapPrimaryKey,
    AddForeignKey,
    AddForeignKeyUnchecked,
    DropForeignKey,
    AddCheck,
    RenameTable,
    SwitchKeys,
    OrderBy,
    Rebuild,
    RowFormat,
    ChangeEngine,
    TableOption,
    PageCompression,
    Encryption,
    PartitionBy,
    AddPartition,
    DropPartition,
    SpreadRows,
    RebuildPartitions,
    CheckPartitions,
    TruncatePartition,
    ExchangePartition,
    AddSystemVersioning,
    DropSystemVersioning,
    Tablespace,
    /// The table is of another engine than `InnoDB`.
    OtherEngine,
    OtherEngineMetadata,
}

/// The algorithms, the cheapest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Algorithm {
    Instant,
    NoCopy,
    InPlace,
    Copy,
}

impl Algorithm {
    /// The word in the clause.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Instant => "INSTANT",
            Self::NoCopy => "NOCOPY",
            Self::InPlace => "INPLACE",
            Self::Copy => "COPY",
        }
    }

    /// Reads the word of a clause; `DEFAULT` is none.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let all = [Self::Instant, Self::NoCopy, Self::InPlace, Self::Copy];
        all.into_iter().find(|algorithm| word.eq_ignore_ascii_case(algorithm.as_str()))
    }
}

/// The weakest `LOCK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    None,
    Shared,
    Exclusive,
}

impl Hold {
    /// The word in the clause.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Shared => "SHARED",
            Self::Exclusive => "EXCLUSIVE",
        }
    }

    /// Reads the word of a clause; `DEFAULT` is none.
    pub(super) fn parse(word: &str) -> Option<Self> {
        [Self::None, Self::Shared, Self::Exclusive].into_iter().find(|hold| word.eq_ignore_ascii_case(hold.as_str()))
    }
}

/// What a server does with a form, from a release on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Behaviour {
    /// The form.
    pub(super) form: Form,
    /// The first release that does so.
    pub(super) since: Release,
    /// The cheapest algorithm; `None` where the grammar has no such clause.
    pub(super) algorithm: Option<Algorithm>,
    /// The weakest lock with it.
    pub(super) hold: Hold,
    /// Whether the table is built anew.
    pub(super) rebuilds: bool,
    /// Why.
    pub(super) fact: Fact,
}

/// What a server does with a form.
pub(super) fn behaviour(form: Form, server: Server) -> &'static Behaviour {
    let table: &'static [Behaviour] =
        if server.dialect == Dialect::Mariadb { mariadb_forms::BEHAVIOURS } else { mysql_forms::BEHAVIOURS };
    let of_form = || table.iter().filter(|behaviour| behaviour.form == form);
    let known = of_form().filter(|behaviour| behaviour.since <= server.version).max_by_key(|found| found.since);
    // A form that the release does not know comes down to the oldest way.
    known.or_else(|| of_form().min_by_key(|found| found.since)).unwrap_or(&UNKNOWN)
}

/// A form without a row is copied: the server's own way out.
static UNKNOWN: Behaviour = Behaviour {
    form: Form::ChangeType,
    since: Release(0, 0, 0),
    algorithm: Some(Algorithm::Copy),
    hold: Hold::Shared,
    rebuilds: true,
    fact: Fact {
        name: "table-copy",
        reason: "the server has no other way than to copy the table",
        source: "https://dev.mysql.com/doc/refman/8.4/en/alter-table.html",
    },
};

/// One row of a table of behaviours.
#[allow(clippy::too_many_arguments)]
pub(super) const fn row(
    form: Form,
    since: Release,
    algorithm: Option<Algorithm>,
    hold: Hold,
    rebuilds: bool,
    name: &'static str,
    reason: &'static str,
    source: &'static str,
) -> Behaviour {
    Behaviour { form, since, algorithm, hold, rebuilds, fact: Fact { name, reason, source } }
}
