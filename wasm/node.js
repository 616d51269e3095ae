// The entry for Node.js: the module lies beside this file, so nobody has to wait for it.
import { readFileSync } from "node:fs";
import { initSync } from "./flightcheck_wasm.js";

initSync({ module: readFileSync(new URL("flightcheck_wasm_bg.wasm", import.meta.url)) });

export * from "./flightcheck_wasm.js";
// What browsers wait for is there already.
export default async function init() {}
