import { expect, test } from "./fixtures";

test("the page starts and has a verdict", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("tab", { name: "Findings" })).toBeVisible();
});
