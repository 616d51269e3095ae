// The entry for hosts that are Node.js: the desktop, and servers behind a browser.
import { Worker } from "node:worker_threads";
import type { ExtensionContext } from "vscode";
import { start, type Api } from "./extension";
import type { Channel } from "./engine/messages";

/** Runs the engine's code in a thread of Node.js. */
function connect(code: string): Channel {
  const worker = new Worker(code, { eval: true, name: "flightcheck", env: {} });
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    onAnswer: (listener) => worker.on("message", listener),
    onEnd: (listener) => {
      let why = "it ended";
      worker.on("error", (error) => (why = error.message));
      worker.on("exit", () => listener(why));
    },
    close: () => void worker.terminate(),
  };
}

export const activate = (context: ExtensionContext): Promise<Api> => start(context, "node", connect);
