import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures";
import { example, show } from "./projects";

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await show(page, example("friday"), "report");
});

test("every format is shown", async ({ page }) => {
  const begins: Record<string, RegExp> = {
    Markdown: /^<!-- flightcheck report -->/,
    Text: /^Migrations /,
    JSON: /^\{\n/,
    SARIF: /"\$schema"/,
    GitHub: /^::error /m,
    GitLab: /^\[/,
    JUnit: /<testsuite/,
    Checkstyle: /<checkstyle/,
    reviewdog: /"diagnostics"/,
    SonarQube: /"issues"/,
  };
  for (const [title, begin] of Object.entries(begins)) {
    await page.getByText(title, { exact: true }).first().click();
    await expect(page.getByLabel("Preview")).toHaveText(begin);
  }
});

test("the page for reviewers is shown with its own style, and runs nothing", async ({ page }) => {
  await page.getByText("HTML", { exact: true }).click();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { level: 1 })).toContainText("Fails");
  expect(await frame.locator("main").evaluate((main) => getComputedStyle(main).maxWidth)).toBe("1088px");
  await expect(page.locator("iframe")).toHaveAttribute("sandbox", "");
});

test("it is copied as Markdown in one click", async ({ page }) => {
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(page.getByText("The report as Markdown is copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<!-- flightcheck report -->\n## .*flightcheck fails/);
});

test("it is saved under a name that others expect", async ({ page }) => {
  await page.getByText("SARIF", { exact: true }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save flightcheck.sarif" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("flightcheck.sarif");
  const sarif = JSON.parse(await readFile((await download.path())!, "utf8"));
  expect(sarif.version).toBe("2.1.0");
});
