// The entry for hosts that are web workers: editors in a browser.
import type { ExtensionContext } from "vscode";
import { start, type Api } from "./extension";
import type { Channel } from "./engine/messages";

/** Runs the engine's code in a worker of the browser. */
function connect(code: string): Channel {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(address, { name: "flightcheck" });
  return {
    post: (message) => worker.postMessage(message),
    onAnswer: (listener) => worker.addEventListener("message", (event) => listener(event.data)),
    onEnd: (listener) => worker.addEventListener("error", (event) => listener(event.message)),
    close: () => {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}

export const activate = (context: ExtensionContext): Promise<Api> => start(context, "worker", connect);
