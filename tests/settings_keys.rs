//! `flightcheck.toml`, generated from its list of keys: every key wrong in turn, every key right, the schema and `init`.

use flightcheck_core::rules::RULES;
use flightcheck_core::settings::{
    Complaint, Configuration, Flightcheck, Found, KEYS, Key, Keys, Settings, Takes, all, schema, template,
};
use flightcheck_core::text::LineIndex;
use proptest::prelude::*;

const NAME: &str = "flightcheck.toml";

fn read(text: &str) -> Settings {
    let own = Some((NAME.to_owned(), text.to_owned()));
    let picked = text.lines().any(|line| line.starts_with("[environments.prod")).then(|| "prod".to_owned());
    let folder = if text.contains("[[projects]]") { "services/billing" } else { "" }.to_owned();
    Configuration { own, folder, env: picked, ..Configuration::default() }.read()
}

/// A place for keys: what has to stand before a line of it, and its keys.
struct Table {
    before: String,
    keys: Keys,
}

/// Every table of the file, nested ones included.
fn tables(prefix: &str, before: &str, keys: Keys) -> Vec<Table> {
    let mut found = vec![Table { before: before.to_owned(), keys }];
    for key in all(keys) {
        let name = format!("{prefix}{}", key.name);
        let (inner, header, prefix) = match key.takes {
            Takes::Table(inner) => (inner, format!("[{name}]"), format!("{name}.")),
            Takes::Tables(inner) => (inner, format!("[[{name}]]"), format!("{name}.")),
            Takes::Named(inner) => (inner, format!("[{name}.prod]"), format!("{name}.prod.")),
            _ => continue,
        };
        // What is required stands in the table already.
        let mut before = format!("{before}{header}\n");
        for key in all(inner).filter(|key| key.required) {
            before += &format!("{} = {}\n", key.name, key.example);
        }
        found.extend(tables(&prefix, &before, inner));
    }
    found
}

fn whole_file() -> Vec<Table> {
    tables("", "", KEYS)
}

/// The line that sets a key, in a table that may set it already.
fn with_line(table: &Table, key: &Key, line: &str) -> String {
    let own = |set: &&str| set.starts_with(&format!("{} = ", key.name));
    let own_table = table.before.rfind('[').map_or(0, |at| table.before[..at].rfind('\n').map_or(0, |line| line + 1));
    let (others, own_table) = table.before.split_at(own_table);
    let kept: String = own_table.lines().filter(|set| !own(set)).flat_map(|line| [line, "\n"]).collect();
    format!("{others}{kept}{line}\n")
}

/// Each wrong way to write a key, with words of the help.
fn wrong(key: &Key) -> Vec<(String, String)> {
    let name = key.name;
    let set = |value: &str| format!("{name} = {value}");
    let example = || format!("write it as `{name} = {}`", key.example);
    let word = key.takes.words().last().copied().unwrap_or_default().to_owned();
    let slip = format!("\"{word}x\"");
    let mut ways = match key.takes {
        Takes::Text => vec![(set("5"), example()), (set("\"\""), example()), (set("[\"a\"]"), example())],
        Takes::Flag => vec![(set("\"true\""), example()), (set("1"), example())],
        Takes::Count => vec![(set("-1"), example()), (set("\"many\""), example()), (set("1.5"), example())],
        Takes::Release => ["8.10", "\"latest\"", "true"]
            .map(|value| (set(value), format!("write it as a text, such as `{name} = {}`", key.example)))
            .to_vec(),
        Takes::Share => vec![(set("\"many\""), example()), (set("\"101%\""), example()), (set("95"), example())],
        Takes::Date => {
            vec![(set("\"tomorrow\""), example()), (set("2027-02-30T00:00:00Z").replace("30", "28"), example())]
        }
        Takes::Name { .. } | Takes::Choice(_) => vec![
            (set(&slip), format!("did you mean `{word}`?")),
            (set("\"nothing like it\""), format!("`{word}`")),
            (set("5"), example()),
        ],
        Takes::Texts | Takes::Rules => vec![(set("5"), example()), (set("[5]"), example()), (set("{}"), example())],
        Takes::Choices(_) => {
            vec![(set(&format!("[{slip}]")), format!("did you mean `{word}`?")), (set("\"x\""), example())]
        }
        Takes::Levels => vec![
            (set("\"error\""), format!("`[{name}]`")),
            (set("{ dropped-column = \"eror\" }"), "did you mean `error`?".into()),
            (set("{ dropped-column = true }"), "use one of `off`".into()),
        ],
        Takes::Map => vec![(set("\"x\""), format!("`[{name}]`")), (set("{ a = 5 }"), "in quotes".into())],
        Takes::Table(_) => vec![(set("5"), format!("`[{name}]`")), (set("[]"), format!("`[{name}]`"))],
        Takes::Tables(_) => vec![(set("5"), format!("`[[{name}]]`")), (set("[5]"), format!("`[[{name}]]`"))],
        Takes::Named(_) => {
            vec![(set("5"), format!("`[{name}.NAME]`")), (set("{ prod = 5 }"), format!("`[{name}.NAME]`"))]
        }
    };
    let value = if key.example.is_empty() { "5" } else { key.example };
    ways.push((format!("{name}x = {value}"), "did you mean `".into()));
    ways
}

