/** What a badge may look like. */
export type Badge = "plain" | "error" | "warning" | "info" | "ok";
