// A project that is kept: what changes is looked at again, and the answer is that of a new project.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { Project, check } from "../pkg/node.js";
import { EXAMPLES, filesOf } from "./folder.js";

const rules = (report) => report.findings.map((finding) => finding.rule);

const SHOP = {
  "sql/V1__orders.sql": "create table orders (id bigint primary key, note text);",
  "sql/V2__index.sql": "create index by_note on orders (note);",
};

function projectOf(files, options) {
  const project = new Project(options);
  for (const [path, content] of Object.entries(files)) project.setFile(path, content);
  return project;
}

test("files are set, changed and removed", () => {
  const project = projectOf(SHOP, { dialect: "postgres" });
  assert.ok(rules(project.report()).includes("index-without-concurrently"));
  project.setFile("sql/V2__index.sql", "select 1;");
  assert.ok(!rules(project.report()).includes("index-without-concurrently"));
  project.removeFile("sql/V2__index.sql");
  assert.equal(project.report().migrations.length, 1);
  project.removeFile("sql/V1__orders.sql");
  project.removeFile("sql/V1__orders.sql");
  assert.equal(project.report().migrations.length, 0);
});

test("bytes and text are the same content", () => {
  const text = projectOf(SHOP).render("json");
  const bytes = Object.fromEntries(Object.entries(SHOP).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  assert.equal(projectOf(bytes).render("json"), text);
});

test("findings of one file are those of the report", () => {
  const project = projectOf(SHOP, { dialect: "postgres" });
  const path = "sql/V2__index.sql";
  assert.deepEqual(project.findings(path), project.report().findings.filter((finding) => finding.file === path));
  assert.notEqual(project.findings(path).length, 0);
});

test("the configuration among the files counts, and options win", () => {
  const files = { ...SHOP, "flyway.conf": "flyway.locations=filesystem:sql\nflyway.target=1\n" };
  const project = projectOf(files);
  assert.deepEqual(project.report().plan, ["V1__orders.sql"]);
  project.setOptions({ settings: { target: "latest" } });
  assert.deepEqual(project.report().plan, ["V1__orders.sql", "V2__index.sql"]);
  project.setFile("flightcheck.toml", 'dialect = "mysql"\n');
  assert.equal(project.report().sql.dialect, "mysql");
  project.setOptions({ dialect: "mariadb", serverVersion: "11.4", edition: "redgate", schemaEmpty: false });
  const { sql, edition } = project.report();
  assert.deepEqual([sql.dialect, sql.server_version, edition], ["mariadb", "11.4", "redgate"]);
});

test("what lies above the project is asked for, and counts", () => {
  const project = projectOf(SHOP, { above: ["shop", "services"] });
  const upward = () => project.asked().filter((path) => path.includes(".."));
  assert.deepEqual(upward(), ["../../flightcheck.toml", "../flightcheck.toml"]);
  project.report();
  const list = '[[projects]]\nfolder = "services/shop"\ndialect = "mysql"\nhistory = "ops/shop.json"\nconfig = ["ops/flyway.conf"]\n';
  project.setFile("../../flightcheck.toml", list);
  assert.ok(project.asked().includes("../../ops/flyway.conf"));
  assert.throws(() => project.report(), { name: "FlightcheckError", message: /there is no file `ops\/flyway\.conf`/ });
  project.setFile("../../ops/flyway.conf", "flyway.target=1\n");
  assert.ok(project.asked().includes("../../ops/shop.json"));
  project.setFile("../../ops/shop.json", "[]");
  const { sql, history, configuration, plan } = project.report();
  assert.deepEqual([sql.dialect, history.name, plan], ["mysql", "../../ops/shop.json", ["V1__orders.sql"]]);
  assert.deepEqual(configuration, ["../../flightcheck.toml", "../../ops/flyway.conf"]);
  project.setFile("../flightcheck.toml", 'dialect = "sqlite"\n');
  assert.equal(project.report().sql.dialect, "sqlite");
  project.removeFile("../flightcheck.toml");
  project.setFile("../../flightcheck.toml", 'dialect = "oracle"\n');
  assert.equal(project.report().sql.dialect, "oracle");
});

test("a history is set and taken away", () => {
  const project = projectOf(SHOP);
  const after = project.simulate("migrate");
  project.setHistory("after.json", after);
  assert.deepEqual(project.report().plan, []);
  assert.equal(project.report().history.name, "after.json");
  project.setHistory("after.json", null);
  assert.equal(project.report().history, null);
  project.setFile("flightcheck.history.json", after);
  assert.equal(project.report().history.name, "flightcheck.history.json");
});

test("sizes of tables weigh findings", () => {
  const severity = (rows) => {
    const report = check(SHOP, { statistics: { "public.orders": { rows } }, dialect: "postgres" });
    return report.findings.find((finding) => finding.rule === "index-without-concurrently")?.severity;
  };
  const applied = projectOf(SHOP).simulate("migrate");
  assert.ok(applied.includes("V2__index.sql"));
  assert.notEqual(severity(5), severity(500_000_000));
});

test("any sequence of edits gives what a new project gives", () => {
  const files = filesOf(join(EXAMPLES, "billing"));
  const options = { history: "history/production.json" };
  const project = projectOf(files, options);
  const paths = Object.keys(files);
  let state = 7;
  const random = (below) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
  for (let step = 0; step < 60; step++) {
    const path = paths[random(paths.length)];
    if (path === options.history) continue;
    const before = new TextDecoder().decode(files[path] ?? new Uint8Array());
    switch (random(4)) {
      case 0:
        delete files[path];
        project.removeFile(path);
        break;
      case 1:
        files[path] = new TextEncoder().encode(`${before}\nalter table accounts add column c${step} int;`);
        project.setFile(path, files[path]);
        break;
      case 2:
        files[path] = new TextEncoder().encode(before.slice(0, random(before.length + 1)));
        project.setFile(path, files[path]);
        break;
      default:
        files[path] = new TextEncoder().encode(`-- moved\n${before}`);
        project.setFile(path, files[path]);
    }
    const fresh = projectOf(files, options);
    assert.equal(project.render("json"), fresh.render("json"), `step ${step}: ${path}`);
    fresh.free();
  }
});

test("the schema, what a script changes in it, and its locks are shown", () => {
  const project = projectOf(SHOP, { dialect: "postgres" });
  const { certain, objects } = project.schema();
  assert.equal(certain, true);
  const [orders] = objects.filter(({ kind }) => kind === "table");
  assert.equal(orders.name, "public.orders");
  assert.deepEqual(orders.parts.filter(({ kind }) => kind === "column").map(({ name }) => name), ["id", "note"]);
  assert.deepEqual(orders.parts.find(({ name }) => name === "note").facts, [{ about: "type", text: "text" }]);
  assert.deepEqual(project.schemaChanges("sql/V2__index.sql"), [
    { kind: "index", name: "public.orders", part: "by_note", change: "added", about: null, from: null, to: null },
  ]);
  assert.deepEqual(project.schemaChanges("sql/V3__none.sql"), []);
  assert.match(project.lockPicture("sql/V2__index.sql"), /^<svg role="img".*ShareLock on public\.orders/s);
  assert.equal(project.lockPicture("sql/V3__none.sql"), "");
});

test("what scripts need of each other, where the project begins", () => {
  const files = {
    "flyway.conf": "flyway.schemas=shop\nflyway.locations=filesystem:sql\n",
    "sql/V1__orders.sql": "create table orders (id int primary key);",
    "sql/V2__paid.sql": "alter table orders add column paid int;",
    "sql/V3__index.sql": "create index by_paid on orders (paid);",
    "sql/V4__apart.sql": "create table shop.customers (id int);",
    "sql/V5__broken.sql": "drop table no_such_table;",
  };
  const project = projectOf(files, { dialect: "postgres" });
  const paths = Object.keys(files).filter((path) => path.endsWith(".sql"));
  const told = (paths) => project.dependencies(paths).pairs.map(({ a, b, verdict }) => `${a} ${b} ${verdict}`);
  // V3 needs what V2 makes of it; that it would fail with V1 alone is no news, nor that V5 fails wherever it stands.
  assert.deepEqual(told(paths), [
    "sql/V1__orders.sql sql/V2__paid.sql dependent",
    "sql/V2__paid.sql sql/V3__index.sql dependent",
  ]);
  assert.deepEqual(told(paths.slice(1, 3)), ["sql/V2__paid.sql sql/V3__index.sql dependent"]);
  assert.deepEqual(told([]), []);
  assert.deepEqual(project.dependencies(paths).scripts.map(({ script }) => script), paths);
});
