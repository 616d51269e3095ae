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

/** The contents of files, as the editor has them. */
export class Contents {
  /** Documents with changes of which VS Code has not yet said whether they are unsaved: it says so after the change itself. */
  private readonly edited = new Set<string>();

  /** Says that a document's text has changed. */
  edit(uri: vscode.Uri): void {
    this.edited.add(uri.toString());
  }

  /** Says that it is known again whether a document is unsaved. */
  settle(uri: vscode.Uri): void {
    this.edited.delete(uri.toString());
  }

  /** The content of a file; null where there is no such file. Throws `NotRead` where it is too large or may not be read. */
  async of(uri: vscode.Uri, megabytes: number): Promise<Content | null> {
    const open = this.unsaved(uri);
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
  private unsaved(uri: vscode.Uri): vscode.TextDocument | undefined {
    const key = uri.toString();
    const isUnsaved = (document: vscode.TextDocument) => document.isDirty || this.edited.has(key);
    return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key && isUnsaved(document));
  }
}
