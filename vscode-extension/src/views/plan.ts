// What the next run would do, and what it would pass over.
import type { Project } from "../workspace/project";
import { commandLink, escaped, type Pages } from "./page";

export function showPlan(pages: Pages, project: Project): Promise<void> {
  const heading = `<h1>What would run in ${escaped(project.name)}</h1>`;
  return pages.show("plan", () => ({ title: `Plan: ${project.name}`, body: heading + bodyOf(project) }));
}

function bodyOf(project: Project): string {
  const { summary, runs, trouble } = project;
  const parts: string[] = [];
  if (trouble) parts.push(`<p class="error">${escaped(trouble.message)}</p>`);
  if (!summary) return parts.join("");
  parts.push(`<p class="quiet">${escaped(sources(project))}</p>`);
  for (const { command, message } of summary.refused) parts.push(`<p class="error">${escaped(`${command} refuses: ${message}`)}</p>`);
  const rows = runs.map((path, at) => {
    const findings = project.findings.get(path)?.length ?? 0;
    const locks = commandLink("flightcheck.showLocks", [project.uriOf(path)], "locks");
    return `<tr><td>${at + 1}</td><td>${commandLink("vscode.open", [project.uriOf(path)], path)}</td><td>${count(findings, "finding")}</td><td>${locks}</td></tr>`;
  });
  parts.push(rows.length === 0 ? "<p>Nothing: there is no pending script.</p>" : `<table><tr><th></th><th>script</th><th></th><th></th></tr>${rows.join("")}</table>`);
  if (summary.skipped.length > 0) {
    const skipped = summary.skipped.map(({ script, why }) => `<tr><td>${escaped(script)}</td><td>${escaped(why)}</td></tr>`);
    parts.push(`<h2>Passed over</h2><table><tr><th>script</th><th>why</th></tr>${skipped.join("")}</table>`);
  }
  return parts.join("");
}

/** Where what is said comes from, in one line. */
export function sources({ summary }: Project): string {
  if (!summary) return "";
  const history = summary.history ? `history: ${summary.history.name}` : "no history: every script counts as not applied";
  const configuration = summary.configuration.length > 0 ? ` · configuration: ${summary.configuration.join(", ")}` : "";
  return `${summary.tool.name} · ${history}${configuration}`;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
