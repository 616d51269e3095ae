/** The order of scripts by their versions, and names for new ones. */
import type { Migration } from "flightcheck-wasm";
import type { ProjectStore } from "./store.svelte";

/** A script for the next whole version, in the folder of the last one. */
export function nextName(project: ProjectStore, description = "describe_it"): string {
  const versions = (project.report?.migrations ?? []).flatMap(({ version }) => (version ? [version] : []));
  const next = Math.max(0, ...versions.map((version) => Number.parseInt(version, 10) || 0)) + 1;
  const last = project.report?.migrations.findLast(({ file, version }) => file && version)?.file ?? "";
  const folder = last.slice(0, last.lastIndexOf("/") + 1);
  for (let version = next; ; version++) {
    const name = `${folder}V${version}__${description}.sql`;
    if (!project.files.has(name)) return name;
  }
}

/** By version, which is numbers between dots; what has none comes last and stays as it was. */
export function inOrder(migrations: Migration[]): Migration[] {
  return migrations.toSorted((a, b) => {
    if (a.version === null || b.version === null) return Number(a.version === null) - Number(b.version === null);
    return compareVersions(a.version, b.version);
  });
}

/** As Flyway does: number by number, what is missing counts as 0. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(/[._]/).map(Number));
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference) return difference;
  }
  return 0;
}
