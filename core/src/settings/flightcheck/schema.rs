//! The JSON schema of `flightcheck.toml`, for editors: made of the same list of keys that the reader uses.

use serde_json::{Map, Value, json};

use super::keys::{KEYS, Key, Keys, LEVELS, Takes, all};

/// The schema. `rules` gives the name of each rule with what it is about in one sentence.
///
/// It is of draft 7, which editors of TOML understand.
#[must_use]
pub fn schema<'a>(rules: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let rules: Vec<(&str, &str)> = rules.into_iter().collect();
    let names: Vec<&str> = rules.iter().map(|(name, _)| *name).collect();
    let level = |(name, summary): &(&str, &str)| {
        ((*name).to_owned(), json!({"description": summary, "$ref": "#/definitions/level"}))
    };
    let levels: Map<String, Value> = rules.iter().map(level).collect();
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "flightcheck.toml",
        "definitions": {
            "level": {"enum": LEVELS},
            "rule": {"enum": names},
            "rules": {"type": "object", "properties": levels, "additionalProperties": false},
        },
    });
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, table(KEYS)) {
        schema.extend(root);
    }
    schema
}

fn table(keys: Keys) -> Value {
    let properties: Map<String, Value> = all(keys).map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = all(keys).filter(|key| key.required).map(|key| key.name).collect();
    let mut table = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}

fn property(key: &Key) -> Value {
    let text = || json!({"type": "string", "minLength": 1});
    let mut property = match key.takes {
        Takes::Text => text(),
        Takes::Flag => json!({"type": "boolean"}),
        Takes::Count => json!({"type": "integer", "minimum": 0}),
        Takes::Release => json!({"type": ["string", "integer"]}),
        // TOML's own days reach a validator as texts of this form.
        Takes::Share => json!({"type": "string", "pattern": "^[0-9.]+ ?%?$"}),
        Takes::Date => json!({"type": "string", "format": "date"}),
        Takes::Name { .. } => json!({"type": "string", "examples": key.takes.words()}),
        Takes::Choice(words) => json!({"enum": words}),
        Takes::Texts => json!({"type": "array", "items": {"type": "string"}}),
        Takes::Choices(words) => json!({"type": "array", "items": {"enum": words}}),
        Takes::Rules => {
            let rule = json!({"$ref": "#/definitions/rule"});
            json!({"oneOf": [rule, {"type": "array", "items": rule}]})
        }
        Takes::Levels => json!({"allOf": [{"$ref": "#/definitions/rules"}]}),
        Takes::Map => json!({"type": "object", "additionalProperties": {"type": "string"}}),
        Takes::Table(keys) => table(keys),
        Takes::Tables(keys) => json!({"type": "array", "items": table(keys)}),
        Takes::Named(keys) => json!({"type": "object", "additionalProperties": table(keys)}),
    };
    property["description"] = json!(key.about);
    property
}
