// The lock of each statement above it or at its end; the state of a script, and how well it can be taken back, above its first
// line.
import * as vscode from "vscode";
import type { Migration } from "flightcheck-wasm";
import type { Project } from "../workspace/project";
import type { Projects } from "../workspace/projects";
import { setting } from "../workspace/settings";
import { inOneLine } from "./impact";
import { positionOf } from "./places";
import { inWords, isToWrite, whyOf } from "./rollback";

export class Lenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(private readonly projects: Projects) {
    this.onDidChangeCodeLenses = (listener, self, subscriptions) => projects.onDidCheck(() => listener.call(self), null, subscriptions);
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const found = this.projects.of(document.uri);
    if (!found) return [];
    const { project, path } = found;
    const lenses: vscode.CodeLens[] = [];
    const state = setting("state", document.uri) ? stateOf(project, path) : null;
    const first = new vscode.Range(0, 0, 0, 0);
    const back = setting("rollback", document.uri) ? rollbackOf(project, path) : null;
    // The shorter one first: in a narrow editor both can be reached.
    if (back) lenses.push(new vscode.CodeLens(first, back));
    if (state) lenses.push(new vscode.CodeLens(first, { title: state, command: "flightcheck.showPlan", arguments: [document.uri] }));
    if (setting("locks", document.uri) !== "codeLens") return lenses;
    const script = await project.script(path);
    for (const [at, { start }] of (script?.ranges ?? []).entries()) {
      const title = inOneLine(script!.impact, at);
      const from = positionOf(start);
      if (title) lenses.push(new vscode.CodeLens(new vscode.Range(from, from), { title, command: "flightcheck.showLocks", arguments: [document.uri] }));
    }
    return lenses;
  }
}

export class Hints implements vscode.InlayHintsProvider {
  readonly onDidChangeInlayHints: vscode.Event<void>;

  constructor(private readonly projects: Projects) {
    this.onDidChangeInlayHints = (listener, self, subscriptions) => projects.onDidCheck(() => listener.call(self), null, subscriptions);
  }

  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    const found = this.projects.of(document.uri);
    if (!found || setting("locks", document.uri) !== "inlayHint") return [];
    const script = await found.project.script(found.path);
    return (script?.ranges ?? []).flatMap(({ end }, at) => {
      const text = inOneLine(script!.impact, at)?.replace(/^\$\(\w+\) /, "");
      const position = positionOf(end);
      if (!text || !range.contains(position)) return [];
      const hint = new vscode.InlayHint(position, text);
      hint.paddingLeft = true;
      return [hint];
    });
  }
}

/** The state of a script in one line; null where it is no migration. */
function stateOf(project: Project, path: string): string | null {
  const summary = project.summary;
  const migration = summary?.migrations.find(({ file }) => file === path);
  const at = project.runs.indexOf(path);
  if (migration) {
    const order = summary!.plan ? summary!.plan.indexOf(migration.script) : -1;
    const next = order >= 0 ? ` · number ${order + 1} of ${summary!.plan!.length} in the next run` : "";
    return `${stateIcon(migration)} ${migration.state}: ${migration.why}${next}`;
  }
  if (at >= 0) return `$(circle-outline) number ${at + 1} of ${project.runs.length} to run`;
  const undone = project.rollback.get(path);
  return undone ? `$(discard) takes back version ${undone.version}` : null;
}

/** How well a migration can be taken back, on both of its scripts; a click leads to the other one, or makes it. */
function rollbackOf(project: Project, path: string): vscode.Command | null {
  const taken = project.rollback.get(path);
  const said = taken && inWords(taken);
  if (!said) return null;
  const isUndo = taken.script !== path;
  const offer = isToWrite(taken) && !isUndo ? " · write one" : "";
  return {
    title: `$(${said.icon}) ${said.words}${offer}`,
    tooltip: whyOf(taken) || undefined,
    command: isUndo ? "flightcheck.compareWithUndo" : "flightcheck.newUndo",
    arguments: [project.uriOf(taken.script)],
  };
}

/** The icon of a migration's state. */
export function stateIcon({ state }: Pick<Migration, "state">): string {
  return `$(${iconOf(state)})`;
}

/** The icon's name, by Flyway's name of the state. */
export function iconOf(state: string): string {
  if (/fail/i.test(state)) return "error";
  if (/pending|available/i.test(state)) return "circle-outline";
  if (/ignored|missing|outdated|future|out of order/i.test(state)) return "warning";
  if (/undone|deleted|superseded|above|below/i.test(state)) return "circle-slash";
  return "pass";
}
