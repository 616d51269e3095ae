/** What axe says of rollback and dependencies with all that they can show; and pictures of them to look at. */
import { expect, test } from "./fixtures";
import { look } from "./look";
import { example, scripts, show } from "./projects";

const PAIR = {
  "sql/V1__a.sql": "create table a (id int primary key, note text default 'x', constraint c check (id > 0));",
  "sql/V2__b.sql":
    "alter table a\n  alter column note set default 'y',\n  add column z int;\ncreate index a_z on a (z);\ncreate table b (id int primary key);\nupdate a set note = 'z';\n",
  "sql/U2__b.sql":
    "drop index a_z;\nalter table a alter column note drop default;\nalter table a drop column z;\ndrop index if exists i;\nalter table a drop column id;",
  "sql/V3__do.sql": "do $$ begin execute 'alter table ' || current_user || ' add x int'; end $$;",
  "sql/V4__c.sql": "alter table a drop column note;",
};

for (const theme of ["light", "dark"] as const) {
  for (const [width, height] of [[1440, 900], [900, 800], [390, 800]]) {
    test(`${theme}, ${width} wide`, async ({ page }) => {
      test.slow();
      const name = (what: string) => `${what}-${theme}-${width}`;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await show(page, scripts(PAIR, "sql/V2__b.sql"), "rollback");
      const panel = page.locator("#panel-panel");
      await expect(panel.locator("svg path.differently")).toHaveCount(1);
      await look(page, name("rollback-pair"));
      await panel.getByText("Undo to a version", { exact: true }).click();
      await panel.getByLabel("Undo to version").selectOption("0");
      await look(page, name("rollback-plan"));
      await page.locator("#panel-tab-dependencies").click();
      await panel.locator(".pair").first().click();
      await look(page, name("dependencies"));
      await page.goto("about:blank");
      await show(page, example("billing", "db/migration/V24__index_open_invoices.sql"), "rollback");
      await expect(panel.getByRole("button", { name: "Add to the project" })).toBeVisible();
      await look(page, name("rollback-draft"));
      await panel.getByText("Coverage", { exact: true }).click();
      await panel.getByText("Which 18?").click();
      await look(page, name("rollback-coverage"));
    });
  }
}
