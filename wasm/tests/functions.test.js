// What needs no project: rules and their pages, impact, the version.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import init, { Project, check, formats, impact, listedProjects, rules, version } from "../pkg/node.js";
import pages from "../pkg/pages.js";

test("the version is the package's", () => {
  const manifest = JSON.parse(readFileSync(new URL("../pkg/package.json", import.meta.url), "utf8"));
  assert.equal(version(), manifest.version);
});

test("waiting for the module is allowed everywhere", async () => {
  await init();
  assert.equal(check({}).findings.length, check({}).findings.length);
});

test("every rule has its page", () => {
  const all = rules();
  assert.ok(all.length > 100);
  for (const rule of all) {
    assert.ok(pages[rule.name].startsWith(`# ${rule.name}\n`));
    assert.ok(["error", "warning", "info"].includes(rule.severity));
  }
  assert.ok(all.some((rule) => rule.optional));
  assert.deepEqual(Object.keys(pages), all.map((rule) => rule.name));
});

test("every format is described and can be rendered", () => {
  const project = new Project({ dialect: "postgres" });
  project.setFile("sql/V1__a.sql", "drop table a;");
  const all = formats();
  assert.ok(all.length > 10);
  for (const { name, summary, extension, media_type } of all) {
    assert.ok(project.render(name).length > 0, name);
    assert.match(summary, /^[A-Z]|^reviewdog$/);
    assert.match(extension, /^[a-z]+$/);
    assert.match(media_type, /^(text|application)\/[a-z+]+$/);
  }
  assert.deepEqual(all.find(({ name }) => name === "sarif").extension, "sarif");
});

test("a list of projects is read as the command line reads it", () => {
  const list = '[[projects]]\nfolder = "./services/billing/"\n[[projects]]\nfolder = "."\n[[projects]]\nfolder = "../out"\n';
  assert.deepEqual(listedProjects(list), ["services/billing", ""]);
  assert.deepEqual(listedProjects('dialect = "postgres"\n'), []);
  assert.deepEqual(listedProjects("[[projects"), []);
  assert.throws(() => listedProjects(new Uint8Array([0xff])), { name: "FlightcheckError", message: /not UTF-8/ });
});

test("impact tells locks as they pile up", () => {
  const report = impact({
    scripts: [{ name: "V2.sql", text: "alter table a add column b int; create index i on c (d);" }],
    schema: ["create table a (id int); create table c (d int);"],
    dialect: "postgres",
    serverVersion: "16",
    transaction: "script",
  });
  assert.deepEqual(report.statements.map((statement) => statement.locks), [
    { "public.a": "AccessExclusiveLock" },
    { "public.c": "ShareLock" },
  ]);
  assert.deepEqual(report.statements[1].held, { "public.a": "AccessExclusiveLock", "public.c": "ShareLock" });
  assert.equal(Object.getPrototypeOf(report.statements[0].locks), Object.prototype);
});
