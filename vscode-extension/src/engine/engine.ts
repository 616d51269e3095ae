// The engine: the core as WebAssembly, with the projects that it keeps. It knows nothing of the editor.
import type * as Wasm from "flightcheck-wasm";
import type {
  DraftReport, FormatDescription, Options, Place, Report, ReportedEdit, ReportedFinding, RuleDescription, ScriptImpact, ScriptRollback,
} from "flightcheck-wasm";
import { isMarked, positionsOf, textOf, withoutMark, type Content, type Position } from "./positions";

/** The part of the module that the engine calls. */
export type Module = Pick<typeof Wasm, "Project" | "formats" | "listedProjects" | "reset" | "rules" | "version">;

/** A report without what is asked for script by script. */
export type Summary = Omit<Report, "findings" | "rollback" | "scripts" | "suppressed">;

/** How well a migration can be taken back, and what speaks against it. */
export interface Taken extends Pick<ScriptRollback, "script" | "version" | "undo" | "class" | "reason"> {
  why: string[];
}

/** What a check gives. */
export interface Checked {
  summary: Summary;
  /** The scripts that would run, in order. */
  runs: string[];
  /** What takes the versioned migrations back, in the order in which they are applied. */
  rollback: Taken[];
  /** The findings of each file whose findings are not those of the check before. */
  findings: Record<string, ReportedFinding[]>;
  /** The files on which the module failed, each with what it said: they are left out until they change. */
  lost: Record<string, string>;
}

/** A script that would run, and where its statements stand. */
export interface Script {
  impact: ScriptImpact;
  ranges: { start: Position; end: Position }[];
}

interface Kept {
  options: Options;
  files: Map<string, Content>;
  history: { name: string; content: Content } | null;
  /** Files that changed since the last check that went well: one of them is to blame for a trap. */
  fresh: Set<string>;
  lost: Map<string, string>;
  /** The module's own object, and the instance that it belongs to. */
  project?: Wasm.Project;
  instance: number;
  /** The findings of each file, as they were sent. */
  sent: Map<string, string>;
  scripts: Map<string, ScriptImpact>;
  rollback: Map<string, ScriptRollback>;
}

/** More traps than this in one check are not the fault of single files. */
const MOST_LOST = 8;

export class Engine {
  private readonly kept = new Map<string, Kept>();
  private instance = 0;

  constructor(private readonly module: Module) {}

  /** Begins a project anew, with no files. */
  open(id: string, options: Options): void {
    this.kept.get(id)?.project?.free();
    const [files, fresh, lost] = [new Map<string, Content>(), new Set<string>(), new Map<string, string>()];
    this.kept.set(id, { options, files, history: null, fresh, lost, instance: -1, sent: new Map(), scripts: new Map(), rollback: new Map() });
  }

  close(id: string): void {
    const kept = this.kept.get(id);
    if (kept && kept.instance === this.instance) kept.project?.free();
    this.kept.delete(id);
  }

  setOptions(id: string, options: Options): void {
    const kept = this.of(id);
    kept.options = options;
    kept.project = undefined;
  }

  set(id: string, path: string, content: Content): void {
    const kept = this.of(id);
    kept.files.set(path, content);
    kept.fresh.add(path);
    kept.lost.delete(path);
    this.during(kept, () => this.alive(kept)?.setFile(path, content));
  }

  remove(id: string, path: string): void {
    const kept = this.of(id);
    kept.files.delete(path);
    kept.fresh.delete(path);
    kept.lost.delete(path);
    this.during(kept, () => this.alive(kept)?.removeFile(path));
  }

  /** Sets a history that wins over those among the files; null takes it away. */
  setHistory(id: string, name: string, content: Content | null): void {
    const kept = this.of(id);
    kept.history = content === null ? null : { name, content };
    kept.project = undefined;
  }

  /** The files on which all else depends, whether they are there or not. */
  asked(id: string): string[] {
    const kept = this.of(id);
    return this.during(kept, () => this.filled(kept).asked()) ?? [];
  }

  /** The projects that a `flightcheck.toml` lists, by their folders as seen from its own. */
  listed(content: Content): string[] {
    return this.module.listedProjects(content);
  }

  /** Checks what has changed. Throws what a `FlightcheckError` says, and where traps have no end. */
  check(id: string): Checked {
    const kept = this.of(id);
    for (;;) {
      try {
        const report = this.filled(kept).report();
        kept.fresh.clear();
        return this.compared(kept, report);
      } catch (error) {
        if (isOfInput(error)) throw error;
        this.blame(kept, error);
      }
    }
  }

  /** What a script would do; null where it would not run. */
  script(id: string, path: string): Script | null {
    const kept = this.of(id);
    const impact = kept.scripts.get(path);
    const content = kept.files.get(path);
    if (!impact || content === undefined) return null;
    const spans = impact.statements.flatMap(({ span }) => [span.start, span.end]);
    const positions = positionsOf(textOf(content), spans);
    const ranges = impact.statements.map((_, at) => ({ start: positions[2 * at]!, end: positions[2 * at + 1]! }));
    return { impact, ranges };
  }

  /** The report in one of the formats of the command line. */
  render(id: string, format: string): string {
    const kept = this.of(id);
    return this.orFail(this.during(kept, () => this.filled(kept).render(format)));
  }

  /** The locks of a script as an SVG picture; empty where nobody waits. */
  picture(id: string, path: string): string {
    const kept = this.of(id);
    return this.orFail(this.during(kept, () => this.filled(kept).lockPicture(path)));
  }

  /** The undo script of a migration, as it can be drafted. Throws what a `FlightcheckError` says where it cannot. */
  draftUndo(id: string, path: string): DraftReport {
    const kept = this.of(id);
    return this.orFail(this.during(kept, () => this.filled(kept).draftUndo(path)));
  }

