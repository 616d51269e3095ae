//! Git, through its command: no shell, nothing of the caller's `GIT_` environment, and no name is ever taken for an option.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;

/// The folder that holds the repository of a folder.
pub(crate) fn root(folder: &Path) -> Result<PathBuf, Failure> {
    let out = run(folder, &["rev-parse", "--show-toplevel"])
        .map_err(|_| format!("`{}` is in no git repository", folder.display()))?;
    Ok(PathBuf::from(String::from_utf8_lossy(&out).trim_end_matches(['\n', '\r'])))
}

/// The commit that a revision names.
pub(crate) fn resolve(root: &Path, revision: &str) -> Result<String, Failure> {
    let commit = format!("{revision}^{{commit}}");
    let out = run(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).map_err(|_| {
        format!("`{revision}` is neither a file, a folder, nor a revision of this repository\n  help: in a shallow clone, fetch it first: git fetch --unshallow")
    })?;
    let hash = String::from_utf8_lossy(&out).trim().to_owned();
    if hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(hash)
    } else {
        Err(format!("`{revision}` names no commit"))
    }
}

/// The best common ancestor of two commits; `None` where they have none.
pub(crate) fn merge_base(root: &Path, one: &str, other: &str) -> Result<Option<String>, Failure> {
    let (one, other) = (resolve(root, one)?, resolve(root, other)?);
    Ok(run(root, &["merge-base", &one, &other]).ok().map(|out| String::from_utf8_lossy(&out).trim().to_owned()))
}

/// The files of a commit under a folder, `""` being the root of the repository, as paths relative to the root. Of those that
/// `wanted` does not want, only the name is read.
pub(crate) fn files(
    root: &Path,
    revision: &str,
    under: &str,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let commit = resolve(root, revision)?;
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit.as_str()];
    if !under.is_empty() {
        arguments.extend(["--", under]);
    }
    let listing = run(root, &arguments)?;
    let mut found = Vec::new();
    for line in listing.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
        let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
        let head = String::from_utf8_lossy(&line[..tab]).into_owned();
        let mut words = head.split(' ');
        let (mode, kind, object) = (words.next(), words.next(), words.next());
        // Links and submodules are no scripts; a name that is no UTF-8 is none of a migration.
        let (Some("100644" | "100755"), Some("blob"), Some(object)) = (mode, kind, object) else { continue };
        if let Ok(path) = String::from_utf8(line[tab + 1..].to_vec()) {
            found.push((path, object.to_owned()));
        }
    }
    let objects: Vec<&str> = found.iter().filter(|(path, _)| wanted(path)).map(|(_, object)| object.as_str()).collect();
    let mut contents = blobs(root, &objects)?.into_iter();
    let content = |(path, _): (String, String)| {
        let bytes = if wanted(&path) { contents.next().unwrap_or_default() } else { Vec::new() };
        (path, bytes)
    };
    Ok(found.into_iter().map(content).collect())
}

/// The contents of objects, in their order.
fn blobs(root: &Path, objects: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let asked = objects.join("\n") + "\n";
    let mut child = command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("git cannot be run: {error}"))?;
    let mut input = child.stdin.take().ok_or("git takes no input")?;
    // Both ends are served at once, so that neither pipe fills up.
    let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let out = child.wait_with_output().map_err(|error| format!("git cannot be read: {error}"))?;
    let _ = writer.join();
    let mut rest = out.stdout.as_slice();
    let mut found = Vec::new();
    for object in objects {
        let unread = || format!("git does not give the content of {object}");
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(unread)?;
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        let size: usize = head.rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(unread)?;
        let body = rest.get(end + 1..end + 1 + size).ok_or_else(unread)?;
        found.push(body.to_vec());
        rest = rest.get(end + 2 + size..).unwrap_or_default();
    }
    Ok(found)
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command.arg("-C").arg(folder).args(["--literal-pathspecs", "-c", "core.fsmonitor=false"]);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let out = command(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("git cannot be run: {error}\n  help: install git, or give folders"))?;
    if out.status.success() {
        return Ok(out.stdout);
    }
    Err(format!("git {}: {}", arguments[0], String::from_utf8_lossy(&out.stderr).trim()))
}
