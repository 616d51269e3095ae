//! What was made of the SQL.

use serde::Serialize;

use crate::project::{Checked, KnownDialect, Project, Statements};

/// How much of the SQL was understood.
#[derive(Debug, Clone, Serialize)]
pub struct Sql {
    /// The dialect that it was read in.
    pub dialect: &'static str,
    /// What speaks for the dialect, in words.
    pub evidence: Vec<String>,
    /// The version of the server that the findings hold for.
    pub server_version: String,
    /// Whether that version is only assumed: the oldest that its vendor supports.
    pub assumed_version: bool,
    /// Statements of which each clause is known.
    pub understood: usize,
    /// Statements with unknown clauses.
    pub partly: usize,
    /// Statements of which nothing is known.
    pub opaque: usize,
}

impl Sql {
    /// Counts the statements of a project, and says what they were taken for.
    pub(super) fn new(project: &Project, checked: &Checked) -> Self {
        let KnownDialect { dialect, evidence, .. } = project.dialect();
        let Statements { understood, partly, opaque } = project.statements(checked);
        let (server, assumed_version) = project.server();
        let server_version = server.version.to_string();
        Self { dialect: dialect.as_str(), evidence, server_version, assumed_version, understood, partly, opaque }
    }
}
