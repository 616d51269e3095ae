// The status bar: the counts of the project of the active editor, or of all.
import * as vscode from "vscode";
import type { Project } from "../workspace/project";
import type { Projects } from "../workspace/projects";
import { setting } from "../workspace/settings";
import { count, sources } from "./plan";

export class Status {
  readonly item = vscode.window.createStatusBarItem("flightcheck.status", vscode.StatusBarAlignment.Left, 10);
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly projects: Projects) {
    this.item.name = "flightcheck";
    this.item.command = "flightcheck.showPlan";
    const show = () => this.show();
    this.subscriptions = [
      this.item,
      projects.onDidCheck(show),
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("flightcheck.statusBar") && show()),
    ];
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
  }

  private show(): void {
    const editor = vscode.window.activeTextEditor;
    const own = editor ? this.projects.of(editor.document.uri)?.project : undefined;
    const projects = own ? [own] : this.projects.list();
    void vscode.commands.executeCommand("setContext", "flightcheck.isActive", own !== undefined);
    if (projects.length === 0 || !setting("statusBar")) return this.item.hide();
    const all = projects.flatMap((project) => [...project.findings.values()].flat());
    const [errors, warnings] = ["error", "warning"].map((severity) => all.filter((finding) => finding.severity === severity).length) as [number, number];
    const broken = projects.find(({ trouble }) => trouble !== null);
    const pending = projects.reduce((sum, { runs }) => sum + runs.length, 0);
    const icon = broken || errors > 0 ? "error" : warnings > 0 ? "warning" : "pass";
    this.item.text = broken ? "$(error) flightcheck: cannot check" : `$(${icon}) flightcheck: ${counts(errors, warnings)}, ${pending} to run`;
    this.item.backgroundColor = broken ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    this.item.tooltip = projects.map(describe).join("\n\n");
    this.item.show();
  }
}

function counts(errors: number, warnings: number): string {
  const parts = [errors > 0 ? count(errors, "error") : "", warnings > 0 ? count(warnings, "warning") : ""].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "fine";
}

function describe(project: Project): string {
  return [project.name, project.trouble?.message ?? "", sources(project)].filter((part) => part !== "").join("\n");
}
