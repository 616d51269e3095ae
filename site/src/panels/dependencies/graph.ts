/** Scripts in their order, and what joins two of them. Pixels are the component's. */
import type { DependencyReport, NamedObject, Report, ScriptPair } from "flightcheck-wasm";
import { steps } from "../plan/plan";

export type Verdict = "dependent" | "conflicting" | "unknown";

/** Verdicts, those that need somebody first. */
export const VERDICTS: Record<Verdict, { sign: string; says: string }> = {
  conflicting: { sign: "≠", says: "in the other order one of them fails, or the schema is another" },
  dependent: { sign: "→", says: "one needs the other, and runs after it" },
  unknown: { sign: "?", says: "it cannot be told" },
};

export interface Edge {
  key: string;
  pair: ScriptPair;
  verdict: Verdict;
  /** The rows of the two scripts, the upper one first. */
  from: number;
  to: number;
}

export interface Graph {
  nodes: { file: string; about: string }[];
  edges: Edge[];
  /** How many pairs there are, those included that are independent. */
  pairs: number;
}

/** Each pair is judged by itself, so that their number is what one waits for. */
export const MOST = 20;

/** The scripts in the order in which they run: those that were applied, and those of the next run. */
export function order(report: Report): { applied: string[]; pending: string[] } {
  const ran = report.migrations.filter(({ installed_rank, file, kind }) => installed_rank !== null && file !== null && kind !== "undo");
  const pending = steps(report).filter(({ event }) => event === null).map(({ file }) => file);
  const applied = ran.toSorted((one, other) => one.installed_rank! - other.installed_rank!).map(({ file }) => file!);
  // A repeatable script that runs again counts where it does.
  return { applied: [...new Set(applied)].filter((file) => !pending.includes(file)), pending };
}

export function graph(found: DependencyReport): Graph {
  const rows = new Map(found.scripts.map(({ script }, at) => [script, at]));
  const edges = found.pairs.map((pair) => ({
    key: `${pair.a} ${pair.b}`,
    pair,
    verdict: pair.verdict as Verdict,
    from: rows.get(pair.a) ?? 0,
    to: rows.get(pair.b) ?? 0,
  }));
  const nodes = found.scripts.map(({ script, makes, alters, removes, opaque }) => ({
    file: script,
    about: opaque.length ? "not understood entirely" : about({ makes, alters: without(alters, makes), removes }),
  }));
  const count = nodes.length;
  return { nodes, edges, pairs: (count * (count - 1)) / 2 };
}

const without = (objects: NamedObject[], others: NamedObject[]) => objects.filter(({ name }) => !others.some((other) => other.name === name));

/** `makes orders; alters customers`, without what is only a part of something that is named already. */
function about(touched: Record<string, NamedObject[]>): string {
  const named = Object.entries(touched).flatMap(([how, objects]) => {
    const names = objects.map(({ name }) => name).filter((name, _, all) => !all.some((other) => name.startsWith(`${other}.`)));
    return names.length ? [`${how} ${names.map(bare).join(", ")}`] : [];
  });
  return named.join("; ");
}

/** The two scripts; of those that depend the one first that has to run first. */
export function inTurn({ pair }: Edge): [string, string] {
  return pair.first === pair.b ? [pair.b, pair.a] : [pair.a, pair.b];
}

/** `table orders`, without the schema. */
export function objects({ objects }: ScriptPair): string {
  return objects.map(({ kind, name }) => `${kind} ${bare(name)}`).join(", ");
}

const bare = (name: string) => name.slice(name.indexOf(".") + 1);
