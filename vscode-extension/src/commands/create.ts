// New scripts: a migration with the next free version, and the undo script of one.
import * as vscode from "vscode";
import type { DraftReport } from "flightcheck-wasm";
import { positionOf } from "../editor/places";
import { isToWrite } from "../editor/rollback";
import { EngineFailure } from "../engine/client";
import type { Position } from "../engine/positions";
import type { Project } from "../workspace/project";
import { folderOf, USUAL_FOLDERS } from "../workspace/roots";
import { byVersion, nextVersion, pathOf, styleOf, type Style } from "../workspace/versions";

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

/** Writes the undo script of a migration where its tool looks for it, and opens it; opens the one that is there. */
export async function newUndo(project: Project, path: string): Promise<vscode.Uri | null> {
  await project.settled();
  const migration = project.summary?.migrations.find(({ file }) => file === path);
  // One that would not run can have an undo script, too.
  const known = project.rollback.get(path);
  const taken = known?.script === path ? known : migration?.kind === "versioned" ? migration : null;
  if (!taken) {
    void vscode.window.showInformationMessage("Only a versioned migration has an undo script.");
    return null;
  }
  if (taken.undo && !(known && isToWrite(known))) return shown(project.uriOf(taken.undo), taken.undo === path ? await project.undoPlace(path) : null);
  try {
    return await written(project, await project.draftUndo(path));
  } catch (error) {
    if (!(error instanceof EngineFailure && error.isOfInput)) throw error;
    const why = error.message.replace(/\s+/g, " ");
    return opened(project.uriOf(usualUndo(project, path)), `-- Takes back ${nameOf(path)}.\n-- No draft could be made: ${why}\n`);
  }
}

/**
 * Puts a draft where it belongs: into a file of its own, at the end of the migration or of an undo script that does nothing yet,
 * or, where its tool knows no undo, into a file without a name. What was there is not saved: it is a person's to look at.
 */
async function written(project: Project, { path, marker, text }: DraftReport): Promise<vscode.Uri> {
  if (path === null) {
    const draft = await vscode.workspace.openTextDocument({ language: "sql", content: text });
    await vscode.window.showTextDocument(draft);
    return draft.uri;
  }
  if (!project.has(path)) return opened(project.uriOf(path), text);
  const document = await vscode.workspace.openTextDocument(project.uriOf(path));
  const end = document.lineAt(document.lineCount - 1).range.end;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, end, (end.character > 0 ? "\n" : "") + (marker === null ? "" : `\n${marker}\n`) + text);
  await vscode.workspace.applyEdit(edit);
  return shown(document.uri, { line: end.line + 1, character: 0 });
}

/** Where an undo script goes of which nothing but its name can be told: beside the others, as they are named. */
function usualUndo(project: Project, path: string): string {
  const other = [...project.rollback.values()].find(({ undo }) => undo !== null)?.undo ?? null;
  const prefix = other ? (/^[A-Za-z]+/.exec(nameOf(other))?.[0] ?? "U") : "U";
  const folder = other ? folderOf(other) : folderOf(path);
  return `${folder === "" ? "" : `${folder}/`}${prefix}${nameOf(path).replace(/^[A-Za-z]+/, "")}`;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

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

async function shown(uri: vscode.Uri, at: Position | null = null): Promise<vscode.Uri> {
  await vscode.window.showTextDocument(uri, at ? { selection: new vscode.Range(positionOf(at), positionOf(at)) } : {});
  return uri;
}
