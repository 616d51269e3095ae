// The package as others get it: what is in it, how large it is, that its types hold, that it runs in Node and in a worker.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";

/** The most bytes that browsers may have to download for the module, gzipped. */
const LIMIT = 1_000_000;

const here = fileURLToPath(new URL("..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "flightcheck-package-"));

/** Runs a program in the folder of somebody who installed the package. */
const run = (program, ...words) => execFileSync(program, words, { cwd: home, encoding: "utf8", stdio: "pipe" });

before(() => {
  const [packed] = JSON.parse(run("npm", "pack", join(here, "pkg"), "--json", "--silent"));
  writeFileSync(join(home, "package.json"), '{ "private": true, "type": "module" }');
  run("npm", "install", "--offline", "--no-audit", "--no-fund", "--silent", `./${packed.filename}`);
});

after(() => rmSync(home, { recursive: true }));

test("the module stays below its limit", (context) => {
  const module = readFileSync(join(here, "pkg/flightcheck_wasm_bg.wasm"));
  const size = gzipSync(module, { level: 9 }).length;
  context.diagnostic(`${module.length} bytes, gzipped ${size} of ${LIMIT}`);
  assert.ok(size <= LIMIT, `${size} bytes gzipped are more than ${LIMIT}`);
});

test("nobody's folders are named in it", () => {
  const module = readFileSync(join(here, "pkg/flightcheck_wasm_bg.wasm"), "latin1");
  assert.doesNotMatch(module, /\.cargo|\/home\/|\/root\/|\/work\//);
});

test("its types hold", () => {
  const tsc = join(here, "node_modules/typescript/bin/tsc");
  copyFileSync(join(here, "tests/types.ts"), join(home, "types.ts"));
  const strict = ["--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,esnext.disposable"];
  try {
    run(process.execPath, tsc, "--noEmit", ...strict, "types.ts");
  } catch (error) {
    assert.fail(error.stdout);
  }
});

test("it runs in Node by its name", () => {
  const script = 'import { check } from "flightcheck-wasm"; console.log(check({"sql/V1__a.sql": "x"}).migrations[0].state)';
  assert.equal(run(process.execPath, "--input-type=module", "-e", script), "Pending\n");
});

test("it runs where the host brings the bytes, in a worker", async () => {
  const script = `
    import { readFileSync } from "node:fs";
    import { parentPort } from "node:worker_threads";
    import init, { check } from "flightcheck-wasm/web";
    const module = new URL(import.meta.resolve("flightcheck-wasm/flightcheck_wasm_bg.wasm"));
    await init({ module_or_path: readFileSync(module) });
    parentPort.postMessage(check({ "sql/V1__a.sql": "x" }).migrations[0].state);`;
  writeFileSync(join(home, "worker.js"), script);
  const worker = new Worker(join(home, "worker.js"));
  const [answer] = await Promise.race([once(worker, "message"), once(worker, "error").then(([error]) => { throw error; })]);
  assert.equal(answer, "Pending");
  await worker.terminate();
});

/** The next event of a name. */
function once(emitter, name) {
  return new Promise((resolve) => emitter.once(name, (...values) => resolve(values)));
}
