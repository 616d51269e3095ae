// What a statement does, when the mouse rests on it.
import * as vscode from "vscode";
import type { ScriptLock } from "flightcheck-wasm";
import type { Projects } from "../workspace/projects";
import { setting } from "../workspace/settings";
import { heldDuring, takenBy, waiting, works } from "./impact";
import { positionOf } from "./places";

export class Hovers implements vscode.HoverProvider {
  constructor(private readonly projects: Projects) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
    const found = this.projects.of(document.uri);
    if (!found || !setting("hover", document.uri)) return null;
    const script = await found.project.script(found.path);
    const at = script?.ranges.findIndex(({ start, end }) => !positionOf(start).isAfter(position) && !positionOf(end).isBefore(position)) ?? -1;
    if (!script || at < 0) return null;
    const { impact, ranges } = script;
    const statement = impact.statements[at]!;
    const text = new vscode.MarkdownString();
    text.supportThemeIcons = true;
    const paragraph = (icon: string, words: string) => text.appendMarkdown(`$(${icon}) ${literally(words)}\n\n`);
    text.appendMarkdown(`**Statement ${at + 1} of ${impact.statements.length}**\n\n`);
    if (statement.fails) paragraph("error", `The server refuses it: ${statement.fails}`);
    for (const lock of takenBy(impact, at)) paragraph("lock", `takes ${inWords(lock)}${until(lock, impact.statements.length)}`);
    for (const lock of heldDuring(impact, at)) paragraph("history", `still holds ${inWords(lock)}`);
    for (const work of works(statement)) paragraph("database", work);
    for (const relation of statement.locks_rows ?? []) paragraph("lock", `locks rows of ${relation}, one by one`);
    if (impact.locks.length === 0 && works(statement).length === 0 && !statement.fails) paragraph("check", "Nobody else waits for it.");
    if (statement.understood !== "understood") paragraph("question", statement.understood === "opaque" ? "It was not understood." : "It was understood in part.");
    const range = new vscode.Range(positionOf(ranges[at]!.start), positionOf(ranges[at]!.end));
    return new vscode.Hover(text, range);
  }
}

const inWords = (lock: ScriptLock) => `${lock.mode} on ${lock.relation}: ${waiting(lock)}`;

function until({ released }: ScriptLock, statements: number): string {
  if (released === null || released >= statements - 1) return ", until the transaction ends";
  return `, until statement ${released + 1} has run`;
}

/** A text that means nothing in Markdown: names come from strangers. */
function literally(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()#+\-.!|<>~&$:]/g, "\\$&");
}
