//! Scripts with marks: the lines under a statement that say what is made of it.

use std::fs;
use std::path::{Path, PathBuf};

/// The script with `marks`, each under the line on which the byte offset beside it lies. Offsets must ascend.
pub(crate) fn under(plain: &str, marks: impl IntoIterator<Item = (usize, String)>) -> String {
    let (mut out, mut written) = (String::new(), 0);
    for (end, mark) in marks {
        let end = plain[end..].find('\n').map_or(plain.len(), |at| end + at + 1);
        if end > written {
            out.push_str(&plain[written..end]);
            written = end;
        }
        out.push_str(&mark);
    }
    out.push_str(&plain[written..]);
    out
}

/// Holds that each script is as `marked` writes it; with `UPDATE` in the environment it is written so.
pub(crate) fn hold(scripts: &[PathBuf], marked: impl Fn(&Path, &str) -> String) {
    assert!(!scripts.is_empty());
    let mut wrong = Vec::new();
    for path in scripts {
        let text = fs::read_to_string(path).unwrap();
        let now = marked(path, &text);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(path, &now).unwrap();
        } else if now != text {
            let (was, is) = text.lines().zip(now.lines()).find(|(was, is)| was != is).unwrap_or(("the end", "the end"));
            wrong.push(format!("{}\n  says {was}\n  is   {is}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
