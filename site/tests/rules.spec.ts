import { expect, test } from "./fixtures";

test("every example of every rule says what its page says", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto("./rules/");
  await page.getByRole("heading", { name: /^\d+ rules$/ }).waitFor();
  const names = await page.locator("aside li .name").allTextContents();
  expect(names.length).toBeGreaterThan(100);
  const wrong: string[] = [];
  for (const name of names) {
    await page.evaluate((name) => (location.hash = name), name);
    await page.locator("main h1", { hasText: new RegExp(`^${name}$`) }).waitFor();
    await page.waitForFunction(() => !document.querySelector("main figcaption .found > p.quiet"));
    const found = await page.locator("main figure").evaluateAll((figures) =>
      figures.map((figure) => ({
        label: figure.querySelector("textarea")!.getAttribute("aria-label")!,
        isQuiet: figure.querySelector(".found")!.textContent!.includes("This rule finds nothing here."),
      })),
    );
    const elsewhere = await page.getByText("it runs on the command line only").count();
    expect(found.length + elsewhere).toBeGreaterThan(1);
    for (const { label, isQuiet } of found) if (label.startsWith("Safe") !== isQuiet) wrong.push(`${name}: ${label}`);
  }
  expect(wrong).toEqual([]);
});

test("an example is alive: it is read as it is typed, and goes back", async ({ page }) => {
  await page.goto("./rules/#index-without-concurrently");
  const example = page.locator("figure").first();
  await expect(example.locator("mark")).toHaveText("CREATE INDEX orders_user_idx ON orders (user_id)");
  await expect(example).toContainText("writes wait");
  const text = example.getByRole("textbox", { name: "Unsafe example 1" });
  await text.fill((await text.inputValue()).replace("CREATE INDEX", "CREATE INDEX CONCURRENTLY"));
  await expect(example).toContainText("This rule finds nothing here.");
  await expect(example.locator("mark")).toHaveCount(0);
  await example.getByRole("button", { name: "Reset" }).click();
  await expect(example.locator("mark")).toHaveCount(1);
});

test("an example goes on in the playground", async ({ page }) => {
  await page.goto("./rules/#copying-alter");
  const said = await page.locator("figure").first().locator(".found code").first().innerText();
  await page.getByRole("link", { name: "Open in the playground" }).first().click();
  await expect(page.locator("#pane-middle")).toContainText("V2__wider.sql");
  await expect(page.locator("#pane-right")).toContainText(said);
  await expect(page.locator("#pane-right")).toContainText("Read as MySQL");
});

test("rules are found by words, group, severity and dialect", async ({ page }) => {
  await page.goto("./rules/");
  const list = page.getByRole("navigation", { name: "Rules" });
  const links = list.getByRole("link");
  await expect(links.first()).toBeVisible();
  await list.getByRole("searchbox").fill("concurrently index");
  await expect(links.first()).toContainText("concurrently");
  await list.getByRole("searchbox").fill("");
  const all = await links.count();
  await list.getByLabel("Dialect").selectOption("postgres");
  const ofPostgres = await links.count();
  expect(ofPostgres).toBeLessThan(all);
  await list.getByLabel("Severity").selectOption("error");
  expect(await links.count()).toBeLessThan(ofPostgres);
  await list.getByLabel("Group").selectOption("will fail");
  await expect(list.getByRole("heading")).toHaveText(["will fail"]);
  await list.getByRole("searchbox").fill("nothing is called like this");
  await expect(links).toHaveCount(0);
  await list.getByRole("button", { name: "Show all rules" }).click();
  await expect(links).toHaveCount(all);
  await links.first().click();
  await expect(page.locator("main h1")).toHaveText(await links.first().locator(".name").innerText());
});

test("every page has its own address, and names of other rules lead there", async ({ page }) => {
  await page.goto("./rules/#abbreviated-description");
  await page.locator("main").getByRole("link", { name: "overlong-description" }).click();
  await expect(page).toHaveURL(/#overlong-description$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("overlong-description");
  await expect(page).toHaveTitle("overlong-description · flightcheck");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("abbreviated-description");
});

test("a name that is none is told, whatever it is", async ({ page }) => {
  await page.goto("./rules/#<img src=x onerror=alert(1)>%");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no rule of that name");
});
