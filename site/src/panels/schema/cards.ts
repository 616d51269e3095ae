/** The schema as cards: what a reader looks for first, and what only belongs to something else out of the way. */
import type { Schema, SchemaDifference, SchemaObject, SchemaPart } from "flightcheck-wasm";

export interface Column {
  name: string;
  type: string;
  /** Everything else that is known: `not null`, `default 0`. */
  facts: string[];
}

export interface Card {
  kind: string;
  name: string;
  certain: boolean;
  facts: string[];
  columns: Column[];
  /** Constraints, indexes, triggers: their kind, name and definition. */
  rest: { kind: string; name: string; definition: string }[];
  /** What the search looks at. */
  text: string;
}

const ORDER = ["table", "view"];

/** Tables, then views, then the rest. An index that a constraint brought along is told with the constraint. */
export function cards(schema: Schema): Card[] {
  const place = ({ kind }: Card) => (ORDER.indexOf(kind) + ORDER.length + 1) % (ORDER.length + 1);
  return schema.objects.map(card).sort((one, other) => place(one) - place(other));
}

function card({ kind, name, certain, facts, parts }: SchemaObject): Card {
  const columns = parts.filter((part) => part.kind === "column").map(column);
  const rest = parts.filter((part) => part.kind !== "column" && !has(part, "of constraint")).map(other);
  const text = [kind, name, ...parts.map((part) => part.name)].join("\n").toLowerCase();
  return { kind, name, certain, facts: facts.map(said), columns, rest, text };
}

function has({ facts }: SchemaPart, about: string): boolean {
  return facts.some((fact) => fact.about === about);
}

function said({ about, text }: { about: string; text: string }): string {
  return text ? `${about} ${text}` : about;
}

function column({ name, facts }: SchemaPart): Column {
  const type = facts.find(({ about }) => about === "type")?.text;
  if (type === undefined) return { name, type: "", facts: ["type not known"] };
  return { name, type, facts: facts.filter(({ about }) => about !== "type").map(said) };
}

function other({ kind, name, facts }: SchemaPart) {
  const definition = facts.map((fact) => (/^(kind|on)$/.test(fact.about) ? fact.text : said(fact))).join(", ");
  return { kind, name, definition };
}

/** What a script changes in one object. */
export interface Changed {
  kind: string;
  name: string;
  /** What became of the object itself; null where only parts of it differ. */
  change: SchemaDifference["change"] | null;
  parts: SchemaDifference[];
}

/** Differences by the object. Of an object that comes or goes the parts go without saying. */
export function byObject(differences: SchemaDifference[]): Changed[] {
  const found = new Map<string, Changed>();
  for (const { name, part, kind, change } of differences) {
    if (part === null) found.set(name, { kind, name, change, parts: [] });
  }
  for (const difference of differences) {
    if (difference.part === null) continue;
    const known = found.get(difference.name) ?? { kind: "", name: difference.name, change: null, parts: [] };
    if (known.change === null || known.change === "changed") known.parts.push(difference);
    found.set(difference.name, known);
  }
  for (const difference of differences) {
    if (difference.part === null && difference.change === "changed") found.get(difference.name)!.parts.push(difference);
  }
  return [...found.values()];
}
