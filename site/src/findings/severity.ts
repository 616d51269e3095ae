/** Severities, the worst first, in words for people. */
import type { Severity } from "flightcheck-wasm";

export const SEVERITIES: Severity[] = ["error", "warning", "info"];

export const WORDS: Record<Severity, string> = { error: "Error", warning: "Warning", info: "Note" };
