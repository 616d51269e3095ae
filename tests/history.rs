//! Snapshots of the history table: every form of the same table, broken ones, and round trips.
//!
//! The files of `psql`, `pg_dump` (PostgreSQL 15.18) and `sqlite3` (3.40.1) were written by these clients; those of `mysql`,
//! `sqlcmd`, SQL Server, Oracle and the editors are made after what the clients print.

use flightcheck_core::history::{Form, Row, Snapshot, SnapshotError, read, to_json};
use proptest::prelude::*;

#[path = "history/broken.rs"]
mod broken;

/// Each file under `tests/history` with the form that it must be taken for.
const FILES: [(&str, Form); 23] = [
    ("rows.json", Form::JsonRows),
    ("sqlserver-for-json.json", Form::JsonRows),
    ("upper-case.json", Form::JsonRows),
    ("postgresql.json", Form::JsonRows),
    ("sqlite.json", Form::JsonRows),
    ("rows.jsonl", Form::JsonLines),
    ("psql.csv", Form::Csv),
    ("sqlite.csv", Form::Csv),
    ("ide-semicolon.csv", Form::Csv),
    ("mysql-batch.tsv", Form::Csv),
    ("copy-header.tsv", Form::Csv),
    ("psql-aligned.txt", Form::Csv),
    ("psql-border2.txt", Form::Csv),
    ("psql-unaligned.txt", Form::Csv),
    ("mysql-frame.txt", Form::Csv),
    ("sqlcmd.txt", Form::Csv),
    ("sqlite-column.txt", Form::Csv),
    ("pg-dump.sql", Form::Copy),
    ("pg-dump-inserts.sql", Form::Insert),
    ("mysqldump.sql", Form::Insert),
    ("sqlserver.sql", Form::Insert),
    ("sqlite-dump.sql", Form::Insert),
    ("flyway3.sql", Form::Insert),
];

fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/../tests/history/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn expect(name: &str, bytes: &[u8]) -> Snapshot {
    read(name, bytes).unwrap_or_else(|errors| panic!("{name}: {errors:#?}"))
}

fn rows_of(text: &str) -> Vec<Row> {
    expect("test", text.as_bytes()).rows.expect("a table")
}

fn errors_of(text: &str) -> Vec<SnapshotError> {
    read("test", text.as_bytes()).expect_err("a broken snapshot")
}

fn row(rank: i64, version: Option<&str>, [description, kind, script]: [&str; 3], checksum: Option<i32>) -> Row {
    Row {
        installed_rank: rank,
        version: version.map(str::to_owned),
        description: description.into(),
        kind: kind.into(),
        script: script.into(),
        checksum,
        installed_on: None,
        execution_time: None,
        success: true,
    }
}

/// The table that all files describe.
fn table() -> Vec<Row> {
    let quotes = r#"say "hi", it's C:\temp\new"#;
    let rows = [
        row(0, None, ["<< Flyway Schema Creation >>", "SCHEMA", "\"app\""], None),
        row(1, Some("1"), ["<< Flyway Baseline >>", "BASELINE", "<< Flyway Baseline >>"], None),
        row(2, Some("1.1"), ["create customers", "SQL", "V1.1__create_customers.sql"], Some(1_234_567_890)),
        row(3, Some("2"), [quotes, "SQL", "V2__quotes.sql"], Some(-987_654_321)),
        row(4, Some("2.0.1"), ["größe für 東京 ✈", "SQL", "sub/V2_0_1__größe.sql"], Some(-1)),
        row(5, Some("3"), ["backfill totals", "JDBC", "db.migration.V3__Backfill_totals"], None),
        row(6, None, ["active customers", "SQL", "R__active_customers.sql"], Some(42)),
        row(7, Some("4"), ["drop legacy; keep (old) data", "SQL", "V4__drop_legacy.sql"], Some(i32::MAX)),
    ];
    let times = [
        ("2026-03-01 10:00:00.123", 0),
        ("2026-03-01 10:00:01.5", 0),
        ("2026-03-02 09:15:30.25", 41),
        ("2026-03-02 09:15:31.75", 7),
        ("2026-03-03 12:00:00.1", 3),
        ("2026-03-03 12:00:01.2", 8210),
        ("2026-03-04 08:00:00.3", 12),
        ("2026-03-05 23:59:59.9", 905),
    ];
    let filled = rows.into_iter().zip(times).map(|(row, (on, time))| Row {
        installed_on: Some(on.into()),
        execution_time: Some(time),
        success: row.installed_rank != 7,
        ..row
    });
    filled.collect()
}

