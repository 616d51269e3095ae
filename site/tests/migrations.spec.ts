/** The states that the examples do not have. */
import { expect, test } from "./fixtures";
import { scripts, show } from "./projects";

const row = (installed_rank: number, version: string, type: string, script: string, success = true) => ({
  installed_rank,
  version,
  description: script.replace(/^.*__|\.sql$/g, ""),
  type,
  script,
  checksum: null,
  success,
});

test("baselines, undone, failed, future and late migrations each have their sign and sentence", async ({ page }) => {
  const names = ["B3__base", "V1__old", "V4__four", "V5__five", "U5__five", "V6__six", "V4.5__late", "V7__seven"];
  const files = Object.fromEntries(names.map((name) => [`sql/${name}.sql`, "select 1;"]));
  const rows = [
    row(1, "3", "SQL_BASELINE", "B3__base.sql"),
    row(2, "4", "SQL", "V4__four.sql"),
    row(3, "5", "SQL", "V5__five.sql"),
    row(4, "5", "UNDO_SQL", "U5__five.sql"),
    row(5, "6", "SQL", "V6__six.sql"),
    row(6, "4.5", "SQL", "V4.5__late.sql"),
    row(7, "7", "SQL", "V7__seven.sql", false),
    row(8, "12", "SQL", "V12__future.sql"),
  ];
  const history = { name: "history.json", text: JSON.stringify(rows) };
  await show(page, { ...scripts(files), history, options: { edition: "redgate", settings: { outOfOrder: "true" } } }, "migrations");
  const panel = page.getByRole("region", { name: "Migrations" });
  const line = (name: string) => panel.locator("li").filter({ has: page.getByText(name, { exact: true }) });
  await expect(line("base")).toContainText("Everything up to here counts as applied.");
  await expect(line("late")).toContainText("It was applied after a higher version.");
  await expect(line("seven")).toContainText("It failed: undo what it did by hand, then run repair.");
  await expect(line("future")).toContainText("It was applied, and it is above every local version.");
  await expect(line("old")).toContainText("It is below the baseline 3");
  await expect(panel.locator(".shape rect")).toHaveCount(1);
  await expect(panel.locator(".shape .cross")).toHaveCount(1);
  await expect(panel.locator(".shape.gone")).not.toHaveCount(0);
  // The late one, and V5, which would run again, lead back to their places.
  await expect(panel.locator("svg .arc")).toHaveCount(2);
});

test("a history that cannot be read is said in every panel", async ({ page }) => {
  const history = { name: "broken.json", text: '[{"installed_rank": "x"' };
  await show(page, { ...scripts({ "sql/V1__a.sql": "select 1;" }), history }, "migrations");
  for (const panel of ["Migrations", "Plan", "Locks", "Schema", "Report"]) {
    await page.getByRole("tab", { name: panel }).click();
    await expect(page.getByRole("region", { name: panel }).getByRole("alert").first()).toContainText("broken.json");
  }
});

test("scripts of another tool are no states, and that is said", async ({ page }) => {
  const files = { "db/migrate/20240101000000_a/up.sql": "create table a (id int);", "db/migrate/20240101000000_a/down.sql": "drop table a;" };
  await show(page, scripts(files), "migrations");
  await expect(page.getByText("Only Flyway's history is understood")).toBeVisible();
});
