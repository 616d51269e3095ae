// The bundle on a stub of the editor, with the module that ships: what follows from what.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Position, Range, CodeActionKind, Uri } from "./stub-types.mjs";
import { applied, withProject, write } from "./project.mjs";

const { wasm } = createRequire(import.meta.url)("../../dist/tests/parts.js");
wasm.initSync({ module: readFileSync(new URL("../../dist/flightcheck.wasm", import.meta.url)) });

const CONFIGURATION = 'dialect = "postgres"\nserver-version = "15"\n';
const TABLE = "create table orders (id bigint primary key, note text, total int);\n";
const FILES = { "flightcheck.toml": CONFIGURATION, "sql/V1__orders.sql": TABLE };
const actionsAt = (host, document, range, only) => host.providers.CodeActions.provideCodeActions(document, range, { diagnostics: [], only });
const whole = new Range(0, 0, 999, 0);

test("findings follow the text as it is typed, those of other scripts too", async () => {
  await withProject({ ...FILES, "sql/V2__drop.sql": "alter table orders drop column note;\n" }, {}, async ({ host, folder, found, settled }) => {
    assert.deepEqual(found("sql/V2__drop.sql").includes("dropped-column"), true);
    const first = host.open(join(folder, "sql/V1__orders.sql"), TABLE);
    host.type(first, "create table orders (id bigint primary key);\n");
    await settled();
    assert.ok(found("sql/V2__drop.sql").includes("failing-statement"), found("sql/V2__drop.sql").join());
    // Closed without saving, the file on the disk counts again.
    host.documents.length = 0;
    host.events.close.fire(first);
    await settled();
    assert.ok(!found("sql/V2__drop.sql").includes("failing-statement"));
  });
});

test("an applied script has no risks, and editing it breaks its checksum", async () => {
  const scripts = { "sql/V1__orders.sql": TABLE, "sql/V2__drop.sql": "alter table orders drop column note;\n" };
  const files = { "flightcheck.toml": CONFIGURATION, ...scripts };
  await withProject({ ...files, "flightcheck.history.json": applied(scripts) }, {}, async ({ host, folder, found, settled }) => {
    assert.deepEqual(found("sql/V2__drop.sql"), []);
    const document = host.open(join(folder, "sql/V2__drop.sql"), scripts["sql/V2__drop.sql"]);
    host.type(document, "alter table orders drop column total;\n");
    await settled();
    assert.deepEqual(found("sql/V2__drop.sql"), ["checksum-mismatch"]);
    const titles = (await actionsAt(host, document, whole)).map(({ title }) => title);
    assert.ok(titles.some((title) => title === "Ignore checksum-mismatch in flightcheck.toml"), titles.join());
    assert.ok(!titles.some((title) => /for this statement|in this file/.test(title)), titles.join());
    const lenses = await host.providers.CodeLens.provideCodeLenses(document);
    assert.ok(lenses.some(({ command }) => /Success: it was applied/.test(command.title)));
  });
});

test("fixes come before ignores, the preferred one first, and each ignore does what it says", async () => {
  const text = "select 1; create index by_note on orders (note);\n  create index by_total on orders (total);\n";
  await withProject({ ...FILES, "sql/V2__index.sql": text }, {}, async ({ host, folder, found, settled }) => {
    const path = join(folder, "sql/V2__index.sql");
    const document = host.open(path, text);
    const actions = await actionsAt(host, document, whole);
    assert.ok(actions[0].isPreferred && !actions.slice(1).some(({ isPreferred }) => isPreferred));
    const titles = actions.map(({ title }) => title);
    const firstIgnore = titles.findIndex((title) => title.startsWith("Ignore"));
    assert.ok(firstIgnore > 0 && titles.slice(firstIgnore).every((title) => title.startsWith("Ignore")), titles.join("\n"));
    for (const line of [0, 1]) {
      const range = new Range(line, 12, line, 12);
      const here = await actionsAt(host, document, range);
      const ignore = here.find(({ title }) => title === "Ignore index-without-concurrently for this statement");
      const before = found("sql/V2__index.sql").filter((rule) => rule === "index-without-concurrently").length;
      host.type(document, inserted(text, ignore.edit.edits[0]));
      await settled();
      const after = found("sql/V2__index.sql");
      assert.equal(after.filter((rule) => rule === "index-without-concurrently").length, before - 1, document.getText());
      assert.ok(!after.includes("unused-ignore"), document.getText());
      host.type(document, text);
      await settled();
    }
  });
});

