/** Where a drafted undo script goes. */
import type { DraftReport } from "flightcheck-wasm";
import type { Content } from "../../engine/protocol";
import type { FileChange } from "../../project/fixes";

/** What it makes of its file; null where it has none, or where something stands in its place that is not for us to judge. */
export function placed({ path, marker, text }: DraftReport, files: ReadonlyMap<string, Content>): FileChange | null {
  if (path === null) return null;
  const old = files.get(path);
  if (marker === null) return typeof old === "object" ? null : { file: path, to: null, before: old ?? null, after: text };
  if (typeof old !== "string") return null;
  const lines = old.split("\n");
  const at = lines.findIndex((line) => line.trimEnd() === marker);
  const end = old.endsWith("\n") ? "" : "\n";
  if (at < 0) return { file: path, to: null, before: old, after: `${old}${end}\n${marker}\n${text}` };
  const isEmpty = lines.slice(at + 1).every((line) => line.trim() === "");
  return isEmpty ? { file: path, to: null, before: old, after: `${lines.slice(0, at + 1).join("\n")}\n${text}` } : null;
}
