import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";

/** The page that they write. */
const markdown = readFileSync(new URL("../../docs/accuracy.md", import.meta.url), "utf8");

test("the table of accuracy is the one that the tests of the core write", async ({ page }) => {
  await page.goto("./how-it-works/");
  const rows = page.getByRole("table", { name: "Right answers for each server" }).locator("tbody tr");
  const servers = [...markdown.matchAll(/^## (\S+): (\d+) statements/gm)];
  const totals = [...markdown.matchAll(/^\| all \| (\d+) \| (\d+) \| (.*) \|$/gm)];
  expect(servers.length).toBeGreaterThan(5);
  await expect(rows).toHaveCount(servers.length);
  for (const [at, [, name, statements]] of servers.entries()) {
    const cells = (await rows.nth(at).locator("th, td").allTextContents()).map((cell) => cell.replaceAll(",", ""));
    expect(cells.slice(0, 4)).toEqual([name, statements, totals[at][1], totals[at][2]]);
    expect(Math.abs(parseFloat(cells[4]) - parseFloat(totals[at][3]))).toBeLessThan(0.11);
  }
});

test("what was asked stands behind it", async ({ page }) => {
  await page.goto("./how-it-works/");
  await page.getByText("By what was asked").click();
  await expect(page.getByRole("table", { name: "postgres-15" }).getByRole("row", { name: /^rewrites/ })).toBeVisible();
});
