/** A reviewer's way: paste, see why, fix, jump. */
import { expect, test } from "./fixtures";

const RISKY = "ALTER TABLE orders ALTER COLUMN total TYPE bigint;\nCREATE INDEX CONCURRENTLY by_total ON orders (total);\n";

test("a pasted script gets a name, a dialect and a verdict", async ({ playground }) => {
  await playground.open();
  await playground.paste(RISKY);
  await expect(playground.file("V1__pasted.sql")).toBeVisible();
  await expect(playground.editor).toContainText("ALTER TABLE orders");
  await expect(playground.verdict).toContainText("Read as PostgreSQL");
  await expect(playground.squiggle("error").or(playground.squiggle("warning")).first()).toBeVisible();
});

test("pasting works without choosing a field first", async ({ playground, page }) => {
  await playground.open();
  await playground.pasteInto(page.locator("body"), RISKY);
  await expect(playground.file("V1__pasted.sql")).toBeVisible();
});

test("who types goes on typing in the editor", async ({ playground, page }) => {
  await playground.open();
  await page.getByLabel("Paste a migration").pressSequentially("drop table orders;", { delay: 20 });
  await expect(playground.editor).toHaveText(/drop table orders;/);
});

test("where nothing says whose SQL it is, the page asks", async ({ playground, page }) => {
  await playground.open();
  await playground.paste("alter table orders alter column note set not null;\ncreate index by_note on orders (note);");
  await expect(playground.verdict).toContainText("Which database is it for?");
  await page.getByRole("button", { name: "PostgreSQL" }).click();
  await expect(playground.finding("searched for NULL")).toBeVisible();
  await expect(playground.verdict).toContainText("Read as PostgreSQL");
});

test("squiggles follow the typing, and go when the cause is gone", async ({ playground, page }) => {
  await playground.openExample();
  await playground.file("migrations/V7__wider_prices.sql").click();
  await expect(playground.squiggle("warning").first()).toHaveText(/ALTER|price/);
  await playground.editor.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("SELECT 1;");
  await expect(page.locator(".squiggle")).toHaveCount(0);
  await expect(playground.finding("writes all rows of")).toHaveCount(0);
});

test("spans are right behind characters of more than one byte, and with CRLF", async ({ playground }) => {
  await playground.open();
  await playground.paste("-- größer 😀\r\nSELECT '€€€😀';\r\nDROP TABLE IF EXISTS äöü; SELECT 1::int;\r\nTRUNCATE other;\r\n");
  await expect(playground.verdict).toContainText("Read as");
  await playground.finding("other").first().click();
  await expect(playground.page.locator(".squiggle").last()).toHaveText("other");
});

test("a card tells why, shows the rule's page and leads elsewhere", async ({ playground, page }) => {
  await playground.openExample();
  await playground.file("migrations/V6__seat_numbers.sql").click();
  await playground.underlined("CREATE INDEX").hover();
  const card = page.locator(".cm-tooltip .card");
  await expect(card.first()).toContainText("index-without-concurrently");
  await card.first().getByRole("button", { name: "Why it matters" }).click();
  await expect(card.first().getByRole("heading", { name: "When it is fine" })).toBeVisible();
  await card.getByRole("button", { name: "migrations/V4__index_tickets.sql:1" }).click();
  await expect(playground.head).toHaveText("migrations/V4__index_tickets.sql");
});

test("a fix shows what it changes, takes the finding away, and can be undone", async ({ playground, page }) => {
  await playground.openExample();
  await playground.finding("searched for NULL").click();
  await page.locator(".right .card").getByRole("button", { name: /^Fix:/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator(".removed")).toContainText("SET NOT NULL");
  await expect(dialog.locator(".added").first()).toContainText("NOT VALID");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(playground.file("migrations/V10__validate_tickets_seat_not_null.sql")).toBeVisible();
  await expect(playground.finding("searched for NULL")).toHaveCount(0);
  await expect(playground.editor).toContainText("NOT VALID");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(playground.finding("searched for NULL")).toBeVisible();
  await expect(playground.file("migrations/V10__validate_tickets_seat_not_null.sql")).toHaveCount(0);
  await expect(playground.editor).not.toContainText("NOT VALID");
});

test("each statement's lock stands at the end of its line", async ({ playground, page }) => {
  await playground.openExample();
  await playground.file("migrations/V7__wider_prices.sql").click();
  await expect(page.locator(".lock-note")).toHaveText("AccessExclusiveLock on public.tickets: reads and writes wait · rewrites public.tickets");
});

test("findings are filtered, grouped, and lead to their places", async ({ playground, page }) => {
  await playground.openExample();
  await expect(page.locator(".finding")).toHaveCount(10);
  await page.getByRole("button", { name: "3 Error" }).click();
  await expect(page.locator(".finding")).toHaveCount(7);
  await page.getByLabel("Filter by text").fill("lock_timeout");
  await expect(page.locator(".finding")).toHaveCount(1);
  await page.getByLabel("Filter by text").fill("");
  await page.getByRole("button", { name: "3 Error" }).click();
  await page.getByLabel("What the rule is about").selectOption("migrations");
  await expect(page.locator(".finding")).toHaveCount(3);
  await page.getByLabel("What the rule is about").selectOption("");
  await page.getByLabel("Group by").selectOption("rule");
  await expect(page.getByRole("heading", { name: "table-rewrite" })).toBeVisible();
  await playground.finding("will fail").click();
  await expect(playground.head).toHaveText("migrations/V8__drop_customer_name.sql");
  await page.getByLabel("open file only").check();
  await expect(page.locator(".finding")).toHaveCount(1);
  await expect(page.getByText("15 statements were understood")).toBeVisible();
});

test("suppressed findings are counted, and shown when asked for", async ({ playground, page }) => {
  await playground.openExample();
  await playground.file("migrations/V7__wider_prices.sql").click();
  await playground.editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("-- flightcheck: allow(table-rewrite) the table is small\n");
  await page.getByText("1 suppressed").click();
  await expect(page.getByText("by a comment: the table is small")).toBeVisible();
});

test("a tour in three steps leads through the example", async ({ playground, page }) => {
  await playground.open();
  await page.getByRole("button", { name: "Show me a release in trouble" }).click();
  await expect(page.locator(".left").getByText("1 of 3")).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.locator(".middle").getByText("2 of 3")).toBeVisible();
  await expect(page.locator(".squiggle").first()).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.locator(".right").getByText("3 of 3")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("of 3")).toHaveCount(0);
});
