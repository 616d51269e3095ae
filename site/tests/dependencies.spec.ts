/** Which scripts need each other. */
import { expect, test } from "./fixtures";
import { example, scripts, show } from "./projects";

const SHOP = {
  "sql/V1__orders.sql": "create table orders (id int primary key, note text);",
  "sql/V2__column.sql": "alter table orders add column paid int;",
  "sql/V3__index.sql": "create index by_paid on orders (paid);",
  "sql/V4__apart.sql": "create table customers (id int);",
  "sql/V5__opaque.sql": "do $$ begin execute 'alter table ' || current_user || ' add x int'; end $$;",
};

test("what needs what is joined, what is independent is not", async ({ page, playground }) => {
  const { "sql/V5__opaque.sql": _, ...files } = SHOP;
  await show(page, scripts(files), "dependencies");
  const panel = page.getByRole("region", { name: "Dependencies" });
  await expect(panel.getByText(/^Of 6 pairs, 2 are dependent;/)).toBeVisible();
  await expect(panel.locator("svg .edge")).toHaveCount(2);
  await expect(panel.locator(".graph li")).toHaveText([/V1__orders.*makes orders/s, /V2/, /V3/, /V4.*makes customers/s]);
  await panel.getByRole("button", { name: /V2__column.sql before V3__index.sql/ }).click();
  await expect(panel.getByText("V3__index.sql needs column paid of public.orders, which V2__column.sql makes.")).toBeVisible();
  await panel.getByRole("button", { name: "Open V2__column.sql" }).click();
  await expect(playground.head).toContainText("V2__column.sql");
  await panel.locator(".graph").getByRole("button", { name: /V4__apart/ }).click();
  await expect(playground.head).toContainText("V4__apart.sql");
});

test("an arc is clicked to read its reason", async ({ page }) => {
  await show(page, scripts(SHOP), "dependencies");
  const panel = page.getByRole("region", { name: "Dependencies" });
  const arc = panel.locator("svg .edge.unknown").last();
  await arc.locator("text").click();
  await expect(panel.locator("[aria-expanded=true]")).toContainText("V5__opaque.sql");
  await expect(panel.locator(".reason")).toContainText("Statement 1 of V5__opaque.sql");
});

test("placeholders, schemas that the tool makes, and scripts that would fail anyway make no conflict", async ({ page }) => {
  await show(page, example("webshop"), "dependencies");
  const panel = page.getByRole("region", { name: "Dependencies" });
  await expect(panel.getByText(/^Of 6 pairs, 2 are dependent;/)).toBeVisible();
  await panel.getByText("All scripts", { exact: true }).click();
  await expect(panel.getByText(/^Of \d+ pairs, /)).toContainText("dependent");
  await expect(panel.getByRole("button", { name: /conflicting.*V1__/ })).toHaveCount(0);
});

test("many scripts are judged a few at a time", async ({ page }) => {
  const files: Record<string, string> = { "sql/V1__t0.sql": "create table t0 (id int);" };
  for (let at = 1; at < 50; at++) files[`sql/V${at + 1}__t${at}.sql`] = `create table t${at} (id int);`;
  await show(page, scripts(files), "dependencies");
  const panel = page.getByRole("region", { name: "Dependencies" });
  await expect(panel.getByText("Scripts 31 to 50 of 50")).toBeVisible();
  await expect(panel.getByText("All 20 scripts are independent:")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Later" })).toBeDisabled();
  await panel.getByRole("button", { name: "Earlier" }).click();
  await expect(panel.getByText("Scripts 11 to 30 of 50")).toBeVisible();
  await panel.getByRole("button", { name: "Earlier" }).click();
  await expect(panel.getByText("Scripts 1 to 20 of 50")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Earlier" })).toBeDisabled();
  await expect(panel.locator(".graph li").first()).toContainText("V1__t0.sql");
});
