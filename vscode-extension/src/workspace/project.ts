// One project: keeps the engine's files true to the editor's, and asks for a check when something changed.
import * as vscode from "vscode";
import type { DraftReport, Problem, ReportedFinding } from "flightcheck-wasm";
import { EngineFailure, EngineLost } from "../engine/client";
import type { Script, Summary, Taken } from "../engine/engine";
import type { Remote } from "../engine/messages";
import type { Position } from "../engine/positions";
import { exists, namesUpward } from "./above";
import { isRead, NotRead, type Contents } from "./content";
import { History } from "./history";
import { optionsOf, setting } from "./settings";
import { each, walk } from "./walk";

/** What is wrong with a project as a whole. */
export interface Trouble { message: string; problems: Problem[] }

/** What a project tells those who show it. */
export interface Listener {
  /** Findings of these files have changed. */
  checked(project: Project, changed: string[]): void;
  warn(message: string): void;
}

export class Project {
  readonly id: string;
  readonly name: string;
  summary: Summary | null = null;
  /** The scripts that would run, in order. */
  runs: readonly string[] = [];
  /** What takes the versioned migrations back, by their paths and by those of their undo scripts. */
  rollback: ReadonlyMap<string, Taken> = new Map();
  trouble: Trouble | null = null;
  readonly findings = new Map<string, readonly ReportedFinding[]>();
  /** Files that are not among what was checked, each with the reason. */
  readonly unread = new Map<string, string>();
  /** Ends when nothing is under way. */
  private running: Promise<void> | null = null;
  private isEnded = false;
  private isOpen = false;
  /** Whether the engine does not know what is shown: then what it does not find again is gone. */
  private isNew = false;
  private files = new Set<string>();
  private reading: readonly string[] = [];
  /** Files to be read again, and those that were read. */
  private readonly stale = new Set<string>();
  private readonly known = new Set<string>();
  /** Files that are read whatever their names, wherever they lie and once they are there. */
  private readonly wanted = new Set<string>();
  private lost: Record<string, string> = {};
  private noHistory: Trouble | null = null;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    readonly root: vscode.Uri,
    private readonly engine: Remote,
    private readonly contents: Contents,
    private readonly history: History,
    private readonly listener: Listener,
  ) {
    this.id = root.toString();
    const path = root.path.slice(folder.uri.path.length).replace(/^\//, "");
    this.name = path === "" ? folder.name : path;
  }

  /** The path of a file in this project; null where it lies elsewhere. */
  pathOf(uri: vscode.Uri): string | null {
    const { scheme, authority, path } = this.root;
    if (uri.scheme !== scheme || uri.authority !== authority) return null;
    const inside = path.endsWith("/") ? path : `${path}/`;
    return uri.path.startsWith(inside) ? uri.path.slice(inside.length) : null;
  }

  /** The path under which this project would read a file that lies outside of it; null where it would not. */
  outerPathOf(uri: vscode.Uri): string | null {
    for (const path of this.wanted) if (path.startsWith("../") && this.uriOf(path).toString() === uri.toString()) return path;
    return null;
  }

  uriOf(path: string): vscode.Uri {
    return path.startsWith("/") ? this.root.with({ path }) : vscode.Uri.joinPath(this.root, path);
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  /** Whether a file is read whatever its name. */
  isWanted(path: string): boolean {
    return this.wanted.has(path);
  }

  /** Says which files there are; what is new is read, what is gone is forgotten. */
  setFiles(files: readonly string[]): void {
    const now = new Set([...files, ...[...this.wanted].filter((path) => this.known.has(path))]);
    for (const path of this.files) if (!now.has(path)) this.stale.add(path);
    for (const path of now) if (!this.known.has(path)) this.stale.add(path);
    this.files = now;
    this.run();
  }

  /** Says that a file is no longer what it was. */
  touch(path: string): void {
    this.stale.add(path);
    this.run();
  }

  /** The files that the engine is looking at: one of them may be too much for it. */
  get suspects(): readonly string[] {
    return this.reading;
  }

  /** Begins anew: the options, the history or the engine are others. */
  restart(): void {
    this.isOpen = false;
    this.run();
  }

  /** Waits until everything that has changed is checked. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  async end(): Promise<void> {
    this.isEnded = true;
    await this.settled();
    const shown = [...this.findings.keys()];
    this.findings.clear();
    this.unread.clear();
    this.trouble = null;
    this.listener.checked(this, shown);
    await this.engine.close(this.id).catch(() => {});
  }

  async script(path: string): Promise<Script | null> {
    if (!this.runs.includes(path)) return null;
    return this.engine.script(this.id, path);
  }

  /** The undo script of a migration, as it can be drafted; rejects with an `EngineFailure` that says why it cannot. */
  draftUndo(path: string): Promise<DraftReport> {
    return this.engine.draftUndo(this.id, path);
  }

  undoPlace(path: string): Promise<Position | null> {
    return this.engine.undoPlace(this.id, path);
  }

  render(format: string): Promise<string> {
    return this.engine.render(this.id, format);
  }

  picture(path: string): Promise<string> {
    return this.engine.picture(this.id, path);
  }

  private run(): void {
    this.running ??= this.work().finally(() => {
      this.running = null;
      if (!this.isEnded && (this.stale.size > 0 || !this.isOpen)) this.run();
    });
  }

  private async work(): Promise<void> {
    try {
      while (!this.isEnded && (!this.isOpen || this.stale.size > 0)) {
        if (!this.isOpen) await this.open();
        await this.update();
        await this.check();
      }
    } catch (error) {
      if (error instanceof EngineLost) return;
      this.say(error instanceof Error ? error.message : String(error));
      this.listener.checked(this, []);
    }
  }

  private async open(): Promise<void> {
    this.isOpen = true;
    this.isNew = true;
    this.known.clear();
    this.wanted.clear();
    for (const path of this.files) this.stale.add(path);
    await this.engine.open(this.id, { ...optionsOf(this.root), above: await namesUpward(this.root) });
    this.noHistory = null;
    try {
      const picked = await this.history.of(this);
      if (picked) await this.engine.setHistory(this.id, picked.name, picked.content);
    } catch (error) {
      if (error instanceof EngineLost) throw error;
      this.noHistory = { message: error instanceof Error ? error.message : String(error), problems: [] };
    }
  }

  /** Brings the files that changed to the engine. */
  private async update(): Promise<void> {
    const paths = [...this.stale].sort();
    this.reading = paths;
    this.stale.clear();
    const largest = setting("largestFile", this.root);
    await each(paths, async (path) => {
      this.unread.delete(path);
      const isWanted = isRead(path) || this.wanted.has(path);
      try {
        const content = isWanted ? await this.contents.of(this.uriOf(path), largest) : this.files.has(path) ? "" : null;
        if (content === null) {
          for (const set of [this.known, this.files]) set.delete(path);
          await this.engine.remove(this.id, path);
        } else {
          this.known.add(path);
          await this.engine.set(this.id, path, content);
        }
      } catch (error) {
        if (!(error instanceof NotRead)) throw error;
        this.unread.set(path, error.message);
        await this.engine.remove(this.id, path);
      }
    });
  }

  private async check(): Promise<void> {
    const before = new Set([...this.unread.keys(), ...Object.keys(this.lost), ...this.placesOfTrouble()]);
    try {
      if (await this.wantsFirst()) return;
      const { summary, runs, rollback, findings, lost } = await this.engine.check(this.id);
      this.reading = [];
      [this.summary, this.runs, this.trouble] = [summary, runs, this.noHistory];
      const byUndo = rollback.flatMap((taken) => (taken.undo ? [[taken.undo, taken] as const] : []));
      this.rollback = new Map([...byUndo, ...rollback.map((taken) => [taken.script, taken] as const)]);
      for (const path of Object.keys(lost)) if (!this.lost[path]) this.listener.warn(this.lostMessage(path, lost[path]!));
      this.lost = lost;
      if (this.isNew) {
        for (const path of this.findings.keys()) before.add(path);
        this.findings.clear();
        this.isNew = false;
      }
      for (const path of Object.keys(findings)) {
        if (findings[path]!.length === 0) this.findings.delete(path);
        else this.findings.set(path, findings[path]!);
        before.add(path);
      }
      if (await this.wantsMore(summary)) return;
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      this.trouble = { message: error.message, problems: error.problems };
    }
    for (const path of [...this.unread.keys(), ...Object.keys(this.lost), ...this.placesOfTrouble()]) before.add(path);
    if (!this.isEnded) this.listener.checked(this, [...before]);
  }

  /** Why a file is not among what was checked, in words; null where it is. */
  whyNotRead(path: string): string | null {
    const why = this.unread.get(path);
    if (why) return `flightcheck did not read this file: ${why}`;
    return this.lost[path] ? this.lostMessage(path, this.lost[path]!) : null;
  }

  private lostMessage(path: string, why: string): string {
    return `flightcheck failed on ${path} and leaves it out until it changes: ${why}`;
  }

  private placesOfTrouble(): string[] {
    return this.trouble?.problems.map(({ file }) => file) ?? [];
  }

  private say(message: string): void {
    this.trouble = { message, problems: [] };
    this.listener.warn(`${this.name}: ${message}`);
  }

  /** Reads what the engine asks for before all else, and what is not read for its name: configuration above the project, the history. */
  private async wantsFirst(): Promise<boolean> {
    const asked = (await this.engine.asked(this.id)).filter((path) => !this.wanted.has(path) && !(this.files.has(path) && isRead(path)));
    await each(asked, async (path) => {
      this.wanted.add(path);
      if (!(await exists(this.uriOf(path)))) return;
      this.files.add(path);
      this.stale.add(path);
    });
    return this.stale.size > 0;
  }

  /** Reads what the locations hold beside scripts with usual endings, and locations outside of the project's folder. */
  private async wantsMore(summary: Summary): Promise<boolean> {
    const before = this.stale.size;
    for (const location of summary.locations.map((location) => location.replace(/^filesystem:/, ""))) {
      if (location === "." || location.includes(":")) continue;
      const isHere = [...this.files].some((path) => path.startsWith(`${location}/`));
      const inside = isHere ? [...this.files] : (await walk(this.uriOf(location), new Set())).map((path) => `${location}/${path}`);
      for (const path of inside.filter((path) => path.startsWith(`${location}/`))) {
        if (this.wanted.has(path) || (isHere && isRead(path))) continue;
        this.wanted.add(path);
        this.files.add(path);
        this.stale.add(path);
      }
    }
    return this.stale.size > before;
  }
}
