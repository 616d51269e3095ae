// A project in a folder of its own, and the extension on the stub.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createHost } from "./stub.mjs";

const { wasm } = createRequire(import.meta.url)("../../dist/tests/parts.js");
const bundle = fileURLToPath(new URL("../../dist/node.js", import.meta.url));

/** Writes files below a folder. */
export function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Runs a test with the extension looking at folders with these files. */
export async function withProject(files, settings, test) {
  const parts = Array.isArray(files) ? files : [files];
  const folders = parts.map((files) => {
    const folder = mkdtempSync(join(tmpdir(), "flightcheck-"));
    write(folder, files);
    return folder;
  });
  const host = createHost({ folders, settings });
  try {
    const api = await host.activate(bundle);
    await api.projects.settled();
    const [folder] = folders;
    const found = (path) => (host.diagnostics.get(join(folder, path)) ?? []).map((one) => one.code?.value ?? one.message);
    await test({ host, api, folder, folders, found, settled: () => api.projects.settled() });
    const errors = host.logged.filter(([kind]) => kind === "error");
    if (errors.length > 0) throw new Error(`the log has ${JSON.stringify(errors)}`);
  } finally {
    host.end();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** The history after all of these scripts were applied, as a snapshot. */
export function applied(files) {
  const project = new wasm.Project({});
  for (const [path, content] of Object.entries(files)) project.setFile(path, content);
  return project.simulate("migrate");
}
