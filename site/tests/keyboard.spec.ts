/** The whole way without a mouse. */
import { expect, test } from "./fixtures";

test("load, walk, read, fix, share, with keys alone", async ({ playground, page }) => {
  await playground.open();
  const active = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  for (let at = 0; at < 30 && (await active()) !== "Show me a release in trouble"; at++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  // The tour has the focus on its next step.
  for (const step of ["1 of 3", "2 of 3", "3 of 3"]) {
    await expect(page.getByText(step)).toBeVisible();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText("of 3")).toHaveCount(0);

  // Round the panes.
  await page.keyboard.press("F6");
  await page.keyboard.press("F6");
  await expect(page.getByRole("tab", { name: "Findings" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Migrations" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await page.keyboard.press("F6");
  await expect(page.getByRole("tab", { name: "Scripts" })).toBeFocused();

  // To a script, and what is said there.
  const row = playground.file("migrations/V1__create_events.sql");
  for (let at = 0; at < 10 && !(await row.evaluate((node) => node === document.activeElement)); at++) await page.keyboard.press("Tab");
  for (let at = 0; at < 6; at++) await page.keyboard.press("ArrowDown");
  await expect(playground.file("migrations/V6__seat_numbers.sql")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("F6");
  await expect(playground.editor).toBeFocused();
  await page.keyboard.press("F8");
  await expect(page.locator(".cm-tooltip .card").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".cm-tooltip")).toHaveCount(0);
  await page.keyboard.press("Shift+F8");
  await page.keyboard.press("Control+.");
  await expect(page.locator(".cm-tooltip .card").first()).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.locator(".cm-tooltip button").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page.getByRole("button", { name: "Apply" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // Rename and delete.
  await playground.file("migrations/V7__wider_prices.sql").focus();
  await page.keyboard.press("F2");
  await page.keyboard.type("wide_prices");
  await page.keyboard.press("Enter");
  await expect(playground.file("migrations/V7__wide_prices.sql")).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(playground.file("migrations/V7__wide_prices.sql")).toHaveCount(0);
  await expect(playground.file("migrations/V8__drop_customer_name.sql")).toBeFocused();

  await page.keyboard.press("Control+Shift+K");
  await expect(page.getByRole("button", { name: "Copy link" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("heading", { name: "Keyboard" })).toBeVisible();
});
