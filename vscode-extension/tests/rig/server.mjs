// VS Code's server on a free port of this machine, with a profile that is thrown away.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Where `install.sh` put VS Code. */
export const VSCODE = process.env.FLIGHTCHECK_VSCODE;
if (!VSCODE) throw new Error("run this with tests/vscode.sh");

/** The longest that anything is waited for. */
export const PATIENCE = 90_000;

/** Nothing that comes up by itself, nothing that asks other machines. */
const SETTINGS = {
  "workbench.startupEditor": "none", "workbench.secondarySideBar.defaultVisibility": "hidden", "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true, "telemetry.telemetryLevel": "off", "update.mode": "none", "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false, "extensions.ignoreRecommendations": true, "git.enabled": false, "security.workspace.trust.enabled": false,
  "editor.minimap.enabled": false, "editor.hover.delay": 100, "files.autoSave": "off", "editor.lightbulb.enabled": "on",
};

const running = new Map();
process.on("exit", () => {
  for (const [group, home] of running) {
    signal(group, "SIGKILL");
    rmSync(home, { recursive: true, force: true });
  }
});
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => process.exit(1));

/** Sends a signal to a whole group: extension hosts outlive their parent. Says whether there was one. */
function signal(group, name) {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
}

/** Waits for a condition. */
export async function until(what, holds, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(50);
  }
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts a server on a workspace with these files; `vsix` is installed first, `host` is where the extension is to run. */
export async function startServer({ files = {}, host = "node", settings = {}, vsix }) {
  const home = mkdtempSync(join(tmpdir(), "flightcheck-vscode-"));
  const workspace = join(home, "workspace");
  const write = (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  mkdirSync(workspace);
  for (const [path, text] of Object.entries(files)) write(join(workspace, path), text);
  const kinds = { "remote.extensionKind": { "flightcheck.flightcheck": [host === "node" ? "workspace" : "web"] } };
  write(join(home, "data/User/settings.json"), JSON.stringify({ ...SETTINGS, ...kinds, ...settings }));
  const entry = join(VSCODE, "vscode/out/server-main.js");
  const folders = ["--accept-server-license-terms", "--user-data-dir", join(home, "data"), "--server-data-dir", join(home, "server"), "--extensions-dir", join(home, "extensions")];
  if (vsix) {
    const { status, stdout, stderr } = spawnSync(join(VSCODE, "node"), [entry, ...folders, "--install-extension", vsix], { encoding: "utf8" });
    if (status !== 0 || !/successfully installed/.test(stdout)) throw new Error(`the package was not installed:\n${stdout}${stderr}`);
  }
  const port = await freePort();
  const log = join(home, "server.log");
  const out = openSync(log, "w");
  const flags = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--disable-telemetry", "--disable-experiments",
    "--disable-workspace-trust", "--disable-getting-started-override", "--enable-smoke-test-driver"];
  const child = spawn(join(VSCODE, "node"), [entry, ...folders, ...flags], {
    detached: true, stdio: ["ignore", out, out], env: { ...process.env, EXTENSIONS_GALLERY: "{}", XDG_RUNTIME_DIR: home },
  });
  running.set(child.pid, home);
  const origin = `http://127.0.0.1:${port}`;
  await until(`the server; its log: ${log}`, async () => {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${readFileSync(log, "utf8")}`);
    return fetch(`${origin}/version`).then(({ ok }) => ok, () => false);
  });
  return {
    origin, workspace, remote: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    async close() {
      signal(child.pid, "SIGTERM");
      await until("the server's end", () => !signal(child.pid, 0), 3000).catch(() => signal(child.pid, "SIGKILL"));
      running.delete(child.pid);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
