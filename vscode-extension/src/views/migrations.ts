// The Migrations view: each project's scripts in the order of their versions, undo scripts inside.
import * as vscode from "vscode";
import type { Migration } from "flightcheck-wasm";
import { iconOf } from "../editor/lenses";
import { inWords, whyOf } from "../editor/rollback";
import type { Project } from "../workspace/project";
import type { Projects } from "../workspace/projects";
import { byVersion } from "../workspace/versions";
import { count } from "./plan";

/** A project, a migration, or the script that takes one back. */
export type Node =
  | { kind: "project"; project: Project }
  | { kind: "script"; project: Project; path: string | null; migration: Migration | null; undo: string | null }
  | { kind: "undo"; project: Project; path: string; of: string };

const COLOURS: Record<string, string> = { error: "list.errorForeground", warning: "list.warningForeground", pass: "testing.iconPassed" };

export class Migrations implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly projects: Projects) {
    this.subscriptions = [this.changed, projects.onDidCheck(() => this.changed.fire(undefined))];
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
  }

  getChildren(node?: Node): Node[] {
    if (!node) {
      const projects = this.projects.list();
      return projects.length === 1 ? scriptsOf(projects[0]!) : projects.map((project) => ({ kind: "project", project }));
    }
    if (node.kind === "project") return scriptsOf(node.project);
    if (node.kind === "script" && node.undo && node.path) return [{ kind: "undo", project: node.project, path: node.undo, of: node.path }];
    return [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === "project") return projectItem(node.project);
    return node.kind === "undo" ? undoItem(node) : scriptItem(node);
  }
}

/** A project's scripts: migrations by version, repeatables after them; scripts of other tools in the order in which they run. */
function scriptsOf(project: Project): Node[] {
  const migrations = project.summary?.migrations ?? [];
  if (migrations.length === 0) return project.runs.map((path) => ({ kind: "script", project, path, migration: null, undo: partnerOf(project, path) }));
  const partners = new Set(migrations.map(({ undo }) => undo));
  const own = migrations.filter(({ file, kind }) => !(kind === "undo" && partners.has(file)));
  const sorted = [...own].sort((a, b) => byVersion(a.version, b.version) || (a.description < b.description ? -1 : 1));
  return sorted.map((migration) => ({ kind: "script", project, path: migration.file, migration, undo: migration.undo ?? (migration.file && partnerOf(project, migration.file)) }));
}

/** The script of its own that takes one back. */
function partnerOf(project: Project, path: string): string | null {
  const taken = project.rollback.get(path);
  return taken?.script === path && taken.undo !== path ? taken.undo : null;
}

function projectItem(project: Project): vscode.TreeItem {
  const item = new vscode.TreeItem(project.name, vscode.TreeItemCollapsibleState.Expanded);
  const migrations = project.summary?.migrations.length ?? 0;
  item.id = project.id;
  item.description = project.trouble ? "cannot be checked" : `${migrations || project.runs.length} scripts, ${project.runs.length} to run`;
  item.tooltip = project.trouble?.message;
  item.iconPath = new vscode.ThemeIcon(project.trouble ? "error" : "database");
  item.contextValue = "project";
  return item;
}

function scriptItem({ project, path, migration, undo }: Extract<Node, { kind: "script" }>): vscode.TreeItem {
  const name = migration ? [migration.version, migration.description].filter((part) => part).join("  ") : path!;
  const state = undo ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(name, state);
  const findings = (path && project.findings.get(path)) || [];
  item.id = `${project.id}#${path ?? migration?.script}#${migration?.installed_rank ?? ""}`;
  item.description = [migration?.state ?? "to run", findings.length > 0 ? count(findings.length, "finding") : ""].filter((part) => part).join(" · ");
  const taken = path === null ? null : project.rollback.get(path);
  const back = taken && inWords(taken) ? `${inWords(taken)!.words}\n${whyOf(taken)}` : "";
  item.tooltip = [migration ? `${migration.script}\n${migration.state}: ${migration.why}` : path!, back].join("\n").trim();
  const icon = iconOf(migration?.state ?? "Pending");
  item.iconPath = new vscode.ThemeIcon(icon, COLOURS[icon] ? new vscode.ThemeColor(COLOURS[icon]) : undefined);
  if (path) {
    const partner = undo ? "with-undo" : taken?.script === path || migration?.kind === "versioned" ? "without-undo" : "";
    item.contextValue = `script ${partner}`.trim();
    item.command = { command: "vscode.open", title: "Open", arguments: [project.uriOf(path)] };
  }
  return item;
}

function undoItem({ project, path }: Extract<Node, { kind: "undo" }>): vscode.TreeItem {
  const item = new vscode.TreeItem(path.slice(path.lastIndexOf("/") + 1));
  item.id = `${project.id}#undo#${path}`;
  const taken = project.rollback.get(path);
  item.description = (taken && inWords(taken)?.words) ?? "undo";
  item.iconPath = new vscode.ThemeIcon("discard");
  item.contextValue = "undo";
  item.command = { command: "vscode.open", title: "Open", arguments: [project.uriOf(path)] };
  return item;
}
