import { defineConfig } from "@playwright/test";

/** Where Debian puts its browser; another one can be named. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "tests",
  testMatch: "*.spec.ts",
  outputDir: "node_modules/.playwright",
  workers: 2,
  fullyParallel: true,
  reporter: [["list"]],
  forbidOnly: true,
  // A browser that hangs is started anew once; what fails twice is wrong.
  retries: 1,
  // Machines that build other things at the same time are slow, not wrong.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
