// Completes the package that wasm-pack writes: one name for browsers and Node.js, and a fresh instance after a panic.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const pkg = new URL("pkg/", import.meta.url);

const LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"];

/** Rewrites a file of the package. */
function rewrite(name, change) {
  const file = new URL(name, pkg);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

rewrite("package.json", (text) => {
  const manifest = JSON.parse(text);
  const types = `./${manifest.types}`;
  const browser = `./${manifest.main}`;
  manifest.type = "module";
  manifest.files.push("node.js", ...LICENCES);
  manifest.exports = {
    ".": { types, node: "./node.js", default: browser },
    // For hosts that bring the module's bytes themselves, such as editors and workers.
    "./web": { types, default: browser },
    "./flightcheck_wasm_bg.wasm": "./flightcheck_wasm_bg.wasm",
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
});

// wasm-bindgen 0.2.130 makes the fresh instance only after it has looked at `this` and has passed texts to the old one, and
// frees objects of the old one in the fresh one. So it is made at the beginning of every call, and frees only its own.
rewrite("flightcheck_wasm.js", (text) => {
  const calls = /^(export function \w+\(.*\) \{| {4}[a-z]\w*\(.*\) \{)$/gm;
  const free = "    free() {\n";
  const knows = ["function __wbg_call_guard()", "this.__wbg_inst", free].every((part) => text.includes(part));
  if (!knows || text.match(calls).length < 10) throw new Error("wasm-bindgen writes other glue");
  const own = "        if (this.__wbg_inst !== __wbg_instance_id) return;\n";
  return text.replace(free, free + own).replace(calls, "$1\n        __wbg_call_guard();");
});

copyFileSync(new URL("node.js", import.meta.url), new URL("node.js", pkg));
for (const name of LICENCES) copyFileSync(new URL(`../${name}`, import.meta.url), new URL(name, pkg));
