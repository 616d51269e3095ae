// Around the editor: the tree, the status bar, commands, pages, and folders that come and go.
import * as vscode from "vscode";
import type { Node } from "../../src/views/migrations";
import { CONFIGURATION, equal, extension, matches, TABLE, until, World } from "./world";

async function world(scripts: Record<string, string> = {}): Promise<World> {
  const here = new World();
  await here.write({ "flightcheck.toml": CONFIGURATION, "sql/V1__orders.sql": TABLE, "sql/V2__index.sql": "create index by_note on orders (note);\n", ...scripts });
  await here.until("sql/V2__index.sql", "index-without-concurrently");
  return here;
}

const run = <T>(name: string, ...args: unknown[]) => vscode.commands.executeCommand<T>(`flightcheck.${name}`, ...args);

/** The nodes of a project in the tree. */
async function nodes(here: World): Promise<Node[]> {
  const [{ migrations }, project] = [await extension(), await here.project()];
  return migrations.getChildren({ kind: "project", project });
}

export const aroundTests: Record<string, () => Promise<void>> = {
  async "lists migrations in the order of their versions, undo scripts inside"() {
    const here = await world({ "sql/V10__a.sql": "select 1;\n", "sql/V9__b.sql": "select 1;\n", "sql/U9__b.sql": "select 1;\n", "sql/R__v.sql": "select 1;\n" });
    const { migrations } = await extension();
    const labels = await until("all nodes", async () => {
      const all = (await nodes(here)).map((node) => migrations.getTreeItem(node).label);
      return all.length === 5 && all;
    });
    equal(labels, ["1  orders", "2  index", "9  b", "10  a", "v"], "labels");
    const [, index, nine] = await nodes(here);
    matches(String(migrations.getTreeItem(index!).description), /^Pending · \d findings$/, "description");
    equal(migrations.getChildren(nine).map((node) => migrations.getTreeItem(node).label), ["U9__b.sql"], "undo");
    await run("compareWithUndo", nine);
    await until("the comparison", () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
  },

  async "counts in the status bar"() {
    const here = await world();
    await here.open("sql/V2__index.sql");
    const { status } = await extension();
    await until("the counts", () => /flightcheck: \d warnings?, 2 to run$/.test(status.item.text));
  },

  async "makes a migration with the next free version, and the undo script of one"() {
    const here = await world();
    await run("newMigration", here.uri("sql/V2__index.sql"), "add customers");
    equal(await here.read("sql/V3__add_customers.sql"), "-- add customers\n", "text");
    matches(vscode.window.activeTextEditor?.document.uri.path, /V3__add_customers\.sql$/, "editor");
    await run("newUndo", here.uri("sql/V2__index.sql"));
    matches(await here.read("sql/U2__index.sql"), /^-- Takes back V2__index\.sql\n[^]*DROP INDEX IF EXISTS by_note;/, "undo");
    await until("the partner in the tree", async () => (await nodes(here)).some((node) => node.kind === "script" && node.undo === "sql/U2__index.sql"));
    await here.open("sql/V2__index.sql");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", here.uri("sql/V2__index.sql"), 99);
    equal(lenses.some(({ command }) => command?.title === "$(verified) undo proved"), true, "lens");
  },

  async "takes the flightcheck.toml above a project, and each project that it lists"() {
    const here = new World();
    const list = (rules: string) => `${CONFIGURATION}[[projects]]\nfolder = "shop"\nlocations = ["filesystem:scripts"]\n${rules}`;
    const drop = "alter table orders drop column note;\n";
    await here.write({ "flightcheck.toml": list(""), "shop/scripts/V1__orders.sql": TABLE, "shop/scripts/V2__drop.sql": drop, "other/scripts/V1__x.sql": drop });
    await here.until("shop/scripts/V2__drop.sql", "dropped-column");
    const { projects } = await extension();
    const names = () => projects.list().map(({ root }) => root.path).filter((path) => path.startsWith(here.root.path)).map((path) => path.slice(here.root.path.length));
    await until(`one project; there are ${names()}`, () => names().join() === "/shop");
    const document = await here.open("flightcheck.toml");
    await here.type(document, list('rules = { dropped-column = "off" }\n'));
    await here.until("shop/scripts/V2__drop.sql", "dropped-column", false);
    await here.type(document, list('rules = { dropped-colum = "off" }\n'));
    await here.until("flightcheck.toml", "wrong-setting");
    await here.type(document, list('[[projects]]\nfolder = "other"\nlocations = ["filesystem:scripts"]\n'));
    await here.until("flightcheck.toml", "wrong-setting", false);
    await until("the project that was listed", () => names().includes("/other"));
  },

  async "shows pages that load nothing: a rule, locks, the plan"() {
    const here = await world();
    const { pages } = await extension();
    await run("explainRule", "index-without-concurrently");
    await run("showLocks", here.uri("sql/V2__index.sql"));
    await run("showPlan", here.uri("sql/V2__index.sql"));
    await until("the rule's page", () => pages.shown.has("rule"));
    matches(pages.shown.get("rule"), /<h1>index-without-concurrently<\/h1>/, "rule");
    matches(pages.shown.get("locks"), /<svg[^]*ShareLock on public\.orders/, "locks");
    matches(pages.shown.get("plan"), /sql\/V2__index\.sql/, "plan");
    await here.write({ "sql/V3__more.sql": "select 1;\n" });
    await until("the new script on the page that is open", () => pages.shown.get("plan")?.includes("sql/V3__more.sql"));
    for (const html of pages.shown.values()) matches(html, /default-src 'none'/, "policy");
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
    const wanted = ["Locks: V2__index.sql", `Plan: ${(await here.project()).name}`, "index-without-concurrently"];
    await until(`tabs; there are ${labels()}`, () => wanted.every((label) => labels().includes(label)));
  },

  async "exports a report, and takes the history that is picked"() {
    const here = await world({ "ops/rows.json": "[]" });
    await run("exportReport", here.uri("sql/V2__index.sql"), "json", here.uri("report.json"));
    equal(JSON.parse(await here.read("report.json")).findings.length > 0, true, "findings");
    const rows = [{ installed_rank: 1, version: "1", description: "orders", type: "SQL", script: "V1__orders.sql", checksum: null, success: true }];
    await here.write({ "ops/rows.json": JSON.stringify(rows) });
    await run("pickHistory", here.uri("sql/V2__index.sql"), "ops/rows.json");
    equal((await here.project()).summary!.history?.name, "ops/rows.json", "history");
    equal([...(await here.project()).runs], ["sql/V2__index.sql"], "runs");
    await run("pickHistory", here.uri("sql/V2__index.sql"), "");
    equal((await here.project()).summary!.history, null, "history");
  },

  async "checks a whole project anew"() {
    const here = await world();
    await run("checkAll");
    equal(here.rules("sql/V2__index.sql").includes("index-without-concurrently"), true, "rules");
  },

  async "follows files and folders that come and go"() {
    const here = await world();
    // A file that comes and goes before the editor has told of it is never told of.
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(here.root, "sql/V3__drop.sql"));
    let isTold = false;
    watcher.onDidCreate(() => (isTold = true));
    await here.write({ "sql/V3__drop.sql": "alter table orders drop column note;\n" });
    await here.until("sql/V3__drop.sql", "dropped-column");
    await until("word of the new file", () => isTold);
    watcher.dispose();
    await vscode.workspace.fs.delete(here.uri("sql/V3__drop.sql"));
    await here.until("sql/V3__drop.sql", "dropped-column", false);
    await vscode.workspace.fs.delete(here.root, { recursive: true });
    await until("no findings", () => here.found("sql/V2__index.sql").length === 0);
    const { projects } = await extension();
    await until("no project", () => !projects.list().some(({ root }) => root.toString() === here.root.toString()));
  },

  async "goes on beside scripts that are binary or broken"() {
    const here = await world({ "sql/V3__broken.sql": "create create ' $$ (((\n" });
    await vscode.workspace.fs.writeFile(here.uri("sql/V4__binary.sql"), new Uint8Array(3000).map((_, at) => (at * 7) % 256));
    await here.until("sql/V4__binary.sql", "refused-script");
    equal(here.rules("sql/V2__index.sql").includes("index-without-concurrently"), true, "rules");
  },
};
