//! Text + dialect → tokens → statements. Lossless, and it never fails: what is wrong is told beside the result.
//!
//! The texts of the tokens concatenate to the source. A statement is a range of tokens; between statements stand
//! blanks, comments and terminators. Reading takes time linear in the length of the text.

mod detect;
mod dialect;
pub mod flyway;
pub mod secrets;
mod lexer;
mod problem;
mod script;
mod split;
mod syntax;
#[cfg(test)]
mod tests;
mod token;

pub use detect::{Detection, detect};
pub use dialect::Dialect;
pub use problem::{Problem, Trouble};
pub use script::{Options, Script, Statement, Terminator, read, significant, tokens};
pub use token::{Kind, Token};
