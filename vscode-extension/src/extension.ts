// Puts the parts together. The two entries differ in how they make the engine's thread.
import * as vscode from "vscode";
import { Client } from "./engine/client";
import type { Channel } from "./engine/messages";
import { Diagnostics } from "./editor/diagnostics";
import { Fixes } from "./editor/fixes";
import { Hovers } from "./editor/hover";
import { Hints, Lenses } from "./editor/lenses";
import { SELECTOR } from "./editor/places";
import { registerCommands } from "./commands/commands";
import { Migrations } from "./views/migrations";
import { Pages } from "./views/page";
import { RulePages } from "./views/rule";
import { Status } from "./views/status";
import { Contents } from "./workspace/content";
import { History } from "./workspace/history";
import { Projects } from "./workspace/projects";

/** What tests look at. */
export interface Api {
  host: "node" | "worker";
  /** Milliseconds until everything was registered. */
  activation: number;
  projects: Projects;
  pages: Pages;
  migrations: Migrations;
  status: Status;
  client: Client;
}

/** Starts the extension; `connect` runs the engine's code in a thread of its own. */
export async function start(context: vscode.ExtensionContext, host: Api["host"], connect: (code: string) => Channel): Promise<Api> {
  const begin = performance.now();
  const log = vscode.window.createOutputChannel("flightcheck", { log: true });
  const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "dist", name));
  // Nothing waits for the engine: what it is asked is kept until it is there.
  const parts = Promise.all([read("worker.js"), read("flightcheck.wasm")]);
  const channel = async () => {
    const [code, module] = await parts;
    const made = connect(new TextDecoder().decode(code));
    made.post({ module });
    return made;
  };
  const client = new Client(channel, (why) => projects.lost(why));
  const contents = new Contents();
  const history = new History(context.workspaceState, contents);
  const projects = new Projects(client.engine, contents, history, log);
  const pages = new Pages();
  const migrations = new Migrations(projects);
  const status = new Status(projects);
  context.subscriptions.push(
    log, pages, migrations, status, projects, new Diagnostics(projects), { dispose: () => client.close() },
    projects.onDidCheck(() => void pages.refresh().catch((error: Error) => log.warn(error.message))),
    vscode.languages.registerCodeActionsProvider(SELECTOR, new Fixes(projects), { providedCodeActionKinds: Fixes.kinds }),
    vscode.languages.registerHoverProvider(SELECTOR, new Hovers(projects)),
    vscode.languages.registerCodeLensProvider(SELECTOR, new Lenses(projects)),
    vscode.languages.registerInlayHintsProvider(SELECTOR, new Hints(projects)),
    vscode.window.registerCustomEditorProvider(RulePages.viewType, new RulePages(client.engine, pages)),
    vscode.window.registerTreeDataProvider("flightcheck.migrations", migrations),
    ...registerCommands(projects, client.engine, pages, history, log),
  );
  void projects.findAll().then(() => projects.settled()).then(() => log.info(`first check done after ${(performance.now() - begin).toFixed()} ms`));
  const activation = performance.now() - begin;
  log.info(`ready after ${activation.toFixed()} ms (${host})`);
  return { host, activation, projects, pages, migrations, status, client };
}
