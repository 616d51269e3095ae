/** The project as it may be given to others, and what was taken out of it. */
import type { Engine } from "../engine/client";
import type { Content } from "../engine/protocol";
import { snapshots } from "../project/intake";
import type { Whole } from "../project/store.svelte";
import { withoutSecrets } from "./secrets";

/** What the reviewer is told. */
export interface Removed {
  /** Secrets by file. */
  secrets: { file: string; count: number }[];
  /** Snapshots whose column `installed_by` was taken out. */
  people: string[];
  /** Snapshots that could not be read, and so stay here. */
  left: string[];
}

const PEOPLE = /installed[_ ]?by/i;
/** A script keeps its text, since its checksum depends on it. */
const isScript = (path: string) => /\.(sql|ddl|pls|pks|pkb)$/i.test(path);

export async function clean(whole: Whole, engine: Engine): Promise<{ whole: Whole; removed: Removed }> {
  const removed: Removed = { secrets: [], people: [], left: [] };
  const files = new Map<string, Content>();
  const histories = new Set([...snapshots(whole.files.keys()), "flightcheck.history.json"]);
  for (const [path, content] of whole.files) {
    if (histories.has(path) || (!isScript(path) && typeof content === "string" && PEOPLE.test(content))) {
      const text = typeof content === "string" ? await withoutPeople(content, engine) : null;
      if (text === null) removed.left.push(path);
      else {
        files.set(path, text);
        if (PEOPLE.test(content as string)) removed.people.push(path);
      }
    } else if (typeof content === "string" && !isScript(path)) {
      const { text, removed: count } = withoutSecrets(content);
      files.set(path, text);
      if (count > 0) removed.secrets.push({ file: path, count });
    } else files.set(path, content);
  }
  return { whole: { ...whole, files, history: await historyOf(whole, engine, removed) }, removed };
}

async function historyOf(whole: Whole, engine: Engine, removed: Removed): Promise<Whole["history"]> {
  if (!whole.history) return null;
  const { name, text } = whole.history;
  const cleaned = await withoutPeople(text, engine);
  const told = cleaned === null ? removed.left : PEOPLE.test(text) ? removed.people : [];
  if (!told.includes(name)) told.push(name);
  return cleaned === null ? null : { name, text: cleaned };
}

/** A history without the names of those who applied it; null where it cannot be read. */
async function withoutPeople(text: string, engine: Engine): Promise<string | null> {
  try {
    const unnamed = (_: string, value: unknown) =>
      value === null || typeof value !== "object" || Array.isArray(value)
        ? value
        : Object.fromEntries(Object.entries(value).filter(([key]) => !PEOPLE.test(key)));
    return JSON.stringify(JSON.parse(text.replace(/^\uFEFF/, ""), unnamed), null, 1);
  } catch {
    // In the other forms the engine knows where the names are, and leaves them out.
    return engine.plainHistory(text).catch(() => null);
  }
}
