//! `PARTITION BY`.

use super::name::Identifier;
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// How a table is partitioned.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartitionBy {
    /// `range`, `list`, `hash`, `key`, in lower case.
    pub method: String,
    /// The key with its parentheses.
    pub key: Option<Span>,
    /// The key's plain columns.
    pub columns: Vec<Identifier>,
}

/// Reads `BY RANGE (a) …` after `PARTITION`.
pub(super) fn read(r: &mut Reader<'_>) -> Option<PartitionBy> {
    r.word("BY");
    r.any(&["LINEAR"]);
    let method = r.identifier()?.text.to_ascii_lowercase();
    if r.any(&["COLUMNS", "ALGORITHM"]).is_some() && r.operator("=") {
        r.next();
    }
    let mark = r.mark();
    let columns = if r.is_kind(Kind::OpenParenthesis) { key_columns(r) } else { Vec::new() };
    let key = (r.mark() > mark).then(|| r.span_from(mark));
    // The partitions themselves are of no consequence for anything but rows.
    loop {
        if r.any(&["SUBPARTITION", "INTERVAL", "BY", "LINEAR", "COLUMNS", "STORE", "IN", "TEMPLATE"]).is_some() {
            r.any(&["HASH", "KEY", "RANGE", "LIST"]);
            r.group();
        } else if r.any(&["PARTITIONS", "SUBPARTITIONS"]).is_some() {
            r.next();
        } else if r.group().is_none() {
            return Some(PartitionBy { method, key, columns });
        }
    }
}

fn key_columns(r: &mut Reader<'_>) -> Vec<Identifier> {
    let mark = r.mark();
    r.skip();
    let mut inner = r.over(mark + 1, r.mark() - 1);
    inner.list(|item| {
        let name = item.identifier();
        let is_plain = item.is_end() || item.is_identifier();
        item.finish();
        name.filter(|_| is_plain)
    })
}
