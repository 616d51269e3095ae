//! Statement → what it asks the database to do, in one vocabulary for all dialects.
//!
//! One small reader for each family of statements reads tokens. None ever fails: clauses that are not known stay as
//! opaque spans inside of what is known, and a statement that is not known is [`Change::Opaque`] with its first words.
//! All spans are offsets into the script, also those of what stands inside a body or a literal.

mod alter;
mod alteration;
mod block;
mod column;
mod constraint;
mod creation;
mod data;
mod data_type;
mod expression;
mod flow;
mod index;
mod listing;
mod making;
mod name;
mod naming;
mod object;
mod objects;
mod partitioning;
mod privilege;
mod query;
mod reader;
mod reading;
mod reads;
mod removal;
mod request;
mod routine;
mod running;
mod session;
mod statement;
mod summary;
mod table;
mod table_option;
mod transact;
mod transaction;
mod upkeep;

pub use alteration::{Action, Alter, AlterAction, ColumnChange};
pub use block::{Block, BlockKind, Guard, GuardKind, Step};
pub use column::{ColumnDefinition, Generated, Identity, Position};
pub use constraint::{Constraint, ConstraintKind, ForeignKey, ReferentialAction};
pub use creation::{CreateObject, CreateView, Domain, Policy, Rule, TypeDefinition, TypeForm};
pub use data::{Copy, Delete, Insert, Merge, RowSource, Truncate, Update};
pub use data_type::{DataType, TimeZone};
pub use expression::{Expression, Volatility};
pub use index::{Index, IndexColumn};
pub use listing::{Listing, Named, Row, Totals};
pub use name::{Identifier, Name};
pub use object::{Object, ObjectKind, Role};
pub use partitioning::PartitionBy;
pub use privilege::Grant;
pub use query::Query;
pub use reading::Reading;
pub use reads::ColumnName;
pub use removal::{Drop, Rename};
pub use request::{Change, Request, Understood};
pub use routine::{Routine, Trigger};
pub use session::{Assignment, Scope, Session, Setting};
pub use table::{CreateTable, Like, PartitionOf};
pub use table_option::TableOption;
pub use transaction::{Transaction, TransactionModel};
pub use upkeep::{Lock, Maintenance, Task};

use crate::sql::{Dialect, Options, Script, Statement};

/// Reads a statement of a script. `text` and `options` must be those that the script was read with.
#[must_use]
pub fn read(text: &str, script: &Script, statement: &Statement, options: &Options) -> Request {
    let tokens = block::significant(script.tokens_of(statement));
    let mut reader = reader::Reader::new(text, &tokens, 0, options, 0);
    if options.dialect != Dialect::SqlServer || transact::is_single(&mut reader) {
        return statement::read(&mut reader);
    }
    let guarded = reader.is_any(&["IF", "WHILE"]);
    let steps = block::steps(&mut reader);
    let kind = if guarded { BlockKind::Guard } else { BlockKind::Batch };
    Request { change: block::joined(steps, kind), span: statement.span, opaque: Vec::new() }
}

/// Reads every statement of a script, in order.
#[must_use]
pub fn read_all(text: &str, script: &Script, options: &Options) -> Vec<Request> {
    script.statements.iter().map(|statement| read(text, script, statement, options)).collect()
}
