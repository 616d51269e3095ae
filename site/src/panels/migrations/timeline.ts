/** What happened in the order in which it happened, what the next run does after that, and what stays out. */
import type { Migration, Report } from "flightcheck-wasm";
import { compareVersions } from "../../project/names";
import { shape } from "./shape";

/** A node of the rail. */
export interface Node {
  migration: Migration;
  /** Its place among all nodes that are drawn, counted from 0. */
  at: number;
  /** The node before which its version belongs; null where it came in its turn. */
  belongs: number | null;
}

export interface Timeline {
  /** Whether `migrate` would run what comes next. */
  runs: boolean;
  applied: Node[];
  next: Node[];
  left: Node[];
}

export function timeline(report: Report): Timeline {
  const rank = (migration: Migration) => migration.installed_rank ?? Number.MAX_SAFE_INTEGER;
  // Where `migrate` refuses there is no plan, but the scripts that would run otherwise are known.
  const plan = new Map((report.plan ?? report.scripts?.map(({ file }) => file) ?? []).map((name, at) => [name, at]));
  const turn = ({ script, file }: Migration) => plan.get(report.plan ? script : (file ?? ""));
  const applied = report.migrations.filter((migration) => migration.installed_rank !== null);
  const open = report.migrations.filter((migration) => migration.installed_rank === null);
  const next = open.filter((migration) => turn(migration) !== undefined);
  const left = open.filter((migration) => turn(migration) === undefined);
  applied.sort((one, other) => rank(one) - rank(other));
  next.sort((one, other) => turn(one)! - turn(other)!);

  const nodes: Node[] = [...applied, ...next, ...left].map((migration, at) => ({ migration, at, belongs: null }));
  const ran = nodes.slice(0, applied.length);
  const highest = ran.filter(isVersioned).map(({ migration }) => migration.version!).sort(compareVersions).at(-1) ?? null;
  for (const node of nodes) {
    const isLate = /^(Out of Order|Ignored)$/.test(node.migration.state);
    if (isLate || (node.migration.state === "Pending" && isVersioned(node))) node.belongs = place(node, ran, highest);
  }
  return {
    runs: report.plan !== null,
    applied: nodes.slice(0, applied.length),
    next: nodes.slice(applied.length, applied.length + next.length),
    left: nodes.slice(applied.length + next.length),
  };
}

function isVersioned({ migration }: Node): boolean {
  return migration.version !== null && shape(migration) === "versioned";
}

/** The first node before this one with a higher version. */
function place(node: Node, nodes: Node[], highest: string | null): number | null {
  const { version } = node.migration;
  // Most come in their turn, above all that is applied: then nothing is searched.
  if (version === null || highest === null || compareVersions(version, highest) > 0) return null;
  const higher = (other: Node) => isVersioned(other) && compareVersions(other.migration.version!, version) > 0;
  return nodes.find((other) => other.at < node.at && higher(other))?.at ?? null;
}

/** A line of the list. */
export type Line =
  | { kind: "node"; node: Node; says: boolean }
  | { kind: "folded"; nodes: Node[] }
  | { kind: "mark"; id: "now" | "left"; says: string };

/** A line with where it begins, its height and where its sign is, in pixels. */
export type Drawn = Line & { key: string; top: number; height: number; sign: number };

/** So many uneventful nodes in a row are folded into one line. */
const FOLD = 12;
const HEIGHTS = { mark: 44, folded: 32, node: 30, saying: 48 };

/** All lines from above. `open` unfolds what is folded. */
export function lines(timeline: Timeline, schemaVersion: string | null, open: boolean): Drawn[] {
  const { applied, next, left } = timeline;
  const targets = new Set([...applied, ...next, ...left].map(({ belongs }) => belongs));
  const quiet = (node: Node) => node.migration.state === "Success" && node.belongs === null && !targets.has(node.at);
  const found: Line[] = [];
  let row: Node[] = [];
  const flush = () => {
    if (row.length > FOLD && !open) found.push({ kind: "folded", nodes: row });
    else found.push(...row.map((node): Line => ({ kind: "node", node, says: false })));
    row = [];
  };
  const add = (nodes: Node[]) => {
    for (const node of nodes) {
      if (quiet(node)) {
        row.push(node);
        continue;
      }
      flush();
      found.push({ kind: "node", node, says: !isExpected(node) });
    }
    flush();
  };
  add(applied);
  const now = schemaVersion === null ? "Now: nothing is applied" : `Now at version ${schemaVersion}`;
  found.push({ kind: "mark", id: "now", says: `${now}. ${following(timeline)}` });
  add(next);
  if (left.length) found.push({ kind: "mark", id: "left", says: "Not in the next run" });
  add(left);
  let top = 0;
  return found.map((line) => {
    const height = HEIGHTS[line.kind === "node" && line.says ? "saying" : line.kind];
    const drawn = { ...line, key: keyOf(line), top, height, sign: top + (line.kind === "node" ? HEIGHTS.node : height) / 2 };
    top += height;
    return drawn;
  });
}

function following({ runs, next }: Timeline): string {
  if (!runs) return "migrate refuses to go on:";
  return next.length ? "The next run:" : "Nothing is left to run.";
}

/** What is applied or waits in its turn needs no sentence in the picture. */
function isExpected({ migration, belongs }: Node): boolean {
  return belongs === null && /^(Success|Pending)$/.test(migration.state) && !/checksum/.test(migration.why);
}

function keyOf(line: Line): string {
  return line.kind === "mark" ? line.id : line.kind === "folded" ? `f${line.nodes[0].at}` : `n${line.node.at}`;
}

/** Where a node is drawn: in its own line, or in the one that it is folded into. */
export function linesOfNodes(drawn: Drawn[]): Map<number, Drawn> {
  const found = new Map<number, Drawn>();
  for (const line of drawn) {
    if (line.kind === "node") found.set(line.node.at, line);
    if (line.kind === "folded") for (const node of line.nodes) found.set(node.at, line);
  }
  return found;
}
