//! Broken snapshots, and what is said about them.

use super::errors_of;

const HEADER: &str = "installed_rank,version,description,type,script,checksum,success\n";
const LIST: &str = "(installed_rank, version, description, type, script, checksum, success)";
const ROW: &str =
    r#"{"installed_rank":1,"version":"1","description":"a","type":"SQL","script":"a","checksum":1,"success":true}"#;

/// Text, the start of the message, row, column, line.
type Case = (String, &'static str, Option<usize>, Option<&'static str>, usize);

fn assert_all(cases: impl IntoIterator<Item = Case>) {
    for (text, message, row, column, line) in cases {
        let errors = errors_of(&text);
        let error = &errors[0];
        assert!(error.message.starts_with(message), "{text}\n{errors:#?}");
        assert_eq!((error.row, error.column.as_deref(), error.line), (row, column, line), "{text}\n{errors:#?}");
        assert!(!error.help.is_empty(), "{text}");
    }
}

fn csv(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

fn copy(rows: &str) -> String {
    format!("COPY public.h {LIST} FROM stdin;\n{rows}")
}

fn insert(rows: &str) -> String {
    format!("INSERT INTO h {LIST}\nVALUES {rows}")
}

#[test]
fn broken_json() {
    let third = |from: &str, to: &str| format!("[{ROW},\n{ROW},\n{}]", ROW.replace(from, to));
    assert_all([
        (
            third(":1,\"success", ":\"abc\",\"success"),
            "row 3, column `checksum`: `abc` is no whole number",
            Some(3),
            Some("checksum"),
            3,
        ),
        (
            third(":1,\"success", ":4294967296,\"success"),
            "row 3, column `checksum`: `4294967296` does not fit into 32 bits",
            Some(3),
            Some("checksum"),
            3,
        ),
        (
            third("true", "\"maybe\""),
            "row 3, column `success`: `maybe` is neither true nor false",
            Some(3),
            Some("success"),
            3,
        ),
        (third("true", "null"), "row 3, column `success`: is null", Some(3), Some("success"), 3),
        (
            third(",\"success\":true", ""),
            "row 3, column `success`: is missing in this row",
            Some(3),
            Some("success"),
            3,
        ),
        (
            third("\"a\",\"type", "{},\"type"),
            "row 3, column `description`: `{}` is not a plain value",
            Some(3),
            Some("description"),
            3,
        ),
        (third("{", "{\"VERSION\":\"2\","), "row 3, column `version`: stands twice", Some(3), Some("version"), 3),
        (format!("[{ROW},\n7]"), "row 2: is no object", Some(2), None, 2),
        (format!("{ROW}\n{ROW}\n[]"), "row 3: is no object", Some(3), None, 3),
        (
            format!("[{}]", ROW.replace("checksum", "crc")),
            "the column `checksum` is missing",
            None,
            Some("checksum"),
            1,
        ),
        (format!("[{ROW},\n{{\"installed_rank\":"), "the JSON ends in the middle", None, None, 2),
        (format!("[{ROW},\n{ROW} {ROW}]"), "this is no valid JSON: expected `,` or `]`", None, None, 2),
        (format!("[{ROW}] x"), "this is no valid JSON: trailing characters", None, None, 1),
        (r#"{"a": 1}"#.into(), "the object holds 0 arrays", None, None, 1),
        (r#"{"error": {"message": "no"}}"#.into(), "this is the error message of a Flyway command", None, None, 1),
        (r#"{"migrations": [{"version": "1"}]}"#.into(), "migration 1 has no `state`", None, None, 1),
        (r#"{"individualResults": []}"#.into(), "none of the results is that of `flyway info`", None, None, 1),
        ("{\"migrations\":\n[7]}".into(), "this JSON has another form", None, None, 2),
    ]);
}

#[test]
fn broken_tables() {
    assert_all([
        (csv("1,1,a,SQL,a,1,1\n2,2,b,SQL,b,abc,1\n"), "row 2, column `checksum`: `abc` is no whole number", Some(2), Some("checksum"), 3),
        (csv("1,1,a,SQL,a,1,1\n2,2,b,S"), "row 2: has 4 values, the header names 7", Some(2), None, 3),
        (csv("1,1,a,b,SQL,a,1,1\n"), "row 1: has 8 values, the header names 7", Some(1), None, 2),
        (csv("1,1,\"a\n\",SQL,a,1,1\n,2,b,SQL,b,1,1\n"), "row 2, column `installed_rank`: the empty text is no whole number", Some(2), Some("installed_rank"), 4),
        (csv("1,1,a,SQL,a,1,1\n2,2,\"b,SQL,b,1,1\n"), "row 2: the text ends inside a quoted field", Some(2), None, 3),
        (csv("1,1,\"a\"b,SQL,a,1,1\n"), "row 1: there is text behind a closing quote", Some(1), None, 2),
        (csv("1,1,a,SQL,a,1,1\n(2 rows)\n"), "the last line counts 2 rows, but 1 are here", None, None, 3),
        (HEADER.replace("type,", ""), "the column `type` is missing", None, Some("type"), 1),
        (HEADER.replace("type", "VERSION"), "the column `version` stands twice", None, None, 1),
        (
            "installed_rank version description type success script checksum\n-------------- ------- ----------- ---- ------- ------ --------\n             1 1       a descriptive text SQL 1 a 1\n".into(),
            "row 1: a value reaches over the border of its column", Some(1), None, 3,
        ),
    ]);
}

#[test]
fn broken_dumps() {
    assert_all([
        (
            copy("1\t1\ta\tSQL\ta\t1\tt\n2\t2\tb\tSQL\tb\tx\tt\n\\.\n"),
            "row 2, column `checksum`: `x` is no whole number",
            Some(2),
            Some("checksum"),
            3,
        ),
        (copy("1\t1\ta\tSQL\ta\t1\tt\n"), "the text ends inside the `COPY` block of `public.h`", None, None, 3),
        (copy("1\t1\ta\tSQL\ta\n\\.\n"), "row 1: has 5 values, the header names 7", Some(1), None, 2),
        (
            copy("1\t1\t\\377\tSQL\ta\t1\tt\n\\.\n"),
            "row 1, column `description`: `\\\\377` is not a plain value",
            Some(1),
            Some("description"),
            2,
        ),
        (
            "COPY public.t (id) FROM stdin;\n\\.\n".into(),
            "none of the `COPY` blocks holds a history table",
            None,
            None,
            1,
        ),
        (
            copy("\\.\n") + &copy("\\.\n").replace("public.h", "b.h"),
            "there are two history tables: `public.h` and `b.h`",
            None,
            None,
            1,
        ),
        (
            insert("(1, '1', 'a', 'SQL', 'a', 1, 1),\n(2, '2', 'b', 'SQL', 'b', now(), 1);"),
            "row 2, column `checksum`: `now()` is not a plain value",
            Some(2),
            Some("checksum"),
            3,
        ),
        (
            insert("(1, '1', 'a', 'SQL', 'a', 1, 1),\n(2, '2', 'b', 'SQL'"),
            "row 2: the text ends before the row does",
            Some(2),
            None,
            3,
        ),
        (insert("(1, '1', 'a', 'SQL', 'a', 1, 1),\n"), "row 2: the text ends before the row does", Some(2), None, 3),
        (insert("(1, '1', 'a', 'SQL', 'a"), "the text ends inside a quote or comment", None, None, 2),
        (insert("(1, '1', 'a', 'SQL', 'a', 1)"), "row 1: has 6 values, the header names 7", Some(1), None, 2),
        (
            "insert into schema_version values (1, 2)".into(),
            "row 1: has 2 values, where the history table has 10 columns",
            Some(1),
            None,
            1,
        ),
        (
            "insert into schema_version (version) values ('1')".into(),
            "the column `installed_rank` is missing",
            None,
            Some("installed_rank"),
            1,
        ),
        (format!("insert into h {LIST}\nselect 1"), "the rows of `h` come from a query", None, None, 2),
    ]);
}

#[test]
fn no_snapshots() {
    assert_all([
        (String::new(), "the snapshot is empty", None, None, 1),
        (" \n\n".into(), "the snapshot is empty", None, None, 1),
        ("a\nb\0".into(), "there is a NUL character", None, None, 2),
        ("hello".into(), "this is no snapshot of a history table", None, None, 1),
        ("create table flyway_schema_history (installed_rank int);".into(), "this is no snapshot", None, None, 1),
        ("NULL\n".into(), "this is no snapshot", None, None, 1),
    ]);
    let help = &errors_of("")[0].help;
    assert!(help.contains("json_agg"), "{help}");
}

#[test]
fn bytes_that_are_no_text() {
    let errors = flightcheck_core::history::read("h.csv", b"a\nb\n\xff").unwrap_err();
    assert_eq!((errors[0].message.as_str(), errors[0].line), ("byte 5 is not text", 3));
    assert_eq!(errors[0].place.file, "h.csv");
    let errors = flightcheck_core::history::read("h.csv", b"\xff\xfea\0\0").unwrap_err();
    assert_eq!(errors[0].message, "byte 5 is not text");
}

#[test]
fn the_place_is_the_value() {
    let text = csv("1,1,a,SQL,a,\"1x\",1\n");
    let span = errors_of(&text)[0].place.span.unwrap();
    assert_eq!(&text[span.start..span.end], "\"1x\"");
    let text = format!("[{}]", ROW.replace("\"a\",\"type", "[1],\"type"));
    let span = errors_of(&text)[0].place.span.unwrap();
    assert_eq!(&text[span.start..span.end], "[1]");
}

#[test]
fn errors_are_many_but_not_endless() {
    assert_eq!(errors_of(&csv(&"x,1,a,SQL,a,1,1\n".repeat(7))).len(), 7);
    assert_eq!(errors_of(&csv(&"x,1,a,SQL,a,y,1\n".repeat(100))).len(), 20);
}
