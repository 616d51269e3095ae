// Runs a suite inside of VS Code's extension hosts: `node` (the desktop's), `worker` (in the browser, files on a server) and
// `web` (in the browser, no server). Usage: node tests/run-hosts.mjs [--suite NAME] [HOST...]
import { fileURLToPath } from "node:url";
import { newPage, startBrowser } from "./rig/browser.mjs";
import { PATIENCE, startServer } from "./rig/server.mjs";
import { startStatic } from "./rig/static.mjs";

const extension = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const args = process.argv.slice(2);
const suite = args[0] === "--suite" ? args.splice(0, 2)[1] : "host";
const hosts = args.length > 0 ? args : ["node", "worker", "web"];

/** The address that makes the workbench run the suite, and how to stop what serves it. */
async function serve(host) {
  if (host === "web") {
    const { origin, close } = await startStatic(suite);
    return { address: `${origin}/`, close };
  }
  const server = await startServer({ host });
  const payload = JSON.stringify([
    ["extensionDevelopmentPath", server.remote(extension)],
    ["extensionTestsPath", server.remote(`${extension}/dist/tests/${suite}.js`)],
  ]);
  const query = new URLSearchParams({ folder: server.workspace, payload });
  return { address: `${server.origin}/?${query}`, close: server.close };
}

async function run(browser, host) {
  const { address, close } = await serve(host);
  const { page, outside, errors } = await newPage(browser);
  try {
    const failed = await new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error("the suite did not end")), (suite === "measure" ? 10 : 5) * PATIENCE);
      // The workbench calls these two.
      page.exposeFunction("codeAutomationLog", (_, words) => {
        const line = words.join(" ");
        if (/^(ok|not ok|#) /.test(line)) console.log(`${host}: ${line}`);
      });
      page.exposeFunction("codeAutomationExit", (code) => {
        clearTimeout(timer);
        done(code !== 0);
      });
      page.goto(address).catch(fail);
    });
    for (const line of [...outside.map((url) => `asked for ${url}`), ...errors]) console.log(`${host}: not ok - ${line}`);
    return !failed && outside.length === 0 && errors.length === 0;
  } catch (error) {
    console.log(`${host}: not ok - ${error.message}`);
    return false;
  } finally {
    await page.context().close();
    await close();
  }
}

const browser = await startBrowser();
let allPassed = true;
for (const host of hosts) allPassed = (await run(browser, host)) && allPassed;
await browser.close();
process.exit(allPassed ? 0 : 1);
