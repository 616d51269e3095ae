//! What the statements of a session do, without a project around them.

use flightcheck_core::change::TransactionModel;
use flightcheck_core::impact::Server;
use flightcheck_core::report::{ImpactReport, Session};
use flightcheck_core::sql::{Dialect, detect};
use flightcheck_core::version::Release;
use serde::Deserialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::failure::Failure;
use crate::options::parsed;
use crate::value::value;

/// Scripts that run in one session, and what was there before; each field stands for an option of `flightcheck impact`.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ImpactInput {
    /// The scripts, in the order in which they run.
    pub scripts: Vec<Script>,
    /// Whose SQL it is; without it the scripts are asked.
    #[serde(deserialize_with = "parsed")]
    pub dialect: Option<Dialect>,
    /// The server's version, such as `15` or `8.0.29`; without it the oldest that its vendor supports.
    #[serde(deserialize_with = "parsed")]
    #[tsify(type = "string | null")]
    pub server_version: Option<Release>,
    /// Texts that make the schema in which the session begins.
    pub schema: Vec<String>,
    /// Texts that ran in the session before, and were committed.
    pub assume_applied: Vec<String>,
    /// The transactions around the statements of a script.
    pub transaction: Transaction,
}

/// A script.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The transactions around the statements of a script.
#[derive(Debug, Clone, Copy, Default, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Transaction {
    /// One transaction around each script.
    #[default]
    Script,
    /// Each statement alone.
    Statement,
    /// Each script as one string, which PostgreSQL runs in an implicit transaction.
    Batch,
}

/// What each statement locks, rewrites and reads, and the locks as they pile up.
///
/// Throws where nothing tells whose SQL it is.
#[wasm_bindgen]
pub fn impact(input: &Ts<ImpactInput>) -> Result<Ts<ImpactReport>, Failure> {
    let input = input.to_rust()?;
    let files: Vec<(String, String)> = input.scripts.into_iter().map(|script| (script.name, script.text)).collect();
    let texts = files.iter().map(|(_, text)| text).chain(&input.schema).chain(&input.assume_applied);
    let dialect = match input.dialect {
        Some(dialect) => dialect,
        None => match detect(texts.map(String::as_str)).dialect {
            Dialect::Generic => return Err(Failure::new("nothing tells whose SQL this is; say it with `dialect`")),
            dialect => dialect,
        },
    };
    let version = input.server_version.unwrap_or(Server::oldest(dialect).version);
    let report = ImpactReport::new(&Session {
        server: Server { version, ..Server::oldest(dialect) },
        assumed: input.server_version.is_none(),
        schema: &input.schema,
        applied: &input.assume_applied,
        files: &files,
        model: match input.transaction {
            Transaction::Script => TransactionModel::Script,
            Transaction::Statement => TransactionModel::Statement,
            Transaction::Batch => TransactionModel::Batch,
        },
    });
    value(&report)
}
