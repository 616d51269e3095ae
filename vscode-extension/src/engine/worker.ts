// The engine's thread: a Web Worker, or a worker of Node.js.
import * as wasm from "flightcheck-wasm";
import { Engine } from "./engine";
import { answering, type Answer, type Call, type Start } from "./messages";

interface Port {
  postMessage(answer: Answer): void;
  on(event: "message", listener: (message: Start | Call) => void): void;
}

/** Node.js runs this text with `require`; a browser has no such thing, and talks through `self`. */
declare const require: ((name: string) => { parentPort: Port }) | undefined;
const port = typeof require === "function" ? require("node:worker_threads").parentPort : undefined;

const make = (module: Uint8Array) => {
  wasm.initSync({ module: module as BufferSource });
  return new Engine(wasm);
};
if (port) {
  port.on("message", answering(make, (answer) => port.postMessage(answer)));
} else {
  const receive = answering(make, (answer) => self.postMessage(answer));
  self.onmessage = (event) => receive(event.data);
}
