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
const LIST = `dialect = "postgres"
[rules]
dropped-column = "info"
[[projects]]
folder = "services/billing"
history = "ops/billing.json"
locations = ["filesystem:scripts"]
config = ["ops/flyway.conf"]
[[projects]]
folder = "services/shop"
rules = { dropped-column = "error" }
wrong = 1
`;
/** A repository with two projects in a list. */
const listed = (write) => {
  write("flightcheck.toml", LIST);
  write("ops/billing.json", '[{"installed_rank":1,"version":"1","description":"a","type":"SQL","script":"V1__a.sql","checksum":1,"success":true}]');
  write("ops/flyway.conf", "flyway.outOfOrder=true\n");
  for (const folder of ["services/billing/scripts", "services/shop/sql"]) {
    write(`${folder}/V1__a.sql`, "create table t (id int, note text);\n");
    write(`${folder}/V2__b.sql`, "alter table t drop column note;\n");
  }
};
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
  }, ""],
  ["a history with the usual name", (write) => {
    write("flightcheck.history.json", "[]");
    write("sql/V1__a.sql", "create table t (id int);\n");
  }, ""],
  ["a flightcheck.toml above the project", (write) => {
    write("flightcheck.toml", 'dialect = "mysql"\nhistory = "ops/applied.json"\n[[ignore]]\npath = "services/a/sql/V2*"\nrule = "dropped-column"\nreason = "old"\n');
    write("ops/applied.json", "[]");
    write("services/a/flyway.conf", "flyway.target=2\n");
    write("services/a/sql/V1__a.sql", "create table t (id int, note text);\n");
    write("services/a/sql/V2__b.sql", "alter table t drop column note;\n");
  }, "", "services/a"],
  ["the first project of a list above it", listed, "", "services/billing"],
  ["the second project of a list above it", listed, "", "services/shop"],
  ["a project of a list, with the workspace below the list", listed, "", "services/shop", "services/shop"],
  ["a list that has its own folder, too", (write) => {
    listed(write);
    write("flightcheck.toml", `${LIST}[[projects]]\nfolder = "."\ntarget = "1"\n`);
    write("migrations/V1__a.sql", "create table t (id int);\n");
    write("migrations/V2__b.sql", "create index i on t (id);\n");
  }, "", "."],
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

for (const [name, fill, history, path = ".", workspace = "."] of cases) {
  test(`the same bytes: ${name}`, { skip: binary ? false : "tests/vscode.sh names the binary" }, async () => {
    const repositoryFolder = repository(fill);
    const folder = join(repositoryFolder, path);
    const settings = { "flightcheck.history": history, "flightcheck.exclude": [] };
    const host = createHost({ folders: [join(repositoryFolder, workspace)], settings });
    try {
      const { projects } = await host.activate(here("../../dist/node.js"));
      await projects.settled();
      const project = projects.list().find(({ root }) => root.path === folder);
      const today = new Date().toISOString().slice(0, 10);
      const args = ["check", `--today=${today}`, "--format", "json", ...(history ? ["--history", history] : [])];
      let report;
      try {
        report = execFileSync(binary, args, { cwd: folder, encoding: "utf8", maxBuffer: 1e8, env: {} });
      } catch (error) {
        assert.equal(error.status, 1, error.stderr);
        report = error.stdout;
      }
      const said = JSON.parse(report);
      // In the folder of a list the binary reports every project of it.
      const own = Array.isArray(said) ? said.find(({ configuration }) => configuration[0] === "flightcheck.toml") : said;
      if (own === said) assert.equal(await project.render("json"), report);
      else assert.deepEqual(JSON.parse(await project.render("json")), own);
      // What the editor underlines is what the report says.
      const findings = own.findings.map(({ file, rule, line }) => `${join(folder, file)} ${rule} ${line ?? 1}`);
      const others = projects.list().map(({ root }) => `${root.path}/`).filter((other) => !`${folder}/`.startsWith(other));
      const shown = [...host.diagnostics].filter(([path]) => !others.some((other) => path.startsWith(other)));
      const underlined = shown.flatMap(([path, list]) => list.map(({ code, range }) => `${path} ${code.value} ${range.start.line + 1}`));
      assert.deepEqual(underlined.sort(), findings.sort());
    } finally {
      host.end();
      rmSync(repositoryFolder, { recursive: true });
    }
  });
}
