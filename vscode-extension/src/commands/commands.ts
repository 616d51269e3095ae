// The commands, by their names in package.json.
import * as vscode from "vscode";
import type { Remote } from "../engine/messages";
import { saveNew } from "../editor/new-files";
import type { Node } from "../views/migrations";
import { showLocks } from "../views/locks";
import type { Pages } from "../views/page";
import { showPlan } from "../views/plan";
import { explainRule } from "../views/rule";
import type { History } from "../workspace/history";
import type { Project } from "../workspace/project";
import type { Projects } from "../workspace/projects";
import { newMigration, newUndo } from "./create";
import { exportReport } from "./export";
import { pickHistory } from "./pick-history";

/** What a command may be about: a file, a node of the Migrations view, or nothing. */
type Subject = vscode.Uri | Node | undefined;

export function registerCommands(projects: Projects, engine: Remote, pages: Pages, history: History, log: vscode.LogOutputChannel): vscode.Disposable[] {
  const commands: Record<string, (...args: never[]) => Promise<unknown>> = {
    checkAll: () => checkAll(projects),
    explainRule: (name?: string) => explainRule(engine, typeof name === "string" ? name : undefined),
    showPlan: (subject: Subject) => withProject(projects, subject, async (project) => showPlan(pages, project)),
    showLocks: (subject: Subject) => withScript(projects, subject, (project, path) => showLocks(pages, project, path)),
    newMigration: (subject: Subject, description?: string) => withProject(projects, subject, (project) => newMigration(project, description)),
    newUndo: (subject: Subject) => withScript(projects, subject, newUndo),
    compareWithUndo: (subject: Subject) => withScript(projects, subject, compareWithUndo),
    exportReport: (subject: Subject, format?: string, target?: vscode.Uri) => withProject(projects, subject, (project) => exportReport(engine, project, format, target)),
    saveNew,
    pickHistory: (subject: Subject, name?: string) => withProject(projects, subject, (project) => pickHistory(project, history, name)),
  };
  return Object.entries(commands).map(([name, command]) => vscode.commands.registerCommand(`flightcheck.${name}`, async (...args: never[]) => {
    try {
      return await command(...args);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.warn(`${name}: ${message}`);
      void vscode.window.showErrorMessage(`flightcheck: ${message}`);
      return null;
    }
  }));
}

async function checkAll(projects: Projects): Promise<void> {
  const where = { location: vscode.ProgressLocation.Window, title: "flightcheck: checking" };
  await vscode.window.withProgress(where, () => projects.checkAll());
  const found = projects.list().flatMap((project) => [...project.findings.values()].flat()).length;
  void vscode.window.showInformationMessage(`flightcheck: ${found} findings in ${projects.list().length} projects.`);
}

async function compareWithUndo(project: Project, path: string): Promise<void> {
  const undo = project.rollback.get(path)?.undo;
  if (!undo || undo === path) return;
  const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  await vscode.commands.executeCommand("vscode.diff", project.uriOf(path), project.uriOf(undo), `${name(path)} ↔ ${name(undo)}`);
}

/** Calls with the project that a command is about: that of the file or node, of the active editor, the only one, or one that is picked. */
async function withProject<T>(projects: Projects, subject: Subject, work: (project: Project) => Promise<T>): Promise<T | null> {
  await projects.settled();
  if (subject && !(subject instanceof vscode.Uri) && "project" in subject) return work(subject.project);
  const uri = subject instanceof vscode.Uri ? subject : vscode.window.activeTextEditor?.document.uri;
  const own = uri && projects.of(uri)?.project;
  if (own) return work(own);
  const all = projects.list();
  if (all.length === 0) {
    void vscode.window.showInformationMessage("flightcheck has found no migrations in this window.");
    return null;
  }
  const items = all.map((project) => ({ label: project.name, description: project.folder.name, project }));
  const picked = all.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder: "Which project?" });
  return picked ? work(picked.project) : null;
}

/** Calls with the script that a command is about. */
async function withScript<T>(projects: Projects, subject: Subject, work: (project: Project, path: string) => Promise<T>): Promise<T | null> {
  await projects.settled();
  if (subject && !(subject instanceof vscode.Uri) && "path" in subject && typeof (subject as { path: unknown }).path === "string" && "project" in subject) {
    return work(subject.project, (subject as { path: string }).path);
  }
  const uri = subject instanceof vscode.Uri ? subject : asUri(subject) ?? vscode.window.activeTextEditor?.document.uri;
  const found = uri ? projects.of(uri) : null;
  if (found) return work(found.project, found.path);
  void vscode.window.showInformationMessage("This file is no script of a project that flightcheck has found.");
  return null;
}

/** Links of pages bring addresses as plain objects. */
function asUri(subject: unknown): vscode.Uri | undefined {
  return typeof subject === "object" && subject !== null && "scheme" in subject ? vscode.Uri.from(subject as vscode.Uri) : undefined;
}
