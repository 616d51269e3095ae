//! Objects and facts in the words of people.

use crate::catalog::ObjectRef;
use crate::change::ObjectKind;
use crate::sql::Dialect;

/// The longest text from a script that a message repeats.
const LONGEST: usize = 40;

fn short(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST && !text.contains('\n')
}

/// An object with its kind; a routine with the types of its parameters.
pub(super) fn words(object: &ObjectRef, dialect: Dialect) -> String {
    match &object.part {
        Some(part) if object.kind == ObjectKind::Routine => format!("routine {}({part})", object.name.spelled(dialect)),
        _ => object.in_words(dialect),
    }
}

/// What is said about an object, in the words of people.
pub(super) fn fact(what: &str) -> &str {
    match what {
        "on" => "columns",
        "kind" => "definition",
        "where" => "condition",
        "using" => "method",
        "enum" => "values",
        "check" => "checks",
        "composite" => "attributes",
        "option" => "options",
        other => other,
    }
}

/// What a statement does to a fact.
pub(super) fn changed(what: &str, from: Option<&str>, to: Option<&str>, words: &str) -> String {
    match (what, from, to) {
        ("not null", None, Some(_)) => format!("makes {words} NOT NULL"),
        ("not null", Some(_), None) => format!("lets {words} be NULL"),
        ("not valid", Some(_), None) => format!("validates {words}"),
        (what, Some(from), Some(to)) if short(from) && short(to) => {
            format!("changes the {what} of {words} from {from} to {to}")
        }
        (what, None, Some(to)) if short(to) => format!("sets the {what} of {words} to {to}"),
        (what, Some(_), None) => format!("takes away the {what} of {words}"),
        (what, ..) => format!("changes the {what} of {words}"),
    }
}

/// What is not as it was.
pub(super) fn otherwise(what: &str, from: Option<&str>, to: Option<&str>, words: &str) -> String {
    match (what, from, to) {
        ("not null", None, _) => format!("{words} is NOT NULL, which it was not before"),
        ("not null", Some(_), _) => format!("{words} may be NULL, which it could not before"),
        ("not valid", None, _) => format!("{words} is not validated any more"),
        ("not valid", Some(_), _) => format!("{words} is validated, which it was not before"),
        (what, Some(from), Some(to)) if short(from) && short(to) => {
            format!("the {what} of {words} is {to} instead of {from}")
        }
        (what, None, Some(to)) if short(to) => format!("{words} has the {what} {to} instead of none"),
        (what, None, _) => format!("{words} has a {what} that it did not have before"),
        (what, Some(from), None) if short(from) => format!("{words} has lost its {what} {from}"),
        (what, Some(_), None) => format!("{words} has lost its {what}"),
        (what, ..) => format!("the {what} of {words} is another one"),
    }
}
