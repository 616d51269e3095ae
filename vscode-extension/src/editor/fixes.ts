// Fixes of findings → code actions: what keeps the meaning first, what a person has to look at next, ignores last.
import * as vscode from "vscode";
import type { ReportedEdit, ReportedFinding, ReportedFix } from "flightcheck-wasm";
import type { Project } from "../workspace/project";
import type { Projects } from "../workspace/projects";
import { setting } from "../workspace/settings";
import { diagnosticOf, findingsOf } from "./diagnostics";
import { ignoresOf } from "./ignores";
import { create, saving } from "./new-files";
import { rangeOf } from "./places";

/** Applies the safe fixes of a whole file, also on save. */
export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append("flightcheck");

export class Fixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, FIX_ALL];

  constructor(private readonly projects: Projects) {}

  async provideCodeActions(
    document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext, token?: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const found = this.projects.of(document.uri);
    if (!found) return [];
    const { project, path } = found;
    // The places of fixes are those of the text that was checked: it has to be this one.
    await project.settled();
    if (token?.isCancellationRequested) return [];
    const findings = findingsOf(project, path);
    if (context.only?.contains(FIX_ALL)) return fixAll(project, findings);
    if (context.only && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    const here = findings.filter((finding) => rangeOf(finding).intersection(range));
    const fixes = here.flatMap((finding) => fixesOf(project, finding));
    const first = fixes.find(({ fix }) => fix.safety === "safe") ?? fixes[0];
    if (first) first.action.isPreferred = true;
    const ignores = setting("ignoreActions", document.uri) ? await ignoresOf(project, document, here) : [];
    const ordered = [...fixes].sort((a, b) => rank(a.action) - rank(b.action));
    return [...ordered.map(({ action }) => action), ...ignores];
  }
}

const rank = (action: vscode.CodeAction) => (action.isPreferred ? 0 : 1);

function fixesOf(project: Project, finding: ReportedFinding): { fix: ReportedFix; action: vscode.CodeAction }[] {
  return finding.fixes.map((fix) => {
    const title = capitalised(fix.title) + (fix.safety === "review" ? " (review it)" : "");
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnosticOf(project, finding)];
    action.edit = new vscode.WorkspaceEdit();
    for (const edit of fix.edits) add(action.edit, project, edit);
    action.command = saving(fix.edits.flatMap((edit) => (edit.kind === "create" ? project.uriOf(edit.file) : [])));
    return { fix, action };
  });
}

/** All safe fixes of a file that do not touch the same text, as one action; the others come after the next check. */
function fixAll(project: Project, findings: readonly ReportedFinding[]): vscode.CodeAction[] {
  const action = new vscode.CodeAction("Apply all safe fixes of flightcheck", FIX_ALL);
  action.edit = new vscode.WorkspaceEdit();
  const taken: vscode.Range[] = [];
  let count = 0;
  for (const fix of findings.flatMap(({ fixes }) => fixes.filter(({ safety }) => safety === "safe").slice(0, 1))) {
    const ranges = fix.edits.map((edit) => (edit.kind === "replace" ? rangeOf(edit) : null));
    // On save, files that appear or move would surprise.
    if (ranges.some((range) => range === null || taken.some((other) => other.intersection(range)))) continue;
    taken.push(...(ranges as vscode.Range[]));
    for (const edit of fix.edits) add(action.edit, project, edit);
    count += 1;
  }
  return count > 0 ? [action] : [];
}

function add(edits: vscode.WorkspaceEdit, project: Project, edit: ReportedEdit): void {
  const uri = project.uriOf(edit.file);
  if (edit.kind === "replace") {
    const whole = new vscode.Range(0, 0, Number.MAX_SAFE_INTEGER, 0);
    edits.replace(uri, edit.line === null ? whole : rangeOf(edit), edit.text);
  } else if (edit.kind === "create") {
    create(edits, uri, edit.text);
  } else {
    edits.renameFile(uri, project.uriOf(edit.to));
  }
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
