// In the editor: diagnostics, fixes, hovers, lenses, hints.
import * as vscode from "vscode";
import { CONFIGURATION, equal, extension, matches, TABLE, until, World } from "./world";

type Tests = Record<string, () => Promise<void>>;

const INDEX = "select 'é😀'; create index by_note on orders (note);\n";

async function world(scripts: Record<string, string> = {}): Promise<World> {
  const world = new World();
  await world.write({ "flightcheck.toml": CONFIGURATION, "sql/V1__orders.sql": TABLE, ...scripts });
  return world;
}

const actions = (uri: vscode.Uri, range: vscode.Range, kind: vscode.CodeActionKind) =>
  vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, range, kind.value, 99);
const mine = (found: vscode.CodeAction[]) => found.filter(({ kind }) => /^(quickfix$|source\.fixAll\.flightcheck)/.test(kind?.value ?? ""));
const range = (document: vscode.TextDocument) => new vscode.Range(0, 0, document.lineCount, 0);

async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("flightcheck").update(name, value, vscode.ConfigurationTarget.Global);
}

export const editorTests: Tests = {
  async "is active in the host that was asked for"() {
    const { host, activation } = await extension();
    const isWorker = typeof (globalThis as { importScripts?: unknown }).importScripts === "function";
    equal(host, isWorker ? "worker" : "node", "host");
    console.log(`# VS Code ${vscode.version}, ${host}, ready after ${activation.toFixed()} ms`);
  },

  async "underlines what a finding is about, in UTF-16 columns, and links its rule"() {
    const here = await world({ "sql/V2__index.sql": INDEX });
    const document = await here.open("sql/V2__index.sql");
    const found = (await here.until("sql/V2__index.sql", "index-without-concurrently")) as vscode.Diagnostic;
    equal(document.getText(found.range), "create index by_note on orders (note)", "text");
    equal(found.range.start.character, 14, "column");
    const { target } = found.code as { target: vscode.Uri };
    equal([target.scheme, target.path], ["flightcheck", "/index-without-concurrently"], "target");
  },

  async "counts columns from behind a byte order mark, which the editor does not show"() {
    const here = await world({ "sql/V2__index.sql": `\ufeff${INDEX}` });
    const document = await here.open("sql/V2__index.sql");
    const found = (await here.until("sql/V2__index.sql", "index-without-concurrently")) as vscode.Diagnostic;
    equal(document.getText(found.range), "create index by_note on orders (note)", "text");
    await here.type(document, `select 1; ${INDEX}`);
    await until("the finding where the text now is", () => here.found("sql/V2__index.sql").some(({ range }) => document.getText(range) === "create index by_note on orders (note)" && range.start.character === 24));
  },

  async "follows what is typed, in other scripts too, and forgets it when it is reverted"() {
    const here = await world({ "sql/V2__drop.sql": "alter table orders drop column note;\n" });
    await here.until("sql/V2__drop.sql", "dropped-column");
    const document = await here.open("sql/V1__orders.sql");
    await here.type(document, "create table orders (id bigint primary key);\n");
    await here.until("sql/V2__drop.sql", "failing-statement");
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await here.until("sql/V2__drop.sql", "failing-statement", false);
  },

  async "says what other places belong to the story"() {
    const here = await world({ "sql/V1__again.sql": "select 1;\n" });
    const twice = await until("a version that is taken twice", () => {
      const all = ["sql/V1__orders.sql", "sql/V1__again.sql"].flatMap((path) => here.found(path));
      return all.find(({ relatedInformation }) => (relatedInformation?.length ?? 0) > 0);
    });
    matches(twice.relatedInformation![0]!.location.uri.path, /\/sql\/V1__\w+\.sql$/, "place");
  },

  async "offers the preferred fix first, applies it, and its finding is gone from the saved file"() {
    const here = await world({ "sql/V2__index.sql": "create index by_note on orders (note);\ncreate index by_total on orders (total);\n" });
    const document = await here.open("sql/V2__index.sql");
    const found = (await here.until("sql/V2__index.sql", "index-without-concurrently")) as vscode.Diagnostic;
    const offered = mine(await actions(document.uri, found.range, vscode.CodeActionKind.QuickFix));
    equal(offered[0]!.isPreferred, true, "the first is preferred");
    matches(offered.at(-1)!.title, /^Ignore/, "the last");
    const fix = offered.find(({ title }) => /CONCURRENTLY/.test(title))!;
    await vscode.workspace.applyEdit(fix.edit!);
    await vscode.commands.executeCommand(fix.command!.command, ...fix.command!.arguments!);
    await until("one finding less", () => here.rules("sql/V2__index.sql").filter((rule) => rule === "index-without-concurrently").length === 1);
    await document.save();
    equal((await here.read("sql/V2__index.sql")).includes("by_note"), false, "saved text");
    const [, [made]] = fix.edit!.entries().find(([uri]) => uri.toString() !== document.uri.toString())!;
    const names = (await vscode.workspace.fs.readDirectory(here.uri("sql"))).map(([name]) => name);
    const added = names.find((name) => name.endsWith(".sql") && !["V1__orders.sql", "V2__index.sql"].includes(name))!;
    equal(await here.read(`sql/${added}`), (made as vscode.TextEdit).newText, "the new script, on the disk");
  },

  async "ignores a finding with a comment"() {
    const here = await world({ "sql/V2__drop.sql": "  alter table orders\n    drop column note;\n" });
    const document = await here.open("sql/V2__drop.sql");
    const found = (await here.until("sql/V2__drop.sql", "dropped-column")) as vscode.Diagnostic;
    const offered = mine(await actions(document.uri, found.range, vscode.CodeActionKind.QuickFix));
    await vscode.workspace.applyEdit(offered.find(({ title }) => title === "Ignore dropped-column for this statement")!.edit!);
    equal(document.lineAt(0).text, "  -- flightcheck: allow(dropped-column)", "comment");
    await here.until("sql/V2__drop.sql", "dropped-column", false);
  },

  async "applies only safe fixes of this file as source.fixAll"() {
    const here = await world({ "sql/V2__index.sql": INDEX });
    const document = await here.open("sql/V2__index.sql");
    await here.until("sql/V2__index.sql", "index-without-concurrently");
    const project = await here.project();
    const safe = project.findings.get("sql/V2__index.sql")!.flatMap(({ fixes }) => fixes).filter(({ safety }) => safety === "safe");
    const all = mine(await actions(document.uri, range(document), vscode.CodeActionKind.SourceFixAll));
    equal(all.length, safe.length > 0 ? 1 : 0, "actions");
  },

  async "tells on hover what a statement does"() {
    const here = await world({ "sql/V2__index.sql": INDEX });
    const document = await here.open("sql/V2__index.sql");
    await here.until("sql/V2__index.sql", "index-without-concurrently");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, new vscode.Position(0, 30));
    const text = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]).map(({ value }) => value).join("\n");
    matches(text, /Statement 2 of 2[^]*takes ShareLock on public/, "hover");
  },

  async "shows states and locks, and each can be switched off"() {
    const here = await world({ "sql/V2__index.sql": INDEX });
    const document = await here.open("sql/V2__index.sql");
    await here.until("sql/V2__index.sql", "index-without-concurrently");
    const lenses = async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 99);
      return found.map(({ command }) => command?.title ?? "").filter((title) => /Pending|Lock|undo/.test(title));
    };
    const hints = () => vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, range(document));
    const [back, state, lock] = await lenses();
    matches(state, /Pending: it is not applied yet · number 2 of 2/, "state");
    equal(back, "$(discard) no undo · write one", "rollback");
    matches(lock, /ShareLock on public\.orders: writes wait/, "lock");
    equal((await hints())?.length ?? 0, 0, "hints");
    await setting("locks", "inlayHint");
    await until("two lenses", async () => (await lenses()).length === 2);
    await setting("rollback", false);
    await until("one lens", async () => (await lenses()).length === 1);
    await until("the hint", async () => /ShareLock/.test(String((await hints())?.[0]?.label)));
    await setting("locks", "off");
    await setting("state", false);
    await until("no lens", async () => (await lenses()).length === 0);
    for (const name of ["locks", "rollback", "state"]) await setting(name, undefined);
  },

  async "is silent about risks of applied scripts, and says at once that an edit breaks the checksum"() {
    const { client } = await extension();
    const scripts = { "sql/V1__orders.sql": TABLE, "sql/V2__drop.sql": "alter table orders drop column note;\n" };
    const here = await world(scripts);
    await here.until("sql/V2__drop.sql", "dropped-column");
    const project = await here.project();
    const { migrations } = project.summary!;
    const rows = migrations.map(({ version, description, script, checksum }, at) => ({
      installed_rank: at + 1, version, description, type: "SQL", script, checksum, success: true,
    }));
    await here.write({ "flightcheck.history.json": JSON.stringify(rows) });
    await here.until("sql/V2__drop.sql", "dropped-column", false);
    const document = await here.open("sql/V2__drop.sql");
    await here.type(document, "alter table orders drop column total;\n");
    await here.until("sql/V2__drop.sql", "checksum-mismatch");
    equal(here.rules("sql/V2__drop.sql"), ["checksum-mismatch"], "rules");
    equal(typeof client.engine, "object", "engine");
  },

  async "says what is wrong in a configuration that is being typed"() {
    const here = await world({ "sql/V2__drop.sql": "alter table orders drop column note;\n" });
    await here.until("sql/V2__drop.sql", "dropped-column");
    const document = await here.open("flightcheck.toml");
    await here.type(document, 'dialect = "postgres\n[rules\n');
    await here.until("flightcheck.toml", "wrong-setting");
    await here.type(document, `${CONFIGURATION}[rules]\ndropped-column = "off"\n`);
    await here.until("flightcheck.toml", "wrong-setting", false);
    await here.until("sql/V2__drop.sql", "dropped-column", false);
  },
};
