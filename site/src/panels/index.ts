/** The tabs on the right, in their order. */
import type { Component } from "svelte";
import type { ProjectStore } from "../project/store.svelte";
import Dependencies from "./Dependencies.svelte";
import Findings from "./Findings.svelte";
import Locks from "./Locks.svelte";
import Migrations from "./Migrations.svelte";
import Plan from "./Plan.svelte";
import Report from "./Report.svelte";
import Rollback from "./Rollback.svelte";
import Schema from "./Schema.svelte";

export interface Panel {
  /** Part of the address and of element ids. */
  id: string;
  title: string;
  component: Component<{ project: ProjectStore }>;
}

export const panels: Panel[] = [
  { id: "findings", title: "Findings", component: Findings },
  { id: "migrations", title: "Migrations", component: Migrations },
  { id: "plan", title: "Plan", component: Plan },
  { id: "locks", title: "Locks", component: Locks },
  { id: "rollback", title: "Rollback", component: Rollback },
  { id: "dependencies", title: "Dependencies", component: Dependencies },
  { id: "schema", title: "Schema", component: Schema },
  { id: "report", title: "Report", component: Report },
];
