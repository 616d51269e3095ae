// A VS Code without a server, as vscode.dev is: static files, a file system in memory, one host in a web worker.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { VSCODE } from "./server.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url)).replace(/\/$/, "");
const ROOTS = { vs: join(VSCODE, "web"), extension: here("../.."), memory: here("./memory-files") };
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".html": "text/html" };

/** Serves the workbench with the extension and a suite of tests in it. */
export async function startStatic(suite) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (path === "/") return void response.writeHead(200, { "content-type": "text/html" }).end(pageOf(server.address().port, suite));
    const [, root, ...rest] = path.split("/");
    const file = ROOTS[root] && normalize(join(ROOTS[root], ...rest));
    const isThere = file?.startsWith(ROOTS[root]) && statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!isThere) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function pageOf(port, suite) {
  const uri = (path) => ({ scheme: "http", authority: `127.0.0.1:${port}`, path });
  const product = {
    folderUri: { scheme: "memory", authority: "", path: "/folder" },
    additionalBuiltinExtensions: [uri("/memory")],
    developmentOptions: { extensions: [uri("/extension")], extensionTestsPath: uri(`/extension/dist/tests/${suite}.js`) },
    enableWorkspaceTrust: false,
    configurationDefaults: { "workbench.startupEditor": "none", "files.autoSave": "off" },
    // Pages of extensions come from an address of its maker's otherwise.
    productConfiguration: { enableTelemetry: false, webviewContentExternalBaseUrlTemplate: `http://127.0.0.1:${port}/vs/out/vs/workbench/contrib/webview/browser/pre/` },
  };
  return `<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/vs/out/vs/workbench/workbench.web.main.css"></head><body aria-label=""></body>
<script src="/vs/out/vs/loader.js"></script><script src="/vs/out/vs/webPackagePaths.js"></script>
<script>
  window.product = ${JSON.stringify(product)};
  const base = location.origin + "/vs";
  for (const [name, file] of Object.entries(self.webPackagePaths)) self.webPackagePaths[name] = base + "/node_modules/" + name + "/" + file;
  require.config({ baseUrl: base + "/out", paths: self.webPackagePaths });
</script>
<script src="/vs/out/vs/workbench/workbench.web.main.nls.js"></script><script src="/vs/out/vs/workbench/workbench.web.main.js"></script>
<script src="/vs/out/vs/code/browser/workbench/workbench.js"></script></html>`;
}
