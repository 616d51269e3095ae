/** The project in the page: what the reviewer has put in, and what the engine says of it. */
import type { Options, Report, Span } from "flightcheck-wasm";
import { SvelteMap } from "svelte/reactivity";
import { Engine, type Outcome } from "../engine/client";
import type { Changes, Content, HistorySnapshot, Trouble } from "../engine/protocol";

/** Everything that makes a project: what examples, archives and links carry. */
export interface Whole {
  files: Map<string, Content>;
  history: HistorySnapshot | null;
  options: Options;
  /** The file to open; the first script otherwise. */
  open?: string | null;
}

/** A place that the editor shall show. Each jump is a new object, so jumping twice to a place works. */
export interface Jump {
  file: string;
  /** In bytes of the UTF-8 text; the start of the file without it. */
  span: Span | null;
}

/** The full report waits until the keyboard rests that long. */
const REST = 120;

export class ProjectStore {
  readonly engine: Engine;
  /** Path → content, in the order in which they were added. */
  readonly files = new SvelteMap<string, Content>();
  open = $state<string | null>(null);
  history = $state.raw<HistorySnapshot | null>(null);
  options = $state.raw<Options>({});
  /** The last report; it stays while a new one is made, and where there is none because of `problem`. */
  report = $state.raw<Report | null>(null);
  problem = $state.raw<Trouble | null>(null);
  /** Whether the report is older than the project. */
  stale = $state(false);
  /** Counts the reports: what was asked of the engine beside the report is out of date when it changes. */
  revision = $state(0);
  jumped = $state.raw<Jump | null>(null);

  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(engine = new Engine()) {
    this.engine = engine;
  }

  /** The scripts that the report knows, in the order of `info`; then the other files by path. */
  readonly order = $derived.by(() => {
    const known = new Set<string>();
    for (const { file } of this.report?.migrations ?? []) if (file && this.files.has(file)) known.add(file);
    const others = [...this.files.keys()].filter((path) => !known.has(path)).sort();
    return { migrations: [...known], others };
  });

  get empty(): boolean {
    return this.files.size === 0;
  }

  /** Opens a file, and shows a place in it. */
  jump(file: string, span: Span | null = null): void {
    if (!this.files.has(file)) return;
    this.open = file;
    this.jumped = { file, span };
  }

  /** Sets a file's content, adding the file where there is none. */
  set(path: string, content: Content): void {
    this.files.set(path, content);
    this.#tell({ files: new Map([[path, content]]) });
  }

  /** A keystroke: like `set`, but the full report waits for a pause. */
  type(path: string, text: string): void {
    this.files.set(path, text);
    this.stale = true;
    this.engine.note({ files: new Map([[path, text]]) });
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#tell({}), REST);
  }

  add(path: string, content: Content = ""): void {
    this.set(path, content);
    this.open = path;
  }

  rename(from: string, to: string): void {
    const content = this.files.get(from);
    if (content === undefined || from === to) return;
    this.files.delete(from);
    this.files.set(to, content);
    if (this.open === from) this.open = to;
    this.#tell({ files: new Map<string, Content | null>([[from, null], [to, content]]) });
  }

  delete(path: string): void {
    const paths = [...this.order.migrations, ...this.order.others];
    this.files.delete(path);
    if (this.open === path) {
      const at = paths.indexOf(path);
      this.open = paths[at + 1] ?? paths[at - 1] ?? null;
    }
    this.#tell({ files: new Map([[path, null]]) });
  }

  setHistory(history: HistorySnapshot | null): void {
    this.history = history;
    this.#tell({ history });
  }

  setOptions(options: Options): void {
    this.options = options;
    this.#tell({ options });
  }

  /** Puts another project in place of this one. */
  load(whole: Whole): Promise<void> {
    this.files.clear();
    for (const [path, content] of whole.files) this.files.set(path, content);
    this.history = whole.history;
    this.options = whole.options;
    this.report = null;
    this.open = whole.open ?? null;
    return this.#tell({ anew: true, files: whole.files, history: whole.history, options: whole.options });
  }

  /** What a link or an archive would carry. */
  whole(): Whole {
    return { files: new Map(this.files), history: this.history, options: this.options, open: this.open };
  }

  async #tell(changes: Partial<Changes>): Promise<void> {
    clearTimeout(this.#rest);
    this.stale = true;
    this.#take(await this.engine.update(changes as Changes));
  }

  #take({ report, problem }: Outcome): void {
    this.problem = problem;
    if (report) this.report = report;
    this.stale = false;
    this.revision += 1;
    this.open ??= this.order.migrations[0] ?? this.order.others[0] ?? null;
  }
}
