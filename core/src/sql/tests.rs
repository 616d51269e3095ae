//! Tokens, one dialect at a time; dialect names; detection.

use super::*;

/// The tokens but for blanks, each with its kind.
fn tokens(dialect: Dialect, text: &str) -> Vec<(Kind, &str)> {
    let script = read(text, &Options::new(dialect));
    let tokens = script.tokens.iter().filter(|token| token.kind != Kind::Blank);
    tokens.map(|token| (token.kind, token.text(text))).collect()
}

#[test]
fn each_of_these_is_one_token() {
    use Dialect::{Generic, H2, Mariadb, Mysql, Oracle, Postgres, SqlServer, Sqlite};
    let whole = [
        (Postgres, Kind::String, r"E'it\'s' U&'d' B'1' 'a\'"),
        (Postgres, Kind::Name, r#""a""b" U&"c""#),
        (Postgres, Kind::DollarString, "$$a$b$ $$ $é_1$;$é_1$"),
        (Postgres, Kind::Parameter, "$12 :a :'a' :\"a\""),
        (Postgres, Kind::Operator, ":: := #>> <-> @> ?| || *"),
        (Postgres, Kind::BlockComment, "/*/**/a*/"),
        (Postgres, Kind::Word, "a$b tbl_1 größe"),
        (Postgres, Kind::Number, "1 1.5 .5 1e-5 0x1F 1_000"),
        (Postgres, Kind::Placeholder, "${a} ${a;'b}"),
        (Generic, Kind::Template, "{{ a; }} {% ' %} {# \" #}"),
        (Mysql, Kind::String, r#"'a\'b' "a\"b" "a""b" N'c'"#),
        (Mysql, Kind::Name, "`a``b`"),
        (Mysql, Kind::LineComment, "# a ;"),
        (Mysql, Kind::Word, "2fa _utf8 a"),
        (Mysql, Kind::Variable, "@a @@b"),
        (Mariadb, Kind::OpenConditional, "/*M!100100"),
        (SqlServer, Kind::Name, "[a]]b] \"c\""),
        (SqlServer, Kind::Word, "#temp ##temp"),
        (SqlServer, Kind::Placeholder, "$(Database)"),
        (SqlServer, Kind::BlockComment, "/* a /* b */ c */"),
        (Oracle, Kind::String, "q'[it's]' NQ'!'!' n'a'"),
        (Oracle, Kind::Hint, "/*+ FULL(t) */"),
        (Oracle, Kind::Hint, "--+ FULL(t)"),
        (Sqlite, Kind::Name, "[a] `b` \"c\""),
        (Sqlite, Kind::Parameter, "?1 :a ?"),
        (H2, Kind::LineComment, "// a"),
        (H2, Kind::DollarString, "$$ a; $$"),
    ];
    for (dialect, kind, text) in whole {
        let kinds: Vec<Kind> = tokens(dialect, text).into_iter().map(|(kind, _)| kind).collect();
        assert!(kinds.iter().all(|found| *found == kind), "{dialect:?} {text}: {kinds:?}");
    }
}

#[test]
fn dialects_disagree_about_the_same_text() {
    let first = |dialect, text| tokens(dialect, text)[0];
    assert_eq!(first(Dialect::Mysql, "/* /* */ a"), (Kind::BlockComment, "/* /* */"));
    assert_eq!(first(Dialect::Postgres, "/* /* */ a */"), (Kind::BlockComment, "/* /* */ a */"));
    assert_eq!(first(Dialect::Mysql, "--1"), (Kind::Operator, "-"));
    assert_eq!(first(Dialect::Postgres, "--1"), (Kind::LineComment, "--1"));
    assert_eq!(first(Dialect::Sqlite, r"'a\'b'"), (Kind::String, r"'a\'"));
    assert_eq!(first(Dialect::Oracle, "E'a'"), (Kind::Word, "E"));
    assert_eq!(first(Dialect::Postgres, "[a]"), (Kind::Operator, "["));
}

#[test]
fn data_is_skimmed_and_nothing_else() {
    let rows = |text: &str| -> Option<String> {
        let found = tokens(Dialect::Postgres, text).into_iter().find(|(kind, _)| *kind == Kind::Rows);
        found.map(|(_, rows)| rows.to_owned())
    };
    let insert = "INSERT INTO t VALUES (1, 'a'), (-2.5, 'it''s;'), (NULL, TRUE), (f(1)), (3)";
    assert_eq!(rows(insert), Some(" (-2.5, 'it''s;'), (NULL, TRUE)".to_owned()));
    for kept in ["(${x})", "(E'a\\'')", "((SELECT 1))", "(:a)", "(1 -- c\n)", "($$a$$)", "({{ a }})", "('open)"] {
        assert_eq!(rows(&format!("INSERT INTO t VALUES (1), {kept}")), None, "{kept}");
    }
    assert_eq!(rows("INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1, (b, c) = (1, 2)"), None);
    assert_eq!(rows("SELECT * FROM t WHERE a IN (1), (2)"), None);
}

#[test]
fn troubles_are_located() {
    let troubles = |dialect, text: &str| -> Vec<(Trouble, usize)> {
        let script = read(text, &Options::new(dialect));
        script.problems.iter().map(|problem| (problem.trouble, problem.span.start)).collect()
    };
    let postgres = [
        ("SELECT 'a;", Trouble::OpenString, 7),
        ("SELECT \"a;", Trouble::OpenName, 7),
        ("DO $x$ a; $y$", Trouble::OpenDollarString, 3),
        ("/* a /* b */ ;", Trouble::OpenComment, 0),
        ("COPY t FROM stdin;\n1\n", Trouble::OpenCopyData, 19),
        ("SELECT 1);", Trouble::StrayParenthesis, 8),
        ("SELECT\u{a0}\u{200b}1", Trouble::OddBlank, 6),
        ("SELECT \0\u{1a}1", Trouble::ControlCharacter, 7),
        ("CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;", Trouble::OpenBlock, 20),
        ("CREATE TABLE a (i INT;\n\nCREATE TABLE b (i INT);", Trouble::OpenParenthesis, 15),
    ];
    for (text, trouble, at) in postgres {
        assert_eq!(troubles(Dialect::Postgres, text), [(trouble, at)], "{text}");
    }
    assert_eq!(troubles(Dialect::Mysql, "/*!50001 SELECT 1"), [(Trouble::OpenComment, 0)]);
    assert_eq!(troubles(Dialect::Generic, "/* a /* b */ SELECT 1; /* c */"), []);
}

#[test]
fn a_missing_parenthesis_costs_one_statement() {
    let text = "CREATE TABLE a (i INT;\nCREATE TABLE b (i INT);\nSELECT (1;2);";
    let script = read(text, &Options::new(Dialect::Mysql));
    let ends: Vec<usize> = script.statements.iter().map(|statement| statement.span.end).collect();
    assert_eq!(ends, [21, 45, text.len() - 1]);
}

#[test]
fn statements_are_found_and_asked() {
    let text = "-- why\n/* and */ Create /* x */ TABLE a (i INT);\n\nGO 3\nSELECT 1";
    let script = read(text, &Options::new(Dialect::SqlServer));
    let [create, select] = &script.statements[..] else { panic!("{:?}", script.statements) };
    assert!(script.begins_with(text, create, &["CREATE", "TABLE"]) && !script.begins_with(text, select, &["CREATE"]));
    assert_eq!(script.comments_before(create).count(), 2);
    assert_eq!(script.significant(create).nth(1).map(|token| token.text(text)), Some("TABLE"));
    assert_eq!((create.terminator, create.batch, select.batch), (Terminator::Semicolon, 0, 1));
    assert_eq!(script.statement_at(text.len() - 1), Some(select));
    assert_eq!(script.statement_at(text.find("GO").unwrap()), None);
    let go = read("SELECT 1\nGO 3", &Options::new(Dialect::SqlServer));
    assert_eq!(go.statements[0].terminator, Terminator::Go(Some(3)));
}

#[test]
fn dialects_have_names_and_urls() {
    for dialect in Dialect::all() {
        assert_eq!(Dialect::from_name(&dialect.as_str().to_uppercase()), Some(dialect));
    }
    assert_eq!(Dialect::from_name("PostgreSQL"), Some(Dialect::Postgres));
    assert_eq!(Dialect::from_name("mssql"), Some(Dialect::SqlServer));
    let urls = [
        ("jdbc:postgresql://localhost/shop", Some(Dialect::Postgres)),
        ("jdbc:tc:mysql:8://localhost/shop", Some(Dialect::Mysql)),
        ("jdbc:p6spy:sqlserver://localhost;databaseName=shop", Some(Dialect::SqlServer)),
        ("jdbc:oracle:thin:@//localhost:1521/shop", Some(Dialect::Oracle)),
        ("jdbc:h2:mem:shop;MODE=MySQL", Some(Dialect::Mysql)),
        ("jdbc:h2:mem:shop;MODE=PostgreSQL", Some(Dialect::H2)),
        ("jdbc:unknown://localhost", None),
        ("postgresql://localhost", None),
    ];
    for (url, dialect) in urls {
        assert_eq!(Dialect::from_jdbc_url(url), dialect, "{url}");
    }
}

#[test]
fn dialects_are_detected_by_what_no_other_has() {
    let cases = [
        ("CREATE TABLE t (a BIGSERIAL, b TIMESTAMPTZ);", Dialect::Postgres, vec!["`BIGSERIAL`", "`TIMESTAMPTZ`"]),
        ("ALTER TABLE `a` ADD b INT;", Dialect::Mysql, vec!["names in backticks"]),
        ("BEGIN NOT ATOMIC SELECT 1; END;", Dialect::Mariadb, vec!["`BEGIN NOT ATOMIC`"]),
        ("SELECT 1\nGO\n", Dialect::SqlServer, vec!["`GO` on a line of its own"]),
        ("CREATE TABLE t (a INT IDENTITY(1, 1));", Dialect::SqlServer, vec!["`IDENTITY`"]),
        ("SELECT a FROM b\n/\n", Dialect::Oracle, vec!["`/` on a line of its own"]),
        ("PRAGMA user_version = 1;", Dialect::Sqlite, vec!["`PRAGMA`"]),
        ("CREATE TABLE t (a INT);", Dialect::Generic, vec![]),
        ("CREATE TABLE t (number INT, identity INT, go INT);", Dialect::Generic, vec![]),
    ];
    for (text, dialect, evidence) in cases {
        let found = detect([text]);
        assert_eq!(
            (found.dialect, found.evidence),
            (dialect, evidence.into_iter().map(str::to_owned).collect()),
            "{text}"
        );
    }
}
