// Which folders are projects: those with a configuration, those that hold a usual folder, and the workspace's own.

/** The file that may list projects. */
export const LIST = "flightcheck.toml";
/** Files whose folder is a project's. What is in them is the engine's to read. */
const CONFIGURATIONS = [LIST, "flyway.toml", "flyway.user.toml", "flyway.conf", "flyway.properties"];
/** Flyway looks for its files here, too. */
const CONFIGURATION_FOLDER = "conf";
/** Where migrations lie without any configuration, longest first; a test compares them with the core's. */
export const USUAL_FOLDERS = [
  "src/main/resources/db/migration", "resources/db/migration", "database/migrations", "db/migrations", "db/migration",
  "migrations", "migration", "sql",
];

/** A folder with migrations. */
export interface Root {
  /** Its path in the workspace's folder; empty for that itself. */
  path: string;
  /** Whether a configuration says that there is a project. */
  isConfigured: boolean;
  /** Files that belong to it, by their paths in it. */
  files: string[];
}

/**
 * The projects among the files of a workspace's folder. `lists` has the folders that each `flightcheck.toml` lists, by its own
 * folder: where it lists some, those are projects and its own is none, unless it is listed too.
 */
export function rootsOf(files: readonly string[], lists: ReadonlyMap<string, readonly string[]> = new Map()): Root[] {
  const claimed = new Set(files.filter(isConfiguration).map(configuredFolder));
  const configured = new Set([...claimed].filter((folder) => !lists.get(folder)?.length));
  for (const [folder, listed] of lists) for (const path of listed) configured.add([folder, path].filter((part) => part !== "").join("/"));
  const scripts = files.filter((path) => path.endsWith(".sql"));
  const usual = new Set(scripts.map(usualRoot).filter((root) => root !== null && !isBelow(root, claimed)) as string[]);
  const named = [...configured, ...usual];
  // What lies beside the projects of a list is nobody's.
  const isTaken = (path: string) => [...claimed, ...named].some((root) => holds(root, path));
  const roots = named.map((path) => ({ path, isConfigured: configured.has(path), files: inside(path, files) }));
  if (!named.includes("") && scripts.some((path) => !isTaken(path))) {
    roots.push({ path: "", isConfigured: false, files: files.filter((path) => !isTaken(path)) });
  }
  return roots.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether a change to a file may make or end a project. */
export function isConfiguration(path: string): boolean {
  return CONFIGURATIONS.includes(path.slice(path.lastIndexOf("/") + 1));
}

function configuredFolder(path: string): string {
  const folder = folderOf(path);
  const isInside = folder === CONFIGURATION_FOLDER || folder.endsWith(`/${CONFIGURATION_FOLDER}`);
  return isInside && !path.endsWith("flightcheck.toml") ? folderOf(folder) : folder;
}

/** The folder that holds the usual folder of a script. Names of one part are too common to count anywhere but at the top. */
function usualRoot(path: string): string | null {
  for (const usual of USUAL_FOLDERS) {
    if (path.startsWith(`${usual}/`)) return "";
    const at = path.indexOf(`/${usual}/`);
    if (at > 0 && usual.includes("/")) return path.slice(0, at);
  }
  return null;
}

function isBelow(path: string, roots: ReadonlySet<string>): boolean {
  return [...roots].some((root) => root === path || holds(root, path));
}

function holds(root: string, path: string): boolean {
  return root === "" || path.startsWith(`${root}/`);
}

function inside(root: string, files: readonly string[]): string[] {
  return files.filter((path) => holds(root, path)).map((path) => (root === "" ? path : path.slice(root.length + 1)));
}

/** The folder that a path lies in; empty for the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
