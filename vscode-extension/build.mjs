// Bundles the extension into dist: an entry for each host, the worker, the module; and the tests that are bundled too.
import { copyFileSync, rmSync } from "node:fs";
import * as esbuild from "esbuild";

const at = (path) => new URL(path, import.meta.url).pathname;
const module = at("../wasm/pkg/flightcheck_wasm");

/** The options of every bundle. */
const common = {
  bundle: true, format: "cjs", target: "es2022", external: ["vscode", "node:worker_threads"], minify: true, keepNames: true, logLevel: "warning",
  alias: { "flightcheck-wasm": `${module}.js`, "flightcheck-wasm/pages": at("../wasm/pkg/pages.js") },
  // The module's bytes come from `workspace.fs`; its own way of finding them is not taken.
  define: { "import.meta.url": '""' },
};
const bundle = (from, to, platform) => esbuild.build({ ...common, entryPoints: [at(from)], outfile: at(to), platform });

rmSync(at("dist"), { recursive: true, force: true });
await Promise.all([
  bundle("src/node.ts", "dist/node.js", "node"),
  bundle("src/browser.ts", "dist/browser.js", "browser"),
  bundle("src/engine/worker.ts", "dist/worker.js", "browser"),
  bundle("tests/unit/parts.ts", "dist/tests/parts.js", "node"),
  bundle("tests/host/index.ts", "dist/tests/host.js", "browser"),
  bundle("tests/host/measure.ts", "dist/tests/measure.js", "browser"),
]);
copyFileSync(`${module}_bg.wasm`, at("dist/flightcheck.wasm"));
