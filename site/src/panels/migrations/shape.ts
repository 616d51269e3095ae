/** The shape of a migration in pictures. Its colour is the one of its badge. */
import type { Migration } from "flightcheck-wasm";

export type Shape = "versioned" | "repeatable" | "baseline" | "undo" | "other";

/** What kind of migration it is, from the script, or from the row where the script is gone. */
export function shape({ kind, type, category, version }: Migration): Shape {
  if (kind === "baseline" || /BASELINE/.test(type)) return "baseline";
  if (kind === "undo" || /^UNDO/.test(type) || category === "Undo") return "undo";
  if (kind === "repeatable" || category === "Repeatable") return "repeatable";
  return version === null ? "other" : "versioned";
}
