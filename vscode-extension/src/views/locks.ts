// The locks of a script as a picture: they pile up on the left until the transaction ends.
import type { Project } from "../workspace/project";
import { commandLink, escaped, type Pages } from "./page";

export function showLocks(pages: Pages, project: Project, path: string): Promise<void> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return pages.show("locks", async () => ({ title: `Locks: ${name}`, body: await bodyOf(project, path, name) }));
}

async function bodyOf(project: Project, path: string, name: string): Promise<string> {
  const picture = project.runs.includes(path) ? await project.picture(path) : "";
  const file = commandLink("vscode.open", [project.uriOf(path)], path);
  const body = picture === "" ? `<p>${escaped(whyNone(project, path))}</p>` : `<div class="picture">${picture}</div>`;
  return `<h1>Locks of ${escaped(name)}</h1><p class="quiet">${file}${server(project)}</p>${body}`;
}

function whyNone(project: Project, path: string): string {
  if (project.runs.includes(path)) return "Nobody waits for this script: it takes no lock that others would wait for.";
  const migration = project.summary?.migrations.find(({ file }) => file === path);
  return migration ? `This script would not run: ${migration.why}.` : "This script would not run.";
}

function server(project: Project): string {
  const sql = project.summary?.sql;
  if (!sql || sql.dialect === "generic") return "";
  return escaped(` · ${sql.dialect} ${sql.server_version}${sql.assumed_version ? " (assumed)" : ""}`);
}
