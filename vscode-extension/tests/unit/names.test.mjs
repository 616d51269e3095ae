// Folders, versions and names; and lists that stand here and in the core, compared.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

const { USUAL_FOLDERS, byVersion, nextVersion, pathOf, rootsOf, styleOf } = createRequire(import.meta.url)("../../dist/tests/parts.js");
const core = (path) => readFileSync(new URL(`../../../core/src/${path}`, import.meta.url), "utf8");
const roots = (...files) => rootsOf(files).map(({ path, isConfigured, files }) => [path, isConfigured, files.length]);

test("the usual folders are the core's", () => {
  const list = /DEFAULT_FOLDERS: [^=]*= \[([^\]]*)\]/.exec(core("settings/location.rs"))[1];
  const folders = [...list.matchAll(/"([^"]+)"/g)].map(([, folder]) => folder);
  assert.deepEqual([...USUAL_FOLDERS].sort(), folders.sort());
});

test("the severities and rules' switches in package.json are those of settings.ts", () => {
  const { contributes } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const settings = readFileSync(new URL("../../src/workspace/settings.ts", import.meta.url), "utf8");
  const typed = [.../interface Settings \{([^}]*)\}/.exec(settings)[1].matchAll(/^ {2}(\w+):/gm)].map(([, name]) => `flightcheck.${name}`);
  assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), typed.sort());
  for (const [name, { markdownDescription, enum: values, enumDescriptions }] of Object.entries(contributes.configuration.properties)) {
    assert.ok(markdownDescription, name);
    assert.equal(values?.length, enumDescriptions?.length, name);
  }
  const registered = readFileSync(new URL("../../src/commands/commands.ts", import.meta.url), "utf8");
  for (const { command } of contributes.commands) assert.ok(registered.includes(` ${command.replace("flightcheck.", "")}:`), command);
});

test("projects are found by configuration, by usual folders, and by what is left", () => {
  assert.deepEqual(roots("flyway.conf", "sql/V1__a.sql"), [["", true, 2]]);
  assert.deepEqual(roots("a/flyway.toml", "a/x/V1__a.sql", "b/conf/flyway.conf", "b/y/V1__b.sql"), [["a", true, 2], ["b", true, 2]]);
  assert.deepEqual(roots("a/src/main/resources/db/migration/V1__a.sql", "b/db/migration/V1__b.sql"), [["a", false, 1], ["b", false, 1]]);
  assert.deepEqual(roots("migrations/1_a.sql", "README.md"), [["", false, 2]]);
  assert.deepEqual(roots("supabase/migrations/2024_a.sql", "x.sql"), [["", false, 2]]);
  assert.deepEqual(roots("a/flyway.toml", "a/db/migration/V1__a.sql", "other/1_b.sql"), [["", false, 1], ["a", true, 2]]);
  assert.deepEqual(roots("README.md", "src/main.ts"), []);
});

test("a list of projects takes the place of its own folder and of what lies beside them", () => {
  const files = ["flightcheck.toml", "a/x.sql", "b/db/migration/V1__b.sql", "c/flyway.conf", "d.sql"];
  const listed = (...folders) => rootsOf(files, new Map([["", folders]])).map(({ path, files }) => [path, files.length]);
  assert.deepEqual(listed("a"), [["a", 1], ["c", 1]]);
  assert.deepEqual(listed("", "a"), [["", 5], ["a", 1], ["c", 1]]);
  assert.deepEqual(listed(), [["", 5], ["c", 1]]);
  const nested = rootsOf(["x/flightcheck.toml", "x/a/1_a.sql", "y.sql"], new Map([["x", ["a", "gone"]]]));
  assert.deepEqual(nested.map(({ path, isConfigured, files }) => [path, isConfigured, files]), [["", false, ["y.sql"]], ["x/a", true, ["1_a.sql"]], ["x/gone", true, []]]);
});

test("versions are ordered number by number", () => {
  const sorted = ["10", null, "1.10", "2", "1.9", "20240101120000", "001"].sort(byVersion);
  assert.deepEqual(sorted, ["001", "1.9", "1.10", "2", "10", "20240101120000", null]);
});

test("the next version goes on in the style of the one before", () => {
  const now = new Date("2027-03-04T05:06:07Z");
  const next = (version) => nextVersion(version, now);
  assert.deepEqual(["7", "007", "099", "1.9", "1_2", "2.0.3"].map(next), ["8", "008", "100", "1.10", "1_3", "2.0.4"]);
  assert.deepEqual(["20240101", "202401011200", "20240101120000", "20991231235959"].map(next), ["20270304", "202703040506", "20270304050607", "20991231235960"]);
});

test("names are taken apart and put together", () => {
  for (const [path, want] of [
    ["db/migration/V1.2__add_orders.sql", "db/migration/V1.3__new_one.sql"],
    ["sql/V007__a.sql", "sql/V008__new_one.sql"],
    ["db/20240101120000_a.up.sql", "db/20270304050607_new_one.up.sql"],
    ["migrations/0001_a.sql", "migrations/0002_new_one.sql"],
    ["migrations/20240101120000_a/up.sql", "migrations/20270304050607_new_one/up.sql"],
  ]) {
    const style = styleOf(path);
    assert.equal(pathOf(style, nextVersion(style.version, new Date("2027-03-04T05:06:07Z")), " new: one! "), want);
  }
  assert.equal(styleOf("db/R__view.sql"), null);
});
