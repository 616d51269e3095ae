// A folder on disk as the files of a project.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the examples. */
export const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** Every file below a folder, by its path with slashes. */
export function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const name = (path) => path.slice(folder.length + 1).replaceAll("\\", "/");
  return Object.fromEntries(paths.map((path) => [name(path), new Uint8Array(readFileSync(path))]));
}
