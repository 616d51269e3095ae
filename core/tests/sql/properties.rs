//! What holds for any text in any dialect.

use flightcheck_core::sql::flyway::mode;
use flightcheck_core::sql::{Dialect, Kind, Options, Script, Terminator, detect, read};
use proptest::prelude::*;

/// Pieces that mean something to the lexer or the splitter somewhere.
const PIECES: [&str; 96] = [
    "'",
    "''",
    "\"",
    "`",
    "[",
    "]",
    "]]",
    "(",
    ")",
    ";",
    ";;",
    ",",
    ".",
    "..",
    "/",
    "//",
    "/*",
    "*/",
    "/*!",
    "/*!50001 ",
    "/*M!",
    "/*+",
    "--",
    "-- ",
    "--+",
    "#",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "\u{1a}",
    "\\",
    "\\.",
    "\n\\.\n",
    "\\g",
    "\\'",
    "$",
    "$$",
    "$a$",
    "$1",
    "$(x)",
    "${",
    "${x}",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    ":",
    "::",
    ":=",
    ":a",
    ":'a'",
    ":\"a\"",
    "@",
    "@a",
    "@@a",
    "?",
    "e'",
    "N'",
    "U&'",
    "U&\"",
    "q'[",
    "]'",
    "nq'!",
    "é",
    "😀",
    "1",
    "1.5e-3",
    "0x1F",
    "GO\n",
    "GO 5",
    "\n/\n",
    "DELIMITER //\n",
    "delimiter $$\n",
    "DELIMITER ;\n",
    "DELIMITER END\n",
    "BEGIN ",
    "END ",
    "CASE ",
    "IF ",
    "ELSE ",
    "ATOMIC ",
    "CREATE ",
    "FUNCTION f ",
    "TRIGGER t ",
    "JAVA x AS ",
    "INSERT INTO t VALUES (1),(2)",
    "COPY t FROM STDIN;\n",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,4}"];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Options> {
    let dialect = proptest::sample::select(Dialect::all().collect::<Vec<_>>());
    let signs = proptest::sample::select(vec![("${", "}"), ("#[", "]"), ("", ""), ("__", "__"), ("é", "é")]);
    (dialect, signs).prop_map(|(dialect, (prefix, suffix))| Options {
        placeholder_prefix: prefix.into(),
        placeholder_suffix: suffix.into(),
        ..Options::new(dialect)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn tokens_are_the_text(text in text(), options in options()) {
        let script = read(&text, &options);
        let joined: String = script.tokens.iter().map(|token| token.text(&text)).collect();
        prop_assert_eq!(&joined, &text);
        let mut end = 0;
        for token in &script.tokens {
            prop_assert!(token.start == end && token.end > token.start);
            end = token.end;
        }
    }

    #[test]
    fn statements_are_in_order_and_apart(text in text(), options in options()) {
        let script = read(&text, &options);
        let (mut offset, mut token) = (0, 0);
        for statement in &script.statements {
            prop_assert!(statement.span.start >= offset && statement.span.end > statement.span.start);
            prop_assert!(statement.end >= statement.span.end);
            prop_assert!(text.is_char_boundary(statement.span.start) && text.is_char_boundary(statement.span.end));
            prop_assert!(statement.leading.start >= token && statement.leading.end == statement.tokens.start);
            prop_assert!(script.tokens[statement.leading.clone()].iter().all(|token| token.kind.is_trivia()));
            let tokens = script.tokens_of(statement);
            prop_assert!(!tokens[0].kind.is_trivia() && !tokens[tokens.len() - 1].kind.is_trivia());
            prop_assert_eq!(tokens[0].span().start, statement.span.start);
            prop_assert_eq!(tokens[tokens.len() - 1].span().end, statement.span.end);
            (offset, token) = (statement.end, statement.tokens.end);
        }
        for problem in &script.problems {
            prop_assert!(text.is_char_boundary(problem.span.start) && text.is_char_boundary(problem.span.end));
        }
        let _ = mode(&text, &script, false, None);
    }

    /// No significant token is lost: each belongs to a statement, ends one, or is a client's line or data.
    #[test]
    fn nothing_lies_between_statements(text in text(), options in options()) {
        let script = read(&text, &options);
        let mut inside = vec![false; script.tokens.len()];
        for statement in &script.statements {
            inside[statement.tokens.clone()].fill(true);
        }
        for (token, inside) in script.tokens.iter().zip(inside) {
            let ends = matches!(
                token.kind,
                Kind::Semicolon | Kind::Delimiter | Kind::Go | Kind::Slash | Kind::Command | Kind::CopyData | Kind::CopyEnd
            );
            prop_assert!(inside || ends || token.kind.is_trivia(), "{:?} {:?}", token, token.text(&text));
        }
    }

    /// What follows a terminator does not change what stands before it.
    #[test]
    fn reading_up_to_a_statement_gives_the_same_statements(text in text(), options in options()) {
        let script = read(&text, &options);
        for (at, statement) in script.statements.iter().enumerate() {
            if statement.terminator != Terminator::Semicolon || statement.copy_data.is_some() {
                continue;
            }
            let again = read(&text[..statement.end], &options);
            prop_assert_eq!(spans(&again), spans(&script)[..=at].to_vec());
        }
    }

    #[test]
    fn detection_takes_anything(text in text()) {
        let detection = detect([text.as_str()]);
        prop_assert!(detection.dialect == Dialect::Generic || !detection.evidence.is_empty());
    }
}

fn spans(script: &Script) -> Vec<(usize, usize)> {
    script.statements.iter().map(|statement| (statement.span.start, statement.span.end)).collect()
}
