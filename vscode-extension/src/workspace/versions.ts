// Versions of migrations: their order, and the next free one in a project's own style. What a name means is the engine's
// to say; this only continues what is there.

/** A part of a name that has the form of a migration's: `V` `1.2` `__` `add_orders` `.sql`. */
export interface Style {
  /** What stands before the version, folders included. */
  prefix: string;
  version: string;
  separator: string;
  suffix: string;
}

/** The order of versions, number by number; no version comes last. */
export function byVersion(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [left, right] = [numbers(a), numbers(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x, y] = [left[at] ?? 0n, right[at] ?? 0n];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The style of a script's path; null where no version stands in its name or, as with some tools, in its folder's. */
export function styleOf(path: string): Style | null {
  const parts = /^(.*\/)?([A-Za-z]*?)(\d+(?:[._]\d+)*)(__|_|-)([^/]*?)((?:\.(?:up|down|do|undo))?\.[^./]+|\/[^/]+)$/.exec(path);
  if (!parts) return null;
  return { prefix: (parts[1] ?? "") + parts[2], version: parts[3]!, separator: parts[4]!, suffix: parts[6]! };
}

/** The version after the highest, in the same style: a time stays a time, `007` is followed by `008`, `1.2` by `1.3`. */
export function nextVersion(highest: string, now: Date): string {
  const time = /^(19|20)\d{6,12}$/.test(highest) ? stamp(now, highest.length) : "";
  if (time > highest) return time;
  const [, head = "", last = ""] = /^(.*?)(\d+)$/.exec(highest) ?? [];
  return head + (BigInt(last || "0") + 1n).toString().padStart(last.length, "0");
}

/** The path of a new script. */
export function pathOf({ prefix, separator, suffix }: Style, version: string, description: string): string {
  const words = description.trim().replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");
  return `${prefix}${version}${separator}${words || "change"}${suffix}`;
}

function numbers(version: string): bigint[] {
  return version.split(/[._]/).map((part) => BigInt(/^\d+$/.test(part) ? part : 0));
}

/** A time in Greenwich with as many digits. */
function stamp(now: Date, digits: number): string {
  return now.toISOString().replace(/\D/g, "").slice(0, digits);
}
