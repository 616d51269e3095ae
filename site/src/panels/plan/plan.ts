/** The next run as a reader follows it: what comes in which order, and what shares a transaction. */
import type { Report, ScriptImpact } from "flightcheck-wasm";

/** Who waits for a script at its worst. */
export type Waits = "all" | "writers" | "rows" | "nobody";

export interface Step {
  /** The path of the script; its name where there is no such file. */
  file: string;
  /** The event at which it runs, where it is a callback. */
  event: string | null;
  impact: ScriptImpact | null;
  errors: number;
  warnings: number;
}

/** Steps that commit or fail together. */
export interface Stage {
  steps: Step[];
  /** `one` transaction around all of it; `each` statement commits by itself. */
  transaction: "one" | "each" | "unknown";
}

export function waits({ locks, statements }: ScriptImpact): Waits {
  if (locks.some((lock) => lock.blocks_reads)) return "all";
  if (locks.some((lock) => lock.blocks_writes)) return "writers";
  return statements.some((statement) => statement.locks_rows?.length) ? "rows" : "nobody";
}

/** The steps of the next run in their order, callbacks among them. */
export function steps(report: Report): Step[] {
  const planned = new Map<string, ScriptImpact>();
  for (const script of report.scripts ?? []) planned.set(script.file, script);
  const files = new Map(report.migrations.map(({ script, file }) => [script, file ?? script]));
  const findings = Map.groupBy(report.findings ?? [], ({ file }) => file);
  const counts = (file: string, wanted: string) =>
    findings.get(file)?.filter(({ severity }) => severity === wanted).length ?? 0;
  const step = (file: string, event: string | null): Step => ({
    file,
    event,
    impact: planned.get(file) ?? null,
    errors: counts(file, "error"),
    warnings: counts(file, "warning"),
  });
  // `scripts` has callbacks in their places; what could not be read at all is in the plan only.
  const found = (report.scripts ?? []).map(({ file, event }) => step(file, event ?? null));
  const known = new Set(found.map(({ file }) => file));
  const missing = (report.plan ?? []).map((script) => files.get(script) ?? script).filter((file) => !known.has(file));
  return [...found, ...missing.map((file) => step(file, null))];
}

/** A lock that outlives its script shows that the next one runs in the same transaction, as `group` makes it. */
export function stages(steps: Step[]): Stage[] {
  const stages: Stage[] = [];
  let together = false;
  for (const step of steps) {
    const last = stages.at(-1);
    if (together && last) last.steps.push(step);
    else stages.push({ steps: [step], transaction: transactionOf(step) });
    together = step.impact?.locks.some(({ released }) => released === null) ?? false;
  }
  return stages;
}

function transactionOf({ impact }: Step): Stage["transaction"] {
  if (!impact || impact.unknown) return "unknown";
  return impact.one_transaction ? "one" : "each";
}
