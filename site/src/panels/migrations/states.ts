/** How a state of Flyway looks: one row for each, so that badges and pictures agree. */
import type { Migration } from "flightcheck-wasm";

export type Tone = "plain" | "error" | "warning" | "info" | "ok";

const TONES: Record<string, Tone> = {
  Success: "ok",
  Pending: "info",
  "Above Target": "plain",
  "Below Baseline": "plain",
  "Ignored (Baseline)": "plain",
  Baseline: "info",
  Ignored: "warning",
  Missing: "error",
  "Failed (Missing)": "error",
  Failed: "error",
  "Failed (Future)": "error",
  Future: "warning",
  "Out of Order": "warning",
  Outdated: "warning",
  Superseded: "plain",
  Undone: "plain",
  Available: "plain",
  Deleted: "plain",
};

/** The colour of a state; a state that a later engine knows is plain. */
export function tone(state: string): Tone {
  return TONES[state] ?? "plain";
}

export type Shape = "versioned" | "repeatable" | "baseline" | "undo" | "other";

/** What kind of migration it is, from the script, or from the row where the script is gone. */
export function shape({ kind, type, category, version }: Migration): Shape {
  if (kind === "baseline" || /BASELINE/.test(type)) return "baseline";
  if (kind === "undo" || /^UNDO/.test(type) || category === "Undo") return "undo";
  if (kind === "repeatable" || category === "Repeatable") return "repeatable";
  return version === null ? "other" : "versioned";
}
