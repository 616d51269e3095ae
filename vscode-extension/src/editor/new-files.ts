// Files that code actions make.
import * as vscode from "vscode";

/** Makes a file by an edit. Its text is an edit of its own: contents of new files get lost where actions are asked for by command. */
export function create(edits: vscode.WorkspaceEdit, uri: vscode.Uri, text: string): void {
  edits.createFile(uri);
  edits.insert(uri, new vscode.Position(0, 0), text);
}

/** The command that saves new files after an action: nobody sees them to do it. */
export function saving(files: readonly vscode.Uri[]): vscode.Command | undefined {
  return files.length === 0 ? undefined : { command: "flightcheck.saveNew", title: "Save", arguments: files as vscode.Uri[] };
}

/** Saves files that an action made. */
export async function saveNew(...files: vscode.Uri[]): Promise<void> {
  for (const uri of files) await (await vscode.workspace.openTextDocument(uri)).save();
}
