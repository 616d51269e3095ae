// How the engine is called from the other side of a thread: one message for a call, one for its answer.
import type { Problem } from "flightcheck-wasm";
import type { Engine } from "./engine";

type Calls = Pick<Engine,
  "open" | "close" | "setOptions" | "set" | "remove" | "setHistory" | "asked" | "listed" | "check" | "script" | "render" | "picture" | "draftUndo" | "undoPlace"
  | "rules" | "formats"
>;
/** The engine as the extension sees it. */
export type Remote = { [Name in keyof Calls]: (...args: Parameters<Calls[Name]>) => Promise<ReturnType<Calls[Name]>> };

/** The first message: the bytes of the module. */
export interface Start { module: Uint8Array }
export interface Call { id: number; name: keyof Calls; args: unknown[] }
/** An error does not cross as one: its name would be lost. */
export interface Failure { name: string; message: string; problems: Problem[] }
export interface Answer { id: number; value?: unknown; failure?: Failure }

/** A line to the engine's thread. */
export interface Channel {
  post(message: Start | Call): void;
  onAnswer(listener: (answer: Answer) => void): void;
  /** Called when the thread has ended without being told to. */
  onEnd(listener: (why: string) => void): void;
  close(): void;
}

/** Answers calls with an engine that is made by the first message. */
export function answering(make: (module: Uint8Array) => Engine, post: (answer: Answer) => void): (message: Start | Call) => void {
  let engine: Engine;
  return (message) => {
    if ("module" in message) {
      engine = make(message.module);
      return;
    }
    const { id, name, args } = message;
    try {
      const call = engine[name] as (...args: unknown[]) => unknown;
      post({ id, value: call.apply(engine, args) });
    } catch (error) {
      post({ id, failure: failureOf(error) });
    }
  };
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), problems: [] };
  const problems = "problems" in error ? (error.problems as Problem[]) : [];
  return { name: error.name, message: error.message, problems };
}
