// Drives VS Code as a person does, with the package installed: squiggle, hover, quick fix, tree, lens, commands.
// Usage: node tests/run-ui.mjs [HOST...]; SHOTS=FOLDER keeps a picture of each step, UPDATE=1 makes those of the README anew.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newPage, startBrowser } from "./rig/browser.mjs";
import { startServer, until } from "./rig/server.mjs";

const vsix = fileURLToPath(new URL("../dist/flightcheck.vsix", import.meta.url));
const hosts = process.argv.length > 2 ? process.argv.slice(2) : ["node"];
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

const rows = [1, 2].map((number) => ({ installed_rank: number, version: `${number}`, description: "x", type: "SQL", script: `V${number}__x.sql`, checksum: null, success: true }));
const FILES = {
  "flightcheck.toml": 'dialect = "postgres"\nserver-version = "15"\n',
  "flightcheck.history.json": JSON.stringify(rows.map((row, at) => ({ ...row, description: ["orders", "customers"][at], script: ["V1__orders.sql", "V2__customers.sql"][at] }))),
  "db/migration/V1__orders.sql": "create table orders (\n    id bigint primary key,\n    customer_id bigint,\n    note text,\n    total int not null default 0\n);\n",
  "db/migration/V2__customers.sql": "create table customers (\n    id bigint primary key,\n    name text not null\n);\n",
  "db/migration/V3__find_orders.sql": "-- Orders are looked up by customer since the new app.\nset lock_timeout = '2s';\n\ncreate index orders_customer_id on orders (customer_id);\n",
  "db/migration/V4__link_customers.sql": "set lock_timeout = '2s';\n\nalter table orders\n    add constraint orders_customer foreign key (customer_id) references customers (id);\n\nalter table orders\n    alter column total type bigint;\n",
  "db/migration/U3__find_orders.sql": "drop index orders_customer_id;\n",
  "db/migration/V5__drop_note.sql": "set lock_timeout = '2s';\n\nalter table orders drop column note;\n",
};
const SCRIPT = "db/migration/V3__find_orders.sql";

