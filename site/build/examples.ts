/** The folder `examples/` of the project as a module: the real files, read when the site is built. */
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin } from "vite";

const MODULE = "virtual:examples";

/** A file as it travels: text, or the bytes of what is no UTF-8 in Base64. */
type Packed = string | { bytes: string };

function pack(path: string): Packed {
  const bytes = readFileSync(path);
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? text : { bytes: bytes.toString("base64") };
}

function filesOf(folder: string): Record<string, Packed> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), pack(path)]));
}

/** The examples in the order of the table in their README, each with what that says about it. */
function read(folder: string) {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| \[`([^`]+)`\]\([^)]+\) \| (.*) \|$/gm)];
  return rows.map(([, name, about]) => ({ name, about, files: filesOf(join(folder, name)) }));
}

export function examples(folder: string): Plugin {
  return {
    name: "examples",
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: (id) => (id === `\0${MODULE}` ? `export default ${JSON.stringify(read(folder))}` : undefined),
  };
}
