// What the tests in the extension host share: projects in folders of their own, and waiting for conditions.
import * as vscode from "vscode";
import type { Api } from "../../src/extension";

const PATIENCE = 60_000;

/** Waits for a condition; tests know no other way of waiting. */
export async function until<T>(what: string, get: () => T | undefined | null | false | Promise<T | undefined | null | false>, patience = PATIENCE): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const value = await get();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 15));
  }
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} is not ${b}`);
}

export function matches(text: string | undefined, pattern: RegExp, what: string): void {
  if (!pattern.test(text ?? "")) throw new Error(`${what}: ${JSON.stringify(text)} does not match ${pattern}`);
}

/** The extension, active. */
export async function extension(): Promise<Api> {
  return vscode.extensions.getExtension<Api>("flightcheck.flightcheck")!.activate();
}

let projects = 0;

/** A folder of the workspace that is a project. */
export class World {
  readonly root = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, `project-${++projects}`);

  uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.root, path);
  }

  async write(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(this.uri(path), ".."));
      await vscode.workspace.fs.writeFile(this.uri(path), new TextEncoder().encode(text));
    }
  }

  async read(path: string): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.uri(path)));
  }

  async open(path: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(this.uri(path));
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  }

  /** Replaces all of a document, as typing does: nothing is saved. */
  async type(document: vscode.TextDocument, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  found(path: string): vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(this.uri(path)).filter(({ source }) => source === "flightcheck");
  }

  rules(path: string): string[] {
    return this.found(path).map(({ code }) => String((code as { value: string }).value));
  }

  /** Waits until a rule is, or is no longer, found in a file. */
  async until(path: string, rule: string, isThere = true): Promise<vscode.Diagnostic | true> {
    return until(`${rule} ${isThere ? "in" : "out of"} ${path}, which has ${this.rules(path)}`, () => {
      const found = this.found(path).find(({ code }) => (code as { value: string } | undefined)?.value === rule);
      return isThere ? found : !found;
    });
  }

  async project() {
    const { projects } = await extension();
    return until(`the project in ${this.root}`, () => projects.list().find(({ root }) => root.toString() === this.root.toString()));
  }
}

export const CONFIGURATION = 'dialect = "postgres"\nserver-version = "15"\n';
export const TABLE = "create table orders (id bigint primary key, note text, total int);\n";
