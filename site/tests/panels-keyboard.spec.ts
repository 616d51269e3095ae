import { expect, test } from "./fixtures";
import { example, show } from "./projects";

test("every panel is walked and used without a mouse", async ({ page }) => {
  await show(page, example("friday", "migrations/V6__seat_numbers.sql"), "migrations");
  const tab = async (name: string) => {
    await page.locator("#pane-right [role=tab][aria-selected=true]").focus();
    await page.keyboard.press("Home");
    for (let at = 0; at < 10; at++) {
      if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
      await page.keyboard.press("ArrowRight");
    }
    throw new Error(`no tab ${name}`);
  };
  /** Goes on until something of that text or label has the focus. */
  const reach = async (name: string | RegExp) => {
    for (let at = 0; at < 60; at++) {
      await page.keyboard.press("Tab");
      const said = await page.evaluate(() => {
        const node = document.activeElement as HTMLInputElement;
        return node.getAttribute("aria-label") ?? node.closest("label")?.textContent ?? node.textContent ?? "";
      });
      if (said.trim().match(name)) return;
    }
    throw new Error(`${name} is not reached`);
  };

  await tab("Migrations");
  await reach("Timeline");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("table")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await reach(/7\s*wider prices/);
  await page.keyboard.press("Enter");
  await expect(page.locator("#pane-middle")).toContainText("V7__wider_prices.sql");

  await tab("Locks");
  await reach(/ALTER TABLE tickets/);
  await page.keyboard.press("Enter");
  await expect(page.locator("#pane-middle .editor:focus-within, #pane-middle .editor:focus")).toHaveCount(1);

  await tab("Rollback");
  await reach("One script");
  await reach(/ALTER TABLE tickets/);
  await page.keyboard.press("Enter");
  await expect(page.locator("#pane-middle .editor:focus-within, #pane-middle .editor:focus")).toHaveCount(1);
  await tab("Rollback");
  await reach("Draft of the undo script");
  await reach("Add to the project");
  await page.keyboard.press("Enter");
  await expect(page.locator("#panel-panel")).toContainText("Down U7__wider_prices.sql");

  await tab("Dependencies");
  await reach("The next run");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("#panel-panel")).toContainText("Of 36 pairs");
  await reach(/^dependent\s+V3__create_tickets.sql before V6__seat_numbers.sql/);
  await page.keyboard.press("Enter");
  await expect(page.locator("#panel-panel")).toContainText("V6__seat_numbers.sql needs table public.tickets");
  await reach("Open V6__seat_numbers.sql");

  await tab("Schema");
  await reach("Search tables and columns");
  await page.keyboard.type("venue_id");
  await expect(page.getByRole("heading", { name: "public.events table" })).toBeVisible();

  await tab("Report");
  await reach("Markdown");
  await expect(page.getByLabel("Preview")).toBeVisible();
  await reach("Preview");
});
