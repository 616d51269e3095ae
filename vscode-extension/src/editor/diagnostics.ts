// Findings → what the editor underlines and lists.
import * as vscode from "vscode";
import type { ReportedFinding } from "flightcheck-wasm";
import type { Project } from "../workspace/project";
import type { Projects } from "../workspace/projects";
import { setting } from "../workspace/settings";
import { pageOf } from "../views/rule";
import { rangeOf } from "./places";

export const SOURCE = "flightcheck";

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};
const RANKS = ["info", "warning", "error"];

/** Keeps the editor's diagnostics what the projects' findings are. */
export class Diagnostics {
  private readonly collection = vscode.languages.createDiagnosticCollection(SOURCE);
  /** The projects of which something is shown: some that were guessed turn out to be none. */
  private readonly shown = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly projects: Projects) {
    this.subscription = projects.onDidCheck(({ project, files }) => this.follow(project, files));
  }

  dispose(): void {
    this.subscription.dispose();
    this.collection.dispose();
  }

  private follow(project: Project, files: readonly string[]): void {
    const isShown = this.projects.list().includes(project);
    const isNew = isShown !== this.shown.has(project.id);
    if (isShown) this.shown.add(project.id);
    else this.shown.delete(project.id);
    const paths = isNew ? new Set([...files, ...project.findings.keys(), ...project.unread.keys()]) : new Set(files);
    for (const path of paths) this.show(project, path);
  }

  private show(project: Project, path: string): void {
    const uri = project.uriOf(path);
    // A folder may hold another: its inner project speaks for its files. Of what lies above them several may speak.
    const own = this.projects.of(uri)?.project ?? (path.startsWith("../") ? null : project);
    const speaking = this.projects.list().flatMap((one) => {
      const as = one === own ? one.pathOf(uri) : one.outerPathOf(uri);
      return as !== null && this.shown.has(one.id) ? diagnosticsOf(one, as) : [];
    });
    const different = new Map(speaking.map((found) => [JSON.stringify([found.range, found.message]), found]));
    this.collection.set(uri, different.size > 0 ? [...different.values()] : undefined);
  }
}

function diagnosticsOf(project: Project, path: string): vscode.Diagnostic[] {
  const found: vscode.Diagnostic[] = [];
  const why = project.whyNotRead(path);
  if (why) found.push(own(new vscode.Range(0, 0, 0, 0), why));
  for (const { file, line, column, message, help } of project.trouble?.problems ?? []) {
    if (file !== path) continue;
    found.push(own(new vscode.Range(line - 1, column - 1, line - 1, column), help ? `${message}\n${help}` : message));
  }
  return [...found, ...findingsOf(project, path).map((finding) => diagnosticOf(project, finding))];
}

/** What concerns the file and is no finding: why it is not among what was checked. */
function own(range: vscode.Range, message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = SOURCE;
  return diagnostic;
}

/** The findings of a file that the settings let through. */
export function findingsOf(project: Project, path: string): ReportedFinding[] {
  const lowest = RANKS.indexOf(setting("lowestSeverity", project.root));
  return (project.findings.get(path) ?? []).filter(({ severity }) => RANKS.indexOf(severity) >= lowest);
}

/** A finding as the editor shows it. */
export function diagnosticOf(project: Project, finding: ReportedFinding): vscode.Diagnostic {
  const message = finding.help ? `${finding.message}\n${finding.help}` : finding.message;
  const diagnostic = new vscode.Diagnostic(rangeOf(finding), message, SEVERITIES[finding.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = { value: finding.rule, target: pageOf(finding.rule) };
  diagnostic.relatedInformation = finding.labels.map(
    (label) => new vscode.DiagnosticRelatedInformation(new vscode.Location(project.uriOf(label.file), rangeOf(label)), label.message),
  );
  return diagnostic;
}
