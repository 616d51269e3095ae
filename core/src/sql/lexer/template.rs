//! Placeholders and templates: one token each, whatever stands inside.

use memchr::memmem;

use super::super::{Dialect, Kind, Options};
use super::{IN_WORD, Lexer};

/// The signs around the name of a placeholder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placeholder<'a> {
    prefix: &'a [u8],
    suffix: &'a [u8],
}

impl<'a> Placeholder<'a> {
    pub(super) fn new(options: &'a Options) -> Self {
        Self { prefix: options.placeholder_prefix.as_bytes(), suffix: options.placeholder_suffix.as_bytes() }
    }

    /// The byte that begins a placeholder; `None` if there are no placeholders.
    pub(super) fn lead(self) -> Option<u8> {
        if self.suffix.is_empty() { None } else { self.prefix.first().copied() }
    }
}

/// Closers that were sought in vain.
#[derive(Debug, Default)]
pub(super) struct Hopeless {
    /// No placeholder ends before this offset.
    placeholder: usize,
    braces: [bool; 3],
}

/// What closes `{{`, `{%` and `{#`, after the second byte of the opener.
const BRACES: [(u8, &[u8]); 3] = [(b'{', b"}}"), (b'%', b"%}"), (b'#', b"#}")];

impl Lexer<'_> {
    pub(super) fn starts_placeholder(&self) -> bool {
        self.placeholder.lead().is_some() && self.rest().starts_with(self.placeholder.prefix)
    }

    /// The placeholder at which the reader stands, if it is one; it ends on its line.
    pub(super) fn placeholder(&mut self) -> Option<Kind> {
        if self.at < self.hopeless.placeholder || !self.starts_placeholder() {
            return None;
        }
        let inside = self.at + self.placeholder.prefix.len();
        let line_end = self.line_end().max(inside);
        let Some(ahead) = memmem::find(&self.bytes[inside..line_end], self.placeholder.suffix) else {
            self.hopeless.placeholder = line_end;
            return None;
        };
        self.at = inside + ahead + self.placeholder.suffix.len();
        Some(Kind::Placeholder)
    }

    /// A template, or an opening brace.
    pub(super) fn brace(&mut self) -> Kind {
        let sought = BRACES.iter().position(|(second, _)| self.peek(1) == Some(*second));
        let Some(which) = sought.filter(|which| !self.hopeless.braces[*which]) else {
            return self.single(Kind::Operator);
        };
        let closer = BRACES[which].1;
        let Some(ahead) = memmem::find(&self.rest()[2..], closer) else {
            self.hopeless.braces[which] = true;
            return self.single(Kind::Operator);
        };
        self.at += 2 + ahead + closer.len();
        Kind::Template
    }

    /// Moves past sqlcmd's `$(name)` if the reader stands at one.
    pub(super) fn is_sqlcmd_variable(&mut self) -> bool {
        if self.dialect != Dialect::SqlServer {
            return false;
        }
        let name = self.rest()[2..].iter().take_while(|byte| IN_WORD[**byte as usize] || **byte == b'-').count();
        let whole = name > 0 && self.peek(2 + name) == Some(b')');
        self.at += if whole { name + 3 } else { 0 };
        whole
    }
}
