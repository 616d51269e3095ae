/** All rules, and which of them are looked for. */
import type { Rule } from "../engine/protocol";
import { example, server } from "./example";
import { parts } from "./page";

export interface Entry {
  rule: Rule;
  /** The dialects of its examples in SQL; empty where it is about no dialect. */
  dialects: Set<string>;
  text: string;
}

export interface Filter {
  words: string;
  group: string;
  severity: string;
  dialect: string;
}

export const everything: Filter = { words: "", group: "", severity: "", dialect: "" };

export function entries(rules: Rule[]): Entry[] {
  return rules.map((rule) => {
    const examples = parts(rule.page)
      .filter(({ heading }) => heading === "Unsafe")
      .flatMap(({ pieces }) => pieces);
    const dialects = examples.map((piece) => piece.kind === "example" && server(example(piece.form, piece.text))?.dialect);
    const text = `${rule.name} ${rule.name.replaceAll("-", " ")} ${rule.summary} ${rule.page}`.toLowerCase();
    return { rule, dialects: new Set(dialects.filter((dialect) => typeof dialect === "string")), text };
  });
}

/** What fits, the best first: words in the name, then in the sentence, then in the page. */
export function found(entries: Entry[], { words, group, severity, dialect }: Filter): Entry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const weight = ({ rule }: Entry) => {
    const all = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
    return all(rule.name) ? 0 : all(`${rule.name} ${rule.summary}`) ? 1 : 2;
  };
  const fits = ({ rule, dialects, text }: Entry) =>
    (!group || rule.group === group) &&
    (!severity || rule.severity === severity) &&
    (!dialect || dialects.has(dialect)) &&
    wanted.every((word) => text.includes(word));
  const fitting = entries.filter(fits);
  return wanted.length ? fitting.sort((one, other) => weight(one) - weight(other)) : fitting;
}

/** The rules of each group, in the order in which groups first come. */
export function grouped(entries: Entry[]): [string, Entry[]][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.rule.group, [...(groups.get(entry.rule.group) ?? []), entry]);
  return [...groups];
}
