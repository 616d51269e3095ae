/**
 * The page's side of the engine: promises for what the worker is asked.
 *
 * It keeps everything that the worker was told, so that a fresh one can be filled after a panic.
 */
import type { Options, Report } from "flightcheck-wasm";
import type { AskName, Asks, Changes, Content, HistorySnapshot, Request, Response, Trouble } from "./protocol";

/** A report, or why there is none. */
export type Outcome = { report: Report; problem: null } | { report: null; problem: Trouble };

interface Waiting {
  resolve: (value: any) => void;
  reject: (trouble: Trouble) => void;
}

/** After that long without an answer the engine is taken for stuck. */
const PATIENCE = 30_000;

export class Engine {
  #worker: Worker | null = null;
  #waiting = new Map<number, Waiting>();
  #last = 0;
  #watch: ReturnType<typeof setTimeout> | undefined;

  #files = new Map<string, Content>();
  #history: HistorySnapshot | null = null;
  #options: Options = {};
  #unsent: Changes | null = null;

  #updating: Promise<Outcome> | null = null;
  #following: Promise<Outcome> | null = null;

  /** The module is loaded at once, so that it is there when the first question comes. */
  constructor() {
    this.version().catch(() => {
      // Whoever asks next is told.
    });
  }

  /** Notes changes; the next call takes them along. */
  note(changes: Partial<Changes>): void {
    if (changes.anew) {
      this.#files.clear();
      this.#history = null;
      this.#options = {};
      this.#unsent = { files: new Map(), anew: true };
    }
    const unsent: Changes = (this.#unsent ??= { files: new Map() });
    for (const [path, content] of changes.files ?? []) {
      unsent.files.set(path, content);
      if (content === null) this.#files.delete(path);
      else this.#files.set(path, content);
    }
    if (changes.history !== undefined) this.#history = unsent.history = changes.history;
    if (changes.options) this.#options = unsent.options = changes.options;
  }

  /** Notes changes and gives the report. While one is being made, all later callers share the one after it. */
  update(changes: Partial<Changes> = {}): Promise<Outcome> {
    this.note(changes);
    if (!this.#updating) return (this.#updating = this.#report());
    return (this.#following ??= this.#updating.then(() => {
      this.#following = null;
      return (this.#updating = this.#report());
    }));
  }

  /** Asks the worker; throws a `Trouble`. */
  ask<Name extends AskName>(name: Name, ...args: Asks[Name]["args"]): Promise<Asks[Name]["gives"]> {
    const id = ++this.#last;
    // A fresh worker knows nothing yet, so it is told everything.
    if (!this.#worker) {
      this.#worker = this.#start();
      this.#unsent = this.#everything();
    }
    const request: Request = { id, changes: this.#unsent, name, args };
    this.#unsent = null;
    this.#worker.postMessage(request);
    this.#watch ??= this.#wait();
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  findings = (path: string) => this.ask("findings", path);
  render = (format: string) => this.ask("render", format);
  simulate = (command: Asks["simulate"]["args"][0], to?: string) => this.ask("simulate", command, to);
  lockPicture = (path: string) => this.ask("lockPicture", path);
  schema = () => this.ask("schema");
  schemaChanges = (path: string) => this.ask("schemaChanges", path);
  draftUndo = (path: string) => this.ask("draftUndo", path);
  undoPlan = (version: string) => this.ask("undoPlan", version);
  dependencies = (paths: string[]) => this.ask("dependencies", paths);
  impact = (input: Asks["impact"]["args"][0]) => this.ask("impact", input);
  plainHistory = (text: string) => this.ask("plainHistory", text);
  rules = () => this.ask("rules");
  explain = (rule: string) => this.ask("explain", rule);
  check = (files: Record<string, Content>, options: Options) => this.ask("check", files, options);
  version = () => this.ask("version");

  async #report(): Promise<Outcome> {
    try {
      return { report: await this.ask("report"), problem: null };
    } catch (problem) {
      return { report: null, problem: problem as Trouble };
    } finally {
      this.#updating = null;
    }
  }

  #everything(): Changes {
    return { anew: true, files: new Map(this.#files), history: this.#history, options: this.#options };
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Response>) => this.#answered(data);
    worker.onerror = (event) => this.#fail(event.message || "The engine could not be started.");
    return worker;
  }

  #wait() {
    return setTimeout(() => this.#fail("The engine did not answer for half a minute."), PATIENCE);
  }

  #answered(response: Response): void {
    clearTimeout(this.#watch);
    this.#watch = undefined;
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (this.#waiting.size > 0) this.#watch = this.#wait();
    if ("value" in response) {
      waiting?.resolve(response.value);
    } else {
      if (response.trouble.panic) this.#unsent = this.#everything();
      waiting?.reject(response.trouble);
    }
  }

  /** The worker is beyond help: whoever waits is told, and the next call starts a fresh one. */
  #fail(message: string): void {
    clearTimeout(this.#watch);
    this.#watch = undefined;
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject({ panic: true, message, problems: [] });
  }
}
