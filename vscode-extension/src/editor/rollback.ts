// How well a migration can be taken back, in words: for lenses and the Migrations view.
import type { Taken } from "../engine/engine";

/** Icon and words by the class. A migration that does nothing has none: there is nothing to say. */
const CLASSES: Record<string, { icon: string; words: string }> = {
  proved: { icon: "verified", words: "undo proved" },
  unproved: { icon: "unverified", words: "undo unproved" },
  irreversible: { icon: "warning", words: "irreversible" },
  uncovered: { icon: "discard", words: "no undo" },
};
/** Longer lists are cut: a tooltip is no report. */
const MOST_REASONS = 5;

/** The class in short words; null where there is nothing to take back. */
export function inWords({ class: name, reason }: Taken): { icon: string; words: string } | null {
  const known = CLASSES[name];
  if (!known) return null;
  return { ...known, words: reason && name === "irreversible" ? `${known.words}, and the script says why` : known.words };
}

/** Whether an undo script is to be written: there is none, or a file for it in which nothing stands. */
export function isToWrite({ undo, script, class: name }: Taken): boolean {
  return undo === null || (name === "uncovered" && undo !== script);
}

/** Why it has its class, line by line; empty where nothing speaks against it. */
export function whyOf({ reason, why }: Taken): string {
  const more = why.length > MOST_REASONS ? [`and ${why.length - MOST_REASONS} more`] : [];
  return [...(reason ? [`“${reason}”`] : []), ...why.slice(0, MOST_REASONS), ...more].join("\n");
}
