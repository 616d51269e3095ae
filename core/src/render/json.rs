//! JSON: the report as it is.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A report as indented JSON with a line break at the end. The same report gives the same bytes.
#[must_use]
pub fn json(report: &impl Serialize) -> String {
    written(report, true) + "\n"
}

/// A report as JSON in one line, for programs.
#[must_use]
pub fn json_line(report: &impl Serialize) -> String {
    written(report, false)
}

fn written(report: &impl Serialize, indented: bool) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Shape { indented, depth: 0, empty: true });
    // A report holds texts, numbers and lists only, which always serialise.
    let _ = report.serialize(&mut serializer);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Both shapes in one type: the code that serialises a report is large, and with the two of `serde_json` browsers would
/// have to load it twice.
struct Shape {
    indented: bool,
    depth: usize,
    /// Whether nothing was written in the innermost list or object.
    empty: bool,
}

impl Shape {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth += 1;
        self.empty = true;
        writer.write_all(bracket)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth -= 1;
        if !self.empty {
            self.line(writer)?;
        }
        self.empty = false;
        writer.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        writer.write_all(if first { b"" } else { b"," })?;
        self.empty = false;
        self.line(writer)
    }

    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> Result<()> {
        if self.indented {
            writer.write_all(b"\n")?;
            (0..self.depth).try_for_each(|_| writer.write_all(b"  "))?;
        }
        Ok(())
    }
}

impl Formatter for Shape {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.next(writer, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.next(writer, first)
    }

    /// Reports hold shares in per cent, to the hundredth. The general way brings a table of 10 KiB.
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> Result<()> {
        #[expect(clippy::cast_possible_truncation, reason = "a share in hundredths of a per cent")]
        let hundredths = (value * 100.0).round() as i64;
        let (whole, rest) = (hundredths / 100, (hundredths % 100).unsigned_abs());
        if rest % 10 == 0 { write!(writer, "{whole}.{}", rest / 10) } else { write!(writer, "{whole}.{rest:02}") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(if self.indented { b": " } else { b":" })
    }
}
