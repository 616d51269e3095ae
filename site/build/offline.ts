/** Writes the service worker, with the list of all files of the site and a version that stands for their contents. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { transformWithOxc, type Plugin, type ResolvedConfig } from "vite";

const NAME = "offline.js";

/** The address of a file as pages ask for it: that of a folder for its `index.html`. */
const addressOf = (path: string) => path.split(sep).join("/").replace(/(^|\/)index\.html$/, "$1") || "./";

export function offline(source: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: "offline",
    apply: "build",
    configResolved: (resolved) => void (config = resolved),
    closeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        if (config.build.ssr || this.environment.name !== "client") return;
        const folder = join(config.root, config.build.outDir);
        const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
        const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
        const files = paths.filter((path) => relative(folder, path) !== NAME);
        const version = createHash("sha256");
        for (const path of files) version.update(relative(folder, path)).update(readFileSync(path));
        const { code } = await transformWithOxc(readFileSync(source, "utf8"), source, {});
        const constants = [
          `const FILES = ${JSON.stringify(files.map((path) => addressOf(relative(folder, path))))};`,
          `const VERSION = ${JSON.stringify(version.digest("hex").slice(0, 16))};`,
        ];
        writeFileSync(join(folder, NAME), [...constants, code].join("\n"));
      },
    },
  };
}
