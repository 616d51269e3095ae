// How long a reviewer waits, in the built site in Chromium; docs/performance.md has the numbers.
// Usage: npm run build && npm run measure
import { deflateSync, strToU8, zipSync } from "fflate";
import { chromium } from "@playwright/test";
import { serve } from "./server.mjs";

const KEYS = 60;
const { address, server } = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const sorted = (times) => times.toSorted((a, b) => a - b);
const median = (times) => sorted(times)[Math.floor(times.length / 2)];
const p95 = (times) => sorted(times)[Math.min(times.length - 1, Math.ceil(times.length * 0.95) - 1)];
const row = (what, times) => console.log(`${what}: median ${median(times).toFixed(1)} ms, p95 ${p95(times).toFixed(1)} ms of ${times.length}`);

/** From the navigation until the verdict of a shared project stands there. */
async function firstVerdict(page) {
  const project = { files: [["V1__a.sql", "ALTER TABLE orders ALTER COLUMN total TYPE bigint;"]], history: null, options: { dialect: "postgres" }, open: null };
  const fragment = `#project=1${Buffer.from(deflateSync(strToU8(JSON.stringify(project)))).toString("base64url")}`;
  await page.goto("about:blank");
  await page.goto(address + fragment, { waitUntil: "commit" });
  const handle = await page.waitForFunction(() => document.querySelector(".verdict .lead") && performance.now(), null, { polling: 5 });
  return handle.jsonValue();
}

/** Opens scripts and types into the chosen one, a key at a time; gives the time to diagnostics of each key. */
async function keys(scripts, chosen) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  const archive = zipSync(Object.fromEntries(scripts.map(([name, text]) => [name, strToU8(text)])));
  await page.locator("[data-way=files]").setInputFiles({ name: "project.zip", mimeType: "application/zip", buffer: Buffer.from(archive) });
  await page.locator(".verdict .lead").waitFor({ timeout: 60_000 });
  await page.locator(`[data-path="${chosen}"]`).click();
  const editor = page.locator(".editor .cm-content");
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n-- ");
  await page.waitForTimeout(2000);
  await page.evaluate(() => performance.clearMeasures());
  for (let key = 0; key < KEYS; key++) {
    const before = await page.evaluate(() => performance.now());
    await page.keyboard.type("abcdefghij"[key % 10]);
    // The next key comes when there is a report of this one, as when somebody thinks.
    const answered = (before) => performance.getEntriesByType("measure").some(({ startTime }) => startTime >= before);
    await page.waitForFunction(answered, before, { polling: 20 });
    await page.waitForTimeout(300);
  }
  const times = await page.evaluate(() => performance.getEntriesByType("measure").map(({ duration }) => duration));
  await context.close();
  return times;
}

const cold = [];
const warm = [];
for (let run = 0; run < 7; run++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  cold.push(await firstVerdict(page));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  warm.push(await firstVerdict(page));
  await context.close();
}
row("navigation to first verdict, first visit", cold);
row("navigation to first verdict, later visit", warm);

const table = (n) => `CREATE TABLE t${n} (id bigint PRIMARY KEY, name text NOT NULL, note text);\nCREATE INDEX t${n}_name ON t${n} (name);\n${n > 1 ? `ALTER TABLE t${n - 1} ADD COLUMN c${n} int;\n` : ""}`;
const thousand = Array.from({ length: 1000 }, (_, at) => [`V${at + 1}__step.sql`, table(at + 1)]);
thousand.push(["flightcheck.toml", 'dialect = "postgres"\n']);
for (const [place, n] of [["first", 1], ["middle", 500], ["last", 1000]]) {
  row(`key to diagnostics, 1,000 scripts, the ${place} edited`, await keys(thousand, `V${n}__step.sql`));
}
const statements = Array.from({ length: 300 }, (_, at) => `ALTER TABLE orders ADD COLUMN c${at} int;`).join("\n");
row("key to diagnostics, one script of 300 statements", await keys([["V1__long.sql", statements], ["flightcheck.toml", 'dialect = "postgres"\n']], "V1__long.sql"));

await browser.close();
server.closeAllConnections();
server.close();
