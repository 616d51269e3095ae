// The engine with the module that ships: positions, traps, and what is sent again.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

const { wasm, Engine, Client, EngineLost, answering, positionsOf, textOf } = createRequire(import.meta.url)("../../dist/tests/parts.js");
wasm.initSync({ module: readFileSync(new URL("../../dist/flightcheck.wasm", import.meta.url)) });

const script = "create table t (id int primary key, note text);\n";
const filled = (module, files, options = { dialect: "postgres" }) => {
  const engine = new Engine(module);
  engine.open("p", options);
  for (const [path, content] of Object.entries(files)) engine.set("p", path, content);
  return engine;
};

/** The module, which traps on scripts that hold this word. */
const TRAP = "RUN INTO A TRAP";
function trapping() {
  let traps = 0;
  class Project extends wasm.Project {
    files = new Map();
    setFile(path, content) {
      this.files.set(path, textOf(content));
      super.setFile(path, content);
    }
    report() {
      if ([...this.files.values()].some((text) => text.includes(TRAP))) {
        traps += 1;
        throw new WebAssembly.RuntimeError("unreachable");
      }
      return super.report();
    }
  }
  return { module: { ...wasm, Project }, traps: () => traps };
}

test("byte offsets become lines and UTF-16 columns", () => {
  const text = "-- é😀\r\nselect 1;\rselect '😀', 2;\n";
  const bytes = new TextEncoder().encode(text);
  const offsets = [0, bytes.indexOf(0x73), bytes.lastIndexOf(0x73), bytes.length - 3, bytes.length, bytes.length + 9];
  const at = positionsOf(text, offsets).map(({ line, character }) => [line, character]);
  assert.deepEqual(at, [[0, 0], [1, 0], [2, 0], [2, 13], [3, 0], [3, 0]]);
});

test("statements stand where the engine says, whatever the file is saved as", () => {
  const text = "-- äé😀\nselect 1; alter table t alter column note type varchar(9);\n\tcreate index i on t (note);\n";
  const utf16 = new Uint8Array(new Uint16Array([0xfeff, ...[...text].flatMap((char) => char.split("").map((unit) => unit.charCodeAt(0)))]).buffer);
  const utf8 = new TextEncoder().encode(text);
  for (const [content, encoding] of [[text, "UTF-8"], [utf8, "UTF-8"], [new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]), "UTF-8"], [utf16, "UTF-16"]]) {
    const files = encoding === "UTF-8" ? { "sql/V1__a.sql": script } : {};
    const engine = filled(wasm, { ...files, "sql/V2__b.sql": content }, { dialect: "postgres", settings: { encoding } });
    engine.check("p");
    const { impact, ranges } = engine.script("p", "sql/V2__b.sql");
    const lines = text.split("\n");
    const found = ranges.map(({ start, end }) => lines[start.line].slice(start.character, end.character));
    assert.deepEqual(found, ["select 1", "alter table t alter column note type varchar(9)", "create index i on t (note)"]);
    assert.deepEqual(impact.statements.map(({ line }) => line - 1), ranges.map(({ start }) => start.line));
  }
});

test("a byte order mark is no column of the editor's", () => {
  const marked = new TextEncoder().encode("\ufeffdrop table t;\ndrop table u;");
  const engine = filled(wasm, { "sql/V1__a.sql": script, "sql/V2__b.sql": marked });
  const found = engine.check("p").findings["sql/V2__b.sql"].filter(({ rule }) => rule === "dropped-table");
  assert.deepEqual(found.map(({ line, column, end_column }) => [line, column, end_column]), [[1, 12, 13], [2, 12, 13]]);
});

test("places of a broken history are the editor's too", () => {
  const broken = (text, name = "flightcheck.history.json") => {
    const engine = filled(wasm, { "sql/V1__a.sql": script, [name]: new TextEncoder().encode(text) });
    try {
      engine.check("p");
    } catch ({ problems: [{ file, line, column }] }) {
      return [file, line, column];
    }
    return null;
  };
  assert.deepEqual(broken("\ufeff[ 7 ]"), broken("[ 7 ]"));
  assert.deepEqual(broken("\ufeff[\n 7 ]"), broken("[\n 7 ]"));
  assert.notEqual(broken("7 8", "flightcheck.seal"), null);
  assert.deepEqual(broken("\ufeff7 8", "flightcheck.seal"), broken("7 8", "flightcheck.seal"));
});

test("only what changed is sent again", () => {
  const engine = filled(wasm, { "sql/V1__a.sql": script, "sql/V2__b.sql": "alter table t drop column note;" });
  assert.deepEqual(Object.keys(engine.check("p").findings), ["sql/V2__b.sql"]);
  assert.deepEqual(engine.check("p").findings, {});
  engine.set("p", "sql/V2__b.sql", "select 1;");
  assert.deepEqual(engine.check("p").findings, { "sql/V2__b.sql": [] });
  engine.remove("p", "sql/V2__b.sql");
  assert.deepEqual(engine.check("p").runs, ["sql/V1__a.sql"]);
});

