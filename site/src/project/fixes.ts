/** Applying the fixes that findings offer, and showing beforehand what they would change. */
import type { ReportedFix } from "flightcheck-wasm";
import type { Content } from "../engine/protocol";
import { Offsets } from "./offsets";

/** What a fix makes of one file. */
export interface FileChange {
  file: string;
  /** Its new path, where it is renamed. */
  to: string | null;
  /** Null where the file is new. */
  before: string | null;
  after: string;
}

/** What a fix would change. Throws where the files are not those that it was made for. */
export function changesOf(fix: ReportedFix, files: ReadonlyMap<string, Content>): FileChange[] {
  const changes = new Map<string, FileChange>();
  const changed = (file: string): FileChange => {
    const content = files.get(file);
    if (typeof content !== "string") throw new Error(`${file} is no text`);
    const change = changes.get(file) ?? { file, to: null, before: content, after: content };
    changes.set(file, change);
    return change;
  };
  // From the back, so that what was not replaced yet stays where it was.
  const replaced = fix.edits.filter((edit) => edit.kind === "replace" && edit.span);
  replaced.sort((a, b) => ("span" in b ? b.span!.start : 0) - ("span" in a ? a.span!.start : 0));
  for (const edit of replaced) {
    if (edit.kind !== "replace" || !edit.span) continue;
    const change = changed(edit.file);
    const offsets = new Offsets(change.before!);
    const [from, to] = [offsets.index(edit.span.start), offsets.index(edit.span.end)];
    change.after = change.after.slice(0, from) + edit.text + change.after.slice(to);
  }
  for (const edit of fix.edits) {
    if (edit.kind === "create") changes.set(edit.file, { file: edit.file, to: null, before: null, after: edit.text });
    if (edit.kind === "rename") changed(edit.file).to = edit.to;
  }
  return [...changes.values()];
}

/** A line of a comparison; what is unchanged and far from any change is left out. */
export interface DiffLine {
  kind: "same" | "added" | "removed" | "gap";
  text: string;
}

/** Above that many pairs of lines the changed middle is shown as replaced as a whole. */
const PAIRS = 4_000_000;

/** Compares two texts line by line. */
export function diff(before: string | null, after: string, around = 2): DiffLine[] {
  const old = lines(before);
  const now = lines(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const same = (text: string): DiffLine => ({ kind: "same", text });
  const all = [
    ...old.slice(0, start).map(same),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
  return shortened(all, around);
}

function lines(text: string | null): string[] {
  if (!text) return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}

/** The longest common subsequence of lines. */
function middle(old: string[], now: string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: "removed", text });
  const added = (text: string): DiffLine => ({ kind: "added", text });
  if (old.length * now.length > PAIRS) return [...old.map(removed), ...now.map(added)];
  const longest = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      longest[i][j] =
        old[i] === now[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const found: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      found.push({ kind: "same", text: old[i] });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && longest[i + 1][j] >= longest[i][j + 1])) {
      found.push(removed(old[i++]));
    } else {
      found.push(added(now[j++]));
    }
  }
  return found;
}

function shortened(all: DiffLine[], around: number): DiffLine[] {
  const near = new Uint8Array(all.length);
  all.forEach(({ kind }, at) => {
    if (kind !== "same") near.fill(1, Math.max(0, at - around), at + around + 1);
  });
  const kept: DiffLine[] = [];
  all.forEach((line, at) => {
    if (near[at]) kept.push(line);
    else if (kept.at(-1)?.kind !== "gap") kept.push({ kind: "gap", text: "" });
  });
  return kept;
}