test("an ignore goes into the flightcheck.toml in force, and one above follows files that come and go", async () => {
  const files = { "services/a/flyway.conf": "", "services/a/sql/V1__orders.sql": TABLE, "services/a/sql/V2__drop.sql": "alter table orders drop column note;\n" };
  await withProject(files, {}, async ({ host, folder, found, settled }) => {
    const above = Uri.file(join(folder, "flightcheck.toml"));
    const script = "services/a/sql/V2__drop.sql";
    write(folder, { "flightcheck.toml": '[rules]\ndropped-column = "off"\n' });
    host.watchers[0].created.fire(above);
    await settled();
    assert.ok(!found(script).includes("dropped-column"), found(script).join());
    write(folder, { "flightcheck.toml": CONFIGURATION });
    host.watchers[0].changed.fire(above);
    await settled();
    assert.ok(found(script).includes("dropped-column"), found(script).join());
    const document = host.open(join(folder, script), files[script]);
    const [ignore] = (await actionsAt(host, document, whole)).filter(({ title }) => title === "Ignore dropped-column in flightcheck.toml");
    const [{ uri, text }] = ignore.edit.edits;
    assert.equal(uri.path, above.path);
    assert.match(text, /path = "services\/a\/sql\/V2__drop\.sql"/);
    host.type(await host.vscode.workspace.openTextDocument(above), CONFIGURATION + text);
    await settled();
    assert.ok(!found(script).includes("dropped-column"), found(script).join());
    host.documents.length = 0;
    rmSync(above.path);
    host.watchers[0].deleted.fire(above);
    await settled();
    assert.deepEqual([found(script).includes("dropped-column"), found("flightcheck.toml")], [true, []]);
  });
});

/** A text with an insertion. */
function inserted(text, { range: { start }, text: added }) {
  const lines = text.split("\n");
  lines[start.line] = lines[start.line].slice(0, start.character) + added + lines[start.line].slice(start.character);
  return lines.join("\n");
}

test("source.fixAll takes safe fixes of this file alone", async () => {
  await withProject({ ...FILES, "sql/V2__index.sql": "create index i on orders (note);\nalter table orders add c int;\n" }, {}, async ({ host, api, folder }) => {
    const document = host.open(join(folder, "sql/V2__index.sql"), "");
    const [project] = api.projects.list();
    const fixes = project.findings.get("sql/V2__index.sql").flatMap(({ fixes }) => fixes);
    assert.ok(fixes.some(({ safety }) => safety === "review"));
    const all = await actionsAt(host, document, whole, CodeActionKind.SourceFixAll.append("flightcheck"));
    const safe = fixes.filter(({ safety, edits }) => safety === "safe" && edits.every(({ kind }) => kind === "replace"));
    assert.equal(all.length, safe.length > 0 ? 1 : 0);
    const made = { title: "x", safety: "safe", edits: [{ kind: "replace", file: "sql/V2__index.sql", line: 1, column: 1, end_line: 1, end_column: 7, span: null, text: "CREATE" }] };
    project.findings.set("sql/V2__index.sql", project.findings.get("sql/V2__index.sql").map((finding) => ({ ...finding, fixes: [made, ...finding.fixes] })));
    const [action] = await actionsAt(host, document, whole, CodeActionKind.SourceFixAll.append("flightcheck"));
    assert.deepEqual(action.edit.edits.map(({ text }) => text), ["CREATE"]);
  });
});

