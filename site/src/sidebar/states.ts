/** Flyway's states, and how they look. */
import type { Badge } from "../ui/tones";

/** What is wrong, what waits, what is done. */
export function toneOf(state: string): Badge {
  // What a baseline or the target leaves out is left out on purpose.
  if (/below|above|\(baseline\)/i.test(state)) return "plain";
  if (/failed|missing|ignored/i.test(state)) return "error";
  if (/pending|outdated|available/i.test(state)) return "info";
  if (/out of order|future|superseded|undone/i.test(state)) return "warning";
  if (/success|baseline/i.test(state)) return "ok";
  return "plain";
}
