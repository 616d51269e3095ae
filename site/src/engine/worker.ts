/** The engine's worker: owns one project and answers what is asked of it. */
import init, { Project, check, impact, reset, rules, version } from "flightcheck-wasm";
import pages from "flightcheck-wasm/pages";
import type { AskName, Asks, Changes, Request, Response, Trouble } from "./protocol";

const ready = init();
let project: Project | null = null;

type Answers = { [Name in AskName]: (project: Project, ...args: Asks[Name]["args"]) => Asks[Name]["gives"] };

const answers: Answers = {
  report: (project) => project.report(),
  findings: (project, path) => project.findings(path),
  render: (project, format) => project.render(format),
  simulate: (project, command, to) => project.simulate(command, to),
  lockPicture: (project, path) => project.lockPicture(path),
  schema: (project) => project.schema(),
  schemaChanges: (project, path) => project.schemaChanges(path),
  draftUndo: (project, path) => project.draftUndo(path),
  undoPlan: (project, version) => project.undoPlan(version),
  dependencies: (project, paths) => project.dependencies(paths),
  impact: (_, input) => impact(input),
  plainHistory: (_, text) => plainHistory(text),
  rules: () => rules().map((rule) => ({ ...rule, page: pages[rule.name] ?? "" })),
  explain: (_, rule) => pages[rule] ?? "",
  check: (_, files, options) => check(files, options),
  version: () => version(),
};

/** Where there are no scripts, migrating changes nothing, and what is left of the history is its documented form. */
function plainHistory(text: string): string {
  if (text.trim() === "null") return text;
  const bare = new Project({ settings: { validateOnMigrate: "false" } });
  try {
    bare.setHistory("history", text);
    return bare.simulate("migrate");
  } finally {
    bare.free();
  }
}

function apply(changes: Changes): Project {
  if (changes.anew || !project) {
    project?.free();
    project = new Project(changes.options);
  } else if (changes.options) {
    project.setOptions(changes.options);
  }
  for (const [path, content] of changes.files) {
    if (content === null) project.removeFile(path);
    else project.setFile(path, content);
  }
  if (changes.history !== undefined) {
    project.setHistory(changes.history?.name ?? "", changes.history?.text ?? null);
  }
  return project;
}

/** A trap may have left anything behind: the next call gets a fresh instance, and the page fills it. */
function trouble(error: unknown): Trouble {
  const { name, message, problems } = error as { name?: string; message?: string; problems?: Trouble["problems"] };
  const panic = name !== "FlightcheckError";
  if (panic) {
    project = null;
    reset();
  }
  return { panic, message: message ?? String(error), problems: problems ?? [] };
}

function answer({ id, changes, name, args }: Request): Response {
  try {
    const current = changes ? apply(changes) : (project ??= new Project());
    const give = answers[name] as (project: Project, ...args: unknown[]) => unknown;
    return { id, value: give(current, ...args) };
  } catch (error) {
    return { id, trouble: trouble(error) };
  }
}

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  await ready;
  self.postMessage(answer(data));
};
