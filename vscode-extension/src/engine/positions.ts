// Byte offsets into a text as flightcheck decodes it → lines and UTF-16 columns, as the editor counts.

/** A place in a text, both counted from 0. */
export interface Position { line: number; character: number }

/** The text of a file's content; what is no UTF-8 is read byte by byte, so that lines stay where they are. */
export function textOf(content: string | Uint8Array): string {
  if (typeof content === "string") return content;
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(content);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(content);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return new TextDecoder("windows-1252").decode(content);
  }
}

/** The positions of ascending offsets; one past the end is the end. */
export function positionsOf(text: string, offsets: readonly number[]): Position[] {
  const found: Position[] = [];
  let [at, bytes, line, start] = [0, 0, 0, 0];
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
