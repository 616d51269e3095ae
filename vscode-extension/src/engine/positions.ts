// Byte offsets into a text as flightcheck decodes it → lines and UTF-16 columns, as the editor counts.

import type { Place } from "flightcheck-wasm";

/** A file's content: text from an editor, bytes from a disk. */
export type Content = string | Uint8Array;

const MARK = 0xfeff;

/** A place in a text, both counted from 0. */
export interface Position { line: number; character: number }

/** The text of a file's content; what is no UTF-8 is read byte by byte, so that lines stay where they are. */
export function textOf(content: Content): string {
  if (typeof content === "string") return content;
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(content);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(content);
  try {
    // flightcheck counts the mark of UTF-8 as a character of the text.
    return new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(content);
  } catch {
    return new TextDecoder("windows-1252").decode(content);
  }
}

/** Whether a content begins with the mark of UTF-8. The editor takes it away, so the first line is shorter there. */
export function isMarked(content: Content | undefined): boolean {
  if (typeof content !== "object") return content?.charCodeAt(0) === MARK;
  return content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
}

/** A place as the editor counts, in a file that begins with a mark. */
export function withoutMark<T extends Place>(place: T): T {
  const earlier = (line: number | null, column: number | null) => (line === 1 && column !== null ? Math.max(1, column - 1) : column);
  return { ...place, column: earlier(place.line, place.column), end_column: earlier(place.end_line, place.end_column) };
}

/** The positions of ascending offsets; one past the end is the end. */
export function positionsOf(text: string, offsets: readonly number[]): Position[] {
  const found: Position[] = [];
  let [at, bytes, line, start] = text.charCodeAt(0) === MARK ? [1, 3, 0, 1] : [0, 0, 0, 0];
  for (const offset of offsets) {
    while (bytes < offset && at < text.length) {
      const unit = text.charCodeAt(at++);
      if (unit === 10 || (unit === 13 && text.charCodeAt(at) !== 10)) [line, start] = [line + 1, at];
      if (unit < 0x80) bytes += 1;
      else if (unit < 0x800) bytes += 2;
      else if (unit >= 0xd800 && unit < 0xdc00) [at, bytes] = [at + 1, bytes + 4];
      else bytes += 3;
    }
    found.push({ line, character: at - start });
  }
  return found;
}
