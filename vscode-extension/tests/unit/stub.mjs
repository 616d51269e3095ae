// As much of the "vscode" module as the extension uses, on real files. A call that is not here throws, which is how a test
// notices a new dependency. It proves logic; that VS Code agrees is proved in VS Code.
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import Module from "node:module";
import * as types from "./stub-types.mjs";

const require = createRequire(import.meta.url);
const { Uri, EventEmitter, FileSystemError, FileType, Position, Range } = types;

const fsOf = (calls) => ({
  async stat(uri) {
    calls.push(["stat", uri.path]);
    const found = await fs.stat(uri.path).catch((error) => refused(error, uri));
    return { type: found.isDirectory() ? FileType.Directory : FileType.File, size: found.size, ctime: 0, mtime: 0 };
  },
  readFile: async (uri) => new Uint8Array(await fs.readFile(uri.path).catch((error) => refused(error, uri))),
  writeFile: (uri, bytes) => fs.writeFile(uri.path, bytes),
  async readDirectory(uri) {
    const entries = await fs.readdir(uri.path, { withFileTypes: true }).catch((error) => refused(error, uri));
    return entries.map((entry) => [entry.name, entry.isDirectory() ? FileType.Directory : FileType.File]);
  },
});

function refused(error, uri) {
  throw error.code === "ENOENT" ? FileSystemError.FileNotFound(uri) : error;
}

