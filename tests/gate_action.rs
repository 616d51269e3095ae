//! The steps of `action.yml` and of the GitLab template, run by a real shell on real repositories, with names that want to
//! be commands.

#[allow(dead_code, reason = "what the repository holds is not needed here")]
mod binary;
mod repository;

use std::fs;
use std::path::PathBuf;

use binary::{Folder, Outcome, root};
use repository::{Repository, clean, git, run};

/// The `run` lines of a file, as YAML has them in single quotes or plain.
fn runs(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("run: "));
    lines.map(|line| line.trim_matches('\'').to_owned()).collect()
}

/// A clone of a shop as a runner has it: the work on a branch of that name, checked out, and `main` of the remote.
fn cloned(shop: &Repository, name: &str) -> Folder {
    let clone = Folder::new(name);
    let url = format!("file://{}", shop.path().display());
    git(
        &clone.0,
        &["clone", "--quiet", "--single-branch", "--branch", shop.git(&["branch", "--show-current"]).trim(), &url, "."],
    );
    clone
}

/// Runs the last step of the action as a runner does.
fn gate(folder: &Folder, variables: &[(&str, &str)]) -> Outcome {
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    let step = runs(&text).pop().unwrap();
    let mut command = clean("bash");
    command.current_dir(&folder.0).args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &step]);
    command.env_remove("GITHUB_BASE_REF").env_remove("GITHUB_STEP_SUMMARY");
    command.env("GITHUB_ACTION_PATH", root()).env("FLIGHTCHECK_BINARY", env!("CARGO_BIN_EXE_flightcheck"));
    run(command.envs(variables.iter().copied()))
}

#[test]
fn nothing_is_interpolated_into_a_shell() {
    let workflow = ".github/workflows/release.yml";
    for file in ["action.yml", workflow] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        // Steps stand below one another, so a script goes on as long as lines are indented further than its key.
        let mut script: Option<usize> = None;
        for (at, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            script = script.filter(|from| line.trim().is_empty() || indent > *from);
            if line.trim_start().trim_start_matches("- ").starts_with("run:") {
                script = Some(indent);
            }
            assert!(script.is_none() || !line.contains("${{"), "{file}:{}: {line}", at + 1);
        }
    }
}

#[test]
fn every_variable_of_the_action_is_one_of_the_script() {
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    let scripts = ["ci/gate.sh", "ci/install.sh"].map(|file| fs::read_to_string(root().join(file)).unwrap()).concat();
    let given = text.lines().filter_map(|line| line.trim().split_once(": ${{")).map(|(name, _)| name);
    for name in given {
        assert!(scripts.contains(&format!("${{{name}:")), "{name}");
    }
}