test("a script on which the module fails is named and left out until it changes", () => {
  const { module, traps } = trapping();
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`sql/V${at + 1}__a.sql`, `select ${at};`]));
  const engine = filled(module, { ...files, "sql/V7__a.sql": `-- ${TRAP}`, "sql/V15__a.sql": `/* ${TRAP} */` });
  const { lost, runs } = engine.check("p");
  assert.deepEqual(Object.keys(lost).sort(), ["sql/V15__a.sql", "sql/V7__a.sql"]);
  assert.match(lost["sql/V7__a.sql"], /unreachable/);
  assert.equal(runs.length, 18);
  assert.ok(traps() < 20, `${traps()} traps`);
  engine.set("p", "sql/V7__a.sql", "select 7;");
  engine.set("p", "sql/V15__a.sql", "select 15;");
  const after = engine.check("p");
  assert.deepEqual([Object.keys(after.lost).length, after.runs.length], [0, 20]);
});

test("a trap in one project leaves the others what they are", () => {
  const { module } = trapping();
  const engine = filled(module, { "sql/V1__a.sql": script });
  engine.open("q", {});
  engine.set("q", "sql/V1__b.sql", TRAP);
  engine.check("p");
  assert.deepEqual(Object.keys(engine.check("q").lost), ["sql/V1__b.sql"]);
  engine.set("p", "sql/V2__c.sql", "select 1;");
  assert.equal(engine.check("p").runs.length, 2);
  assert.match(engine.render("p", "json"), /V2__c/);
});

test("a trap while a report is written is an error, and the next one is written", () => {
  let traps = 1;
  class Project extends wasm.Project {
    render(format) {
      if (traps-- > 0) throw new WebAssembly.RuntimeError("unreachable");
      return super.render(format);
    }
  }
  const engine = filled({ ...wasm, Project }, { "sql/V1__a.sql": script });
  assert.throws(() => engine.render("p", "json"), /bug of flightcheck/);
  assert.match(engine.render("p", "json"), /V1__a/);
});

test("a panic of the real module is survived", () => {
  const engine = filled(wasm, { "sql/V1__a.sql": script });
  engine.check("p");
  assert.throws(() => wasm.provokePanic("out of cheese"), /out of cheese/);
  engine.set("p", "sql/V2__b.sql", "select 1;");
  assert.equal(engine.check("p").runs.length, 2);
});

test("what the input is to blame for is said, and is no trap", () => {
  const engine = filled(wasm, { "sql/V1__a.sql": script, "flightcheck.history.json": "[\n 7\n]" });
  assert.throws(() => engine.check("p"), { name: "FlightcheckError" });
  engine.set("p", "flightcheck.history.json", "[]");
  assert.equal(engine.check("p").runs.length, 1);
});

/** Lets what is already settled happen. */
const soon = () => new Promise((done) => setImmediate(done));

/** A line on which the test speaks for the thread. */
function line() {
  const channels = [];
  const connect = async () => {
    const channel = { posted: [], post: (message) => channel.posted.push(message), onAnswer: (listener) => (channel.answer = listener), onEnd: (listener) => (channel.end = listener), close() {} };
    channels.push(channel);
    return channel;
  };
  return { channels, connect };
}

test("calls end when the thread does, and a new one is asked next", async () => {
  const { channels, connect } = line();
  const told = [];
  const client = new Client(connect, (why) => told.push(why));
  const call = client.engine.check("p");
  await soon();
  channels[0].end("out of memory");
  await assert.rejects(call, EngineLost);
  assert.deepEqual(told, ["out of memory"]);
  const next = client.engine.rules();
  await soon();
  channels[1].answer({ id: channels[1].posted[0].id, value: [] });
  assert.deepEqual(await next, []);
  client.close();
  await assert.rejects(client.engine.rules(), EngineLost);
});

test("an error crosses the line with its name and places", async () => {
  const { channels, connect } = line();
  const client = new Client(connect, () => {});
  const receive = answering(() => filled(wasm, { "flightcheck.history.json": "[7]" }), (answer) => channels[0].answer(structuredClone(answer)));
  receive({ module: new Uint8Array() });
  const call = client.engine.check("p");
  await soon();
  receive(channels[0].posted[0]);
  const error = await call.catch((error) => error);
  assert.equal(error.isOfInput, true);
  const [{ file, line: at }] = error.problems;
  assert.deepEqual([file, at], ["flightcheck.history.json", 1]);
});
