//! Which overload of a routine is meant: the types of its parameters.

use crate::text::Casing;

/// Other names of types, and what the server calls them.
const ALIASES: [(&str, &str); 16] = [
    ("int", "integer"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("int2", "smallint"),
    ("bool", "boolean"),
    ("varchar", "character varying"),
    ("char", "character"),
    ("bpchar", "character"),
    ("decimal", "numeric"),
    ("float", "double precision"),
    ("float8", "double precision"),
    ("float4", "real"),
    ("timestamptz", "timestamp with time zone"),
    ("timestamp without time zone", "timestamp"),
    ("timetz", "time with time zone"),
    ("varbit", "bit varying"),
];

/// Types of several words, by the first.
const SEVERAL: [&str; 6] = ["double", "character", "bit", "timestamp", "time", "interval"];

/// The types of the parameters that tell overloads apart, of what stands in parentheses after a routine's name.
pub(crate) fn signature(parameters: &str) -> Vec<String> {
    let inner = parameters.trim();
    let inner = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(inner);
    let (mut depth, mut quoted) = (0_i32, false);
    let parts = inner.split(|char: char| {
        match char {
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            '\'' => quoted = !quoted,
            _ => {}
        }
        char == ',' && depth == 0 && !quoted
    });
    parts.filter_map(parameter).collect()
}

/// The type of one parameter; none for one that only goes out.
fn parameter(text: &str) -> Option<String> {
    let lower = text.lower();
    let said = lower.split_once(" default ").map_or(&*lower, |(before, _)| before);
    let said = said.split_once('=').map_or(said, |(before, _)| before.trim_end_matches(':'));
    let mut words: Vec<&str> = said.split_ascii_whitespace().collect();
    match words.first() {
        None | Some(&"out") => return None,
        Some(&("in" | "inout" | "variadic")) => drop(words.remove(0)),
        Some(_) => {}
    }
    let multiple = |word: &str| SEVERAL.contains(&word.split('(').next().unwrap_or(word));
    if words.len() > 1 && !(multiple(words[0]) && !multiple(words[1]) && words[1] != "integer") {
        words.remove(0);
    }
    let joined = words.join(" ").replace("pg_catalog.", "");
    let (array, bare) = (joined.ends_with("[]"), joined.trim_end_matches("[]"));
    let sized = bare.find('(').zip(bare.find(')')).filter(|(open, close)| open < close);
    let bare = sized.map_or(bare.to_owned(), |(open, close)| format!("{}{}", &bare[..open], &bare[close + 1..]));
    let known = ALIASES.iter().find(|(alias, _)| *alias == bare.trim()).map_or(bare.trim(), |(_, name)| name);
    Some(if array { format!("{known}[]") } else { known.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_modes_and_defaults_do_not_count() {
        assert_eq!(signature("(a int, b varchar(10) DEFAULT ', ')"), signature("(integer, character varying)"));
        assert_eq!(signature("(IN a timestamp with time zone, OUT b int)"), signature("(timestamptz)"));
        assert_eq!(signature("(x double precision, y numeric(10, 2)[])"), signature("(float8, decimal[])"));
        assert_ne!(signature("(a int)"), signature("(a text)"));
        assert_eq!(signature("()"), Vec::<String>::new());
    }
}
