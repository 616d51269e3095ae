/** Severities, the worst first, in words for people. */
import type { Severity } from "flightcheck-wasm";

export const SEVERITIES: Severity[] = ["error", "warning", "info"];

export const WORDS: Record<Severity, string> = { error: "Error", warning: "Warning", info: "Note" };

/** `3 errors`, `1 note`. */
export function counted(count: number, severity: Severity): string {
  const word = WORDS[severity].toLowerCase();
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