test("locks, states and hovers each have a switch", async () => {
  const text = "create index by_note on orders (note);\n";
  await withProject({ ...FILES, "sql/V2__index.sql": text }, {}, async ({ host, folder }) => {
    const document = host.open(join(folder, "sql/V2__index.sql"), text);
    const lenses = async () => (await host.providers.CodeLens.provideCodeLenses(document)).map(({ command }) => command.title);
    const hover = () => host.providers.Hover.provideHover(document, new Position(0, 9));
    const [back, state, lock] = await lenses();
    assert.match(state, /Pending: it is not applied yet · number 2 of 2 in the next run/);
    assert.equal(back, "$(discard) no undo · write one");
    assert.match(lock, /ShareLock on public\.orders: writes wait/);
    assert.match((await hover()).contents.value, /takes ShareLock on public\\\.orders/);
    host.settings["flightcheck.locks"] = "inlayHint";
    assert.equal((await lenses()).length, 2);
    host.settings["flightcheck.rollback"] = false;
    assert.deepEqual((await lenses()).map((title) => /Pending/.test(title)), [true]);
    const [hint] = await host.providers.InlayHints.provideInlayHints(document, whole);
    assert.match(hint.label, /^ShareLock on public\.orders: writes wait/);
    Object.assign(host.settings, { "flightcheck.locks": "off", "flightcheck.state": false, "flightcheck.hover": false });
    assert.deepEqual([await lenses(), await hover(), await host.providers.InlayHints.provideInlayHints(document, whole)], [[], null, []]);
  });
});

test("each workspace folder is looked at by itself", async () => {
  const [one, two] = [{ "sql/V1__a.sql": TABLE }, { "a/flyway.conf": "", "a/sql/V1__a.sql": TABLE, "b/db/migration/V1__b.sql": TABLE }];
  await withProject([one, two], {}, async ({ api, host }) => {
    const found = api.projects.list().map(({ name, runs }) => [name.replace(/^flightcheck-.*/, "*"), runs.length]);
    assert.deepEqual(found.sort(), [["*", 1], ["a", 1], ["b/db/migration".slice(0, 1), 1]].sort());
    assert.equal(host.tree.getChildren().length, 3);
  });
});

test("what is broken, binary or huge is said, and nothing else suffers", async () => {
  const huge = `-- ${"x".repeat(1_100_000)}\n`;
  const binary = new Uint8Array(3000).map((_, at) => (at * 7) % 256);
  const files = { ...FILES, "sql/V2__binary.sql": binary, "sql/V3__huge.sql": huge, "sql/V4__broken.sql": "create create ' $$ (((\n", "sql/V5__drop.sql": "alter table orders drop column note;\n" };
  await withProject(files, { "flightcheck.largestFile": 1 }, async ({ found }) => {
    assert.deepEqual(found("sql/V2__binary.sql"), ["refused-script"]);
    assert.match(found("sql/V3__huge.sql").join(), /did not read this file: it is larger \(2 MB\)/);
    assert.ok(found("sql/V5__drop.sql").includes("dropped-column"));
  });
});

test("a configuration that is being typed is said to be wrong, line by line, and heals", async () => {
  await withProject({ ...FILES, "sql/V2__drop.sql": "alter table orders drop column note;\n" }, {}, async ({ host, api, folder, found, settled }) => {
    const document = host.open(join(folder, "flightcheck.toml"), CONFIGURATION);
    for (let length = 0; length <= CONFIGURATION.length; length++) {
      host.type(document, CONFIGURATION.slice(0, length));
      await settled();
      assert.equal(api.projects.list()[0].trouble, null);
    }
    assert.deepEqual(found("flightcheck.toml"), []);
    host.type(document, 'dialect = "postgres\n');
    await settled();
    assert.deepEqual(found("flightcheck.toml"), ["wrong-setting"]);
    host.type(document, 'history = "nowhere.json"\n');
    await settled();
    assert.match(host.status.text, /cannot check/);
    assert.match(host.status.tooltip, /nowhere\.json/);
    write(folder, { "flightcheck.history.json": "[\n 7\n]" });
    host.type(document, CONFIGURATION);
    host.watchers[0].created.fire(Uri.file(join(folder, "flightcheck.history.json")));
    await settled();
    assert.ok(found("flightcheck.history.json").length > 0);
    rmSync(join(folder, "flightcheck.history.json"));
    host.watchers[0].deleted.fire(Uri.file(join(folder, "flightcheck.history.json")));
    await settled();
    assert.deepEqual([found("flightcheck.history.json"), api.projects.list()[0].trouble], [[], null]);
  });
});

