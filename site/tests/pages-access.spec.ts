/** What axe says of the pages beside the playground and of what the panels unfold, in both themes and three widths. */
import { expect, test } from "./fixtures";
import { look } from "./look";
import { example, show } from "./projects";

for (const theme of ["light", "dark"] as const) {
  for (const [width, height] of [[1440, 900], [900, 800], [390, 800]]) {
    test(`pages, ${theme}, ${width} wide`, async ({ page }) => {
      test.slow();
      const name = (what: string) => `${what}-${theme}-${width}`;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await page.goto("./rules/");
      await expect(page.getByRole("heading", { name: /^\d+ rules$/ })).toBeVisible();
      await look(page, name("rules"));
      await page.goto("./rules/#index-without-concurrently");
      await expect(page.locator("figure mark").first()).toBeAttached();
      await page.getByText("Other rules find").first().click();
      await look(page, name("rule"));
      await page.goto("./rules/#checksum-mismatch");
      await expect(page.locator("figure mark").first()).toBeAttached();
      await look(page, name("rule-with-history"));
      await page.goto("./how-it-works/");
      await page.getByText("By what was asked").click();
      await look(page, name("how-it-works"));
    });

    test(`panels, ${theme}, ${width} wide`, async ({ page }) => {
      test.slow();
      const name = (what: string) => `${what}-${theme}-${width}`;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      const open = "db/migration/V19__link_payments_to_accounts.sql";
      await page.goto("./");
      const visit = async (panel: string) => {
        await page.goto("about:blank");
        await show(page, example("billing", open), panel);
      };
      await visit("migrations");
      await look(page, name("billing-migrations"));
      await page.locator("#panel-panel").getByText("Table", { exact: true }).click();
      await look(page, name("billing-table"));
      await visit("plan");
      await look(page, name("billing-plan"));
      await visit("locks");
      await page.getByText("The picture as a table").click();
      await look(page, name("billing-locks"));
      await visit("schema");
      await page.getByText(/more: sequences/).click();
      await look(page, name("billing-schema"));
      await page.getByText("What one script changes").click();
      await look(page, name("billing-changes"));
      await visit("report");
      await page.getByText("HTML", { exact: true }).click();
      await page.locator("iframe").waitFor();
      await look(page, name("billing-report"));
    });
  }
}
