import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { examples } from "./build/examples.ts";
import { head } from "./build/head.ts";
import { offline } from "./build/offline.ts";
import { reportStyle } from "./build/report-style.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Nothing comes from elsewhere and nothing goes anywhere: what the pages may do, written into each of them. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src 'self' ${reportStyle(here("../core/src/render/html/style.css"))}`,
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The development server writes styles into the page, so only built pages have the policy. */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
  ],
};

export default defineConfig({
  // Works under any sub-path of any file server.
  base: "./",
  plugins: [svelte(), head, examples(here("../examples")), policy, offline(here("./src/offline/worker.ts"))],
  resolve: {
    alias: {
      "flightcheck-wasm/pages": here("../wasm/pkg/pages.js"),
      "flightcheck-wasm": here("../wasm/pkg/flightcheck_wasm.js"),
      $src: here("./src"),
    },
  },
  server: { fs: { allow: [here("..")] } },
  worker: { format: "es" },
  build: {
    target: "es2023",
    // tests/sizes.mjs has the limits.
    chunkSizeWarningLimit: 4000,
    // What is inlined as a data: URL would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        playground: here("./index.html"),
        rules: here("./rules/index.html"),
        how: here("./how-it-works/index.html"),
      },
    },
  },
});
