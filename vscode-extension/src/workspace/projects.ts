// All projects of the window: each workspace folder by itself, followed as files come, change and go.
import * as vscode from "vscode";
import type { Remote } from "../engine/messages";
import { isRead, type Contents } from "./content";
import type { History } from "./history";
import { Project } from "./project";
import { folderOf, isConfiguration, LIST, rootsOf } from "./roots";
import { setting } from "./settings";
import { walk } from "./walk";

/** The engine is not started more often for the sake of one check. */
const MOST_LOSSES = 3;
/** A list of projects is short; in megabytes. */
const LARGEST_LIST = 1;

export class Projects {
  private readonly all = new Map<string, Project>();
  private readonly watchers = new Map<string, vscode.Disposable>();
  private readonly changed = new vscode.EventEmitter<{ project: Project; files: string[] }>();
  private readonly subscriptions: vscode.Disposable[] = [];
  /** Folders that are being looked through, and those to be looked through again. */
  private readonly finding = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  /** What each list of projects says, as text, by the address of its file. */
  private readonly lists = new Map<string, string>();
  /** Ends when no list is being read. */
  private listing: Promise<unknown> = Promise.resolve();
  private losses = 0;

  /** Fires when a project was checked, or has gone. */
  readonly onDidCheck = this.changed.event;

