// What lies above a project, as the command line sees it: a `flightcheck.toml` there counts, up to the repository's folder.
import * as vscode from "vscode";

/** The name of a folder, of the one above it, and so on, up to the last below that of the repository. */
export async function namesUpward(folder: vscode.Uri): Promise<string[]> {
  const names: string[] = [];
  for (let at = folder; !(await exists(vscode.Uri.joinPath(at, ".git"))); at = vscode.Uri.joinPath(at, "..")) {
    const name = at.path.slice(at.path.lastIndexOf("/") + 1);
    if (name === "") break;
    names.push(name);
  }
  return names;
}

/** Whether something is there. Above what a virtual file system serves it refuses to answer: nothing is there. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
