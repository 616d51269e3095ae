/** A panic of the engine: it is told, and the next call gets a fresh instance that knows everything. */
import { expect, test } from "./fixtures";

/** Runs before the worker's own script: its first engine panics in `report` as soon as it is told to. */
const PANICS = `
  const start = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const { instance, module } = await start(...args);
    const { exports } = instance;
    const project_report = (...args) => (self.shallPanic ? exports.provokePanic(0, 0) : exports.project_report(...args));
    return { module, instance: { exports: { ...exports, project_report } } };
  };
`;

test("a panic is told, and the engine starts anew with the whole project", async ({ playground, page }) => {
  await page.route(/worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: PANICS + (await response.text()) });
  });
  await playground.open();
  await playground.paste("alter table orders alter column note set not null;\ncreate index concurrently by_note on orders (note);");
  await expect(playground.verdict).toContainText("Read as PostgreSQL");

  await page.workers()[0].evaluate(() => ((self as unknown as { shallPanic: boolean }).shallPanic = true));
  await playground.editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\ntruncate orders;");
  await expect(playground.verdict).toContainText(/flightcheck panicked at .*this is a bug of flightcheck/);

  // The fresh instance is not the one that was told to panic.
  await page.keyboard.type(" -- again");
  await expect(page.getByText("flightcheck panicked")).toHaveCount(0);
  await expect(playground.finding("all rows of orders are gone after this")).toBeVisible();
});