test("a folder that disappears takes its findings with it, and may come back", async () => {
  const scripts = { "sql/V2__drop.sql": "alter table orders drop column note;\n" };
  await withProject({ ...FILES, ...scripts }, {}, async ({ host, api, folder, found, settled }) => {
    rmSync(folder, { recursive: true });
    host.watchers[0].deleted.fire(Uri.file(join(folder, "sql")));
    await settled();
    assert.deepEqual([host.diagnostics.size, api.projects.list().length], [0, 0]);
    assert.equal(host.status.isShown, false);
    write(folder, { ...FILES, ...scripts });
    host.watchers[0].created.fire(Uri.file(join(folder, "sql")));
    await settled();
    assert.ok(found("sql/V2__drop.sql").includes("dropped-column"));
  });
});

test("the engine's end is said with the file, and survived", async () => {
  await withProject({ ...FILES, "sql/V2__drop.sql": "alter table orders drop column note;\n" }, {}, async ({ host, api, found, settled }) => {
    for (let times = 1; times <= 3; times++) {
      api.projects.lost("out of memory");
      await settled();
    }
    assert.match(host.messages.at(-1)[1], /engine ended \(out of memory\); it was started anew/);
    assert.ok(found("sql/V2__drop.sql").includes("dropped-column"));
    api.projects.lost("out of memory");
    assert.match(host.messages.at(-1)[1], /it stays off until/);
    await host.run("checkAll");
    assert.match(host.messages.at(-1)[1], /findings in 1 projects/);
  });
});

test("with another history, what no longer holds is gone", async () => {
  const scripts = { "sql/V1__orders.sql": TABLE, "sql/V2__drop.sql": "alter table orders drop column note;\n" };
  await withProject({ "flightcheck.toml": CONFIGURATION, ...scripts, "ops/history.json": applied(scripts) }, {}, async ({ host, folder, found }) => {
    const uri = Uri.file(join(folder, "sql/V2__drop.sql"));
    assert.ok(found("sql/V2__drop.sql").includes("dropped-column"));
    await host.run("pickHistory", uri, "ops/history.json");
    assert.deepEqual(found("sql/V2__drop.sql"), []);
    await host.run("pickHistory", uri, "");
    assert.ok(found("sql/V2__drop.sql").includes("dropped-column"));
  });
});

test("commands make what they say", async () => {
  const files = { ...FILES, "sql/V2__index.sql": "create index i on orders (note);\n", "ops/history-prod.json": applied({ "sql/V1__orders.sql": TABLE }) };
  await withProject(files, {}, async ({ host, api, folder, settled }) => {
    const uri = (path) => Uri.file(join(folder, path));
    host.open(join(folder, "sql/V2__index.sql"), files["sql/V2__index.sql"]);
    await host.run("newMigration", uri("sql/V2__index.sql"), "add a customer");
    assert.equal(readFileSync(join(folder, "sql/V3__add_a_customer.sql"), "utf8"), "-- add a customer\n");
    await host.run("newUndo", uri("sql/V2__index.sql"));
    host.watchers[0].created.fire(uri("sql/U2__index.sql"));
    await settled();
    const node = host.tree.getChildren().find(({ path }) => path === "sql/V2__index.sql");
    assert.deepEqual(host.tree.getChildren(node).map((node) => host.tree.getTreeItem(node).label), ["U2__index.sql"]);
    await host.run("compareWithUndo", node);
    assert.equal(host.opened.at(-1)[0], "vscode.diff");
    await host.run("pickHistory", uri("sql/V2__index.sql"), "ops/history-prod.json");
    assert.equal(api.projects.list()[0].summary.history.name, "ops/history-prod.json");
    await host.run("pickHistory", uri("sql/V2__index.sql"), "");
    assert.equal(api.projects.list()[0].summary.history, null);
    await host.run("exportReport", uri("sql/V2__index.sql"), "junit", uri("report.xml"));
    assert.match(readFileSync(join(folder, "report.xml"), "utf8"), /<testsuites/);
    assert.ok(existsSync(join(folder, "report.xml")));
  });
});

