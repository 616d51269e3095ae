// A file system in memory: path -> bytes, or null for a folder.
const vscode = require("vscode");

const tree = new Map([["/", null], ["/folder", null]]);
const times = new Map();
const changed = new vscode.EventEmitter();
const { Created, Changed, Deleted } = vscode.FileChangeType;

const has = (uri) => {
  if (!tree.has(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
};
const inside = (path) => [...tree.keys()].filter((other) => other === path || other.startsWith(`${path}/`));
const put = (uri, content) => {
  const type = tree.has(uri.path) ? Changed : Created;
  tree.set(uri.path, content);
  times.set(uri.path, (times.get(uri.path) ?? 0) + 1);
  changed.fire([{ type, uri }]);
};

exports.activate = (context) => context.subscriptions.push(vscode.workspace.registerFileSystemProvider("memory", {
  onDidChangeFile: changed.event,
  watch: () => new vscode.Disposable(() => {}),
  stat(uri) {
    has(uri);
    const content = tree.get(uri.path);
    return { type: content ? vscode.FileType.File : vscode.FileType.Directory, ctime: 0, mtime: times.get(uri.path) ?? 0, size: content?.length ?? 0 };
  },
  readDirectory(uri) {
    has(uri);
    const base = uri.path === "/" ? "/" : `${uri.path}/`;
    const below = [...tree].filter(([path]) => path !== uri.path && path.startsWith(base) && !path.slice(base.length).includes("/"));
    return below.map(([path, content]) => [path.slice(base.length), content ? vscode.FileType.File : vscode.FileType.Directory]);
  },
  readFile(uri) {
    has(uri);
    return tree.get(uri.path);
  },
  writeFile: put,
  createDirectory: (uri) => put(uri, null),
  delete(uri) {
    has(uri);
    for (const path of inside(uri.path)) tree.delete(path);
    changed.fire([{ type: Deleted, uri }]);
  },
  rename(from, to) {
    has(from);
    for (const path of inside(from.path)) {
      tree.set(to.path + path.slice(from.path.length), tree.get(path));
      tree.delete(path);
    }
    changed.fire([{ type: Deleted, uri: from }, { type: Created, uri: to }]);
  },
}, { isCaseSensitive: true }));
