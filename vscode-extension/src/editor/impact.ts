// What a statement does, in words: for lenses, hints and hovers.
import type { ScriptImpact, ScriptLock, ScriptStatement } from "flightcheck-wasm";

/** Who waits for a lock. */
export function waiting(lock: ScriptLock): string {
  if (lock.blocks_reads) return "reads and writes wait";
  return lock.blocks_writes ? "writes wait" : "nobody waits";
}

/** The locks that a statement takes. */
export function takenBy(impact: ScriptImpact, statement: number): ScriptLock[] {
  return impact.locks.filter(({ taken }) => taken === statement);
}

/** The locks that statements before it took, and that are held while it runs. */
export function heldDuring(impact: ScriptImpact, statement: number): ScriptLock[] {
  return impact.locks.filter(({ taken, released }) => (taken ?? -1) < statement && (released === null || released >= statement));
}

/** A statement in one line; null where nobody notices it. */
export function inOneLine(impact: ScriptImpact, at: number): string | null {
  const statement = impact.statements[at]!;
  if (statement.fails) return `$(error) refused: ${statement.fails}`;
  const parts = takenBy(impact, at).map((lock) => `${lock.mode} on ${lock.relation}: ${waiting(lock)}`);
  parts.push(...works(statement));
  if (parts.length === 0) return null;
  return `$(lock) ${parts.join(" · ")}`;
}

/** What it does to whole relations. Fields that do not apply are left out of a report. */
export function works({ rewrites = [], index_rebuilds = [], scans = [], truncated = [] }: Partial<ScriptStatement>): string[] {
  const parts: [string, string[]][] = [["rewrites", rewrites], ["rebuilds", index_rebuilds], ["reads all of", scans], ["empties", truncated]];
  return parts.filter(([, relations]) => relations.length > 0).map(([verb, relations]) => `${verb} ${relations.join(", ")}`);
}
