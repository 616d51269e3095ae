//! Git repositories for tests: made anew each time, with fixed people and dates, and without anybody's configuration.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::binary::{Folder, Outcome};

/// A repository in a folder that goes away with the test.
pub(crate) struct Repository {
    pub(crate) folder: Folder,
}

#[allow(dead_code, reason = "not every test asks for everything")]
impl Repository {
    /// An empty repository on the branch `main`.
    pub(crate) fn new(name: &str) -> Self {
        let repository = Self { folder: Folder::new(name) };
        repository.git(&["init", "--quiet", "--initial-branch=main", "."]);
        repository
    }

    /// One whose branch `main` holds two scripts, and whose branch `work` is checked out.
    pub(crate) fn shop(name: &str) -> Self {
        let repository = Self::new(name);
        repository.write("sql/V1__users.sql", "create table users (id int primary key);\n");
        repository.write("sql/V2__orders.sql", "create table orders (id int primary key);\n");
        repository.commit("the beginning");
        repository.git(&["switch", "--quiet", "--create", "work"]);
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        &self.folder.0
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        self.folder.write(name, content);
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.path().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.path().join(from), to).unwrap();
    }

    /// Commits everything.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    /// Writes files on another branch, commits them there, and comes back.
    pub(crate) fn on(&self, branch: &str, files: &[(&str, &str)]) {
        let here = self.git(&["branch", "--show-current"]);
        self.git(&["switch", "--quiet", branch]);
        for (name, content) in files {
            self.write(name, content);
        }
        self.commit("meanwhile");
        self.git(&["switch", "--quiet", here.trim()]);
    }

    /// Runs git, and gives what it prints.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    /// Runs the binary in the repository.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        flightcheck(self.path(), arguments)
    }

    /// What `check` finds against a base, as `rule file`, by file.
    pub(crate) fn found(&self, base: &str) -> Vec<String> {
        found(&self.report(&["--base", base]))
    }

    /// The report of a check.
    pub(crate) fn report(&self, arguments: &[&str]) -> Value {
        let outcome = self.run(&[&["check", ".", "--format", "json"], arguments].concat());
        assert_ne!(outcome.code, 2, "{}", outcome.stderr);
        outcome.json()
    }
}

/// Runs git in a folder.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = clean("git").current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs the binary in a folder.
pub(crate) fn flightcheck(folder: &Path, arguments: &[&str]) -> Outcome {
    run(clean(env!("CARGO_BIN_EXE_flightcheck")).current_dir(folder).args(arguments))
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Outcome {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

/// A command in an environment without anybody's Git.
pub(crate) fn clean(program: impl Into<PathBuf>) -> Command {
    let mut command = Command::new(program.into());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    let date = "2027-01-01T00:00:00+00:00";
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_CONFIG_COUNT", "2");
    command.env("GIT_CONFIG_KEY_0", "protocol.file.allow").env("GIT_CONFIG_VALUE_0", "always");
    command.env("GIT_CONFIG_KEY_1", "core.autocrlf").env("GIT_CONFIG_VALUE_1", "false");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "somebody").env(format!("GIT_{who}_EMAIL"), "somebody@example.org");
        command.env(format!("GIT_{who}_DATE"), date);
    }
    command
}

/// What a report finds, as `rule file`, without what is only about statements.
pub(crate) fn found(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let line = |finding: &Value| format!("{} {}", finding["rule"].as_str().unwrap(), finding["file"].as_str().unwrap());
    findings.filter(|finding| finding["severity"] != "info").map(line).collect()
}
