/** The project in the page: what the reviewer has put in, and what the engine says of it. */
import type { Options, Report, ReportedFinding, ReportedFix, Span } from "flightcheck-wasm";
import { SvelteMap } from "svelte/reactivity";
import { Engine, type Outcome } from "../engine/client";
import type { Changes, Content, HistorySnapshot, Trouble } from "../engine/protocol";
import type { FileChange } from "./fixes";
import { type Taken, withHistory } from "./intake";
import { inOrder, nextName } from "./names";

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
  /** Whether the editor takes the keyboard. */
  focus: boolean;
}

/** Something that was done, to be told at the foot of the page, perhaps with a way back. */
export interface Notice {
  text: string;
  undo?: () => void;
  /** What the way back is called, where it is none. */
  act?: string;
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
  /** Whether it was changed since it was loaded. */
  touched = $state(false);
  /** Counts the reports: what was asked of the engine beside the report is out of date when it changes. */
  revision = $state(0);
  jumped = $state.raw<Jump | null>(null);
  /** The fix that is being looked at. */
  proposal = $state.raw<ReportedFix | null>(null);
  notice = $state.raw<Notice | null>(null);

  /** The findings in the file that is being typed in, ahead of the next report. */
  #fresh = $state.raw<{ path: string; findings: ReportedFinding[]; keys: number } | null>(null);
  #asking = false;
  #keys = $state(0);
  #tells = 0;
  #pressed = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(engine = new Engine()) {
    this.engine = engine;
  }

  /** The scripts that the report knows, by version, repeatables last; then the other files by path. */
  readonly order = $derived.by(() => {
    const known = new Set<string>();
    for (const { file } of inOrder(this.report?.migrations ?? [])) if (file && this.files.has(file)) known.add(file);
    const others = [...this.files.keys()].filter((path) => !known.has(path)).sort();
    return { migrations: [...known], others };
  });

  readonly findings = $derived.by(() => {
    const all = this.report?.findings ?? [];
    const fresh = this.#fresh;
    if (!fresh) return all;
    const at = all.findIndex(({ file }) => file === fresh.path);
    const others = all.filter(({ file }) => file !== fresh.path);
    return others.toSpliced(at === -1 ? others.length : at, 0, ...fresh.findings);
  });

  /** Whether the findings are those of the text as it is now; the engine may be a few keys behind. */
  get current(): boolean {
    return !this.stale || this.#fresh?.keys === this.#keys;
  }

  findingsOf(path: string | null): ReportedFinding[] {
    return this.findings.filter(({ file }) => file === path);
  }

  get empty(): boolean {
    return this.files.size === 0;
  }

  /** Opens a file, and shows a place in it. */
  jump(file: string, span: Span | null = null, focus = true): void {
    if (!this.files.has(file)) return;
    this.open = file;
    this.jumped = { file, span, focus };
  }

  /** Sets a file's content, adding the file where there is none. */
  set(path: string, content: Content): Promise<void> {
    this.files.set(path, content);
    return this.#tell({ files: new Map([[path, content]]) });
  }

  /** A keystroke: like `set`, but the full report waits for a pause; the findings in this file do not. */
  type(path: string, text: string): void {
    this.#keys += 1;
    this.touched = true;
    this.#pressed = performance.now();
    this.files.set(path, text);
    this.stale = true;
    this.engine.note({ files: new Map([[path, text]]) });
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#tell({}), REST);
    if (!this.#asking) void this.#hurry(path);
  }

  /** Asks for the findings in one file until nothing was typed meanwhile. */
  async #hurry(path: string): Promise<void> {
    this.#asking = true;
    try {
      for (let asked = -1; asked !== this.#keys; ) {
        asked = this.#keys;
        const findings = await this.engine.findings(path);
        if (this.open === path && this.stale) this.#fresh = { path, findings, keys: asked };
      }
    } catch {
      // The report will say why.
    } finally {
      this.#asking = false;
    }
  }

  /** The editor shows what is known: notes how long that took since the key was pressed, for `measure.mjs`. */
  measured(): void {
    if (!this.#pressed || this.#fresh?.keys !== this.#keys) return;
    performance.measure("key to diagnostics", { start: this.#pressed, end: performance.now() });
    this.#pressed = 0;
  }

  add(path: string, content: Content = ""): Promise<void> {
    const told = this.set(path, content);
    this.open = path;
    return told;
  }

  /** A text without a name becomes a script of its own: the first one, or the next. */
  paste(text: string): void {
    if (text.trim() === "") return;
    const name = nextName(this, "pasted");
    void this.add(name, text);
    // Who types goes on typing behind the first letter; who pasted reads from the top.
    const at = text.length > 1 ? 0 : new TextEncoder().encode(text).length;
    this.jumped = { file: name, span: { start: at, end: at }, focus: true };
  }

  async rename(from: string, to: string): Promise<void> {
    const content = this.files.get(from);
    if (content === undefined || from === to) return;
    this.files.delete(from);
    this.files.set(to, content);
    if (this.open === from) this.open = to;
    await this.#tell({ files: new Map<string, Content | null>([[from, null], [to, content]]) });
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

  propose(fix: ReportedFix): void {
    this.proposal = fix;
  }

  /** Applies what a fix or a draft would change, all at once; `told` says so, with a way back. */
  apply(changes: FileChange[], told: string): void {
    this.proposal = null;
    const before = this.whole();
    const files = new Map<string, Content | null>();
    for (const { file, to, after } of changes) {
      if (to) {
        files.set(file, null);
        this.files.delete(file);
      }
      files.set(to ?? file, after);
      this.files.set(to ?? file, after);
      if (this.open === file && to) this.open = to;
    }
    void this.#tell({ files });
    this.notice = { text: told, undo: () => void this.load(before) };
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

  /** Puts another project in place of this one, with a way back. */
  replace(whole: Whole, what: string): Promise<void> {
    const before = this.whole();
    const undo = before.files.size > 0 ? () => void this.load(before) : undefined;
    this.notice = { text: `Opened ${what}`, undo };
    return this.load(whole);
  }

  /** Takes in what was dropped or chosen: a folder or an archive replaces the project, files are added to it. */
  async take(coming: Promise<Taken>): Promise<void> {
    let taken: Taken;
    try {
      taken = await coming;
    } catch {
      this.notice = { text: "That could not be read: it is no archive, or a broken one." };
      return;
    }
    const { files, passed, whole } = taken;
    const left = passed > 0 ? `; ${passed} left out, which are neither scripts nor settings` : "";
    const what = `${files.size} file${files.size === 1 ? "" : "s"}${left}`;
    if (files.size === 0) {
      this.notice = { text: `Nothing to open${left}` };
    } else if (whole || this.empty) {
      await this.replace(withHistory(files), what);
    } else {
      for (const [path, content] of files) this.files.set(path, content);
      this.open = files.keys().next().value!;
      this.notice = { text: `Added ${what}` };
      await this.#tell({ files });
    }
  }

  /** What a link or an archive would carry. */
  whole(): Whole {
    return { files: new Map(this.files), history: this.history, options: this.options, open: this.open };
  }

  /** The file to look at first: where something is underlined, or the first script. */
  #first(): string | null {
    const told = this.findings.find(({ file, span }) => span && this.files.has(file))?.file;
    return told ?? this.order.migrations[0] ?? this.order.others[0] ?? null;
  }

  async #tell(changes: Partial<Changes>): Promise<void> {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.stale = true;
    this.touched = !changes.anew;
    const tell = ++this.#tells;
    const outcome = await this.engine.update(changes);
    // Changed again meanwhile, or typed on: the next report is on its way.
    this.stale = tell !== this.#tells || this.#rest !== undefined;
    this.#take(outcome);
  }

  #take({ report, problem }: Outcome): void {
    this.problem = problem;
    if (report) this.report = report;
    if (!this.stale) this.#fresh = null;
    this.revision += 1;
    this.open ??= this.#first();
  }
}
