/**
 * The engine counts bytes of UTF-8, a JavaScript string counts UTF-16 units, and the editor counts every line break as one.
 * All three are put side by side once for a text; a look-up is a search among lines and a walk in one line.
 */
export class Offsets {
  readonly #text: string;
  /** Where lines begin: in the string, in bytes, in the editor. */
  readonly #index: number[] = [0];
  readonly #bytes: number[] = [0];
  readonly #places: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    let bytes = 0;
    let place = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      bytes += width(unit);
      const pair = unit === 0x0d && text.charCodeAt(at + 1) === 0x0a;
      if (!pair) place += 1;
      if (unit === 0x0a || (unit === 0x0d && !pair)) {
        this.#index.push(at + 1);
        this.#bytes.push(bytes);
        this.#places.push(place);
      }
    }
  }

  /** Byte offset → index in the string. What lies past the end is the end. */
  index(byte: number): number {
    const line = last(this.#bytes, byte);
    let at = this.#index[line];
    let left = byte - this.#bytes[line];
    while (left > 0 && at < this.#text.length) {
      left -= width(this.#text.charCodeAt(at));
      at += 1;
    }
    return at;
  }

  /** Byte offset → position in the editor. */
  place(byte: number): number {
    const at = this.index(byte);
    const line = last(this.#index, at);
    // Between the two characters of a line break there is no place.
    const inBreak = this.#text.charCodeAt(at - 1) === 0x0d && this.#text.charCodeAt(at) === 0x0a ? 1 : 0;
    return this.#places[line] + at - this.#index[line] - inBreak;
  }
}

/** The bytes of a UTF-16 unit; both halves of a pair have two of the four. A lone half is written as U+FFFD: three. */
function width(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
}

/** The last entry that is not greater. */
function last(sorted: number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
