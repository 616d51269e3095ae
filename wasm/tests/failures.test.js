// What goes wrong is an Error that says what, where, and what to do; a panic leaves a fresh instance behind.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Project, check, impact, provokePanic, reset, rules, version } from "../pkg/node.js";

/** What a call throws. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail("nothing was thrown");
}

for (const [what, call, message] of [
  ["an unknown option", () => check({}, { outOfOrder: true }), /^unknown field `outOfOrder`, expected one of /],
  ["an unknown dialect", () => new Project({ dialect: "db3" }), /^`db3`: there is no such dialect; there are postgres, /],
  ["a version that is none", () => new Project({ serverVersion: "new" }), /^`new`: a version begins with a number/],
  ["an edition that is none", () => new Project({ edition: "x" }), /^unknown variant `x`, expected `oss` or `redgate`$/],
  ["content that is none", () => check({ "a.sql": 1 }), /^the content of `a.sql` is neither a string nor a Uint8Array$/],
  ["files that are none", () => check("a.sql"), /^the files are to be an object/],
  ["a history that is not there", () => check({}, { history: "h.json" }), /^`h.json`: there is no such file$/],
  ["a configuration that is not there", () => check({}, { config: ["c"] }), /^`c`: there is no such file$/],
  ["configuration in two forms", () => check({ "a.toml": "", b: "" }, { config: ["a.toml", "b"] }), /cannot be mixed/],
  ["configuration that is no text", () => check({ "flyway.conf": new Uint8Array([97, 255]) }), /not UTF-8: byte 2 /],
  ["an unknown format", () => new Project().render("pdf"), /^there is no format `pdf`/],
  ["SQL of nobody", () => impact({ scripts: [{ name: "a", text: "x" }] }), /say it with `dialect`$/],
  ["an undo to nowhere", () => new Project().simulate("undo", "x"), /^`x` is no version/],
  ["a command that is none", () => new Project().simulate("clean"), /^unknown variant `clean`, expected one of `migrate`/],
]) {
  test(`${what} is refused`, () => {
    const error = thrown(call);
    assert.ok(error instanceof Error);
    assert.equal(error.name, "FlightcheckError");
    assert.match(error.message, message);
    assert.deepEqual(error.problems, []);
  });
}

test("a broken history is told line by line, and a good one helps", () => {
  const project = new Project();
  project.setFile("sql/V1__a.sql", "select 1;");
  project.setHistory("prod.json", "[\n  7\n]");
  const error = thrown(() => project.report());
  assert.match(error.message, /^the history snapshot cannot be read\nprod.json:2: /);
  const [first] = error.problems;
  assert.deepEqual([first.file, first.line, typeof first.column], ["prod.json", 2, "number"]);
  assert.ok(first.message && first.help);
  project.setHistory("prod.json", null);
  assert.equal(project.report().migrations.length, 1);
});

test("a broken seal has its line", () => {
  const error = thrown(() => check({ "flightcheck.seal": "\nnot a seal\n" }));
  assert.deepEqual(error.problems.map(({ file, line, column }) => [file, line, column]), [["flightcheck.seal", 2, 1]]);
});

test("a command that Flyway would refuse says why", () => {
  const project = new Project();
  project.setFile("sql/V1__a.sql", "select 1;");
  project.setFile("sql/V1__b.sql", "select 2;");
  assert.match(thrown(() => project.simulate("migrate")).message, /^migrate refuses \[\w+\]: /);
});

test("a panic says what and where, and the next call works", () => {
  const old = new Project();
  old.setFile("sql/V1__a.sql", "select 1;");
  const panic = thrown(() => provokePanic("out of cheese"));
  assert.ok(panic instanceof Error);
  assert.equal(panic.name, "FlightcheckPanic");
  assert.match(panic.message, /panicked at wasm\/src\/panic\.rs:\d+:\d+: out of cheese; this is a bug of flightcheck$/);
  // The first call after it may be of any kind: on an object of the old instance, with texts, with objects.
  assert.match(thrown(() => old.setFile("sql/V2__b.sql", "select 2;")).message, /previous Wasm instance/);
  thrown(() => provokePanic("again"));
  assert.equal(rules().length > 100, true);
  thrown(() => provokePanic("and again"));
  assert.equal(check({ "sql/V1__a.sql": "select 1;" }).migrations.length, 1);
  thrown(() => provokePanic("and again"));
  old.free();
  assert.equal(version(), "0.1.0");
});

test("a reset forgets everything", () => {
  const old = new Project();
  reset();
  assert.match(thrown(() => old.report()).message, /previous Wasm instance/);
  assert.equal(new Project().report().migrations.length, 0);
});

test("hostile scripts do not overflow the stack", () => {
  const deep = (open, close) => open.repeat(20_000) + close.repeat(20_000);
  for (const text of [
    `create view v as select ${deep("(", ")")};`,
    `create table t (a int check (${deep("(", ")")}));`,
    `select ${deep("case when a then ", " end")};`,
    deep("/*", "*/"),
    deep("begin\n", "end;\n"),
    deep("do $$ begin ", "end $$;"),
    `create view v as ${"select 1 union ".repeat(20_000)} select 1;`,
    `update t set a = 1 where ${"a = 1 or ".repeat(20_000)} true;`,
    "[".repeat(100_000),
    "\u0000\ufeff'\"`$$".repeat(10_000),
  ]) {
    for (const dialect of ["postgres", "mysql", "sqlserver", "oracle", "sqlite"]) {
      assert.ok(check({ "sql/V1__a.sql": text }, { dialect }).sql, text.slice(0, 30));
    }
  }
});