/** The steps that a person takes; each waits for what it is about to see. */
async function steps(host, server, { page }, step) {
  const text = (words) => page.locator(".view-line", { hasText: words }).first();
  const input = page.locator(".quick-input-widget input");
  const offered = (words) => page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first();
  const isSoon = (sign) => sign.waitFor({ timeout: 10_000 }).then(() => true, () => false);
  /** Does what a person would do once more if nothing came of it: a page may take the keys late, and a hover goes when text changes. */
  const again = (what, act, ...signs) => until(what, async () => {
    await act();
    for (const sign of signs) if (!(await isSoon(sign))) return false;
    return true;
  });
  const palette = (command, ...signs) => again(command, async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("F1");
    if (!(await isSoon(input))) return;
    await input.fill(`>flightcheck: ${command}`);
    await offered(command).waitFor();
    await input.press("Enter");
  }, ...signs);
  const lens = (words) => page.locator(".codelens-decoration", { hasText: words });
  /** Waits for an element in a page of the extension: those are frames of their own. */
  const inPage = (selector, hasText) => until(`${hasText} in a page`, async () => {
    for (const frame of page.frames()) if (await frame.locator(selector, { hasText }).first().isVisible().catch(() => false)) return true;
    return false;
  });
  const tab = (name) => page.locator(".tab", { hasText: name });

  await step("opens a migration", async () => {
    const payload = JSON.stringify([["openFile", server.remote(join(server.workspace, SCRIPT))]]);
    await page.goto(`${server.origin}/?${new URLSearchParams({ folder: server.workspace, payload })}`);
    await text("orders_customer_id").waitFor();
  });
  await step("the status bar counts", () => page.locator(".statusbar-item", { hasText: /flightcheck: .*3 to run/ }).waitFor());
  await step("lenses show state, way back and lock", async () => {
    await lens("number 1 of 3 in the next run").waitFor();
    await lens("undo proved").waitFor();
    await lens("ShareLock on public.orders: writes wait").waitFor();
  }, "lenses");
  await step("a squiggle", () => page.locator(".squiggly-warning").first().waitFor());
  await step("the view lists migrations", async () => {
    await page.locator(".activitybar .action-item a.action-label[aria-label^='flightcheck']").click();
    const tree = page.locator(".pane-body .monaco-list-row");
    await tree.filter({ hasText: "find orders" }).waitFor();
    await tree.filter({ hasText: "drop note" }).waitFor();
    const undo = tree.filter({ hasText: "U3__find_orders.sql" });
    await again("the undo script", async () => {
      if (!(await undo.isVisible())) await tree.filter({ hasText: "find orders" }).locator(".monaco-tl-twistie").first().click();
    }, undo.filter({ hasText: "undo proved" }));
  });
  const hover = (words) => page.locator(".monaco-hover", { hasText: words }).first();
  const hovered = () => again("the hover", async () => {
    await page.locator(".statusbar").hover();
    await text("orders_customer_id").locator("span", { hasText: "index" }).last().hover();
  }, hover("takes ShareLock on public.orders"), hover("index-without-concurrently"));
  await step("a hover tells rule and impact", hovered, "hover");
  await step("the rule's page opens from the hover", async () => {
    await again("the rule's page", async () => {
      const link = hover("index-without-concurrently").locator("a", { hasText: "index-without-concurrently" }).first();
      if (!(await link.isVisible())) await hovered();
      await link.click({ timeout: 10_000 }).catch(() => {});
    }, tab("index-without-concurrently"));
    await inPage("h1", "index-without-concurrently");
    await inPage("pre", "CREATE INDEX");
  }, "rule");
  await step("Show Locks draws the picture", async () => {
    await tab("V3__find_orders.sql").first().click();
    await text("orders_customer_id").click();
    await palette("Show Locks", tab("Locks: V3__find_orders.sql"));
    await inPage("svg text", "ShareLock on public.orders");
  }, "locks");
  await step("Show Plan lists what would run", async () => {
    await text("orders_customer_id").click();
    await palette("Show Plan", tab("Plan:"));
    await inPage("a", "V5__drop_note.sql");
  }, "plan");
  await step("a quick fix is applied and saved", async () => {
    const rows = page.locator(".action-widget .monaco-list-row.action");
    await again("the list of fixes", async () => {
      await page.keyboard.press("Escape");
      await text("orders_customer_id").click();
      await page.keyboard.press("Home");
      await page.keyboard.press("Control+.");
    }, rows.filter({ hasText: "CONCURRENTLY" }).first(), rows.filter({ hasText: "Ignore index-without-concurrently in flightcheck.toml" }));
    await shot(page, host, "fixes");
    assert.match(await rows.first().textContent(), /CONCURRENTLY/, "the preferred fix comes first");
    await rows.first().click();
    const folder = join(server.workspace, "db/migration");
    const added = () => readdirSync(folder).find((name) => name.endsWith(".sql") && !(`db/migration/${name}` in FILES));
    await until("the new script on the disk", () => added() && /concurrently/i.test(readFileSync(join(folder, added()), "utf8")));
    const isFixed = () => !readFileSync(join(server.workspace, SCRIPT), "utf8").includes("create index");
    await until("the fix on the disk", async () => {
      await tab("V3__find_orders.sql").first().click();
      await page.keyboard.press("Control+S");
      return until("it", isFixed, 10_000).then(() => true, () => false);
    });
  });
  await step("a lens writes the undo script, and says that it is proved", async () => {
    await again("the script", () => page.locator(".pane-body .monaco-list-row").filter({ hasText: "link customers" }).click(), tab("V4__link_customers.sql"));
    await again("the undo script", () => lens("no undo · write one").locator("a", { hasText: "no undo" }).click({ timeout: 10_000 }).catch(() => {}), tab("U4__link_customers.sql"));
    await text("Takes back V4__link_customers.sql").waitFor();
    await lens("undo proved").waitFor();
    assert.match(readFileSync(join(server.workspace, "db/migration/U4__link_customers.sql"), "utf8"), /DROP CONSTRAINT/);
  }, "undo");
  await step("New Migration asks and opens the next version", async () => {
    const asked = page.locator(".quick-input-widget input[placeholder='add an index to orders']");
    await palette("New Migration", asked);
    await asked.fill("add tax rate");
    await asked.press("Enter");
    await tab(/V\d+__add_tax_rate\.sql/).waitFor();
    const made = readdirSync(join(server.workspace, "db/migration")).find((name) => name.endsWith("__add_tax_rate.sql"));
    assert.match(made, /^V[67]__/);
  }, "new");
  await step("Explain Rule offers all rules", async () => {
    await palette("Explain Rule", page.locator(".quick-input-widget input[placeholder='Which rule?']"));
    await input.fill("dropped-column");
    await offered("dropped-column").waitFor();
    await input.press("Enter");
    await tab("dropped-column").waitFor();
  });
}

/** The steps whose pictures are in the README, and how high they are. */
const README = { hover: 400, locks: 320, rule: 480 };
const screenshots = fileURLToPath(new URL("../media/screenshots", import.meta.url));

async function shot(page, host, name) {
  const height = process.env.UPDATE && host === "node" && README[name];
  if (height) await page.screenshot({ path: join(screenshots, `${name}.png`), clip: { x: 0, y: 0, width: 1280, height } });
  if (shots) await page.screenshot({ path: join(shots, `${host}-${name}.png`) });
}

const browser = await startBrowser();
let failed = 0;
for (const host of hosts) {
  const server = await startServer({ files: FILES, host, vsix, settings: { "workbench.colorTheme": "Default Dark Modern" } });
  const opened = await newPage(browser);
  const step = async (what, act, name) => {
    const start = Date.now();
    await act();
    console.log(`${host}: ok - ${what} (${Date.now() - start} ms)`);
    await shot(opened.page, host, name ?? what.replace(/\W+/g, "-"));
  };
  try {
    await steps(host, server, opened, step);
    assert.deepEqual([opened.outside, opened.errors], [[], []], "nothing is asked of other machines, nothing is wrong in the log");
  } catch (error) {
    failed += 1;
    console.log(`${host}: not ok - ${error.message}`);
    await shot(opened.page, host, "failed");
  } finally {
    await opened.page.context().close();
    await server.close();
  }
}
await browser.close();
process.exit(failed > 0 ? 1 : 0);
