/** The lock picture of a script: which rows, columns and bars there are, and where. Pixels are the component's. */
import type { ScriptImpact, ScriptLock, ScriptStatement } from "flightcheck-wasm";

/** Who waits for a lock: everybody, whoever writes, whoever writes one of some rows. */
export type Who = "all" | "writers" | "rows";

export type Note = { tone: Who | "work" | "fails"; text: string };

export type Row =
  | { kind: "statement"; at: number; statement: ScriptStatement; words: string; notes: Note[] }
  | { kind: "quiet"; at: number; until: number };

export interface Bar {
  column: number;
  who: Who;
  /** The first and the last row. */
  from: number;
  to: number;
  /** Whether it was taken before the script, and is held after it. */
  before: boolean;
  after: boolean;
}

export interface Mark {
  column: number;
  row: number;
  kind: "rewrite" | "scan" | "empties";
}

export interface Picture {
  rows: Row[];
  /** The relations that have a column, by their full names, and as short as they may be. */
  columns: string[];
  short: string[];
  /** Those that found no place. */
  unseen: string[];
  bars: Bar[];
  marks: Mark[];
}

/** More relations than that are only named. */
const COLUMNS = 14;
/** More quiet statements than that in a row become one line. */
const QUIET = 3;

export const WAIT: Record<Who, string> = {
  all: "reads and writes wait",
  writers: "writes wait",
  rows: "writers of the same rows wait",
};

export function who(lock: ScriptLock): Who {
  return lock.blocks_reads ? "all" : "writers";
}

/** The picture. `words` gives a statement as it is written; `open` unfolds quiet statements. */
export function picture(script: ScriptImpact, words: Words, open: boolean): Picture {
  const relations = relationsOf(script);
  const short = shortNames(relations);
  const named = new Map(relations.map((relation, at) => [relation, short[at]]));
  const rows = rowsOf(script, words, (relation) => named.get(relation) ?? relation, open);
  const places: number[] = [];
  rows.forEach((row, place) => {
    for (let at = row.at; at <= (row.kind === "quiet" ? row.until : row.at); at += 1) places[at] = place;
  });
  const place = (at: number) => places[at] ?? 0;
  const columns = relations.slice(0, COLUMNS);
  const column = new Map(columns.map((relation, at) => [relation, at]));
  const end = script.statements.length - 1;
  const bars: Bar[] = script.locks.map((lock) => ({
    column: column.get(lock.relation) ?? -1,
    who: who(lock),
    from: place(lock.taken ?? 0),
    to: place(lock.released ?? end),
    before: lock.taken === null,
    after: lock.released === null,
  }));
  const marks: Mark[] = [];
  script.statements.forEach((statement, at) => {
    const row = place(at);
    const mark = (kind: Mark["kind"], names: string[]) =>
      names.forEach((name) => marks.push({ column: column.get(name) ?? -1, row, kind }));
    for (const relation of statement.locks_rows ?? []) {
      const to = script.one_transaction ? place(end) : row;
      bars.push({ column: column.get(relation) ?? -1, who: "rows", from: row, to, before: false, after: false });
    }
    mark("rewrite", statement.rewrites ?? []);
    mark("scan", (statement.scans ?? []).filter((name) => !(statement.rewrites ?? []).includes(name)));
    mark("empties", statement.truncated ?? []);
  });
  const isSeen = ({ column }: { column: number }) => column >= 0;
  // The strongest is drawn last, over the weaker ones of the same relation.
  const order: Who[] = ["rows", "writers", "all"];
  const drawn = bars.filter(isSeen).sort((one, other) => order.indexOf(one.who) - order.indexOf(other.who));
  return { rows, columns, short: short.slice(0, COLUMNS), unseen: relations.slice(COLUMNS), bars: drawn, marks: marks.filter(isSeen) };
}

/** The relations in the order in which something first happens to them, those that somebody waits for first. */
function relationsOf({ locks, statements }: ScriptImpact): string[] {
  const relations = new Set(locks.map(({ relation }) => relation));
  for (const { locks_rows = [], rewrites = [], truncated = [], scans = [] } of statements) {
    for (const name of [...locks_rows, ...rewrites, ...truncated, ...scans]) relations.add(name);
  }
  return [...relations];
}

type Words = (statement: ScriptStatement) => string;
type Named = (relation: string) => string;

function rowsOf(script: ScriptImpact, words: Words, named: Named, open: boolean): Row[] {
  const released = new Set(script.locks.map((lock) => lock.released));
  const taken = Map.groupBy(script.locks, (lock) => lock.taken ?? 0);
  const rows: Row[] = [];
  let quiet: Row[] = [];
  const flush = () => {
    if (quiet.length > QUIET && !open) rows.push({ kind: "quiet", at: quiet[0].at, until: quiet.at(-1)!.at });
    else rows.push(...quiet);
    quiet = [];
  };
  script.statements.forEach((statement, at) => {
    const notes = notesOf(statement, taken.get(at) ?? [], named);
    const row: Row = { kind: "statement", at, statement, words: words(statement), notes };
    if (notes.length === 0 && !released.has(at)) {
      quiet.push(row);
    } else {
      flush();
      rows.push(row);
    }
  });
  flush();
  return rows;
}

/** More locks than that at one statement are counted. */
const NOTES = 4;

/** What others notice of a statement. */
function notesOf(statement: ScriptStatement, taken: ScriptLock[], named: Named): Note[] {
  const own = taken.filter((lock) => lock.taken !== null);
  const held = taken.filter((lock) => lock.taken === null);
  const notes: Note[] = own.slice(0, NOTES).map((lock) => ({
    tone: who(lock),
    text: `${lock.mode} on ${named(lock.relation)}: ${WAIT[who(lock)]}`,
  }));
  if (own.length > NOTES) notes.push({ tone: "work", text: `and ${own.length - NOTES} more locks, all in the table below` });
  if (held.length) {
    const tone = held.some((lock) => lock.blocks_reads) ? "all" : "writers";
    notes.push({ tone, text: `held from scripts before: ${held.map(({ relation }) => named(relation)).join(", ")}` });
  }
  const work: [string, string[] | undefined][] = [
    ["locks rows of", statement.locks_rows],
    ["empties", statement.truncated],
    ["rewrites", statement.rewrites],
    ["builds anew", statement.index_rebuilds],
    ["reads all of", statement.scans],
  ];
  const done = work.filter(([, names]) => names?.length).map(([what, names]) => `${what} ${names!.map(named).join(", ")}`);
  if (done.length) notes.push({ tone: "work", text: done.join("; ") });
  if (statement.understood === "opaque") notes.push({ tone: "work", text: "not understood: what it locks is not known" });
  if (statement.understood === "partly") notes.push({ tone: "work", text: "understood in part only" });
  if (statement.fails) notes.push({ tone: "fails", text: `fails: ${statement.fails}` });
  return notes;
}

/** Names without the schema where that leaves them different. */
function shortNames(names: string[]): string[] {
  const short = names.map((name) => name.slice(name.lastIndexOf(".") + 1));
  return names.map((name, at) => (short.filter((other) => other === short[at]).length > 1 ? name : short[at]));
}
