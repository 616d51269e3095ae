/** What comes in from the reviewer's machine: files, folders, archives. */
import { unzipSync } from "fflate";
import type { Content } from "../engine/protocol";
import type { Whole } from "./store.svelte";

/** A file larger than that is no migration. */
const LARGEST = 4_000_000;
/** More than that is no folder of migrations. */
const ALL = 64_000_000;
/** Nothing in these folders is ever a migration. */
const FOREIGN = /(^|\/)(\.git|\.idea|node_modules|target|build|dist|__MACOSX)\//;
const WANTED = /\.(sql|conf|toml|json|csv|tsv|txt|md|seal|ddl|pls|pks|pkb|properties|env|mod|lock|plan)$|\.sql\b[^/]*$|(^|\/)[^./]+$/i;

export interface Taken {
  files: Map<string, Content>;
  /** How many were left out, because no migration or setting looks like that. */
  passed: number;
  /** Whether it is a project of its own rather than files for the one that is open. */
  whole: boolean;
}

/** Text where the bytes are UTF-8, a byte order mark included; the bytes where they are not. */
export function contentOf(bytes: Uint8Array): Content {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? bytes : text;
  } catch {
    return bytes;
  }
}

/** What was dropped or chosen. */
export async function take(dropped: DataTransfer): Promise<Taken> {
  // Entries must be asked for before the first wait.
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
  // What was not dragged from a folder has no entries.
  if (entries.length === 0) return choose(dropped.files);
  const found: [string, File][] = [];
  for (const entry of entries) await walk(entry, found);
  return fromFiles(found, entries.some((entry) => entry.isDirectory));
}

/** Files from a file chooser; those of a folder have their path in it. */
export function choose(list: FileList): Promise<Taken> {
  const files = [...list].map((file): [string, File] => [file.webkitRelativePath || file.name, file]);
  return fromFiles(files, files.some(([path]) => path.includes("/")));
}

async function walk(entry: FileSystemEntry, found: [string, File][]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (FOREIGN.test(`${path}/`)) return;
  if (entry.isFile) {
    found.push([path, await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))]);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, found);
  }
}

async function fromFiles(found: [string, File][], folder: boolean): Promise<Taken> {
  const files: [string, Uint8Array][] = [];
  let passed = 0;
  let archive = false;
  for (const [path, file] of found) {
    if (/\.zip$/i.test(path) && !folder) {
      const inside = unpack(new Uint8Array(await file.arrayBuffer()));
      files.push(...inside.files);
      passed += inside.passed;
      archive = true;
    } else if (isWanted(path, file.size)) files.push([path, new Uint8Array(await file.arrayBuffer())]);
    else passed += 1;
  }
  const whole = folder || archive;
  return { files: new Map(files.map(([path, bytes]) => [whole ? inRoot(path, files) : path, contentOf(bytes)])), passed, whole };
}

/** The files of an archive. Sizes are looked at before anything is unpacked. Throws where it is no archive. */
export function unpack(archive: Uint8Array): { files: [string, Uint8Array][]; passed: number } {
  let passed = 0;
  let size = 0;
  const entries = unzipSync(archive, {
    filter({ name, originalSize }) {
      if (name.endsWith("/")) return false;
      size += originalSize;
      const wanted = size < ALL && isWanted(name, originalSize);
      if (!wanted) passed += 1;
      return wanted;
    },
  });
  return { files: Object.entries(entries).filter(([name]) => !name.split("/").includes("..")), passed };
}

const isWanted = (path: string, size: number) => size <= LARGEST && !FOREIGN.test(path) && WANTED.test(path);

/** The path without the folder that all files are in. */
function inRoot(path: string, files: [string, unknown][]): string {
  const root = /^[^/]+\//.exec(path)?.[0];
  return root && files.every(([other]) => other.startsWith(root)) ? path.slice(root.length) : path;
}

/** Files that look like a snapshot of the history table, the likeliest first. */
export function snapshots(paths: Iterable<string>): string[] {
  const looks = [...paths].filter((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const isMigration = /^[VURB][^/]*__/i.test(name);
    return /(^|\/)history\/|history/i.test(path) && /\.(json|csv|tsv|txt|sql)$/i.test(name) && !isMigration;
  });
  const production = (path: string) => (/prod/i.test(path) ? 0 : 1);
  return looks.sort((a, b) => production(a) - production(b) || (a < b ? -1 : 1));
}

/** A project of these files, with the history that lies among them. */
export function withHistory(files: Map<string, Content>): Whole {
  const name = files.has("flightcheck.history.json") ? undefined : snapshots(files.keys())[0];
  const text = name === undefined ? undefined : files.get(name);
  return { files, history: typeof text === "string" ? { name: name!, text } : null, options: {} };
}
