/** A migration and its undo script side by side: which statement reverses what. Pixels are the component's. */
import type { ReportedFinding, RollbackEffect, ScriptRollback, Span } from "flightcheck-wasm";
import { counted } from "../../ui/words";
import { Offsets } from "../../project/offsets";

/** How an effect fares: reversed; reversed, but not to what it was; left as it is; past recall; or nobody tries. */
export type Fate = "undone" | "differently" | "left" | "lost" | "open";

export interface Statement {
  span: Span;
  line: number;
  /** As it is written, in one line. */
  words: string;
}

/** Effects of one statement that share their fate. */
export interface Strand {
  key: string;
  fate: Fate;
  effects: RollbackEffect[];
  /** The statement of the undo script that reverses them, counted from zero; null where there is none. */
  to: number | null;
}

export interface Up extends Statement {
  strands: Strand[];
}

export interface Down extends Statement {
  findings: ReportedFinding[];
}

export interface Pairing {
  ups: Up[];
  downs: Down[];
}

/** A file with its statements, as far as they are known; a file may hold both directions. */
export interface Written {
  file: string;
  text: string;
  spans: Span[];
}

/** Puts a migration and its undo script side by side. `down` is null where there is no undo script. */
export function pairing(script: ScriptRollback, up: Written, down: Written | null): Pairing {
  const undoing = script.effects.flatMap(({ undone_by }) => (undone_by ? [undone_by] : []));
  const doing = script.effects.map(({ span }) => span);
  const downs = down ? statements(down, undoing).filter(({ span }) => down.file !== up.file || undoing.some((one) => within(one, span))) : [];
  const ups = statements(up, doing).filter(({ span }) => doing.some((one) => within(one, span)));
  return {
    ups: ups.map((statement) => ({ ...statement, strands: strands(script, statement, downs) })),
    downs: downs.map((statement) => ({
      ...statement,
      findings: script.findings.filter(({ file, span }) => file === down?.file && span && within(span, statement.span)),
    })),
  };
}

/** In words. */
export const FATES: Record<Fate, string> = {
  undone: "undone",
  differently: "comes back differently",
  left: "not undone",
  lost: "cannot come back",
  open: "not taken back yet",
};

/** How the effects fare, in a sentence. */
export function tally({ ups }: Pairing): string {
  const fates = new Map<Fate, number>();
  for (const { fate, effects } of ups.flatMap(({ strands }) => strands)) fates.set(fate, (fates.get(fate) ?? 0) + effects.length);
  const all = [...fates.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return "It has no effect.";
  if (fates.get("open") === all) return `${counted(all, "effect")}, and nothing takes ${all === 1 ? "it" : "them"} back.`;
  const parts = (Object.keys(FATES) as Fate[]).filter((fate) => fates.has(fate)).map((fate) => `${fates.get(fate)} ${FATES[fate]}`);
  return `${counted(all, "effect")}: ${parts.join(", ")}.`;
}

const within = (one: Span, other: Span) => one.start >= other.start && one.start < Math.max(other.end, other.start + 1);

/** The statements of a file in their order; what none of them holds stands for itself. */
function statements({ text, spans }: Written, wanted: Span[]): Statement[] {
  const offsets = new Offsets(text);
  const missing = wanted.filter((span) => !spans.some((statement) => within(span, statement)));
  const all = new Map([...spans, ...missing].map((span) => [span.start, span]));
  let [line, seen] = [1, 0];
  return [...all.values()].sort((one, other) => one.start - other.start).map((span) => {
    const [from, to] = [offsets.index(span.start), offsets.index(span.end)];
    for (; seen < from; seen++) if (text[seen] === "\n") line += 1;
    return { span, line, words: text.slice(from, to).replace(/\s+/g, " ").trim() };
  });
}

function strands(script: ScriptRollback, statement: Statement, downs: Statement[]): Strand[] {
  const strands = new Map<string, Strand>();
  for (const effect of script.effects.filter(({ span }) => within(span, statement.span))) {
    const by = effect.undone_by;
    const at = by ? downs.findIndex(({ span }) => within(by, span)) : -1;
    const to = at < 0 ? null : at;
    const fate = fateOf(script, effect);
    const key = `${statement.span.start} ${fate} ${to}`;
    const known = strands.get(key);
    if (known) known.effects.push(effect);
    else strands.set(key, { key, fate, effects: [effect], to });
  }
  return [...strands.values()];
}

function fateOf({ script, undo, class: proof, findings }: ScriptRollback, { span, undone_by, loses }: RollbackEffect): Fate {
  if (undone_by === null && loses !== null) return "lost";
  if (undo === null || proof === "uncovered") return "open";
  // What goes with something else has no statement of its own.
  if (undone_by === null) return proof === "proved" ? "undone" : "left";
  const accused = findings.some(
    ({ rule, span: place, labels }) =>
      rule === "restored-differently" &&
      ((place && within(place, undone_by)) || labels.some((label) => label.file === script && label.span && within(label.span, span))),
  );
  return accused ? "differently" : "undone";
}
