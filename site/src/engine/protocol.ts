/**
 * What the page and the worker say to each other.
 *
 * Every message carries the changes since the last one, so no order of calls can leave the worker behind.
 */
import type {
  DependencyReport,
  DraftReport,
  ImpactInput,
  ImpactReport,
  Options,
  Problem,
  Report,
  ReportedFinding,
  RuleDescription,
  Schema,
  SchemaDifference,
  Simulated,
  UndoPlan,
} from "flightcheck-wasm";

export type Content = string | Uint8Array;

/** A snapshot of the history table under the name that messages give it. */
export interface HistorySnapshot {
  name: string;
  text: string;
}

/** What became different. A file that is null was taken away; what is undefined stayed. */
export interface Changes {
  files: Map<string, Content | null>;
  history?: HistorySnapshot | null;
  options?: Options;
  /** Begin with an empty project. */
  anew?: boolean;
}

/** A rule with its page, in Markdown. */
export type Rule = RuleDescription & { page: string };

/** What can be asked of the worker, with what it gives. */
export interface Asks {
  report: { args: []; gives: Report };
  findings: { args: [path: string]; gives: ReportedFinding[] };
  render: { args: [format: string]; gives: string };
  simulate: { args: [command: Simulated, to?: string]; gives: string };
  lockPicture: { args: [path: string]; gives: string };
  schema: { args: []; gives: Schema };
  schemaChanges: { args: [path: string]; gives: SchemaDifference[] };
  draftUndo: { args: [path: string]; gives: DraftReport };
  undoPlan: { args: [version: string]; gives: UndoPlan };
  dependencies: { args: [paths: string[]]; gives: DependencyReport };
  impact: { args: [input: ImpactInput]; gives: ImpactReport };
  /** A history in the documented form, which has no people's names. */
  plainHistory: { args: [text: string]; gives: string };
  rules: { args: []; gives: Rule[] };
  explain: { args: [rule: string]; gives: string };
  /** A project apart from the one that is kept. */
  check: { args: [files: Record<string, Content>, options: Options]; gives: Report };
  version: { args: []; gives: string };
}

export type AskName = keyof Asks;

export interface Request {
  id: number;
  changes: Changes | null;
  name: AskName;
  args: unknown[];
}

export type Response = { id: number; value: unknown } | { id: number; trouble: Trouble };

/** Why there is no answer. */
export interface Trouble {
  /** Whether it is our fault: the engine stopped and was started anew. */
  panic: boolean;
  message: string;
  /** The places that are to blame, where there are such. */
  problems: Problem[];
}