#[test]
fn every_form_gives_the_same_rows() {
    for (name, form) in FILES {
        let mut snapshot = expect(name, &file(name));
        for row in snapshot.rows.iter_mut().flatten() {
            // PostgreSQL writes a `T` into dates in JSON only.
            row.installed_on = row.installed_on.take().map(|date| date.replace('T', " "));
        }
        assert_eq!(snapshot.rows, Some(table()), "{name}");
        assert_eq!((snapshot.form, snapshot.has_checksums), (form, true), "{name}");
        assert_eq!(snapshot.gaps, [""; 0], "{name}");
    }
}

#[test]
fn flyway_info_gives_what_it_has() {
    let snapshot = expect("flyway-info.json", &file("flyway-info.json"));
    let degraded = table().into_iter().zip(1..).map(|(row, rank)| Row {
        installed_rank: rank,
        script: if matches!(row.kind.as_str(), "SQL") { row.script.replace("sub/", "") } else { String::new() },
        checksum: None,
        installed_on: row.installed_on.map(|date| date.replace(' ', "T") + "Z"),
        ..row
    });
    assert_eq!(snapshot.rows, Some(degraded.collect()));
    assert_eq!((snapshot.form, snapshot.has_checksums, snapshot.gaps.len()), (Form::InfoJson, false, 3));
    let both = format!(r#"{{"individualResults": [{{"operation": "migrate", "migrations": [{{}}]}}, {}]}}"#, info());
    assert_eq!(rows_of(&both).len(), 8);
}

fn info() -> String {
    String::from_utf8(file("flyway-info.json")).unwrap()
}

#[test]
fn names_of_people_are_never_kept() {
    for (name, _) in FILES {
        let snapshot = format!("{:?}", expect(name, &file(name)));
        assert!(!snapshot.contains("jane"), "{name}");
    }
}

#[test]
fn every_encoding_is_understood() {
    let text = String::from_utf8(file("psql.csv")).unwrap();
    let with_mark = format!("\u{feff}{text}");
    let wide = |bytes: fn(u16) -> [u8; 2]| with_mark.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    for bytes in [with_mark.clone().into_bytes(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        assert_eq!(expect("redirected", &bytes).rows, Some(table()));
    }
}

#[test]
fn the_documented_form_is_what_the_file_says() {
    assert_eq!(to_json(Some(&table())).as_bytes(), file("rows.json"));
    assert_eq!(to_json(None), "null\n");
    assert_eq!(to_json(Some(&[])), "[]\n");
}

#[test]
fn an_absent_table_is_not_an_empty_one() {
    let absent = expect("test", b" null\n");
    assert_eq!((absent.form, absent.rows), (Form::Absent, None));
    let header = "installed_rank,version,description,type,script,checksum,success";
    let copy = "COPY h (installed_rank, version, description, type, script, checksum, success) FROM stdin;\n\\.\n";
    for empty in ["[]", "{\"rows\": []}", header, copy, &header.replace(',', "|"), &format!("{header}\n(0 rows)\n")] {
        assert_eq!(rows_of(empty), [], "{empty}");
    }
}

#[test]
fn rows_are_ordered_by_rank_and_markers_dropped() {
    let csv = "installed_rank,version,description,type,script,checksum,success\n\
        3,,c,SQL,c,1,1\n2,1,a,SQL,a,1,1\n-1,,<< marker >>,TABLE,,,1\n2,2,b,SQL,b,1,1\n";
    let snapshot = expect("test", csv.as_bytes());
    let order = snapshot.rows.unwrap().into_iter().map(|row| row.description).collect::<Vec<_>>();
    assert_eq!(order, ["a", "b", "c"]);
    assert_eq!(snapshot.gaps, ["More than one row has the rank 2; such rows are kept in the order of the file."]);
}

#[test]
fn unknown_columns_are_said() {
    let json = r#"[{"installed_rank": 1, "description": "a", "type": "SQL", "script": "a", "checksum": 1, "success": true,
        "INSTALLED_BY": "jane", "version_rank": 1, "host": "db1"}]"#;
    let gaps = expect("test", json.as_bytes()).gaps;
    assert_eq!(gaps, ["The column `host` is not one of Flyway's history table; it was not read."]);
}

