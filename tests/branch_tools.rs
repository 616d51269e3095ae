//! What a branch adds to the folders of other tools than Flyway, against its base.

#[allow(dead_code, reason = "what the repository holds is not needed here")]
mod binary;
mod repository;

use repository::Repository;

#[test]
fn scripts_of_other_tools_get_the_next_version_with_their_partners() {
    let up = |name: &str| format!("create table {name} (id int primary key);\n");
    for (at, (merged, taken, own, free)) in [
        (
            &["migrations/000001_a.up.sql", "migrations/000001_a.down.sql"][..],
            &["migrations/000002_b.up.sql", "migrations/000002_b.down.sql"][..],
            &["migrations/000002_c.up.sql", "migrations/000002_c.down.sql"][..],
            &["migrations/000003_c.up.sql", "migrations/000003_c.down.sql"][..],
        ),
        (
            &["migrations/00000000000001_a/up.sql", "migrations/00000000000001_a/down.sql"],
            &["migrations/00000000000002_b/up.sql", "migrations/00000000000002_b/down.sql"],
            &["migrations/00000000000002_c/up.sql", "migrations/00000000000002_c/down.sql"],
            &["migrations/00000000000003_c/up.sql", "migrations/00000000000003_c/down.sql"],
        ),
        (
            &["db/migrations/20240101120000_a.sql"],
            &["db/migrations/20240102120000_b.sql"],
            &["db/migrations/20240102120000_c.sql"],
            &["db/migrations/20240102120001_c.sql"],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let text = |file: &str, table: &str| match file {
            file if file.contains("down") => format!("drop table {table};\n"),
            file if file.starts_with("db/") => {
                format!("-- migrate:up\n{}-- migrate:down\ndrop table {table};\n", up(table))
            }
            _ => up(table),
        };
        let shop = Repository::new(&format!("branch-renamed-{at}"));
        for file in merged {
            shop.write(file, text(file, "a"));
        }
        shop.commit("the beginning");
        shop.git(&["switch", "--quiet", "--create", "work"]);
        for file in own {
            shop.write(file, text(file, "c"));
        }
        shop.commit("own");
        let theirs: Vec<(&str, String)> = taken.iter().map(|file| (*file, text(file, "b"))).collect();
        shop.on("main", &theirs.iter().map(|(file, text)| (*file, text.as_str())).collect::<Vec<_>>());
        assert_eq!(shop.found("main"), [format!("version-taken-on-base {}", own[0])], "{own:?}");
        assert_eq!(shop.run(&["fix", ".", "--base", "main"]).code, 0);
        for (old, new) in own.iter().zip(free) {
            assert!(shop.path().join(new).is_file() && !shop.path().join(old).exists(), "{new}");
            assert_eq!(std::fs::read_to_string(shop.path().join(new)).unwrap(), text(new, "c"));
        }
        assert_eq!(shop.found("main"), Vec::<String>::new(), "{free:?}");
        let folder = shop.path().join(own[0]);
        assert!(!own[0].ends_with("/up.sql") || !folder.parent().unwrap().exists());
    }
}

#[test]
fn other_tools_have_branches_too() {
    let shop = Repository::new("branch-goose");
    shop.write(
        "migrations/00001_users.sql",
        "-- +goose Up\ncreate table users (id int);\n-- +goose Down\ndrop table users;\n",
    );
    shop.write(
        "migrations/00002_orders.sql",
        "-- +goose Up\ncreate table orders (id int);\n-- +goose Down\ndrop table orders;\n",
    );
    shop.commit("the beginning");
    shop.git(&["switch", "--quiet", "--create", "work"]);
    let own = "-- +goose Up\ncreate table notes (id int primary key);\n-- +goose Down\ndrop table notes;\n";
    shop.write("migrations/00003_notes.sql", own);
    shop.commit("notes");
    assert_eq!(shop.found("main"), Vec::<String>::new());
    let other = "-- +goose Up\ncreate table mails (id int primary key);\n-- +goose Down\ndrop table mails;\n";
    shop.on("main", &[("migrations/00003_mails.sql", other)]);
    assert_eq!(shop.found("main"), ["version-taken-on-base migrations/00003_notes.sql"]);
    let theirs = "-- +goose Up\ndrop table orders;\n-- +goose Down\ncreate table orders (id int);\n";
    shop.on("main", &[("migrations/00004_no_orders.sql", theirs)]);
    shop.write("migrations/00005_index.sql", "-- +goose Up\ncreate index on orders (id);\n-- +goose Down\nselect 1;\n");
    assert!(shop.found("main").contains(&"conflict-with-base migrations/00005_index.sql".to_owned()));
    shop.write("migrations/00001_users.sql", "-- +goose Up\ncreate table users (id bigint);\n");
    assert!(shop.found("main").contains(&"edited-merged-script migrations/00001_users.sql".to_owned()));
}
