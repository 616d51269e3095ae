// New scripts: a migration with the next free version, and the undo script of one.
import * as vscode from "vscode";
import type { Project } from "../workspace/project";
import { folderOf, USUAL_FOLDERS } from "../workspace/roots";
import { byVersion, nextVersion, pathOf, styleOf, type Style } from "../workspace/versions";
import { undoText } from "./undo-text";

/** Makes a migration in the style of the newest one, and opens it. */
export async function newMigration(project: Project, description?: string, now = new Date()): Promise<vscode.Uri | null> {
  const given = description ?? (await vscode.window.showInputBox({ prompt: "What does it change?", placeHolder: "add an index to orders" }));
  if (given === undefined) return null;
  const style = newest(project) ?? { prefix: `${usualFolder(project)}/V`, version: "0", separator: "__", suffix: ".sql" };
  let version = style.version;
  do version = nextVersion(version, now);
  while (scripts(project).some((path) => styleOf(path)?.version === version));
  const path = pathOf(style, version, given);
  const back = style.suffix.includes(".up.") ? path.replace(/\.up(\.[^.]+)$/, ".down$1") : null;
  if (back) await created(project.uriOf(back), "");
  return opened(project.uriOf(path), `-- ${given.trim()}\n`);
}

/** Makes the undo script of a migration beside the others, and opens it; opens the one that is there. */
export async function newUndo(project: Project, path: string): Promise<vscode.Uri | null> {
  const migration = project.summary?.migrations.find(({ file }) => file === path);
  if (!migration?.version || migration.kind !== "versioned") {
    void vscode.window.showInformationMessage("Only a versioned migration has an undo script.");
    return null;
  }
  if (migration.undo) return shown(project.uriOf(migration.undo));
  const name = path.slice(path.lastIndexOf("/") + 1);
  const other = project.summary!.migrations.find(({ undo }) => undo !== null)?.undo ?? null;
  const prefix = other ? (/^[A-Za-z]+/.exec(other.slice(other.lastIndexOf("/") + 1))?.[0] ?? "U") : "U";
  const folder = other ? folderOf(other) : folderOf(path);
  const undo = `${folder === "" ? "" : `${folder}/`}${prefix}${name.replace(/^[A-Za-z]+/, "")}`;
  return opened(project.uriOf(undo), await undoText(project, path));
}

/** The style of the script with the highest version. */
function newest(project: Project): Style | null {
  const all = scripts(project).flatMap((path) => styleOf(path) ?? []);
  return all.sort((a, b) => byVersion(b.version, a.version))[0] ?? null;
}

/** The scripts that have versions: Flyway's migrations, or whatever another tool would run. */
function scripts(project: Project): string[] {
  const migrations = project.summary?.migrations ?? [];
  const versioned = migrations.filter(({ kind }) => kind === "versioned").flatMap(({ file }) => file ?? []);
  return migrations.length > 0 ? versioned : [...project.runs];
}

/** Where the first script of a project goes. */
function usualFolder(project: Project): string {
  const location = project.summary?.locations[0]?.replace(/^filesystem:/, "");
  return location && location !== "." && !location.includes(":") ? location : USUAL_FOLDERS.at(-1)!;
}

async function created(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(text), ignoreIfExists: true });
  await vscode.workspace.applyEdit(edit);
}

async function opened(uri: vscode.Uri, text: string): Promise<vscode.Uri> {
  await created(uri, text);
  return shown(uri);
}

async function shown(uri: vscode.Uri): Promise<vscode.Uri> {
  await vscode.window.showTextDocument(uri);
  return uri;
}
