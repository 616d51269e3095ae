/** How far a migration can be taken back, in words for people; what needs somebody first. */
import type { ScriptRollback } from "flightcheck-wasm";
import type { Badge } from "../../ui/tones";

export interface Class {
  id: string;
  tone: Badge;
  /** What it means, in a sentence. */
  says: string;
}

export const CLASSES: Class[] = [
  {
    id: "unproved",
    tone: "error",
    says: "There is an undo script, and it fails, leaves or changes something, or it cannot be told.",
  },
  { id: "uncovered", tone: "warning", says: "It could be taken back, and nothing does so yet." },
  {
    id: "irreversible",
    tone: "info",
    says: "It destroys data, or the server has no way back. A comment that says why, `-- irreversible: …`, counts as covered.",
  },
  { id: "proved", tone: "ok", says: "The undo script gives back the schema as it was: both were played and compared." },
  { id: "nothing", tone: "plain", says: "It changes neither schema nor data, so there is nothing to take back." },
];

export function classOf(script: { class: string }): Class {
  return CLASSES.find(({ id }) => id === script.class)!;
}

/** The migration that a file belongs to, as itself or as its undo script. */
export function rollbackOf(scripts: ScriptRollback[], file: string | null): ScriptRollback | null {
  return scripts.find(({ script, undo }) => file !== null && (script === file || undo === file)) ?? null;
}
