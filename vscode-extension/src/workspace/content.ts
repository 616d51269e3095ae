// What is in a file: the text of an editor that is not saved, else the bytes of the file system.
import * as vscode from "vscode";
import type { Content } from "../engine/positions";

/** Endings of files that the engine may want to read; of others it is told the names alone. */
const READ = /\.(sql|toml|conf|properties|seal|plan)$|(^|\/)flightcheck\.[a-z]+\.json$/i;

/** Whether the engine may want to read a file of that name. */
export function isRead(path: string): boolean {
  return READ.test(path);
}

/** Why a file was not read. */
export class NotRead extends Error {}

/** The content of a file; null where there is no such file. Throws `NotRead` where it is too large or may not be read. */
export async function contentOf(uri: vscode.Uri, megabytes: number): Promise<Content | null> {
  const open = unsaved(uri);
  if (open) return open.getText();
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (!(type & vscode.FileType.File)) return null;
    if (size > megabytes * 1_000_000) {
      const large = `${Math.ceil(size / 1_000_000)} MB`;
      throw new NotRead(`it is larger (${large}) than flightcheck.largestFile allows (${megabytes} MB)`);
    }
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof NotRead) throw error;
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return null;
    throw new NotRead(error instanceof Error ? error.message : String(error));
  }
}

/** The document of a file with changes that are not saved. One without is read from the file: its bytes decide checksums. */
function unsaved(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === key);
}
