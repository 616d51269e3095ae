/** Opens projects in the playground: through links, as anybody's would be. */
import { expect, type Page } from "@playwright/test";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Whole } from "../src/project/store.svelte";
import { pack } from "../src/share/link";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** An example of the repository with its production history. */
export function example(name: string, open: string | null = null): Whole {
  const folder = join(EXAMPLES, name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const history = readFileSync(join(folder, "history/production.json"), "utf8");
  return {
    files: new Map(
      files.filter((path) => !path.includes("/history/")).map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
    ),
    history: { name: "production.json", text: history },
    options: {},
    open,
  };
}

/** A project of scripts by name, without a history. */
export function scripts(files: Record<string, string>, open: string | null = null): Whole {
  return { files: new Map(Object.entries(files)), history: null, options: { dialect: "postgres" }, open };
}

/** Opens the playground with a project, and one of the tabs on the right; a narrow screen shows one pane at a time. */
export async function show(page: Page, whole: Whole, panel: string): Promise<void> {
  await page.goto(`./${pack(whole)}`);
  const verdict = page.getByRole("tab", { name: "Verdict", exact: true });
  // On narrow screens the panels are a view of their own, and which view is shown may change while the project comes in.
  await expect(async () => {
    if (await verdict.isVisible()) await verdict.click();
    await page.locator(`#panel-tab-${panel}`).click({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("region", { name: new RegExp(`^${panel}$`, "i") }).waitFor();
}
