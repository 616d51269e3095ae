/** The whole project in the fragment of an address, which browsers never send anywhere. */
import { deflateSync, Inflate } from "fflate";
import type { Options } from "flightcheck-wasm";
import type { Content } from "../engine/protocol";
import { fromBase64, toBase64 } from "../project/base64";
import type { ProjectStore, Whole } from "../project/store.svelte";

/** The first character says how the rest is to be read. */
const FORM = "1";
const KEY = "#project=";
/** What a link may hold when it is unpacked: those that come from strangers may be made to fill the memory. */
const LARGEST = 32_000_000;
/** Many chats and trackers cut links that are longer. */
export const LONG = 8_000;
/** Some browsers take no longer ones. */
export const TOO_LONG = 2_000_000;

interface Packed {
  files: [path: string, content: string | { bytes: string }][];
  history: { name: string; text: string } | null;
  options: Options;
  open: string | null;
}

export function pack(whole: Whole): string {
  const packed: Packed = {
    files: [...whole.files].map(([path, content]) => [
      path,
      typeof content === "string" ? content : { bytes: toBase64(content) },
    ]),
    history: whole.history,
    options: whole.options,
    open: whole.open ?? null,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(packed));
  return `${KEY}${FORM}${toBase64(deflateSync(bytes, { level: 9 }))}`;
}

/** The project in a fragment; null where there is none. Throws a sentence for people. */
export function unpack(fragment: string): Whole | null {
  if (!fragment.startsWith(KEY)) return null;
  if (fragment[KEY.length] !== FORM) throw new Error("It was made by another version of this page.");
  let packed: unknown;
  try {
    packed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(inflate(fromBase64(fragment.slice(KEY.length + 1)))));
  } catch (error) {
    throw error instanceof TooLarge ? error : new Error("It is incomplete: it may have been cut off on its way.");
  }
  return checked(packed);
}

class TooLarge extends Error {
  constructor() {
    super("What it holds is larger than any project.");
  }
}

function inflate(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    size += chunk.length;
    if (size > LARGEST) throw new TooLarge();
    chunks.push(chunk);
    ended = final;
  });
  // In small pieces, so that what is too large is noticed early.
  for (let at = 0; at < bytes.length; at += 4096) stream.push(bytes.subarray(at, at + 4096), at + 4096 >= bytes.length);
  if (!ended) throw new Error("incomplete");
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Nothing of a stranger's text is taken but what is expected. */
function checked(packed: unknown): Whole {
  const wrong = new Error("It holds no project.");
  const { files, history, options, open } = (packed ?? {}) as Partial<Packed>;
  if (!Array.isArray(files)) throw wrong;
  const contents = new Map<string, Content>();
  for (const entry of files) {
    if (!Array.isArray(entry) || typeof entry[0] !== "string") throw wrong;
    const [path, content] = entry;
    if (typeof content === "string") contents.set(path, content);
    else if (typeof content?.bytes === "string") contents.set(path, fromBase64(content.bytes));
    else throw wrong;
  }
  const isHistory = typeof history?.name === "string" && typeof history.text === "string";
  return {
    files: contents,
    history: isHistory ? { name: history.name, text: history.text } : null,
    options: optionsOf(options),
    open: typeof open === "string" && contents.has(open) ? open : null,
  };
}

function optionsOf(options: unknown): Options {
  if (options === null || typeof options !== "object") return {};
  const { dialect, serverVersion, edition, settings } = options as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const pairs = settings && typeof settings === "object" ? Object.entries(settings) : [];
  return {
    dialect: text(dialect) as Options["dialect"],
    serverVersion: text(serverVersion),
    edition: text(edition) as Options["edition"],
    settings: Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string")),
  };
}

/** Opens what the address holds. What cannot be opened is told. */
export async function follow(project: ProjectStore): Promise<void> {
  try {
    const whole = unpack(location.hash);
    if (!whole) return;
    await project.replace(whole, "a shared project");
  } catch (error) {
    project.notice = { text: `The link cannot be opened. ${(error as Error).message}` };
  }
}

/** What was changed is no longer what the link says, so the address is freed of it. */
export function leave(): void {
  if (location.hash.startsWith(KEY)) window.history.replaceState(null, "", location.pathname + location.search);
}