  /** Where a script that holds its own undo begins to take itself back; null where nothing does. */
  undoPlace(id: string, path: string): Position | null {
    const kept = this.of(id);
    const starts = (kept.rollback.get(path)?.effects ?? []).flatMap(({ undone_by }) => undone_by?.start ?? []);
    const content = kept.files.get(path);
    return starts.length > 0 && content !== undefined ? positionsOf(textOf(content), [Math.min(...starts)])[0]! : null;
  }

  rules(): RuleDescription[] {
    return this.module.rules();
  }

  formats(): FormatDescription[] {
    return this.module.formats();
  }

  private of(id: string): Kept {
    const kept = this.kept.get(id);
    if (!kept) throw new Error(`there is no project ${id}`);
    return kept;
  }

  /** The module's object, if it is there and of this instance. */
  private alive(kept: Kept): Wasm.Project | undefined {
    return kept.instance === this.instance ? kept.project : undefined;
  }

  /** The module's object with all files but those that are lost, and those that are left out to find who is to blame. */
  private filled(kept: Kept, without: ReadonlySet<string> = new Set()): Wasm.Project {
    const alive = this.alive(kept);
    if (alive) return alive;
    const project = new this.module.Project(kept.options);
    for (const [path, content] of kept.files) {
      if (!kept.lost.has(path) && !without.has(path)) project.setFile(path, content);
    }
    if (kept.history) project.setHistory(kept.history.name, kept.history.content);
    if (without.size === 0) [kept.project, kept.instance] = [project, this.instance];
    return project;
  }

  /** Calls the module; after a trap its instance is a new one, and so will be the project. */
  private during<T>(kept: Kept, call: () => T): T | undefined {
    try {
      return call();
    } catch (error) {
      if (isOfInput(error)) throw error;
      this.renew();
      kept.project = undefined;
      return undefined;
    }
  }

  /** What a call gave, or an error where it ran into a trap. */
  private orFail<T>(given: T | undefined): T {
    if (given === undefined) throw new Error("flightcheck failed on this, which is a bug of flightcheck; check the project anew");
    return given;
  }

  private renew(): void {
    this.module.reset();
    this.instance += 1;
  }

  /** Finds the file on which the module failed, among those that have changed, and leaves it out. */
  private blame(kept: Kept, error: unknown): void {
    this.renew();
    if (kept.lost.size >= MOST_LOST) throw error;
    const suspects = [...(kept.fresh.size > 0 ? kept.fresh : kept.files.keys())].filter((path) => !kept.lost.has(path));
    // The first of them with which it fails is found by halves, however many there are to blame.
    let [good, bad] = [0, suspects.length];
    if (bad === 0 || !this.passes(kept, new Set(suspects))) throw error;
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (this.passes(kept, new Set(suspects.slice(middle)))) good = middle;
      else bad = middle;
    }
    const path = suspects[good]!;
    kept.lost.set(path, error instanceof Error ? error.message : String(error));
    kept.fresh.delete(path);
  }

  private passes(kept: Kept, without: ReadonlySet<string>): boolean {
    kept.project = undefined;
    try {
      const project = this.filled(kept, without);
      project.report();
      project.free();
      return true;
    } catch (error) {
      if (isOfInput(error)) return true;
      this.renew();
      return false;
    }
  }

  private compared(kept: Kept, report: Report): Checked {
    const { findings, rollback, scripts, suppressed: _, ...summary } = report;
    const byFile = new Map<string, ReportedFinding[]>();
    for (const finding of (findings ?? []).map((finding) => this.inEditor(kept, finding))) {
      const list = byFile.get(finding.file);
      if (list) list.push(finding);
      else byFile.set(finding.file, [finding]);
    }
    const changed: Record<string, ReportedFinding[]> = {};
    for (const [path, list] of byFile) {
      const text = JSON.stringify(list);
      if (kept.sent.get(path) === text) continue;
      kept.sent.set(path, text);
      changed[path] = list;
    }
    for (const path of [...kept.sent.keys()].filter((path) => !byFile.has(path))) {
      kept.sent.delete(path);
      changed[path] = [];
    }
    kept.scripts = new Map((scripts ?? []).map((script) => [script.file, script]));
    kept.rollback = new Map((rollback?.scripts ?? []).map((taken) => [taken.script, taken]));
    const runs = (scripts ?? []).map(({ file }) => file);
    return { summary, runs, rollback: (rollback?.scripts ?? []).map(inShort), findings: changed, lost: Object.fromEntries(kept.lost) };
  }

  /** A finding with all its places as the editor counts. */
  private inEditor(kept: Kept, finding: ReportedFinding): ReportedFinding {
    const placed = <T extends Place>(place: T) => (isMarked(kept.files.get(place.file)) ? withoutMark(place) : place);
    const edited = (edit: ReportedEdit) => (edit.kind === "replace" ? placed(edit) : edit);
    const fixes = finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(edited) }));
    return { ...placed(finding), labels: finding.labels.map(placed), fixes };
  }
}

/** What an editor shows of taking a migration back. */
function inShort({ script, version, undo, class: name, reason, effects, findings, notes }: ScriptRollback): Taken {
  const lost = effects.flatMap(({ loses }) => loses ?? []);
  return { script, version, undo, class: name, reason, why: [...lost, ...findings.map(({ message }) => message), ...notes] };
}

/** Whether an error is the input's fault: all others leave the module in an unknown state. */
export function isOfInput(error: unknown): boolean {
  return error instanceof Error && error.name === "FlightcheckError";
}