#[test]
fn a_pull_request_is_checked_against_its_base() {
    let shop = Repository::shop("action-request");
    shop.write("sql/V1__users.sql", "create table users (id bigint primary key);\n");
    shop.commit("an edit");
    let clone = cloned(&shop, "action-request-clone");
    let [summary, comment, sarif] = ["summary.md", "comment.md", "out.sarif"].map(|name| clone.0.join(name));
    let outcome = gate(
        &clone,
        &[
            ("GITHUB_BASE_REF", "main"),
            ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
            ("FLIGHTCHECK_COMMENT", comment.to_str().unwrap()),
            ("FLIGHTCHECK_SARIF", sarif.to_str().unwrap()),
        ],
    );
    assert_eq!(outcome.code, 1, "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.contains("::error file=sql/V1__users.sql"), "{}", outcome.stdout);
    for file in [&summary, &comment, &sarif] {
        assert!(fs::read_to_string(file).unwrap().contains("edited-merged-script"), "{}", file.display());
    }
    let never = gate(
        &clone,
        &[("GITHUB_BASE_REF", "main"), ("FLIGHTCHECK_FAIL_ON", "never"), ("FLIGHTCHECK_ANNOTATIONS", "false")],
    );
    assert_eq!(never.code, 0, "{}", never.stderr);
    assert!(!never.stdout.contains("::error"), "{}", never.stdout);
}

#[test]
fn a_clone_that_is_too_shallow_fails_and_says_so() {
    let shop = Repository::shop("action-shallow");
    shop.write("sql/V3__a.sql", "select 1;\n");
    shop.commit("one");
    shop.on("main", &[("sql/V4__b.sql", "select 2;\n")]);
    let clone = Folder::new("action-shallow-clone");
    let url = format!("file://{}", shop.path().display());
    git(&clone.0, &["clone", "--quiet", "--depth=1", "--branch=work", "--single-branch", &url, "."]);
    git(&clone.0, &["fetch", "--quiet", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main"]);
    let outcome = gate(&clone, &[("GITHUB_BASE_REF", "main")]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("fetch-depth: 0"), "{}", outcome.stderr);
}

#[test]
fn hostile_names_of_branches_and_files_are_only_names() {
    let base = "we$(touch${IFS}pwned)`touch${IFS}pwned`;touch${IFS}pwned";
    let shop = Repository::shop("action-hostile");
    shop.git(&["branch", "--", base, "main"]);
    let script = "sql/V3__$(touch pwned);::error::x\n::set-output name=a::b.sql";
    shop.write(script, "update users set id = 1;\n");
    shop.commit("hostile");
    let clone = cloned(&shop, "action-hostile-clone");
    for folder in [".", "sql/..", "$(touch pwned)", "--help", "-c"] {
        let outcome =
            gate(&clone, &[("GITHUB_BASE_REF", base), ("FLIGHTCHECK_FOLDER", folder), ("FLIGHTCHECK_HISTORY", "")]);
        let expected = if folder.contains('.') { 0..=1 } else { 2..=128 };
        assert!(expected.contains(&outcome.code), "{folder}: {}{}", outcome.stdout, outcome.stderr);
        let stopped = outcome.stdout.find("::stop-commands::");
        for (at, _) in outcome.stdout.match_indices("\n::set-output") {
            assert!(stopped.is_some_and(|stopped| stopped < at), "{}", outcome.stdout);
        }
    }
    for base in ["--upload-pack=touch pwned", "-x", "$(touch pwned)"] {
        let outcome = gate(&clone, &[("FLIGHTCHECK_BASE", base)]);
        assert_eq!(outcome.code, 2, "{base}: {}", outcome.stdout);
    }
    assert!(!clone.0.join("pwned").exists() && !clone.0.join("sql/pwned").exists());
}

#[test]
fn the_template_of_gitlab_checks_a_merge_request() {
    let shop = Repository::shop("gitlab-request");
    shop.git(&["branch", "--", "ma$(touch${IFS}pwned)in", "main"]);
    shop.write("sql/V1__users.sql", "create table users (id bigint primary key);\n");
    shop.commit("an edit");
    let clone = cloned(&shop, "gitlab-request-clone");
    let text = fs::read_to_string(root().join("ci/gitlab.yml")).unwrap();
    let from = text.find("  script:\n").unwrap() + "  script:\n".len();
    let script = text[from..].lines().map_while(|line| line.strip_prefix("    - ")).collect::<Vec<_>>().join("\n");
    let bin = PathBuf::from(env!("CARGO_BIN_EXE_flightcheck")).parent().unwrap().display().to_string();
    let outcome = run(clean("bash")
        .current_dir(&clone.0)
        .args(["-euo", "pipefail", "-c", &script])
        .env("PATH", format!("{bin}:{}", std::env::var("PATH").unwrap()))
        .env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "ma$(touch${IFS}pwned)in")
        .env("FLIGHTCHECK_FOLDER", "."));
    assert_eq!(outcome.code, 1, "{}{}", outcome.stdout, outcome.stderr);
    assert!(fs::read_to_string(clone.0.join("gl-code-quality-report.json")).unwrap().contains("edited-merged-script"));
    assert!(!clone.0.join("pwned").exists());
}

#[test]
fn a_release_is_installed_only_with_its_checksum() {
    let served = Folder::new("action-release");
    let home = Folder::new("action-home");
    served.write("somebody/flightcheck/releases/download/v1/flightcheck", "#!/bin/sh\necho flightcheck\n");
    let at = served.0.join("somebody/flightcheck/releases/download/v1");
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let archive = format!("flightcheck-{target}.tar.gz");
    let pack = format!("tar -czf '{archive}' flightcheck && sha256sum '{archive}' >SHA256SUMS");
    assert_eq!(run(clean("bash").current_dir(&at).args(["-c", &pack])).code, 0);
    let install = || {
        run(clean("bash")
            .arg(root().join("ci/install.sh"))
            .env("FLIGHTCHECK_VERSION", "v1")
            .env("FLIGHTCHECK_REPOSITORY", "somebody/flightcheck")
            .env("GITHUB_SERVER_URL", format!("file://{}", served.path()))
            .env("RUNNER_TEMP", &home.0)
            .env("GITHUB_PATH", home.0.join("path")))
    };
    assert_eq!(install().code, 0, "{}", install().stderr);
    assert!(fs::read_to_string(home.0.join("path")).unwrap().contains("flightcheck"));
    fs::write(at.join(&archive), "something else").unwrap();
    assert_ne!(install().code, 0);
}
