//! Asks `git` what a repository holds: names of commits, the files at a commit, and what differs from the working tree.
//!
//! No shell is involved, names end options, and whatever lists paths ends them with NUL. Nothing is written, and nothing
//! is fetched: what a shallow or partial clone lacks is said, with the command that fetches it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::Failure;

/// Options before every command: no program that a configuration names is started, no bare repository that lies inside of
/// a checkout is taken for one, and paths are names, not patterns.
const ALWAYS: [&str; 6] =
    ["--literal-pathspecs", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit"];

/// A repository with a working tree.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    /// The folder of its working tree, without symbolic links.
    pub(crate) root: PathBuf,
    /// Whether commits are missing because the clone is shallow.
    is_shallow: bool,
}

/// A file at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its path from the root.
    pub(crate) path: String,
    /// The name of its content.
    pub(crate) id: String,
    /// Whether it is a commit of another repository: a submodule.
    pub(crate) is_submodule: bool,
}

/// The repository that a folder lies in.
pub(crate) fn root(folder: &Path) -> Result<Repository, Failure> {
    let output = run(folder, &["rev-parse", "--is-shallow-repository", "--show-toplevel"], &[])?;
    if !output.status.success() {
        let said = said(&output);
        return Err(format!("`{}` is in no working tree of Git: {said}", folder.display()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let (shallow, root) = text.split_once('\n').unwrap_or_default();
    let root = PathBuf::from(root.strip_suffix('\n').unwrap_or(root));
    let root = std::fs::canonicalize(&root).unwrap_or(root);
    Ok(Repository { root, is_shallow: shallow == "true" })
}

impl Repository {
    /// The commit that a name stands for.
    pub(crate) fn resolve(&self, name: &str) -> Result<String, Failure> {
        if let Some(id) = self.commit(name)? {
            return Ok(id);
        }
        let remote = format!("origin/{name}");
        let help = if name == "HEAD" {
            "there is no commit yet: commit first".to_owned()
        } else if self.commit(&remote)?.is_some() {
            format!("there is `{remote}`; give that")
        } else {
            let branch = name.strip_prefix("refs/remotes/").unwrap_or(name);
            let branch = branch.strip_prefix("origin/").unwrap_or(branch);
            format!("fetch it: `git fetch origin +refs/heads/{branch}:refs/remotes/origin/{branch}`")
        };
        Err(format!("`{name}` is no commit that this clone knows\n  help: {help}"))
    }

    /// Whether a name stands for a commit.
    pub(crate) fn knows(&self, name: &str) -> Result<bool, Failure> {
        Ok(self.commit(name)?.is_some())
    }

    fn commit(&self, name: &str) -> Result<Option<String>, Failure> {
        let wanted = format!("{name}^{{commit}}");
        let output = run(&self.root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted], &[])?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok((output.status.success() && !name.is_empty() && !id.is_empty()).then_some(id))
    }

    /// The last commit that two have in common.
    pub(crate) fn merge_base(&self, one: &str, other: &str) -> Result<String, Failure> {
        let output = run(&self.root, &["merge-base", "--end-of-options", one, other], &[])?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() && !id.is_empty() {
            return Ok(id);
        }
        let mut message = "the branch and its base have no commit in common".to_owned();
        message += if self.is_shallow {
            ", because this clone is shallow\n  help: fetch what is missing: `git fetch --unshallow origin` (`fetch-depth: 0` of \
             actions/checkout, `GIT_DEPTH: 0` of GitLab)"
        } else {
            ": their histories are unrelated\n  help: give a base that the branch comes from"
        };
        Err(message)
    }

    /// The files at a commit, each below one of the paths; all where there are none.
    pub(crate) fn tree(&self, commit: &str, under: &[String]) -> Result<Vec<Entry>, Failure> {
        let options = ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit];
        let output = self.ask(&options, under)?;
        let records = output.split(|byte| *byte == 0).filter(|record| !record.is_empty());
        let entry = |record: &[u8]| {
            let record = String::from_utf8_lossy(record);
            let (about, path) = record.split_once('\t')?;
            let mut about = about.split(' ');
            let (mode, _, id) = (about.next()?, about.next()?, about.next()?);
            Some(Entry { path: path.to_owned(), id: id.to_owned(), is_submodule: mode == "160000" })
        };
        Ok(records.filter_map(entry).collect())
    }

    /// The paths at which the working tree differs from a commit. Files that Git does not track are not among them.
    pub(crate) fn differing(&self, commit: &str, under: &[String]) -> Result<BTreeSet<String>, Failure> {
        let options = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"];
        let options =
            [&options[..], &["--no-relative", "--ignore-submodules=dirty", "--end-of-options", commit]].concat();
        let output = self.ask(&options, under)?;
        let names = output.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
    }

    /// The contents of those names.
    pub(crate) fn contents(&self, ids: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut child = command(&self.root, &["cat-file", "--batch", "--buffer"])
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| missing(&error))?;
        let input: String = ids.iter().map(|id| format!("{id}\n")).collect();
        let mut stdin = child.stdin.take().ok_or("git takes no input")?;
        // Git answers while it is asked, so both have to go on at once.
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().map_err(|error| missing(&error))?;
        let _ = writer.join();
        let mut found = BTreeMap::new();
        let mut rest = output.stdout.as_slice();
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let header = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = &rest[end + 1..];
            let mut parts = header.split(' ');
            let (id, _, size) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
            let Some(size) = size.and_then(|size| size.parse::<usize>().ok()).filter(|size| *size <= rest.len()) else {
                return Err(format!(
                    "the content `{id}` is not in this clone\n  help: it is partial: fetch all with `git fetch --refetch --no-filter origin`"
                ));
            };
            found.insert(id.to_owned(), rest[..size].to_vec());
            rest = rest.get(size + 1..).unwrap_or_default();
        }
        Ok(found)
    }

    fn ask(&self, options: &[&str], paths: &[String]) -> Result<Vec<u8>, Failure> {
        let output = run(&self.root, options, paths)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(format!("`git {}` fails: {}", options.first().unwrap_or(&""), said(&output)))
    }
}

fn run(folder: &Path, arguments: &[&str], paths: &[String]) -> Result<Output, Failure> {
    let mut command = command(folder, arguments);
    if !paths.is_empty() {
        command.arg("--").args(paths);
    }
    command.stdin(Stdio::null()).output().map_err(|error| missing(&error))
}

/// The command, in an environment that does not point to another repository, as that of a hook does.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    let is_foreign = |name: &OsStr| {
        let name = name.to_string_lossy();
        // Where to stop looking upward is the caller's to say, as is its configuration.
        name.starts_with("GIT_") && !name.starts_with("GIT_CONFIG") && name != "GIT_CEILING_DIRECTORIES"
    };
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_foreign(name)) {
        command.env_remove(name);
    }
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command.args(ALWAYS).arg("-C").arg(folder).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn missing(error: &std::io::Error) -> Failure {
    format!("`git` cannot be run: {error}\n  help: a base needs Git 2.36 or newer")
}

/// What git said, in one line.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines().next().unwrap_or("it says nothing").trim_start_matches("fatal: ").to_owned()
}
