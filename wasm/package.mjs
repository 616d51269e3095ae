// Completes the package that wasm-pack writes: one name for browsers and Node.js, and a fresh instance after a panic.
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

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
  manifest.files.push("node.js", "pages.js", "pages.d.ts", ...LICENCES);
  manifest.exports = {
    ".": { types, node: "./node.js", default: browser },
    // For hosts that bring the module's bytes themselves, such as editors and workers.
    "./web": { types, default: browser },
    "./pages": { types: "./pages.d.ts", default: "./pages.js" },
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

// The pages of the rules, apart from the module: it would be a twentieth larger with them.
const rules = new URL("../core/src/rules/", import.meta.url);
const pages = readdirSync(rules).filter((name) => name.endsWith(".md")).sort().map((name) => {
  return [name.slice(0, -".md".length).replaceAll("_", "-"), readFileSync(new URL(name, rules), "utf8")];
});
writeFileSync(new URL("pages.js", pkg), `export default ${JSON.stringify(Object.fromEntries(pages))};\n`);
writeFileSync(new URL("pages.d.ts", pkg), "/** The page of each rule by its name, in Markdown. */\ndeclare const pages: Record<string, string>;\nexport default pages;\n");

copyFileSync(new URL("node.js", import.meta.url), new URL("node.js", pkg));
for (const name of LICENCES) copyFileSync(new URL(`../${name}`, import.meta.url), new URL(name, pkg));
