//! What to say where somebody names a rule that does not exist.

use super::nearest_name;

/// The name that was probably meant, or where to find all.
pub(super) fn did_you_mean(name: &str) -> String {
    match nearest_name(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`flightcheck rules` lists all rules".to_owned(),
    }
}
