//! stub
use serde::Serialize;
/// One row of the schema history table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Rank.
    pub installed_rank: i64,
    /// Version.
    pub version: Option<String>,
    /// Description.
    pub description: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Script.
    pub script: String,
    /// Checksum.
    pub checksum: Option<i32>,
    /// When.
    pub installed_on: Option<String>,
    /// How long.
    pub execution_time: Option<i64>,
    /// Success.
    pub success: bool,
}