test("a new undo is the draft that the proof accepts, and is opened once it is there", async () => {
  const files = { ...FILES, "sql/V2__index.sql": "create index i on orders (note);\n" };
  await withProject(files, {}, async ({ host, folder, settled }) => {
    const [script, undo] = ["V2__index.sql", "U2__index.sql"].map((name) => Uri.file(join(folder, "sql", name)));
    const lensOn = async (uri) => {
      const found = await host.providers.CodeLens.provideCodeLenses({ uri });
      return found.map(({ command }) => command).find(({ title }) => /undo|irreversible/.test(title) && !/takes back/.test(title));
    };
    const { title, command, arguments: given } = await lensOn(script);
    assert.equal(title, "$(discard) no undo · write one");
    await host.commands.get(command)(...given);
    assert.match(readFileSync(undo.path, "utf8"), /^-- Takes back V2__index\.sql\n[^]*^DROP INDEX IF EXISTS i;$/m);
    host.watchers[0].created.fire(undo);
    await settled();
    const proved = await lensOn(script);
    assert.equal(proved.title, "$(verified) undo proved");
    await host.commands.get(proved.command)(...proved.arguments);
    assert.equal(host.opened.at(-1), undo.path);
    const onUndo = await lensOn(undo);
    assert.equal(onUndo.title, "$(verified) undo proved");
    await host.commands.get(onUndo.command)(...onUndo.arguments);
    assert.deepEqual(host.opened.at(-1).slice(0, 3).map((one) => one.path ?? one), ["vscode.diff", script.path, undo.path]);
    host.type(host.open(undo.path, ""), "drop table orders;\n");
    await settled();
    const unproved = await lensOn(script);
    assert.equal(unproved.title, "$(unverified) undo unproved");
    assert.match(unproved.tooltip, /orders/);
    const [node] = host.tree.getChildren().filter(({ path }) => path === "sql/V2__index.sql");
    assert.match(host.tree.getTreeItem(node).tooltip, /Pending: it is not applied yet\nundo unproved\n/);
    assert.equal(host.tree.getTreeItem(host.tree.getChildren(node)[0]).description, "undo unproved");
  });
});

test("what cannot be undone is said, with what is lost and the reason that is written", async () => {
  const files = { ...FILES, "sql/V2__drop.sql": "alter table orders drop column note;\n", "sql/V3__noop.sql": "select 1;\n" };
  await withProject(files, {}, async ({ host, folder, settled }) => {
    const lenses = async (name) => (await host.providers.CodeLens.provideCodeLenses({ uri: Uri.file(join(folder, "sql", name)) })).map(({ command }) => command);
    const [lost] = await lenses("V2__drop.sql");
    assert.equal(lost.title, "$(warning) irreversible · write one");
    assert.match(lost.tooltip, /note/);
    assert.equal((await lenses("V3__noop.sql")).length, 1);
    host.type(host.open(join(folder, "sql/V2__drop.sql"), ""), "-- irreversible: the notes were empty\nalter table orders drop column note;\n");
    await settled();
    const [given] = await lenses("V2__drop.sql");
    assert.equal(given.title, "$(warning) irreversible, and the script says why · write one");
    assert.match(given.tooltip, /^“irreversible: the notes were empty”\n/);
  });
});

