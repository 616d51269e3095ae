//! Options of tables: `ENGINE = InnoDB`, `WITH (fillfactor = 70)`, `STRICT`.

use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// An option of a table: `ENGINE = InnoDB`, `WITH (fillfactor = 70)`, `STRICT`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TableOption {
    /// Its name in lower case.
    pub name: String,
    /// Its value as it is written.
    pub value: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// Options of several words, of which nothing else follows.
const PHRASES: [&[&str]; 16] = [
    &["WITHOUT", "ROWID"],
    &["WITHOUT", "OIDS"],
    &["WITH", "OIDS"],
    &["STRICT"],
    &["ON", "COMMIT", "DROP"],
    &["ON", "COMMIT", "PRESERVE", "ROWS"],
    &["ON", "COMMIT", "DELETE", "ROWS"],
    &["ENABLE", "ROW", "MOVEMENT"],
    &["DISABLE", "ROW", "MOVEMENT"],
    &["SEGMENT", "CREATION", "IMMEDIATE"],
    &["SEGMENT", "CREATION", "DEFERRED"],
    &["ORGANIZATION", "INDEX"],
    &["ORGANIZATION", "HEAP"],
    &["WITH", "SYSTEM", "VERSIONING"],
    &["NOT", "PERSISTENT"],
    &["ROW", "STORE", "COMPRESS"],
];

/// Options without a value.
const FLAGS: [&str; 16] = [
    "LOGGING",
    "NOLOGGING",
    "CACHE",
    "NOCACHE",
    "NOPARALLEL",
    "MONITORING",
    "NOMONITORING",
    "NOCOMPRESS",
    "LOCAL",
    "OVERFLOW",
    "COMPRESS",
    "PARALLEL",
    "BASIC",
    "ADVANCED",
    "TRANSACTIONAL",
    "DEFAULT",
];

/// Options with a value, with or without `=`.
const VALUED: [&str; 44] = [
    "ENGINE",
    "TYPE",
    "CHARSET",
    "COLLATE",
    "COMMENT",
    "AUTO_INCREMENT",
    "ROW_FORMAT",
    "KEY_BLOCK_SIZE",
    "AVG_ROW_LENGTH",
    "CHECKSUM",
    "COMPRESSION",
    "CONNECTION",
    "DELAY_KEY_WRITE",
    "ENCRYPTION",
    "INSERT_METHOD",
    "MAX_ROWS",
    "MIN_ROWS",
    "PACK_KEYS",
    "PASSWORD",
    "STATS_AUTO_RECALC",
    "STATS_PERSISTENT",
    "STATS_SAMPLE_PAGES",
    "TABLESPACE",
    "UNION",
    "PAGE_COMPRESSED",
    "PAGE_COMPRESSION_LEVEL",
    "ENCRYPTED",
    "ENCRYPTION_KEY_ID",
    "TRANSACTIONAL",
    "PAGE_CHECKSUM",
    "DATA",
    "INDEX",
    "WITH",
    "USING",
    "ON",
    "TEXTIMAGE_ON",
    "FILESTREAM_ON",
    "PCTFREE",
    "PCTUSED",
    "INITRANS",
    "MAXTRANS",
    "STORAGE",
    "LOB",
    "OPTIONS",
];

/// Reads one option of a table, or nothing.
pub(super) fn read(r: &mut Reader<'_>) -> Option<TableOption> {
    let mark = r.mark();
    if let Some(phrase) = PHRASES.iter().find(|phrase| r.words(phrase)) {
        r.comma();
        return Some(TableOption { name: phrase.join(" ").to_ascii_lowercase(), value: None, span: r.span_from(mark) });
    }
    r.word("DEFAULT");
    let characters = r.words(&["CHARACTER", "SET"]) || r.words(&["CHAR", "SET"]);
    let name = if characters { "CHARSET" } else { r.any(&VALUED).or_else(|| r.any(&FLAGS)).unwrap_or_default() };
    if name.is_empty() {
        r.back(mark);
        return None;
    }
    if matches!(name, "DATA" | "INDEX") {
        r.word("DIRECTORY");
    }
    let takes_value = VALUED.contains(&name) || characters;
    let mut value = None;
    if takes_value {
        r.operator("=");
        let from = r.mark();
        r.skip();
        while matches!(name, "LOB" | "ON" | "WITH" | "STORAGE")
            && (r.is_kind(Kind::OpenParenthesis) || r.words(&["STORE", "AS"]))
        {
            r.any(&["SECUREFILE", "BASICFILE"]);
            r.group();
        }
        value = (r.mark() > from).then(|| r.slice(from, r.mark()).to_owned());
    } else if matches!(name, "PARALLEL" | "COMPRESS") {
        r.kind(Kind::Number);
    }
    r.comma();
    Some(TableOption { name: name.to_ascii_lowercase(), value, span: r.span_from(mark) })
}
