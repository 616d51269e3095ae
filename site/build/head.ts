/** What the heads of all pages have in common. */
import type { HtmlTagDescriptor, Plugin } from "vite";

const META = {
  viewport: "width=device-width, initial-scale=1",
  "color-scheme": "light dark",
  referrer: "no-referrer",
};

export const head: Plugin = {
  name: "head",
  transformIndexHtml: {
    order: "pre",
    handler: (_, { path }): HtmlTagDescriptor[] => {
      const up = "../".repeat(path.split("/").length - 2) || "./";
      const meta = Object.entries(META).map(([name, content]) => ({ tag: "meta", attrs: { name, content }, injectTo: "head" as const }));
      return [
        { tag: "meta", attrs: { charset: "utf-8" }, injectTo: "head-prepend" },
        ...meta,
        { tag: "link", attrs: { rel: "icon", href: `${up}icon.svg`, type: "image/svg+xml" }, injectTo: "head" },
      ];
    },
  },
};
