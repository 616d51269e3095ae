/** What every test of the site starts from: the server, and a page that tells what it did. */
import { test as base } from "@playwright/test";
import { Playground } from "./playground";
import { serve } from "./server.mjs";

export { expect } from "@playwright/test";

/** What happened in the page that no test may see happen. */
export interface Witness {
  /** Addresses outside the server. */
  foreign: string[];
  /** Errors, and refusals of the Content-Security-Policy. */
  errors: string[];
}

export const test = base.extend<{ witness: Witness; playground: Playground }, { address: string }>({
  address: [
    async ({}, use) => {
      const { address, server } = await serve();
      await use(address);
      server.closeAllConnections();
      server.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ address }, use) => use(address),
  playground: async ({ page }, use) => use(new Playground(page)),
  witness: [
    async ({ page, address }, use) => {
      const witness: Witness = { foreign: [], errors: [] };
      page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address)) witness.foreign.push(request.url());
      });
      page.on("pageerror", (error) => witness.errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") witness.errors.push(message.text());
      });
      await use(witness);
      base.expect(witness.foreign).toEqual([]);
      base.expect(witness.errors).toEqual([]);
    },
    { auto: true },
  ],
});
