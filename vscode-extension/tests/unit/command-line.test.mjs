// The editor and the command line look at the same files: their reports are the same, byte for byte.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { createHost } from "./stub.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const binary = process.env.FLIGHTCHECK;

/** A repository with a project in it: nothing above it counts. */
function repository(fill) {
  const folder = mkdtempSync(join(tmpdir(), "flightcheck-"));
  mkdirSync(join(folder, ".git"));
  fill((path, content) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }, folder);
  return folder;
}

const example = (name) => (_, folder) => cpSync(here(`../../../examples/${name}`), folder, { recursive: true });
const cases = [
  ["billing, with a history", example("billing"), "history/production.json"],
  ["billing, without", example("billing"), ""],
  ["webshop, with a history as CSV", example("webshop"), "history/staging.csv"],
  ["collision", example("collision"), "history/production.json"],
  ["a flightcheck.toml that names history, environment and locations", (write) => {
    write("flightcheck.toml", 'history = "ops/applied.json"\nenvironment = "prod"\nlocations = ["filesystem:db/scripts"]\n[environments.prod]\nserver-version = "15"\ndialect = "postgres"\n');
    write("ops/applied.json", '[{"installed_rank":1,"version":"1","description":"a","type":"SQL","script":"V1__a.sql","checksum":1,"success":true}]');
    write("db/scripts/V1__a.sql", "create table t (id int);\n");
    write("db/scripts/V2__b.sql", "alter table t add column c int not null;\n");
    write("db/scripts/notes.md", "nothing");
    write("db/scripts/V3__c.pks", "select 1;");
    // The binary names what flightcheck.toml gives with its own folder before it; so it is told the same once more.
  }, "", "ops/applied.json"],
  ["another tool", (write) => {
    write("db/migrations/20240101120000_a.sql", "-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\n");
    write("db/migrations/20240102120000_b.sql", "-- migrate:up\nalter table a drop column id;\n-- migrate:down\n");
  }, ""],
  ["bytes of other character sets, marks and line ends", (write) => {
    write("flyway.conf", "flyway.encoding=ISO-8859-1\nflyway.url=jdbc:postgresql://localhost/x\n");
    write("sql/V1__latin.sql", Buffer.from("create table a (b text default '\xe4');\r\ndrop table x;\r", "latin1"));
    write("sql/V2__marked.sql", Buffer.from("\ufeffdrop table \u{1f680};", "utf8"));
  }, ""],
];

for (const [name, fill, history, told = history] of cases) {
  test(`the same bytes: ${name}`, { skip: binary ? false : "tests/vscode.sh names the binary" }, async () => {
    const folder = repository(fill);
    const settings = { "flightcheck.history": history, "flightcheck.exclude": [] };
    const host = createHost({ folders: [folder], settings });
    try {
      const { projects } = await host.activate(here("../../dist/node.js"));
      await projects.settled();
      const [project] = projects.list();
      const today = new Date().toISOString().slice(0, 10);
      const args = ["check", `--today=${today}`, "--format", "json", ...(told ? ["--history", told] : [])];
      let report;
      try {
        report = execFileSync(binary, args, { cwd: folder, encoding: "utf8", maxBuffer: 1e8, env: {} });
      } catch (error) {
        assert.equal(error.status, 1, error.stderr);
        report = error.stdout;
      }
      assert.equal(await project.render("json"), report);
      // What the editor underlines is what the report says.
      const findings = JSON.parse(report).findings.map(({ file, rule, line }) => `${file} ${rule} ${line ?? 1}`);
      const shown = [...host.diagnostics].flatMap(([path, list]) => list.map(({ code, range }) => `${path.slice(folder.length + 1)} ${code.value} ${range.start.line + 1}`));
      assert.deepEqual(shown.sort(), findings.sort());
    } finally {
      host.end();
      rmSync(folder, { recursive: true });
    }
  });
}