  constructor(
    private readonly engine: Remote,
    private readonly contents: Contents,
    private readonly history: History,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const touch = ({ uri }: vscode.TextDocument) => {
      this.contents.settle(uri);
      this.touch(uri);
    };
    this.subscriptions.push(
      this.changed,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => this.edited(document, contentChanges.length > 0)),
      vscode.workspace.onDidSaveTextDocument(touch),
      vscode.workspace.onDidCloseTextDocument(touch),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.findAll()),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("flightcheck") && this.configured(event)),
    );
  }

  dispose(): void {
    for (const one of [...this.subscriptions, ...this.watchers.values()]) one.dispose();
  }

  list(): Project[] {
    return [...this.all.values()].filter(isWorthShowing).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The project of a file: the innermost that holds it. */
  of(uri: vscode.Uri): { project: Project; path: string } | null {
    const holding = this.list().flatMap((project) => {
      const path = project.pathOf(uri);
      return path !== null && project.has(path) ? [{ project, path }] : [];
    });
    return holding.sort((a, b) => a.path.length - b.path.length)[0] ?? null;
  }

  /** Looks through every folder of the workspace. */
  async findAll(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const open = new Set(folders.map(({ uri }) => uri.toString()));
    for (const [key, watcher] of this.watchers) {
      if (open.has(key)) continue;
      watcher.dispose();
      this.watchers.delete(key);
    }
    const gone = [...this.all.values()].filter(({ folder }) => !open.has(folder.uri.toString()));
    await Promise.all([...gone.map((project) => this.end(project)), ...folders.map((folder) => this.find(folder))]);
  }

  /** Looks through a folder, and reads all of it again if `anew`. */
  async checkAll(): Promise<void> {
    this.losses = 0;
    for (const project of this.all.values()) project.restart();
    await this.findAll();
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.listing;
    await Promise.all(this.finding.values());
    await Promise.all([...this.all.values()].map((project) => project.settled()));
  }

  /** The engine's thread has ended; everything is to be told to its successor. */
  lost(why: string): void {
    this.losses += 1;
    const suspects = [...this.all.values()].flatMap((project) => project.suspects.map((path) => `${project.name}/${path}`));
    const where = suspects.length === 1 ? ` on ${suspects[0]}` : suspects.length > 1 ? ` on one of ${suspects.length} files` : "";
    const ends = this.losses > MOST_LOSSES;
    const next = ends ? "it stays off until \"flightcheck: Check Whole Project\"" : "it was started anew";
    this.warn(`flightcheck's engine ended${where} (${why}); ${next}`);
    if (!ends) for (const project of this.all.values()) project.restart();
  }

  private warn(message: string): void {
    this.log.warn(message);
    void vscode.window.showWarningMessage(message);
  }

  /** Looks through a folder; one that is being looked through is looked through once more. */
  private find(folder: vscode.WorkspaceFolder): Promise<void> {
    const key = folder.uri.toString();
    const running = this.finding.get(key);
    if (running) {
      this.again.add(key);
      return running;
    }
    const work = async () => {
      do {
        this.again.delete(key);
        await this.findIn(folder);
      } while (this.again.has(key));
    };
    const found = work()
      .catch((error: Error) => this.log.error(`${folder.name}: ${error.message}`))
      .finally(() => this.finding.delete(key));
    this.finding.set(key, found);
    return found;
  }

  private async findIn(folder: vscode.WorkspaceFolder): Promise<void> {
    const key = folder.uri.toString();
    if (!this.watchers.has(key)) this.watchers.set(key, this.watch(folder));
    const isOn = setting("enable", folder.uri);
    const files = isOn ? await walk(folder.uri, new Set(setting("exclude", folder.uri))) : [];
    const found = rootsOf(files, await this.listsAmong(folder, files));
    const roots = new Map(found.map((root) => [vscode.Uri.joinPath(folder.uri, root.path).toString(), root]));
    const mine = [...this.all.values()].filter((project) => project.folder.uri.toString() === key);
    await Promise.all(mine.filter(({ id }) => !roots.has(id)).map((project) => this.end(project)));
    for (const [id, root] of roots) {
      if (root.files.length === 0) this.log.warn(`${root.path}, which ${LIST} lists as a project, holds no files`);
      let project = this.all.get(id);
      if (!project) {
        project = new Project(folder, vscode.Uri.joinPath(folder.uri, root.path), this.engine, this.contents, this.history, {
          checked: (project, files) => this.changed.fire({ project, files }),
          warn: (message) => this.warn(message),
        });
        this.all.set(id, project);
        this.log.info(`${project.name}: ${root.files.length} files, ${root.isConfigured ? "configured" : "found by its folders"}`);
      }
      project.setFiles(root.files);
    }
  }

  /** The folders that each `flightcheck.toml` lists as projects, by its own folder. */
  private async listsAmong(folder: vscode.WorkspaceFolder, files: readonly string[]): Promise<Map<string, string[]>> {
    const lists = files.filter((path) => path.slice(path.lastIndexOf("/") + 1) === LIST);
    const read = await Promise.all(lists.map(async (path) => [folderOf(path), await this.listIn(vscode.Uri.joinPath(folder.uri, path))] as const));
    return new Map(read);
  }

  /** The projects that a `flightcheck.toml` lists; what is wrong with one that cannot be read, its own project says. */
  private async listIn(uri: vscode.Uri): Promise<string[]> {
    const content = await this.contents.of(uri, LARGEST_LIST).catch(() => null);
    const listed = content === null ? [] : await this.engine.listed(content).catch(() => []);
    this.lists.set(uri.toString(), JSON.stringify(listed));
    return listed;
  }

  /** Looks through a folder again where a `flightcheck.toml` now lists other projects. */
  private async relist(uri: vscode.Uri): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const before = this.lists.get(uri.toString()) ?? "[]";
    if (folder && JSON.stringify(await this.listIn(uri)) !== before) await this.find(folder);
  }

  private async end(project: Project): Promise<void> {
    this.all.delete(project.id);
    await project.end();
  }

  private watch(folder: vscode.WorkspaceFolder): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**/*"));
    const isHidden = (uri: vscode.Uri) => /\/\.[^/]*\//.test(uri.path.slice(folder.uri.path.length));
    const came = (uri: vscode.Uri) => !isHidden(uri) && void this.find(folder);
    watcher.onDidCreate((uri) => {
      this.touch(uri);
      came(uri);
    });
    watcher.onDidDelete((uri) => {
      this.touch(uri);
      came(uri);
    });
    watcher.onDidChange((uri) => {
      this.contents.settle(uri);
      this.touch(uri);
    });
    return watcher;
  }

  /** A document was edited; or, after that, VS Code says whether it is unsaved: then its text is what counts already. */
  private edited(document: vscode.TextDocument, isChanged: boolean): void {
    if (isChanged) this.contents.edit(document.uri);
    else this.contents.settle(document.uri);
    if (isChanged || !document.isDirty) this.touch(document.uri);
  }

  /** A file is no longer what it was, for all projects that read it. */
  private touch(uri: vscode.Uri): void {
    if (uri.path.endsWith(`/${LIST}`)) this.listing = Promise.all([this.listing, this.relist(uri)]);
    for (const project of this.all.values()) {
      const path = project.pathOf(uri) ?? project.outerPathOf(uri);
      if (path === null) continue;
      if (this.history.nameOf(project) === path) project.restart();
      if (project.isWanted(path) || (project.has(path) && (isRead(path) || isConfiguration(path)))) project.touch(path);
    }
  }

  private configured(event: vscode.ConfigurationChangeEvent): void {
    const folders = vscode.workspace.workspaceFolders ?? [];
    for (const folder of folders.filter(({ uri }) => event.affectsConfiguration("flightcheck", uri))) void this.find(folder);
    for (const project of this.all.values()) if (event.affectsConfiguration("flightcheck", project.root)) project.restart();
  }
}

/** Whether a folder turned out to hold migrations: some were guessed. */
function isWorthShowing(project: Project): boolean {
  const { summary, trouble } = project;
  const isConfigured = summary?.configuration.some((name) => !name.startsWith("../")) ?? false;
  return trouble !== null || isConfigured || (summary !== null && (summary.migrations.length > 0 || project.runs.length > 0));
}