#[test]
fn values_are_read_as_clients_write_them() {
    let with = |values: &str| {
        rows_of(&format!(
            "insert into t (installed_rank, version, description, type, script, checksum, success) values {values}"
        ))
        .remove(0)
    };
    for truth in
        ["true", "1", "b'1'", "'t'", "'Y'", "'yes'", "_binary '\u{1}'", "CAST(1 AS bit)", "CONVERT(bit, 1)", "((1))"]
    {
        assert!(with(&format!("(1, '1', '', 'sql', 'x', null, {truth})")).success, "{truth}");
    }
    for (checksum, read) in [("-5", -5), ("- 5", -5), ("4294967291", -5), ("'7'", 7), ("'7'::integer", 7), ("7.0", 7)] {
        assert_eq!(with(&format!("(1, N'1', '', '', 'x', {checksum}, 0)")).checksum, Some(read), "{checksum}");
    }
    let row = with("(1, E'1', 'it''s', NULL || 'x', 'x', NULL, 0)".replace("NULL || 'x'", "'SQL'").as_str());
    assert_eq!((row.version.as_deref(), row.description.as_str(), row.checksum), (Some("1"), "it's", None));
}

#[test]
fn ten_thousand_rows_are_read() {
    let rows = table().into_iter().cycle().zip(0..10_000).map(|(row, rank)| Row { installed_rank: rank, ..row });
    let rows = rows.collect::<Vec<_>>();
    let json = to_json(Some(&rows));
    assert_eq!(rows_of(&json).len(), 10_000);
}

#[test]
fn hostile_texts_come_to_an_end() {
    let header = "installed_rank,version,description,type,script,checksum,success\n";
    let ruled = "installed_rank version type\n-------------- ------- ----\n";
    let texts = [
        format!("{header}{}", ",".repeat(200_000)),
        format!("{}{header}", "x,".repeat(100_000)) + &"version,".repeat(100_000),
        format!("{header}{}", "\"a\",".repeat(60_000)),
        format!("{ruled}{}", "- ".repeat(100_000)),
        "insert into a(".repeat(20_000),
        format!("insert into h values ({}", "(".repeat(200_000)),
        format!("insert into h values ({}{})", "cast(".repeat(40_000), ")".repeat(40_000)),
        "[".repeat(200_000),
        "$a$ $b$ [ /* ".repeat(20_000),
        format!("[{}", "{\"a\":1},".repeat(20_000)),
        "COPY h (installed_rank) FROM stdin;\n\\.\n".repeat(10_000),
    ];
    for text in texts {
        // Whatever is said, it is said: work that grows faster than the text would not end here.
        assert!(read("hostile", text.as_bytes()).is_err(), "{}", &text[..40]);
    }
}

fn any_row() -> impl Strategy<Value = Row> {
    let texts = (any::<String>(), any::<String>(), any::<String>());
    let nullable = (any::<Option<String>>(), any::<Option<i32>>(), any::<Option<String>>(), any::<Option<i64>>());
    (0..i64::MAX, texts, nullable, any::<bool>()).prop_map(|(installed_rank, texts, nullable, success)| {
        let (description, kind, script) = texts;
        let (version, checksum, installed_on, execution_time) = nullable;
        Row { installed_rank, version, description, kind, script, checksum, installed_on, execution_time, success }
    })
}

/// Rows in the order that a snapshot has them.
fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(any_row(), 0..6).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.installed_rank);
        rows
    })
}

/// The cells of a row in the order of the table.
fn cells(row: &Row) -> [Option<String>; 9] {
    [
        Some(row.installed_rank.to_string()),
        row.version.clone(),
        Some(row.description.clone()),
        Some(row.kind.clone()),
        Some(row.script.clone()),
        row.checksum.map(|checksum| checksum.to_string()),
        row.installed_on.clone(),
        row.execution_time.map(|time| time.to_string()),
        Some(row.success.to_string()),
    ]
}

