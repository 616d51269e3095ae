// Chromium, with pages that reach this machine alone.
import { chromium } from "playwright-core";
import { PATIENCE } from "./server.mjs";

export const startBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
});

/** A page; `outside` are the addresses that it asked for elsewhere, `errors` what the extension wrote as errors. */
export async function newPage(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: "allow" });
  const page = await context.newPage();
  const [outside, errors] = [[], []];
  await context.route((url) => url.protocol.startsWith("http") && url.hostname !== "127.0.0.1", (route) => {
    outside.push(route.request().url());
    return route.abort();
  });
  page.on("console", (message) => {
    if (process.env.DEBUG) console.log(`  [${message.type()}] ${message.text().slice(0, 400)}`);
    if (message.type() === "error" && /flightcheck\.flightcheck|dist\/(node|browser|worker)\.js/.test(message.text())) errors.push(message.text());
  });
  page.setDefaultTimeout(PATIENCE);
  return { page, outside, errors };
}
