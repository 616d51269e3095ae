// Fails where the built site is larger than it may be, in bytes as they travel (gzip).
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const LIMITS = { wasm: 1_000_000, other: 350_000 };

const sizes = { wasm: 0, other: 0 };
for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const bytes = gzipSync(readFileSync(join(entry.parentPath, entry.name)), { level: 9 }).length;
  sizes[extname(entry.name) === ".wasm" ? "wasm" : "other"] += bytes;
}
for (const [kind, limit] of Object.entries(LIMITS)) {
  const over = sizes[kind] > limit;
  console.log(`${kind}: ${sizes[kind]} of ${limit} bytes gzipped${over ? ": too large" : ""}`);
  if (over) process.exitCode = 1;
}
