//! Input that cannot be worked with, as an `Error` of JavaScript.

use std::error::Error as _;

use flightcheck_core::project::{Problem, Project, Unusable};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::value::value;

/// What every function here throws: an `Error` with the places that are to blame.
#[derive(Debug, Clone, Serialize, Tsify)]
#[tsify(rename = "FlightcheckError")]
pub struct Failure {
    /// `FlightcheckError`.
    name: &'static str,
    /// What is wrong, with all places, in one text.
    message: String,
    /// The places, where there are such.
    problems: Vec<Problem>,
}

impl Failure {
    /// A failure without a place.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { name: "FlightcheckError", message: message.into(), problems: Vec::new() }
    }

    /// A project whose history or seal is broken.
    pub(crate) fn unusable(project: &Project, unusable: &Unusable) -> Self {
        let problems = unusable.problems(project);
        let line = |problem: &Problem| format!("\n{}:{}: {}", problem.file, problem.line, problem.message);
        let message = unusable.title().to_owned() + &problems.iter().map(line).collect::<String>();
        Self { problems, ..Self::new(message) }
    }
}

impl From<tsify::Error> for Failure {
    /// An argument of another form. It has no lines for people, so the place that the reader of JSON names says nothing.
    fn from(error: tsify::Error) -> Self {
        let text = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        Self::new(text.split(" at line ").next().unwrap_or_default())
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let error = js_sys::Error::new(&failure.message);
        error.set_name(failure.name);
        let problems: js_sys::Array =
            failure.problems.iter().filter_map(|problem| value(problem).ok().map(JsValue::from)).collect();
        // A fresh object takes any property.
        let _ = js_sys::Reflect::set(&error, &"problems".into(), &problems);
        error.into()
    }
}