/** A fresh host; what the extension registers and shows is on it. */
export function createHost({ folders = [], settings = {} } = {}) {
  const host = {
    documents: [], commands: new Map(), diagnostics: new Map(), messages: [], logged: [], panels: [], opened: [], answers: [],
    providers: {}, watchers: [], calls: [], settings, memory: new Map(), saved: [],
  };
  const event = () => new EventEmitter();
  const events = Object.fromEntries(["open", "change", "save", "close", "configuration", "folders", "editor"].map((name) => [name, event()]));
  const defaults = require("../../package.json").contributes.configuration.properties;
  const say = (kind) => async (text) => void host.messages.push([kind, text]);
  const log = (kind) => (text) => host.logged.push([kind, text]);
  host.vscode = {
    ...types,
    env: {},
    workspace: {
      get textDocuments() { return host.documents; },
      workspaceFolders: folders.map((path, index) => ({ uri: Uri.file(path), name: path.split("/").at(-1), index })),
      getWorkspaceFolder: (uri) => host.vscode.workspace.workspaceFolders.find((folder) => uri.path.startsWith(`${folder.uri.path}/`)),
      fs: fsOf(host.calls),
      getConfiguration: (section) => ({ get: (key) => host.settings[`${section}.${key}`] ?? defaults[`${section}.${key}`].default }),
      onDidChangeTextDocument: events.change.event, onDidSaveTextDocument: events.save.event, onDidCloseTextDocument: events.close.event,
      onDidChangeConfiguration: events.configuration.event, onDidChangeWorkspaceFolders: events.folders.event,
      asRelativePath: (uri) => uri.path,
      createFileSystemWatcher: (pattern) => {
        const watcher = { pattern, created: event(), changed: event(), deleted: event() };
        host.watchers.push(watcher);
        return { onDidCreate: watcher.created.event, onDidChange: watcher.changed.event, onDidDelete: watcher.deleted.event, dispose() {} };
      },
      openTextDocument: async (uri) => "content" in uri ? host.open("Untitled-1", uri.content) : host.documents.find((one) => one.uri.path === uri.path) ?? host.open(uri.path, await fs.readFile(uri.path, "utf8")),
      applyEdit: async (edit) => {
        for (const one of edit.edits) {
          if (one.kind === "create") await fs.writeFile(one.uri.path, one.options.contents);
          const document = host.documents.find(({ uri }) => uri.path === one.uri.path);
          if (one.kind === "replace") host.type(document, replaced(document.getText(), one));
        }
        return true;
      },
    },
    window: {
      activeTextEditor: undefined,
      createOutputChannel: () => ({ info: log("info"), warn: log("warn"), error: log("error"), dispose() {} }),
      createStatusBarItem: () => (host.status = { show() { this.isShown = true; }, hide() { this.isShown = false; }, dispose() {} }),
      showInformationMessage: say("info"), showWarningMessage: say("warning"), showErrorMessage: say("error"),
      showQuickPick: async (items) => host.answers.shift()?.(items),
      showInputBox: async () => host.answers.shift(),
      showSaveDialog: async () => host.answers.shift(),
      showTextDocument: async (shown) => void host.opened.push((shown.uri ?? shown).path),
      withProgress: (_, work) => work(),
      onDidChangeActiveTextEditor: events.editor.event,
      registerTreeDataProvider: (id, provider) => (host.tree = provider, new types.Disposable(() => {})),
      registerCustomEditorProvider: (kind, provider) => (host.providers.rule = provider, new types.Disposable(() => {})),
      createWebviewPanel: (kind, title, where, options) => {
        const panel = { kind, title, options, webview: { html: "" }, reveal() {}, dispose() {}, onDidDispose() {} };
        host.panels.push(panel);
        return panel;
      },
    },
    languages: {
      createDiagnosticCollection: () => ({
        set: (uri, list) => (list?.length ? host.diagnostics.set(uri.path, list) : host.diagnostics.delete(uri.path)), dispose() {},
      }),
      ...Object.fromEntries(["CodeActions", "Hover", "CodeLens", "InlayHints"].map((kind) => [
        `register${kind}Provider`, (selector, provider) => (host.providers[kind] = provider, new types.Disposable(() => {})),
      ])),
    },
    commands: {
      registerCommand: (id, work) => (host.commands.set(id, work), new types.Disposable(() => {})),
      executeCommand: async (id, ...args) => host.commands.get(id)?.(...args) ?? void host.opened.push([id, ...args]),
    },
  };
  host.events = events;
  host.run = (name, ...args) => host.commands.get(`flightcheck.${name}`)(...args);
  host.open = (path, text) => {
    const document = documentOf(path, text);
    host.documents.push(document);
    return document;
  };
  /** Types: the document has another text, which is not saved. */
  host.type = (document, text) => {
    document.set(text);
    events.change.fire({ document, contentChanges: [{}] });
  };
  host.activate = async (file) => {
    const load = Module._load;
    Module._load = (request, ...rest) => (request === "vscode" ? host.vscode : load(request, ...rest));
    try {
      delete require.cache[require.resolve(file)];
      const memory = { get: (key) => host.memory.get(key), update: async (key, value) => void host.memory.set(key, value) };
      host.context = { extensionUri: Uri.file(new URL("../..", import.meta.url).pathname.replace(/\/$/, "")), subscriptions: [], workspaceState: memory };
      host.api = await require(file).activate(host.context);
      return host.api;
    } finally {
      Module._load = load;
    }
  };
  host.end = () => host.context.subscriptions.forEach((one) => one.dispose());
  return host;
}

/** A text after an edit. */
function replaced(text, { range: { start, end }, text: added }) {
  const lines = text.split("\n");
  const at = ({ line, character }) => lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
  return text.slice(0, at(start)) + added + text.slice(at(end));
}

function documentOf(path, text) {
  let lines;
  const document = {
    uri: Uri.file(path), languageId: "sql", isDirty: false, getText: () => text,
    set(changed) { text = changed; document.isDirty = true; lines = text.split("\n"); },
    get lineCount() { return lines.length; },
    lineAt: (line) => ({ text: lines[line], firstNonWhitespaceCharacterIndex: lines[line].search(/\S|$/), range: new Range(new Position(line, 0), new Position(line, lines[line].length)) }),
  };
  document.set(text);
  document.isDirty = false;
  return document;
}
