/** Names and scripts come from strangers: nothing of theirs may run or become markup. */
import { deflateSync } from "fflate";
import { expect, test } from "./fixtures";

const MARKUP = `<img src=x onerror="window.caught=1"><script>window.caught=1</script>`;
const NAMES = [
  `V1__${MARKUP.replaceAll("/", "")}.sql`,
  `V2__"onmouseover="window.caught=1" x=".sql`,
  `V3__\${alert(1)}{{constructor}}.sql`,
  "V4__\u202Elqs.exe.sql",
  "V5__" + "x".repeat(2000) + ".sql",
  "__proto__",
  "constructor",
  "V6__javascript:window.caught=1.sql",
];
const SCRIPT = `-- ${MARKUP}
ALTER TABLE "${MARKUP.replaceAll('"', '""')}" ADD COLUMN "<svg onload=window.caught=1>" int NOT NULL;
CREATE INDEX "\`[a](javascript:window.caught=1)\`" ON "<b>" ("</code><script>window.caught=1</script>");
DROP TABLE "&lt;${"y".repeat(300)}";
SELECT 1::int;
`;

test("nothing of hostile names and scripts runs, in any panel", async ({ playground, page }) => {
  const files = NAMES.map((name) => [name, SCRIPT]);
  files.push(["flyway.toml", `name = "${MARKUP.replaceAll('"', "'")}"\n[flyway]\nlocations = ["<script>"]\n`]);
  files.push(["flyway.conf", `flyway.${MARKUP}=1\n`]);
  const history = { name: MARKUP, text: JSON.stringify([{ installed_rank: 1, version: "9", description: MARKUP, type: MARKUP, script: MARKUP, checksum: 1, success: true }]) };
  const packed = deflateSync(Buffer.from(JSON.stringify({ files, history, options: {}, open: null })));
  await playground.open(`#project=1${Buffer.from(packed).toString("base64url")}`);
  await expect(page.locator(".left [data-path]")).toHaveCount(NAMES.length + 2);
  await expect(page.locator(".verdict .lead")).toBeVisible();

  for (const tab of await page.locator(".right [role=tab]").all()) {
    await tab.click();
    await page.waitForTimeout(150);
  }
  await page.getByRole("tab", { name: "Findings" }).click();
  for (const finding of (await page.locator(".finding").all()).slice(0, 6)) await finding.click();
  for (const tab of ["History", "Settings", "Scripts"]) await page.getByRole("tab", { name: tab, exact: true }).click();
  await page.locator(".left [data-path]").first().click();
  if (await page.locator(".squiggle").count()) await page.locator(".squiggle").first().hover();
  await page.waitForTimeout(400);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByLabel("Link", { exact: true }).waitFor();

  expect(await page.evaluate(() => (window as { caught?: number }).caught)).toBeUndefined();
  expect(await page.locator("img[src=x], b, svg[onload]").count()).toBe(0);
  expect(await page.evaluate(() => ({}).constructor === Object)).toBe(true);
});

test("a policy without a remote origin is in every page", async ({ page }) => {
  for (const path of ["./", "rules/", "how-it-works/"]) {
    await page.goto(path);
    const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-inline|'unsafe-eval'/);
  }
});

test("where the engine breaks, that is told, and the next change starts a fresh one with all files", async ({ playground, page }) => {
  await playground.openExample();
  // Takes the engine away as a crash would.
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker) {
      Worker.prototype.postMessage = post;
      setTimeout(() => this.onerror?.(new ErrorEvent("error", { message: "memory access out of bounds" })));
    } as typeof post;
  });
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByLabel("Flyway's edition").selectOption("oss");
  await expect(playground.verdict).toContainText("flightcheck itself failed on this");
  await expect(playground.verdict).toContainText("memory access out of bounds");
  await page.getByLabel("Flyway's edition").selectOption("");
  await expect(playground.verdict).toContainText("3 errors, 5 warnings, 2 notes");
});