/// Line and column of a complaint, from 1.
fn position(text: &str, complaint: &Complaint) -> (usize, usize) {
    let span = complaint.place.span.expect("a place");
    let position = LineIndex::new(text).position(text, span.start);
    (position.line + 1, position.utf16 + 1)
}

#[test]
fn every_key_that_is_wrong_is_told_with_its_place_and_what_to_do() {
    let mut tried = 0;
    for table in whole_file() {
        for key in all(table.keys) {
            for (line, words) in wrong(key) {
                let text = if line.starts_with(&format!("{}x", key.name)) {
                    format!("{}{line}\n", table.before)
                } else {
                    with_line(&table, key, &line)
                };
                let complaints = read(&text).complaints;
                let here: Vec<&Complaint> =
                    complaints.iter().filter(|complaint| complaint.help.contains(&words)).collect();
                let [complaint] = here.as_slice() else { panic!("{text}\n{words}\n{complaints:#?}") };
                assert_eq!(complaints.len(), 1, "{text}\n{complaints:#?}");
                assert_eq!(complaint.place.file, NAME);
                assert!(complaint.is_ours && !complaint.message.is_empty(), "{text}");
                let (at, column) = position(&text, complaint);
                assert_eq!(at, text.lines().count(), "{text}\n{complaint:?}");
                assert!(column == 1 || column >= key.name.len() + 3, "{text}\n{column}");
                tried += 1;
            }
            if key.required {
                let text = with_line(&table, key, "");
                let complaints = read(&text).complaints;
                let said = format!("`{}` is missing here", key.name);
                assert!(complaints.iter().any(|complaint| complaint.message == said), "{text}\n{complaints:#?}");
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn no_key_is_without_effect() {
    for table in whole_file() {
        for key in all(table.keys) {
            let value = match key.takes {
                Takes::Levels => "{ dropped-column = \"info\" }",
                Takes::Map => "{ region = \"eu\" }",
                _ if key.example.is_empty() => continue,
                _ => key.example,
            };
            // An environment that the file names has to exist, and the one tool is the default.
            let mut text = with_line(&table, key, &format!("{} = {value}", key.name));
            if key.name == "environment" {
                text += "[environments.prod]\ntarget = \"1\"\n";
            }
            let settings = read(&text);
            assert_eq!(settings.complaints, [], "{text}");
            let without = read(&with_line(&table, key, "").replace(&format!("{} =", key.name), "#"));
            let of = |settings: &Settings| {
                format!("{:?}", Flightcheck { named_rules: Vec::new(), ..settings.flightcheck.clone() })
            };
            assert!(of(&settings) != of(&without) || key.name == "tool", "{text} changes nothing");
        }
    }
}

#[test]
fn a_name_that_must_exist_is_told_with_the_nearest() {
    for (text, message, help) in [
        ("environment = \"prd\"\n[environments.prod]\n", "there is no environment `prd`", "did you mean `prod`?"),
        ("environment = \"prod\"\n", "there is no environment `prod`", "[environments.prod]"),
        ("[[projects]]\nfolder = \"../x\"\n", "a project lies below this file", "the way down"),
        ("[[projects]]\nfolder = \"x\"\n[[projects]]\nfolder = \"./x/\"\n", "`x` is listed twice", "keep one"),
        ("dialect = \"postgres\n", "no valid TOML", "correct the line"),
    ] {
        let configuration = Configuration { own: Some((NAME.into(), text.into())), ..Configuration::default() };
        let complaints = configuration.read().complaints;
        let [complaint] = complaints.as_slice() else { panic!("{text}: {complaints:#?}") };
        assert!(complaint.message.contains(message) && complaint.help.contains(help), "{complaint:?}");
        assert!(position(text, complaint).0 >= 1);
    }
}

#[test]
fn the_file_that_init_writes_is_right_and_names_every_key() {
    let found = [
        Found { key: "dialect", value: "\"mysql\"".into(), because: "a line\nand another".into() },
        Found { key: "projects", value: "\"a\"".into(), because: String::new() },
        Found { key: "projects", value: "\"b\"".into(), because: String::new() },
    ];
    let text = template(&found);
    let settings = read(&text);
    assert_eq!(settings.complaints, [], "{text}");
    assert_eq!(settings.flightcheck.projects.len(), 2);
    for key in all(KEYS) {
        assert!(text.contains(key.about), "{} is not explained", key.name);
    }
    // Switched on, the examples are right too.
    let is_setting = |line: &str| line.starts_with('[') || line.contains(" = ");
    let on = |line: &str| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line).to_owned();
    let text: String = template(&[]).lines().map(|line| on(line) + "\n").collect();
    assert_eq!(read(&text).complaints, [], "{text}");
}

#[test]
fn the_page_about_settings_names_every_key_and_its_examples_are_right() {
    let page = include_str!("../docs/configuration.md");
    for table in whole_file() {
        for key in all(table.keys).filter(|key| table.before.is_empty() || key.example.is_empty()) {
            let forms = [format!("`{}", key.name), format!("[{}", key.name), format!("\n{} = ", key.name)];
            assert!(forms.iter().any(|form| page.contains(form)), "{} is not on the page", key.name);
        }
    }
    let blocks: Vec<&str> = page.split("```toml\n").skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    assert!(blocks.len() >= 4);
    for block in blocks {
        assert_eq!(read(block).complaints, [], "{block}");
    }
}

#[test]
fn the_schema_knows_the_same_keys() {
    fn compare(keys: Keys, schema: &serde_json::Value) {
        let names: Vec<&str> = all(keys).map(|key| key.name).collect();
        let known: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(known, names);
        assert_eq!(schema["additionalProperties"], false);
        for key in all(keys) {
            let property = &schema["properties"][key.name];
            assert_eq!(property["description"], key.about);
            match key.takes {
                Takes::Table(inner) => compare(inner, property),
                Takes::Tables(inner) => compare(inner, &property["items"]),
                Takes::Named(inner) => compare(inner, &property["additionalProperties"]),
                _ => {}
            }
        }
    }
    let schema = schema(RULES.iter().map(|rule| (rule.name, rule.summary)));
    compare(KEYS, &schema);
    assert_eq!(schema["definitions"]["rule"]["enum"].as_array().unwrap().len(), RULES.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_read_and_a_strange_key_is_never_passed_over(at in any::<prop::sample::Index>(), key in "[a-z]{3,9}-zz", value in "(true|1|\"x\"|\\[\\]|\\{\\})") {
        let tables = whole_file();
        let text = format!("{}{key} = {value}\n", at.get(&tables).before);
        let complaints = read(&text).complaints;
        prop_assert!(complaints.iter().any(|complaint| complaint.message.contains(&key)), "{}", text);
    }

    #[test]
    fn torn_files_do_no_harm(at in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(), noise in "[\\[\\]={}\"#\n.é\u{feff}\0a]{0,4}") {
        let whole = template(&[]).replace("\n# ", "\n");
        let places: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
        let (from, to) = (*at.get(&places), *cut.get(&places));
        let text = format!("{}{noise}{}", &whole[..from.min(to)], &whole[from.max(to)..]);
        drop(read(&text));
    }
}
