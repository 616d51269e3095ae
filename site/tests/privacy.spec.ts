/** Nothing leaves the tab, and nothing is needed from outside it. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures";
import { Playground } from "./playground";
import { serve } from "./server.mjs";

/** Uses whatever the playground can do. */
async function everything(playground: Playground): Promise<void> {
  const { page } = playground;
  await page.getByRole("button", { name: "Show me a release in trouble" }).click();
  for (const act of ["Next", "Next", "Done"]) await page.getByRole("button", { name: act, exact: true }).click();
  for (const tab of await page.locator(".right [role=tab]").all()) {
    await tab.click();
    await page.waitForTimeout(100);
  }
  await page.getByRole("tab", { name: "Findings" }).click();
  await playground.finding("searched for NULL").click();
  await page.getByRole("button", { name: "Why it matters" }).click();
  await page.locator(".right .card").getByRole("button", { name: /^Fix:/ }).click();
  await page.getByRole("button", { name: "Apply" }).click();
  await playground.editor.click();
  await page.keyboard.type("-- typed\n");
  await page.keyboard.press("F8");
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByLabel("Text", { exact: true }).fill("[]");
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByLabel("Database").selectOption("mysql");
  await page.getByRole("tab", { name: "Scripts" }).click();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.keyboard.press("Enter");
  // The keyboard goes to the new script's row; a menu that was open before that would close.
  await expect(page.locator("[data-path]:focus")).toHaveCount(1);
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("menuitem", { name: "billing" }).click();
  await expect(playground.verdict).toContainText("errors");
  await page.getByRole("button", { name: /Switch to the/ }).click();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.keyboard.press("Escape");
}

const settled = (playground: Playground) =>
  playground.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    // It has claimed this page.
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    }
  });

test("no request is made after the page has loaded", async ({ playground, context }) => {
  await playground.open();
  await settled(playground);
  await playground.page.waitForLoadState("networkidle");
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  await everything(playground);
  expect(requests.filter((url) => !/^(data|blob):/.test(url))).toEqual([]);
});

test("after the first visit it works without a network", async ({ playground, page, context }) => {
  await playground.open();
  await settled(playground);
  await context.setOffline(true);
  await page.reload();
  await everything(playground);
  await page.goto("./rules/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await context.setOffline(false);
});

test("a newer version waits until the reader wants it, and leaves nothing of the old one", async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), "flightcheck-"));
  cpSync(fileURLToPath(new URL("../dist", import.meta.url)), folder, { recursive: true });
  const { address, server } = await serve(folder);
  const context = await browser.newContext({ baseURL: address });
  const playground = new Playground(await context.newPage());
  const { page } = playground;
  await playground.open();
  await settled(playground);

  // Another deployment: a page changed, and with it the version.
  const change = (name: string, from: string | RegExp, to: string) =>
    writeFileSync(join(folder, name), readFileSync(join(folder, name), "utf8").replace(from, to));
  change("index.html", "<title>", "<title>newer ");
  change("offline.js", /VERSION = "[0-9a-f]+"/, 'VERSION = "newer"');
  await page.reload();
  await expect(page.getByText("A newer version is ready.")).toBeVisible();
  await expect(page).not.toHaveTitle(/newer/);
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page).toHaveTitle(/newer/);
  const kept = await page.evaluate(() => caches.keys());
  expect(kept).toHaveLength(1);
  expect(kept[0]).toContain("newer");

  await context.close();
  server.closeAllConnections();
  server.close();
});
