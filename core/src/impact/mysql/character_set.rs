//! Character sets and collations: the bytes of a character, and which change leaves the bytes as they are.

use crate::catalog::{Column, Relation};
use crate::impact::server::Server;
use crate::sql::Dialect;

/// The character set and the collation that a column has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encoding {
    /// `utf8mb4`.
    pub(super) set: String,
    /// `utf8mb4_bin`.
    pub(super) collation: String,
}

/// The bytes of the longest character of sets that do not have one byte for each.
const LONG: [(&str, u64); 17] = [
    ("utf8mb4", 4),
    ("utf8mb3", 3),
    ("utf16", 4),
    ("utf16le", 4),
    ("utf32", 4),
    ("gb18030", 4),
    ("ucs2", 2),
    ("gbk", 2),
    ("gb2312", 2),
    ("big5", 2),
    ("sjis", 2),
    ("cp932", 2),
    ("euckr", 2),
    ("ujis", 3),
    ("eucjpms", 3),
    ("utf8", 3),
    ("filename", 5),
];

/// The bytes of the longest character.
pub(super) fn longest(set: &str) -> u64 {
    LONG.iter().find(|(name, _)| *name == set).map_or(1, |(_, bytes)| *bytes)
}

/// What a column has: its own, or the table's, or the server's.
pub(super) fn encoding(column: &Column, table: &Relation, server: Server) -> Encoding {
    let own = (column.character_set.as_deref(), column.collation.as_deref());
    let option = |name: &str| table.options.get(name).map(|value| value.trim_matches(['\'', '"', '`']));
    match own {
        (None, None) => resolve(option("charset"), option("collate"), server),
        (set, collation) => resolve(set, collation, server),
    }
}

fn resolve(set: Option<&str>, collation: Option<&str>, server: Server) -> Encoding {
    let of_collation = collation.filter(|name| *name != "default").map(|name| name.split('_').next().unwrap_or(name));
    let set = set.or(of_collation).unwrap_or_else(|| server_set(server));
    let set = if set == "utf8" { "utf8mb3" } else { set }.to_owned();
    let collation = collation.map_or_else(|| default_collation(&set, server), str::to_owned);
    Encoding { collation: collation.replacen("utf8_", "utf8mb3_", 1), set }
}

/// The server's own character set.
fn server_set(server: Server) -> &'static str {
    let modern = match server.dialect {
        Dialect::Mariadb => server.is_at_least(11, 6, 0),
        _ => server.is_at_least(8, 0, 0),
    };
    if modern { "utf8mb4" } else { "latin1" }
}

fn default_collation(set: &str, server: Server) -> String {
    let is_maria = server.dialect == Dialect::Mariadb;
    match set {
        "binary" => "binary".to_owned(),
        "latin1" => "latin1_swedish_ci".to_owned(),
        "utf8mb4" if !is_maria && server.is_at_least(8, 0, 0) => "utf8mb4_0900_ai_ci".to_owned(),
        "utf8mb4" | "utf8mb3" | "ucs2" | "utf16" | "utf32" if is_maria && server.is_at_least(11, 6, 0) => {
            format!("{set}_uca1400_ai_ci")
        }
        set => format!("{set}_general_ci"),
    }
}

/// Whether text of the one set is, byte for byte, text of the other.
pub(super) fn keeps_bytes(from: &Encoding, to: &Encoding, server: Server) -> bool {
    let widens = from.set == "utf8mb3" && to.set == "utf8mb4" || from.set == "ucs2" && to.set == "utf16";
    let ascii = from.set == "ascii"
        && server.dialect == Dialect::Mariadb
        && !["ucs2", "utf16", "utf16le", "utf32"].contains(&to.set.as_str());
    from.set == to.set || widens || ascii
}

/// Whether two collations sort alike but for characters that only one of them has: `utf8mb3_bin` and `utf8mb4_bin`.
pub(super) fn sorts_alike(from: &Encoding, to: &Encoding) -> bool {
    let order = |encoding: &Encoding| encoding.collation.split_once('_').map(|(_, order)| order.to_owned());
    order(from).is_some() && order(from) == order(to)
}