const COLUMNS: [&str; 9] = [
    "installed_rank",
    "version",
    "description",
    "type",
    "script",
    "checksum",
    "installed_on",
    "execution_time",
    "success",
];

fn copy_of(rows: &[Row]) -> String {
    let escape = |cell: Option<String>| match cell {
        None => "\\N".to_owned(),
        Some(text) => text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r"),
    };
    let line = |row: &Row| cells(row).map(escape).join("\t") + "\n";
    let data = rows.iter().map(line).collect::<String>();
    format!("COPY s.history ({}) FROM stdin;\n{data}\\.\n", COLUMNS.join(", "))
}

fn insert_of(rows: &[Row]) -> String {
    let quote = |cell: Option<String>| cell.map_or("NULL".to_owned(), |text| format!("'{}'", text.replace('\'', "''")));
    let tuple = |row: &Row| format!("({})", cells(row).map(quote).join(", "));
    let tuples = rows.iter().map(tuple).collect::<Vec<_>>().join(",\n");
    format!("INSERT INTO \"h\" ({}) VALUES {tuples};\n", COLUMNS.join(", "))
}

fn csv_of(rows: &[Row], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    for row in rows {
        writer.write_record(cells(row).map(Option::unwrap_or_default)).unwrap();
    }
    writer.into_inner().unwrap()
}

/// What a form that does not tell null from text makes of nullable text.
fn loose(row: Row) -> Row {
    let null = |text: &String| {
        let text = text.trim();
        !text.is_empty() && !["null", "[null]", "<null>", "(null)", "\\n"].contains(&text.to_lowercase().as_str())
    };
    Row { version: row.version.filter(null), installed_on: row.installed_on.filter(null), ..row }
}

fn without_nul(rows: Vec<Row>) -> Vec<Row> {
    let clean = |text: String| text.replace('\0', "");
    let clean_row = |row: Row| Row {
        version: row.version.map(clean),
        description: clean(row.description),
        kind: clean(row.kind),
        script: clean(row.script),
        installed_on: row.installed_on.map(clean),
        ..row
    };
    rows.into_iter().map(clean_row).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("any", &bytes);
    }

    #[test]
    fn any_text_of_the_forms_is_read_or_refused(text in r#"([\[\]{}"':,;|()\\\n\t$.* -]|NULL|null|COPY t|FROM stdin;|insert into flyway_schema_history|VALUES|installed_rank|version|success|é|[0-9a-c]){0,60}"#) {
        let _ = read("any", text.as_bytes());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(file_at in 0..FILES.len(), cut in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = file(FILES[file_at].0);
        let at = cut.index(bytes.len());
        let _ = read("cut", &bytes[..at]);
        bytes[at] = byte;
        for error in read("changed", &bytes).err().unwrap_or_default() {
            prop_assert!(error.line >= 1 && !error.help.is_empty());
        }
    }

    #[test]
    fn the_documented_form_reads_back(rows in any_rows()) {
        let json = to_json(Some(&rows));
        prop_assert_eq!(rows_of(&json), rows);
    }

    #[test]
    fn copy_reads_back(rows in any_rows().prop_map(without_nul)) {
        prop_assert_eq!(rows_of(&copy_of(&rows)), rows);
    }

    #[test]
    fn insert_reads_back(rows in any_rows().prop_map(without_nul).prop_filter("no row, no statement", |rows| !rows.is_empty())) {
        prop_assert_eq!(rows_of(&insert_of(&rows)), rows);
    }

    #[test]
    fn csv_reads_back(rows in any_rows().prop_map(without_nul), delimiter in prop::sample::select(&b",;"[..])) {
        let rows = rows.into_iter().map(loose);
        let rows = rows.map(|row| Row { description: format!("d {}", row.description), ..row }).collect::<Vec<_>>();
        let read = expect("csv", &csv_of(&rows, delimiter)).rows.unwrap();
        prop_assert_eq!(read, rows);
    }
}
