//! `check --base` in every state that a repository can be in: shallow, detached, without a common past, with worktrees,
//! submodules, sparse checkouts, and with names that want to be something else.

#[allow(dead_code, reason = "what the repository holds is not needed here")]
mod binary;
mod repository;

use binary::Folder;
use repository::{Repository, clean, flightcheck, found, git, run};

const EDITED: &str = "create table users (id bigint primary key);\n";

/// What `check` refuses to do, in words.
fn refused(shop: &Repository, base: &str) -> String {
    let outcome = shop.run(&["check", ".", &format!("--base={base}")]);
    assert_eq!(outcome.code, 2, "{}{}", outcome.stdout, outcome.stderr);
    outcome.stderr
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let shop = Repository::shop("git-shallow");
    shop.write("sql/V3__note.sql", "select 3;\n");
    shop.commit("a note");
    shop.on("main", &[("sql/V3__mail.sql", "select 4;\n")]);
    let url = format!("file://{}", shop.path().display());
    let clone = Folder::new("git-shallow-clone");
    git(&clone.0, &["clone", "--quiet", "--depth=1", "--branch=work", "--single-branch", &url, "."]);
    let check = || flightcheck(&clone.0, &["check", ".", "--base", "origin/main", "--format", "json"]);
    let unknown = check();
    assert_eq!(unknown.code, 2);
    let fetch = "git fetch origin +refs/heads/main:refs/remotes/origin/main";
    assert!(unknown.stderr.contains(fetch), "{}", unknown.stderr);
    git(&clone.0, &["fetch", "--quiet", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main"]);
    let apart = check();
    assert_eq!(apart.code, 2);
    assert!(
        apart.stderr.contains("shallow") && apart.stderr.contains("git fetch --unshallow origin"),
        "{}",
        apart.stderr
    );
    git(&clone.0, &["fetch", "--quiet", "--unshallow", "origin"]);
    assert_eq!(found(&check().json()), ["version-taken-on-base sql/V3__note.sql"]);
}

#[test]
fn bases_that_are_none_are_refused() {
    let shop = Repository::shop("git-refused");
    shop.git(&["switch", "--quiet", "--orphan", "other"]);
    shop.write("sql/V1__users.sql", "select 1;\n");
    shop.commit("another beginning");
    assert!(refused(&shop, "main").contains("no commit in common"));
    for name in
        ["", "nothing", "--help", "-c", "--upload-pack=touch pwned", "$(touch pwned)", "main;touch pwned", "a b"]
    {
        let said = refused(&shop, name);
        assert!(said.contains("is no commit that this clone knows"), "{name}: {said}");
    }
    assert!(!shop.path().join("pwned").exists());
    // A blob and a tree are no commits.
    assert!(refused(&shop, "main:sql").contains("is no commit"));
    let folder = Folder::new("git-none");
    folder.write("sql/V1__a.sql", "select 1;\n");
    let outcome = run(clean(env!("CARGO_BIN_EXE_flightcheck"))
        .env("GIT_CEILING_DIRECTORIES", folder.0.parent().unwrap())
        .args(["check", folder.path(), "--base", "main"]));
    // The tests lie in a repository themselves, or in none.
    assert_eq!(outcome.code, 2, "{}", outcome.stdout);
    let fresh = Repository::new("git-fresh");
    fresh.write("sql/V1__a.sql", "select 1;\n");
    assert!(refused(&fresh, "HEAD").contains("commit first"));
}

#[test]
fn a_short_name_is_completed() {
    let shop = Repository::shop("git-short");
    let url = format!("file://{}", shop.path().display());
    let clone = Folder::new("git-short-clone");
    git(&clone.0, &["clone", "--quiet", "--branch=work", &url, "."]);
    let outcome = flightcheck(&clone.0, &["check", ".", "--base", "main"]);
    assert!(outcome.stderr.contains("there is `origin/main`; give that"), "{}", outcome.stderr);
}

#[test]
fn a_detached_head_a_tag_and_a_commit_do() {
    let shop = Repository::shop("git-detached");
    shop.git(&["tag", "--no-sign", "v1"]);
    shop.write("sql/V1__users.sql", EDITED);
    shop.commit("an edit");
    shop.git(&["switch", "--quiet", "--detach"]);
    let id = shop.git(&["rev-parse", "main"]);
    for base in ["main", "v1", "HEAD~1", id.trim(), &id[..12]] {
        assert_eq!(shop.found(base), ["edited-merged-script sql/V1__users.sql"], "{base}");
    }
    assert_eq!(shop.found("HEAD"), Vec::<String>::new());
}

#[test]
fn a_worktree_and_a_folder_inside_do() {
    let shop = Repository::new("git-worktree");
    shop.write("services/shop/sql/V1__users.sql", "create table users (id int primary key);\n");
    shop.write("flightcheck.toml", "[rules]\n");
    shop.commit("the beginning");
    let other = Folder::new("git-worktree-other");
    std::fs::remove_dir(&other.0).unwrap();
    shop.git(&["worktree", "add", "--quiet", "-b", "work", other.path()]);
    other.write("services/shop/sql/V1__users.sql", EDITED);
    other.write("flightcheck.toml", "[rules]\nmissing-lock-timeout = \"off\"\n");
    let outcome = flightcheck(&other.0, &["check", "services/shop", "--base", "main", "--format", "json"]);
    assert_eq!(found(&outcome.json()), ["edited-merged-script sql/V1__users.sql"]);
    let changed = &outcome.json()["base"]["changed"];
    assert_eq!(*changed, serde_json::json!(["../../flightcheck.toml", "sql/V1__users.sql"]));
    let inside = flightcheck(&other.0.join("services/shop"), &["check", "--base", "main", "--format", "json"]);
    assert_eq!(found(&inside.json()), found(&outcome.json()));
    shop.git(&["worktree", "remove", "--force", other.path()]);
}

#[test]
fn a_hook_s_environment_points_nowhere() {
    let shop = Repository::shop("git-hook");
    shop.write("sql/V1__users.sql", EDITED);
    let elsewhere = Repository::new("git-hook-elsewhere");
    elsewhere.commit("nothing");
    let outcome = run(clean(env!("CARGO_BIN_EXE_flightcheck"))
        .current_dir(shop.path())
        .env("GIT_DIR", elsewhere.path().join(".git"))
        .env("GIT_WORK_TREE", elsewhere.path())
        .env("GIT_INDEX_FILE", elsewhere.path().join(".git/index"))
        .env("GIT_EXTERNAL_DIFF", "touch pwned")
        .args(["check", ".", "--base", "main", "--format", "json"]));
    assert_eq!(found(&outcome.json()), ["edited-merged-script sql/V1__users.sql"]);
    assert!(!shop.path().join("pwned").exists());
}

#[test]
fn scripts_in_a_submodule_are_compared_there() {
    let scripts = Repository::new("git-submodule-scripts");
    scripts.write("V1__users.sql", "create table users (id int primary key);\n");
    scripts.commit("the beginning");
    let shop = Repository::new("git-submodule");
    let url = format!("file://{}", scripts.path().display());
    shop.git(&["submodule", "--quiet", "add", &url, "sql"]);
    shop.commit("with scripts");
    shop.git(&["switch", "--quiet", "--create", "work"]);
    assert_eq!(shop.found("main"), Vec::<String>::new());
    shop.write("sql/V2__note.sql", "select 1;\n");
    assert_eq!(shop.report(&["--base", "main"])["base"]["added"], serde_json::json!(["sql/V2__note.sql"]));
    shop.write("sql/V1__users.sql", EDITED);
    assert_eq!(shop.found("main"), ["edited-merged-script sql/V1__users.sql"]);
    git(&shop.path().join("sql"), &["commit", "--quiet", "--all", "--message", "an edit"]);
    shop.commit("the newer scripts");
    assert_eq!(shop.found("main"), ["edited-merged-script sql/V1__users.sql"]);
    // Inside of it, its own history counts.
    let inside = flightcheck(&shop.path().join("sql"), &["check", ".", "--base", "HEAD~1", "--format", "json"]);
    assert_eq!(found(&inside.json()), ["edited-merged-script V1__users.sql"]);
}

#[test]
fn what_is_not_checked_out_is_not_compared() {
    let shop = Repository::shop("git-sparse");
    shop.write("sql/old/V0__old.sql", "select 1;\n");
    shop.commit("an old one");
    shop.git(&["branch", "--force", "main"]);
    shop.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/sql/old/"]);
    assert!(!shop.path().join("sql/old").exists());
    assert_eq!(shop.found("main"), Vec::<String>::new());
}

#[test]
fn line_ends_of_the_checkout_do_not_count() {
    let shop = Repository::shop("git-crlf");
    shop.write(".gitattributes", "*.sql text eol=crlf\n");
    shop.commit("line ends");
    for name in ["sql/V1__users.sql", "sql/V2__orders.sql"] {
        shop.remove(name);
    }
    shop.git(&["checkout", "--quiet", "--", "sql"]);
    assert!(std::fs::read_to_string(shop.path().join("sql/V1__users.sql")).unwrap().contains('\r'));
    assert_eq!(shop.found("main"), Vec::<String>::new());
    assert_eq!(shop.report(&["--base", "main"])["base"]["changed"], serde_json::json!([]));
}

#[test]
fn links_to_folders_are_followed() {
    let shop = Repository::new("git-links");
    shop.write("shared/V1__users.sql", "create table users (id int primary key);\n");
    std::os::unix::fs::symlink("shared", shop.path().join("sql")).unwrap();
    shop.commit("the beginning");
    assert_eq!(shop.report(&["--base", "HEAD"])["base"]["changed"], serde_json::json!([]));
    shop.write("shared/V1__users.sql", EDITED);
    assert_eq!(shop.found("HEAD"), ["edited-merged-script sql/V1__users.sql"]);
}

#[test]
fn hostile_names_are_only_names() {
    let shop = Repository::new("git-hostile");
    let names = [
        "sql/V1__$(touch pwned).sql",
        "sql/V2__a\nb.sql",
        "sql/V3__'; touch pwned; '.sql",
        "sql/V4__\"quoted\"\ttab.sql",
        "sql/V5__ü—ß.sql",
        "sql/--help/V6__option.sql",
        "sql/:(glob)**/V7__magic.sql",
        "sql/V8__\u{1b}[31mred.sql",
    ];
    for (at, name) in names.iter().enumerate() {
        shop.write(name, format!("select {at};\n"));
    }
    shop.commit("the beginning");
    shop.git(&["branch", "--", "we$(touch${IFS}pwned)ird"]);
    let base = "we$(touch${IFS}pwned)ird";
    assert_eq!(shop.report(&["--base", base])["base"]["changed"], serde_json::json!([]));
    for name in names {
        shop.write(name, "select 100;\n");
    }
    let mut expected: Vec<String> = names.iter().map(|name| format!("edited-merged-script {name}")).collect();
    let mut edited = shop.found(base);
    expected.sort();
    edited.sort();
    assert_eq!(edited, expected);
    let human = shop.run(&["check", ".", "--base", base]);
    assert!(!human.stdout.contains("\u{1b}[31mred") && human.code == 1);
    assert!(!shop.path().join("pwned").exists());
}

#[test]
fn the_settings_name_a_base() {
    let shop = Repository::shop("git-settings");
    shop.write("flightcheck.toml", "base = \"main\"\n");
    shop.write("sql/V1__users.sql", EDITED);
    assert_eq!(found(&shop.report(&[])), ["edited-merged-script sql/V1__users.sql"]);
    assert_eq!(shop.report(&["--no-base"])["base"], serde_json::Value::Null);
    shop.write("flightcheck.toml", "base = \"mian\"\n");
    assert!(shop.run(&["check", "."]).stderr.contains("`mian` is no commit"));
}
