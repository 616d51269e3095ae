/** The style sheet inside of reports in HTML, as a source of a Content-Security-Policy, so that they can be previewed. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** `path` is the style sheet that the core writes into the page, after a line break. */
export function reportStyle(path: string): string {
  const hash = createHash("sha256").update(`\n${readFileSync(path, "utf8")}`).digest("base64");
  return `'sha256-${hash}'`;
}
