import { expect, test } from "./fixtures";
import { example, scripts, show } from "./projects";

test.describe("migrations", () => {
  test("the timeline tells what is applied, what is next, and what is left behind", async ({ page }) => {
    await show(page, example("friday"), "migrations");
    const panel = page.getByRole("region", { name: "Migrations" });
    await expect(panel.getByText("6 Success, 1 Ignored, 3 Pending.")).toBeVisible();
    await expect(panel.getByRole("heading", { name: "Now at version 5. migrate refuses to go on:" })).toBeVisible();
    await expect(panel.getByText("It is below the applied 5, and outOfOrder is off.")).toBeVisible();
    await expect(panel.locator("li", { hasText: "create tickets" })).toContainText("changed since");
    // The arc of V4.1 leads back to its place, and the shapes tell kinds apart.
    await expect(panel.locator("svg .arc")).toHaveCount(1);
    await expect(panel.locator("svg .shape.applied")).toHaveCount(6);
    await expect(panel.locator("svg .shape:not(.applied)")).toHaveCount(4);
  });

  test("a migration is opened from the timeline, with its undo script", async ({ page }) => {
    await show(page, example("billing"), "migrations");
    const panel = page.getByRole("region", { name: "Migrations" });
    await panel.getByRole("button", { name: "10 create credit notes" }).click();
    await expect(page.locator("#pane-middle")).toContainText("V10__create_credit_notes.sql");
    await panel.getByRole("button", { name: "Open the undo script U10__create_credit_notes.sql" }).click();
    await expect(page.locator("#pane-middle")).toContainText("U10__create_credit_notes.sql");
  });

  test("the table explains each state in a sentence", async ({ page }) => {
    await show(page, example("billing"), "migrations");
    const panel = page.getByRole("region", { name: "Migrations" });
    await panel.getByText("Table", { exact: true }).click();
    const rows = panel.getByRole("row");
    await expect(rows).toHaveCount(35);
    for (const row of (await rows.all()).slice(1)) await expect(row.locator(".why")).toHaveText(/^\s*[A-Z].*\./);
    await expect(panel.getByRole("row", { name: /add legacy export/ })).toContainText("its script is not among the local migrations");
  });

  test("a long uneventful past is folded, and unfolds", async ({ page }) => {
    await show(page, example("webshop"), "migrations");
    const panel = page.getByRole("region", { name: "Migrations" });
    await expect(panel.getByText("backfill order total")).toHaveCount(0);
    await panel.getByRole("button", { name: "16 migrations applied in their turn, show all" }).click();
    await expect(panel.getByText("backfill order total")).toBeVisible();
  });
});

test.describe("plan", () => {
  test("what Flyway refuses, and why", async ({ page }) => {
    await show(page, example("friday"), "plan");
    const panel = page.getByRole("region", { name: "Plan" });
    await expect(panel.getByText("migrate aborts.")).toBeVisible();
    await expect(panel.getByText(/^Version 3 was applied with checksum/)).toBeVisible();
    await expect(panel.getByText(/^Version 4.1 is not applied, and a higher version is/)).toBeVisible();
    await panel.getByRole("button", { name: "Show the script" }).first().click();
    await expect(page.locator("#pane-middle")).toContainText("V3__create_tickets.sql");
  });

  test("the run in its order, callbacks in their places, and each skip explained", async ({ page }) => {
    await show(page, example("billing"), "plan");
    const panel = page.getByRole("region", { name: "Plan" });
    await expect(panel.getByText("migrate would apply 18 scripts")).toBeVisible();
    const steps = panel.locator(".step");
    await expect(steps.first()).toContainText("V13__index_invoice_lines.sql");
    await expect(steps.first()).toContainText("writes wait");
    await expect(steps.last()).toContainText("callback at afterMigrate");
    await expect(panel.getByText("It is below the applied 12, and outOfOrder is off.")).toBeVisible();
  });

  test("with group all scripts share a transaction", async ({ page }) => {
    const whole = example("billing");
    whole.options = { settings: { group: "true" } };
    await show(page, whole, "plan");
    await expect(page.getByText("One transaction for 18 scripts")).toBeVisible();
  });

  test("one can go on as if the run had happened, and back", async ({ page }) => {
    await show(page, example("webshop"), "plan");
    const panel = page.getByRole("region", { name: "Plan" });
    await expect(panel.getByText("migrate would apply 4 scripts")).toBeVisible();
    await panel.getByRole("button", { name: "Go on as if it had run" }).click();
    await expect(panel.getByText("migrate would apply nothing.")).toBeVisible();
    await panel.getByRole("button", { name: "Back to before the run" }).click();
    await expect(panel.getByText("migrate would apply 4 scripts")).toBeVisible();
  });

  test("both answers where nobody said whether the schema is empty", async ({ page }) => {
    await show(page, scripts({ "sql/V1__a.sql": "create table a (id int);" }), "plan");
    await expect(page.getByRole("heading", { name: "If the schema is not empty" })).toBeVisible();
    await expect(page.getByText("NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE")).toBeVisible();
  });
});

