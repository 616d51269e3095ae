/** What takes a migration back: how far that is proved, the draft where nothing does, the way back to a version. */
import { expect, test } from "./fixtures";
import { example, scripts, show } from "./projects";

const V13 = "db/migration/V13__index_invoice_lines.sql";

test("effects are joined to what reverses them, and what is left is said", async ({ page }) => {
  await show(page, example("billing", V13), "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await expect(panel.getByText("0 of 16 pending migrations are covered, 0 %:")).toBeVisible();
  await expect(panel.getByText("2 effects: 1 undone, 1 not undone.")).toBeVisible();
  await expect(panel.locator(".strand.undone")).toContainText("adds index invoice_lines_description_idx");
  await expect(panel.locator(".strand.undone")).toContainText("undone by line 4 of the undo script");
  await expect(panel.locator(".strand.left")).toContainText("adds index payments_account_id_idx of billing.payments");
  await expect(panel.locator(".strand.left .fate")).toHaveText("not undone");
  // A line to the statement; a red stub where there is none.
  await expect(panel.locator("svg path.undone")).toHaveCount(1);
  await expect(panel.locator("svg path.left")).toHaveCount(1);
  const [line, statement] = [await panel.locator("svg path.undone").boundingBox(), await panel.locator("[data-place=down0]").boundingBox()];
  expect(Math.abs(line!.x + line!.width - statement!.x)).toBeLessThan(6);
  expect(line!.y).toBeGreaterThanOrEqual(statement!.y - 1);
  await expect(panel.getByText("index payments_account_id_idx of billing.payments stays after the undo script")).toBeVisible();
});

test("a statement of either side is shown in the editor", async ({ page, playground }) => {
  await show(page, example("billing", V13), "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await panel.getByRole("button", { name: /CREATE INDEX payments_account_id_idx/ }).click();
  await expect(playground.editor).toBeFocused();
  await panel.getByRole("button", { name: /DROP INDEX IF EXISTS invoice_lines_description_idx/ }).click();
  await expect(playground.head).toContainText("U13__index_invoice_lines.sql");
  // The panel stays with the migration, whichever of the two is open.
  await expect(panel.locator("label select")).toHaveValue(V13);
});

test("what comes back differently, and what is undone too much", async ({ page }) => {
  const files = {
    "sql/V1__a.sql": "create table a (id int primary key, note text default 'x');",
    "sql/V2__b.sql": "alter table a alter column note set default 'ü';\ncreate table b (id int);",
    "sql/U2__b.sql": "drop table b;\nalter table a alter column note drop default;\nalter table a drop column id;",
  };
  await show(page, scripts(files, "sql/V2__b.sql"), "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await expect(panel.locator(".strand.differently")).toContainText("comes back differently by line 2 of the undo script");
  await expect(panel.locator("svg path.differently")).toHaveCount(1);
  const wrong = panel.locator(".statement.wrong");
  await expect(wrong).toHaveCount(2);
  await expect(wrong.last()).toContainText("alter table a drop column id");
  await panel.getByRole("button", { name: "Show U2__b.sql, line 2" }).first().click();
  await expect(page.locator("#pane-middle h2")).toContainText("U2__b.sql");
});

test("where nothing takes it back, a draft is added to the project, and proved", async ({ page, playground }) => {
  await show(page, example("billing", "db/migration/V24__index_open_invoices.sql"), "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await expect(panel.getByText("2 effects, and nothing takes them back.")).toBeVisible();
  await expect(panel.getByRole("region", { name: "Draft of the undo script" })).toContainText("DROP");
  await expect(panel.getByText("the proof accepts it")).toBeVisible();
  await panel.getByRole("button", { name: "Add to the project" }).click();
  await expect(playground.file("db/undo/U24__index_open_invoices.sql")).toBeVisible();
  await expect(panel.getByText("2 effects: 2 undone.")).toBeVisible();
  await expect(panel.locator("svg path.undone")).not.toHaveCount(0);
  await expect(panel.getByText("1 of 16 pending migrations")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(playground.file("db/undo/U24__index_open_invoices.sql")).toHaveCount(0);
});

test("where one file holds both directions, the draft goes below its marker", async ({ page, playground }) => {
  const path = "migrations/20240101_a.sql";
  await show(page, { ...scripts({ [path]: "-- migrate:up\ncreate table a (id int);\n\n-- migrate:down\n" }, path), options: { dialect: "postgres" } }, "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await panel.getByRole("button", { name: "Add to the script" }).click();
  await expect(playground.editor).toContainText("DROP TABLE IF EXISTS a");
  await expect(panel.getByText("1 effect: 1 undone.")).toBeVisible();
  await expect(panel.locator(".side").first()).not.toContainText("DROP TABLE");
  await expect(panel.locator(".side").last()).toContainText("DROP TABLE IF EXISTS a");
});

test("what is lost for good, and how to keep it", async ({ page }) => {
  await show(page, example("billing", "db/migration/V16__drop_legacy_reference.sql"), "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await expect(panel.locator(".strand.lost").first()).toContainText("cannot come back");
  await expect(panel.getByRole("heading", { name: "Lost for good" })).toBeVisible();
  await expect(panel.getByText("CREATE TABLE billing.invoices_legacy_reference_before AS")).toBeVisible();
});

test("coverage: each class explained, each script a step away", async ({ page }) => {
  await show(page, example("billing"), "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await panel.getByText("Coverage", { exact: true }).click();
  await expect(panel.getByText("Over all migrations 3 of 26 are covered, 11.54 %.")).toBeVisible();
  const rows = panel.locator(".classes > li");
  await expect(rows).toHaveCount(4);
  for (const row of await rows.all()) await expect(row.locator("p")).toHaveText(/^[A-Z].*\.$/);
  await rows.filter({ hasText: "uncovered" }).getByText("Which 18?").click();
  await panel.getByRole("button", { name: "V14__widen_amounts.sql" }).click();
  await expect(panel.locator("label select")).toHaveValue("db/migration/V14__widen_amounts.sql");
});

test("the way back to a version: scripts, locks, what is lost, where it ends", async ({ page }) => {
  await show(page, example("billing"), "rollback");
  const panel = page.getByRole("region", { name: "Rollback" });
  await panel.getByText("Undo to a version", { exact: true }).click();
  await expect(panel.getByText("1 migration would be taken back")).toBeVisible();
  await panel.getByLabel("Undo to version").selectOption("7");
  await expect(panel.getByText("4 migrations would be taken back, the last one first.")).toBeVisible();
  const steps = panel.locator("ol > li");
  await expect(steps).toHaveCount(4);
  await expect(steps.first()).toContainText("U12__index_payments_received_at.sql");
  await expect(steps.nth(1)).toContainText("Reads and writes wait: billing.accounts.");
  await expect(steps.nth(1)).toContainText("Goes with it: the values of column contact_email of billing.accounts.");
  await expect(panel.getByText("1 migration among them has no undo script")).toBeVisible();
  await steps.last().getByRole("button", { name: "See a draft" }).click();
  await expect(panel.getByRole("region", { name: "Draft of the undo script" })).toContainText("webhook_log");
});
