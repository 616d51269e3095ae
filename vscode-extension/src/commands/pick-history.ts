// Picks the history snapshot of a project.
import * as vscode from "vscode";
import type { History } from "../workspace/history";
import type { Project } from "../workspace/project";
import { walk } from "../workspace/walk";
import { setting } from "../workspace/settings";

/** Files that may be a snapshot: docs/history-snapshot.md lists the forms. */
const CANDIDATES = /(history|snapshot|schema_version)[^/]*\.(json|csv|sql|txt|tsv)$|(^|\/)history\/[^/]+\.(json|csv|sql|txt|tsv)$/i;

/** Asks for a snapshot unless its path is given; an empty one takes the choice back. */
export async function pickHistory(project: Project, history: History, given?: string): Promise<void> {
  const name = given ?? (await asked(project, history));
  if (name === undefined) return;
  await history.pick(project, name === "" ? null : name);
  project.restart();
  await project.settled();
}

async function asked(project: Project, history: History): Promise<string | undefined> {
  const files = await walk(project.root, new Set(setting("exclude", project.root)));
  const found = files.filter((path) => CANDIDATES.test(path));
  const none = { label: "$(circle-slash) None picked", description: "what the settings and flightcheck.toml say", name: "" };
  const browse = { label: "$(folder-opened) Another file …", description: "", name: null };
  const items = [...found.map((name) => ({ label: name, description: name === history.nameOf(project) ? "taken now" : "", name })), none, browse];
  const item = await vscode.window.showQuickPick(items, { placeHolder: `Which history snapshot is ${project.name} compared with?` });
  if (item?.name !== null) return item?.name;
  const [uri] = (await vscode.window.showOpenDialog({ defaultUri: project.root, openLabel: "Take as history" })) ?? [];
  return uri ? (project.pathOf(uri) ?? uri.path) : undefined;
}
