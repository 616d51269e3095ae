// Walks folders through `workspace.fs`, which every host has; searching finds nothing on virtual file systems.
import * as vscode from "vscode";

/** How many folders or files are asked for at once. */
const AT_ONCE = 32;

/** Calls `work` for every item, some at once. */
export async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, run));
}

/** The paths of all files below a folder, relative to it and sorted. Hidden folders and those of these names are passed over. */
export async function walk(root: vscode.Uri, excluded: ReadonlySet<string>): Promise<string[]> {
  const files: string[] = [];
  let folders = [""];
  while (folders.length > 0) {
    const deeper: string[] = [];
    await each(folders, async (folder) => {
      for (const [name, type] of await entries(vscode.Uri.joinPath(root, folder))) {
        const path = folder === "" ? name : `${folder}/${name}`;
        // A link to a folder may lead upward: it is not followed, a link to a file is.
        if (type === vscode.FileType.Directory && !name.startsWith(".") && !excluded.has(name)) deeper.push(path);
        else if (type & vscode.FileType.File) files.push(path);
      }
    });
    folders = deeper;
  }
  return files.sort();
}

/** What is in a folder; nothing where it has just disappeared or may not be read. */
async function entries(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
