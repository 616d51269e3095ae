// Ignores as code actions: a comment before the statement, one for the file, or an entry in flightcheck.toml.
// docs/configuration.md says how they are written.
import * as vscode from "vscode";
import type { ReportedFinding } from "flightcheck-wasm";
import type { Project } from "../workspace/project";
import { diagnosticOf } from "./diagnostics";
import { create, saving } from "./new-files";
import { positionOf, rangeOf } from "./places";

/** The ignores of findings in a file. A script that was applied must not change, so its are in flightcheck.toml alone. */
export async function ignoresOf(project: Project, document: vscode.TextDocument, findings: readonly ReportedFinding[]): Promise<vscode.CodeAction[]> {
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const mayChange = project.runs.includes(project.pathOf(document.uri) ?? "");
  const byComment = mayChange ? await Promise.all(rules.map((finding) => commentsOf(project, document, finding))) : [];
  const bySetting = await Promise.all(rules.map((finding) => settingOf(project, finding)));
  return [...byComment.flat(), ...bySetting];
}

async function commentsOf(project: Project, document: vscode.TextDocument, finding: ReportedFinding): Promise<vscode.CodeAction[]> {
  const actions: vscode.CodeAction[] = [];
  if (finding.line !== null) {
    const comment = `flightcheck: allow(${finding.rule})`;
    const { at, text } = await placeOf(project, document, finding, comment);
    actions.push(action(project, finding, `Ignore ${finding.rule} for this statement`, (edit) => edit.insert(document.uri, at, text)));
  }
  const text = `-- flightcheck: allow-file(${finding.rule})\n`;
  actions.push(action(project, finding, `Ignore ${finding.rule} in this file`, (edit) => edit.insert(document.uri, new vscode.Position(0, 0), text)));
  return actions;
}

/** Where a comment is about the statement of a finding and about no other. */
async function placeOf(project: Project, document: vscode.TextDocument, finding: ReportedFinding, comment: string): Promise<{ at: vscode.Position; text: string }> {
  const from = rangeOf(finding).start;
  const ranges = (await project.script(finding.file))?.ranges ?? [];
  const own = ranges.find((range) => !positionOf(range.start).isAfter(from) && positionOf(range.end).isAfter(from));
  const start = own ? positionOf(own.start) : from;
  const line = document.lineAt(start.line);
  if (line.text.slice(0, start.character).trim() === "") {
    const indent = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
    return { at: new vscode.Position(start.line, 0), text: `${indent}-- ${comment}\n` };
  }
  // Behind another statement on its line a comment would be about that one: it goes inside, after the first word.
  const word = /^\w*/.exec(line.text.slice(start.character))![0];
  return { at: start.translate(0, word.length), text: ` /* ${comment} */` };
}

/** An entry at the end of the flightcheck.toml in force, where a table is valid whatever stands before it. */
async function settingOf(project: Project, finding: ReportedFinding): Promise<vscode.CodeAction> {
  const name = project.summary?.configuration.find((name) => /^(\.\.\/)*flightcheck\.toml$/.test(name)) ?? "flightcheck.toml";
  const up = name.split("/").length - 1;
  const folders = up > 0 ? project.root.path.split("/").slice(-up) : [];
  const quoted = JSON.stringify([...folders, finding.file].join("/"));
  const entry = `\n[[ignore]]\npath = ${quoted}\nrule = ["${finding.rule}"]\nreason = ""\n`;
  const file = project.uriOf(name);
  const exists = project.has(name);
  const end = exists ? (await vscode.workspace.openTextDocument(file)).lineCount : 0;
  const ignore = action(project, finding, `Ignore ${finding.rule} in flightcheck.toml`, (edit) => {
    if (exists) edit.insert(file, new vscode.Position(end, 0), entry);
    else create(edit, file, entry.slice(1));
  });
  if (!exists) ignore.command = saving([file]);
  return ignore;
}

function action(project: Project, finding: ReportedFinding, title: string, fill: (edit: vscode.WorkspaceEdit) => void): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnosticOf(project, finding)];
  action.edit = new vscode.WorkspaceEdit();
  fill(action.edit);
  return action;
}
