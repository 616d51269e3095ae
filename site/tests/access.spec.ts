/** What axe says of every panel, in both themes and on a narrow screen; and pictures of them to look at. */
import { expect, test } from "./fixtures";
import { look } from "./look";

for (const theme of ["light", "dark"] as const) {
  for (const [width, height] of [[1440, 900], [900, 800], [390, 800]]) {
    test(`${theme}, ${width} wide`, async ({ playground, page }) => {
      test.slow();
      const name = (what: string) => `${what}-${theme}-${width}`;
      const pane = async (title: string) => {
        if (width <= 700) await page.getByRole("tab", { name: title, exact: true }).click();
      };
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await playground.open();
      await look(page, name("empty"));
      await page.getByRole("button", { name: "Show me a release in trouble" }).click();
      await expect(page.getByText("1 of 3")).toBeVisible();
      await look(page, name("tour"));
      await page.getByRole("button", { name: "Skip the tour" }).click();

      for (const tab of ["History", "Settings", "Scripts"]) {
        await page.getByRole("tab", { name: tab, exact: true }).click();
        await look(page, name(tab.toLowerCase()));
      }
      await playground.file("migrations/V6__seat_numbers.sql").click();
      await pane("Script");
      await playground.underlined("CREATE INDEX").hover();
      await page.locator(".cm-tooltip .card").first().waitFor();
      await look(page, name("card"));
      await page.mouse.move(2, 2);

      await pane("Verdict");
      for (const tab of await page.locator(".right [role=tab]").all()) {
        await tab.click();
        await page.waitForTimeout(200);
        await look(page, name(`panel-${(await tab.innerText()).toLowerCase().replace(/\W.*$/s, "")}`));
      }
      await page.locator(".right [role=tab]").first().click();
      await playground.finding("searched for NULL").click();
      await pane("Verdict");
      await look(page, name("finding"));
      await page.locator(".right .card").getByRole("button", { name: /^Fix:/ }).click();
      await look(page, name("fix"));
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Share", exact: true }).click();
      await page.getByLabel("Link", { exact: true }).waitFor();
      await look(page, name("share"));
    });
  }
}

test("the chosen theme stays", async ({ playground, page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await playground.open();
  await page.getByRole("button", { name: "Switch to the dark theme" }).click();
  await page.goto("./rules/");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
