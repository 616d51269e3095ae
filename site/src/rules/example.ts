/**
 * The examples of rule pages: scripts by their names in one text, as the project's own tests read them.
 *
 * A block of `sql` has lines such as `-- V2__index.sql` before each script, and may say `-- server: mysql-8.4`; the carets under
 * what is found are left out, because the engine finds it again. A block of `project` has files after lines `=== path`.
 */
import type { Options, ReportedFinding } from "flightcheck-wasm";
import type { Whole } from "../project/store.svelte";

export interface Example {
  form: string;
  /** The text that is shown and edited. */
  text: string;
  /** What holds for all scripts, such as `server: postgres-15`, by key. */
  settings: Map<string, string>;
}

/** A file in an example, with the place of its first character there. */
interface Section {
  path: string;
  content: string;
  start: number;
}

const SETTING = /^-- (server|server-edition|tiers): (.*)$/;
const CARETS = /^--[ ^]*\^[ ^]*$/;
const DEFAULT_SERVER = "postgres-15";

export function example(form: string, block: string): Example {
  if (form !== "sql") return { form, text: block, settings: new Map() };
  const settings = new Map([["server", DEFAULT_SERVER]]);
  const lines = block.split("\n").filter((line) => {
    const setting = SETTING.exec(line);
    if (setting) settings.set(setting[1], setting[2].trim());
    return !setting && !CARETS.test(line);
  });
  return { form, text: lines.join("\n"), settings };
}

/** The dialect and the version of an example's server; null where its files say it, or nothing does. */
export function server({ settings }: Example): { dialect: string; version: string } | null {
  const [, dialect, version] = /^([^-]+)-(.*)$/.exec(settings.get("server") ?? "") ?? [];
  return dialect ? { dialect, version } : null;
}

function sections({ form, text }: Example): Section[] {
  const head = form === "sql" ? /^-- (\S+\.(?:sql|conf))$/gm : /^=== (.+)$/gm;
  const heads = [...text.matchAll(head)];
  return heads.map((match, at) => {
    const start = Math.min(match.index + match[0].length + 1, text.length);
    const content = text.slice(start, heads[at + 1]?.index ?? text.length);
    return { path: form === "sql" ? `sql/${match[1]}` : match[1].trim(), content, start };
  });
}

const HISTORY = "history.json";

/** The files of an example, those that stand for its settings among them. */
export function files(example: Example): Record<string, string> {
  const found = Object.fromEntries(sections(example).map(({ path, content }) => [path, content]));
  if (example.form !== "sql") return found;
  const { dialect, version } = server(example)!;
  const own = [`dialect = "${dialect}"`, `server-version = "${version}"`];
  const edition = example.settings.get("server-edition");
  const tier = example.settings.get("tiers");
  if (edition) own.push(`server-edition = "${edition}"`);
  if (tier) own.push(`tiers = ["${tier}"]`);
  return { "flightcheck.toml": `${own.join("\n")}\n`, "flyway.conf": "flyway.locations=filesystem:sql\n", ...found };
}

/** The day on which the examples with dates are read. */
const TODAY = "2027-01-01";

export function options(files: Record<string, string>): Options {
  return { today: TODAY, history: HISTORY in files ? HISTORY : null };
}

/** The example as a project for the playground. */
export function whole(example: Example): Whole {
  const { [HISTORY]: history, ...others } = files(example);
  const scripts = Object.keys(others).filter((path) => path.endsWith(".sql"));
  return {
    files: new Map(Object.entries(others)),
    history: history === undefined ? null : { name: HISTORY, text: history },
    options: {},
    open: scripts.at(-1) ?? null,
  };
}

/** From where to where in the example's text a finding is; null where it is about no place in it. */
export function place(example: Example, finding: ReportedFinding): { from: number; to: number } | null {
  const section = sections(example).find(({ path }) => path === finding.file);
  if (!section || finding.line === null) return null;
  const lines = section.content.split("\n");
  const index = (line: number, column: number) =>
    section.start + lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const from = index(finding.line, finding.column ?? 1);
  const to = index(finding.end_line ?? finding.line, finding.end_column ?? finding.column ?? 1);
  return { from, to: Math.max(to, from + 1) };
}

/** A text in pieces, marked or not; places that overlap are joined. */
export function marked(text: string, places: { from: number; to: number }[]): { text: string; marked: boolean }[] {
  const found: { text: string; marked: boolean }[] = [];
  let end = 0;
  for (const { from, to } of [...places].sort((one, other) => one.from - other.from)) {
    if (to <= end) continue;
    const start = Math.max(from, end);
    found.push({ text: text.slice(end, start), marked: false }, { text: text.slice(start, to), marked: true });
    end = to;
  }
  return [...found, { text: text.slice(end), marked: false }].filter(({ text }) => text);
}
