// What tests in plain Node.js take out of the bundle.
export * as wasm from "flightcheck-wasm";
export { Engine } from "../../src/engine/engine";
export { Client, EngineLost } from "../../src/engine/client";
export { answering } from "../../src/engine/messages";
export { positionsOf, textOf } from "../../src/engine/positions";
export { rootsOf, USUAL_FOLDERS } from "../../src/workspace/roots";
export { byVersion, nextVersion, pathOf, styleOf } from "../../src/workspace/versions";