test.describe("locks", () => {
  test("bars from the statement that takes the lock to the end of the transaction", async ({ page }) => {
    await show(page, example("friday", "migrations/V6__seat_numbers.sql"), "locks");
    const panel = page.getByRole("region", { name: "Locks" });
    await expect(panel.getByText("Reads and writes wait until the transaction ends")).toBeVisible();
    await expect(panel.getByText("AccessExclusiveLock on tickets: reads and writes wait")).toBeVisible();
    const bar = (await panel.locator("rect.bar.all").boundingBox())!;
    const taker = (await panel.getByRole("button", { name: /ALTER TABLE tickets/ }).boundingBox())!;
    const last = (await panel.getByRole("button", { name: /CREATE INDEX tickets_seat_idx/ }).boundingBox())!;
    expect(bar.y).toBeGreaterThanOrEqual(taker.y - 5);
    expect(bar.y).toBeLessThan(taker.y + taker.height);
    expect(bar.y + bar.height).toBeGreaterThan(last.y);
  });

  test("a statement leads to its place in the editor", async ({ page }) => {
    await show(page, example("friday", "migrations/V6__seat_numbers.sql"), "locks");
    await page.getByRole("region", { name: "Locks" }).getByRole("button", { name: /ALTER TABLE tickets/ }).click();
    await expect(page.locator(".cm-activeLine, .cm-line").filter({ hasText: "ALTER COLUMN seat SET NOT NULL" }).first()).toBeVisible();
    await expect(page.locator("#pane-middle .editor:focus-within, #pane-middle .editor:focus")).toHaveCount(1);
  });

  test("the same in words, for those who do not see the picture", async ({ page }) => {
    await show(page, example("billing", "db/migration/V19__link_payments_to_accounts.sql"), "locks");
    const panel = page.getByRole("region", { name: "Locks" });
    await panel.getByText("The picture as a table").click();
    const rows = panel.getByRole("table", { name: "Locks that others wait for" }).getByRole("row");
    await expect(rows).toHaveCount(4);
    await expect(rows.nth(3)).toContainText("billing.credit_notes");
    await expect(rows.nth(3)).toContainText("reads and writes wait");
  });

  test("rewrites, scans and emptied tables have their marks", async ({ page }) => {
    await show(page, example("billing", "db/migration/V25__add_public_token.sql"), "locks");
    const panel = page.getByRole("region", { name: "Locks" });
    await expect(panel.locator(".picture .mark .full")).toHaveCount(1);
    await expect(panel.getByText("rewrites invoices", { exact: false })).toBeVisible();
    await expect(panel.getByText("empties dunning_letters, dunning_runs", { exact: false })).toBeVisible();
  });

  test("another script is chosen here", async ({ page }) => {
    await show(page, example("billing"), "locks");
    await page.getByRole("combobox", { name: "Script" }).selectOption({ label: "V14__widen_amounts.sql · reads and writes wait" });
    await expect(page.getByText("AccessExclusiveLock on invoice_lines: reads and writes wait")).toBeVisible();
  });

  test("an applied script has no locks any more", async ({ page }) => {
    await show(page, example("friday", "migrations/V1__create_events.sql"), "locks");
    await expect(page.getByText("V1__create_events.sql is applied already: its locks are history.")).toBeVisible();
  });

  test("what is not known is not called harmless", async ({ page }) => {
    const files = { "sql/V1__a.sql": "create table a (id int);", "sql/V2__b.sql": "alter table a add b int;" };
    await show(page, { ...scripts(files, "sql/V2__b.sql"), options: {} }, "locks");
    await expect(page.getByText("Nothing says whose SQL this is, so its locks are not known.")).toBeVisible();
    await expect(page.getByText("Nobody waits")).toHaveCount(0);
    await page.getByRole("tab", { name: "Plan" }).click();
    await expect(page.getByText("V2__b.sql").last()).toBeVisible();
    await expect(page.getByText("nobody waits")).toHaveCount(0);
  });

  test("many quiet statements are one line", async ({ page }) => {
    const quiet = Array.from({ length: 40 }, (_, at) => `insert into b values (${at});`).join("\n");
    const sql = `alter table a add column x int;\n${quiet}\nalter table a add column y int;\n`;
    await show(page, scripts({ "sql/V1__a.sql": "create table a (id int); create table b (id int);", "sql/V2__b.sql": sql }, "sql/V2__b.sql"), "locks");
    await page.getByRole("button", { name: "… 40 statements for which nobody waits" }).click();
    await expect(page.getByRole("button", { name: /insert into b values \(39\)/ })).toBeVisible();
  });
});

test.describe("schema", () => {
  test("tables as cards, found by their columns", async ({ page }) => {
    await show(page, example("friday"), "schema");
    const panel = page.getByRole("region", { name: "Schema" });
    await expect(panel.getByRole("heading", { name: "public.tickets table" })).toBeVisible();
    await expect(panel.getByRole("row", { name: "price numeric(14,4) not null" })).toBeVisible();
    await panel.getByRole("searchbox").fill("venue_id");
    await expect(panel.getByRole("heading", { level: 3 })).toHaveText(["public.events table"]);
  });

  test("what is not known is said", async ({ page }) => {
    await show(page, example("billing"), "schema");
    await expect(page.getByText("Not everything is known")).toBeVisible();
  });

  test("what one script adds, removes and changes", async ({ page }) => {
    await show(page, example("billing", "db/migration/V18__require_due_date.sql"), "schema");
    await page.getByText("What one script changes").click();
    const panel = page.getByRole("region", { name: "Schema" });
    await expect(panel.getByText("default: none → current_date + 14")).toBeVisible();
    await panel.getByRole("combobox", { name: "Script" }).selectOption({ label: "V16__drop_legacy_reference.sql" });
    await expect(panel.locator("li.removed")).toContainText("legacy_reference");
    await panel.getByRole("combobox", { name: "Script" }).selectOption({ label: "V17__normalise_currency.sql" });
    await expect(panel.getByText("It changes nothing in the schema.")).toBeVisible();
  });

  test("it follows what is typed", async ({ page }) => {
    await show(page, scripts({ "sql/V1__a.sql": "create table a (id int);" }), "schema");
    await expect(page.getByRole("row", { name: "id integer" })).toBeVisible();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\ncreate table later (price numeric);");
    await expect(page.getByRole("heading", { name: "later table" })).toBeVisible();
  });
});