test("a new undo goes where the tool looks for it, and says why where nothing can be drafted", async () => {
  const up = "-- +goose Up\ncreate table a (id int);\n";
  await withProject({ "migrations/001_a.sql": up, "flightcheck.toml": 'dialect = "postgres"\n' }, {}, async ({ host, folder, settled }) => {
    const uri = Uri.file(join(folder, "migrations/001_a.sql"));
    const document = host.open(uri.path, up);
    await host.run("newUndo", uri);
    assert.match(document.getText(), /^-- \+goose Up\ncreate table a \(id int\);\n\n-- \+goose Down\n[^]*DROP TABLE IF EXISTS a/);
    await settled();
    await host.run("newUndo", uri);
    assert.equal(document.getText().match(/goose Down/g).length, 1);
  });
  const pair = { "migrations/000001_a.up.sql": "create table a (id int);\n", "migrations/000001_a.down.sql": "" };
  await withProject({ ...pair, "flightcheck.toml": 'dialect = "postgres"\n' }, {}, async ({ host, folder, settled }) => {
    const uri = Uri.file(join(folder, "migrations/000001_a.up.sql"));
    const undo = host.open(join(folder, "migrations/000001_a.down.sql"), "");
    const lens = async () => (await host.providers.CodeLens.provideCodeLenses({ uri }))[0].command.title;
    assert.equal(await lens(), "$(discard) no undo · write one");
    await host.run("newUndo", uri);
    assert.match(undo.getText(), /^-- Takes back 000001_a\.up\.sql\n[^]*DROP TABLE IF EXISTS a/);
    await settled();
    assert.equal(await lens(), "$(verified) undo proved");
  });
  const later = { "flyway.conf": "flyway.target=1\n", "sql/V2__later.sql": "create table b (id int);\n" };
  await withProject({ ...FILES, ...later }, {}, async ({ host, folder }) => {
    await host.run("newUndo", Uri.file(join(folder, "sql/V2__later.sql")));
    const text = readFileSync(join(folder, "sql/U2__later.sql"), "utf8");
    assert.match(text, /^-- Takes back V2__later\.sql\.\n-- No draft could be made: what `sql\/V2__later\.sql` does is not known; .*\n$/);
    await host.run("newUndo", Uri.file(join(folder, "flightcheck.toml")));
    assert.match(host.messages.at(-1)[1], /Only a versioned migration/);
  });
});

test("pages load nothing and run nothing", async () => {
  const files = { ...FILES, "sql/V2__<b>.sql": "create index i on orders (note);\n" };
  await withProject(files, {}, async ({ host, folder }) => {
    const uri = Uri.file(join(folder, "sql/V2__<b>.sql"));
    await host.run("explainRule", "index-without-concurrently");
    const [, address] = host.opened.at(-1);
    const rule = { kind: "flightcheck.rule", webview: {} };
    await host.providers.rule.resolveCustomEditor(host.providers.rule.openCustomDocument(address), rule);
    host.panels.push({ ...rule, options: rule.webview.options });
    await host.run("showLocks", uri);
    await host.run("showPlan", uri);
    assert.deepEqual(host.panels.map(({ kind }) => kind), ["flightcheck.rule", "flightcheck.locks", "flightcheck.plan"]);
    for (const { webview: { html }, options } of host.panels) {
      assert.equal(options.enableScripts, false);
      assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/);
      assert.doesNotMatch(html, /<script|<b>|https?:\/\/(?!www\.w3\.org)[^"]*"(?=[^>]*src)/);
    }
    assert.match(host.panels[0].webview.html, /<h1>index-without-concurrently<\/h1>/);
    assert.match(host.panels[1].webview.html, /<svg[^]*ShareLock on public\.orders/);
    assert.match(host.panels[2].webview.html, /V2__&#60;b&#62;\.sql/);
  });
});
