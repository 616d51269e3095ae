// The values of the "vscode" module's stub: what the extension makes and hands over.
import { posix } from "node:path";

export class Position {
  constructor(line, character) { Object.assign(this, { line, character }); }
  isAfter(other) { return this.line > other.line || (this.line === other.line && this.character > other.character); }
  isBefore(other) { return other.isAfter(this); }
  translate(lines, characters) { return new Position(this.line + lines, this.character + characters); }
}
export class Range {
  constructor(...ends) {
    [this.start, this.end] = ends.length === 4 ? [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])] : ends;
  }
  contains(position) { return !this.start.isAfter(position) && !this.end.isBefore(position); }
  intersection(other) {
    return this.start.isAfter(other.end) || other.start.isAfter(this.end) ? undefined : this;
  }
}
export class Uri {
  constructor(parts) { Object.assign(this, { scheme: "file", authority: "", path: "", query: "" }, parts); }
  toString() { return `${this.scheme}://${this.path}${this.query ? `?${this.query}` : ""}`; }
  with(change) { return new Uri({ ...this, ...change }); }
  static file(path) { return new Uri({ path }); }
  static from(parts) { return new Uri(parts); }
  static parse(text) {
    const [, scheme, path, query] = /^(\w+):([^?]*)\??(.*)$/.exec(text);
    return new Uri({ scheme, path, query });
  }
  static joinPath(uri, ...parts) { return uri.with({ path: posix.join(uri.path, ...parts).replace(/(.)\/$/, "$1") }); }
}
export class Disposable { constructor(dispose) { this.dispose = dispose; } }
export class EventEmitter {
  listeners = new Set();
  event = (listener, self) => {
    const call = (value) => listener.call(self, value);
    this.listeners.add(call);
    return new Disposable(() => this.listeners.delete(call));
  };
  fire(value) { for (const listener of [...this.listeners]) listener(value); }
  dispose() { this.listeners.clear(); }
}
export class FileSystemError extends Error {
  static FileNotFound(uri) { return Object.assign(new FileSystemError(`${uri} is not there`), { code: "FileNotFound" }); }
}
export class Diagnostic { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } }
export class DiagnosticRelatedInformation { constructor(location, message) { Object.assign(this, { location, message }); } }
export class Location { constructor(uri, range) { Object.assign(this, { uri, range }); } }
export class CodeAction { constructor(title, kind) { Object.assign(this, { title, kind }); } }
export class CodeLens { constructor(range, command) { Object.assign(this, { range, command }); } }
export class InlayHint { constructor(position, label) { Object.assign(this, { position, label }); } }
export class Hover { constructor(contents, range) { Object.assign(this, { contents, range }); } }
export class ThemeIcon { constructor(id, color) { Object.assign(this, { id, color }); } }
export class ThemeColor { constructor(id) { this.id = id; } }
export class TreeItem { constructor(label, collapsibleState) { Object.assign(this, { label, collapsibleState }); } }
export class RelativePattern { constructor(base, pattern) { Object.assign(this, { base, pattern }); } }
export class MarkdownString {
  value = "";
  appendMarkdown(text) { this.value += text; return this; }
  appendText(text) { this.value += text.replace(/[\\`*_{}[\]()#+\-!~]/g, "\\$&"); return this; }
}
export class WorkspaceEdit {
  edits = [];
  replace(uri, range, text) { this.edits.push({ kind: "replace", uri, range, text }); }
  insert(uri, at, text) { this.edits.push({ kind: "replace", uri, range: new Range(at, at), text }); }
  createFile(uri, options) { this.edits.push({ kind: "create", uri, options }); }
  renameFile(from, to) { this.edits.push({ kind: "rename", from, to }); }
}
export class CodeActionKind {
  constructor(value) { this.value = value; }
  append(part) { return new CodeActionKind(`${this.value}.${part}`); }
  contains(other) { return other.value === this.value || other.value.startsWith(`${this.value}.`); }
  intersects(other) { return this.contains(other) || other.contains(this); }
  static QuickFix = new CodeActionKind("quickfix");
  static SourceFixAll = new CodeActionKind("source.fixAll");
}
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const ViewColumn = { Beside: -2 };
export const ProgressLocation = { Window: 10 };
