/** What a project is made of: files, history, settings; and the ways in. */
import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "./fixtures";

const SCRIPT = "CREATE TABLE orders (id bigint PRIMARY KEY);";

test("scripts stand in the order of their versions, with their states", async ({ playground, page }) => {
  await playground.openExample();
  const versions = await page.locator(".left .version").allInnerTexts();
  expect(versions).toEqual(["1", "2", "3", "4", "4.1", "5", "6", "7", "8", "R"]);
  await expect(playground.file("migrations/V4.1__add_refunds.sql")).toContainText("Ignored");
  await expect(playground.file("migrations/V6__seat_numbers.sql")).toContainText("Pending");
});

test("a script is added, renamed and deleted, and the deletion undone", async ({ playground, page }) => {
  await playground.openExample();
  await page.getByRole("button", { name: "New", exact: true }).click();
  const name = page.getByLabel("New path of migrations/V9__describe_it.sql");
  await expect(name).toBeFocused();
  await page.keyboard.type("archive_events");
  await page.keyboard.press("Enter");
  const row = playground.file("migrations/V9__archive_events.sql");
  await expect(row).toBeFocused();
  await expect(row).toContainText("Pending");
  await row.hover();
  await page.getByRole("button", { name: "Delete migrations/V9__archive_events.sql" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(row).toBeVisible();
});

test("a name that is taken is refused", async ({ playground, page }) => {
  await playground.openExample();
  await playground.file("migrations/V7__wider_prices.sql").focus();
  await page.keyboard.press("F2");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("migrations/V6__seat_numbers.sql");
  await page.keyboard.press("Enter");
  await expect(page.getByText("is there already")).toBeVisible();
  await expect(playground.file("migrations/V7__wider_prices.sql")).toBeVisible();
});

test("each example is one click away", async ({ playground, page }) => {
  await playground.open();
  for (const name of ["webshop", "billing", "collision", "friday"]) {
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("menuitem", { name }).click();
    await expect(page.locator(".verdict .lead")).toBeVisible();
    await expect(page.getByText(`Opened the example ${name}`)).toBeVisible();
  }
});

test("a zip replaces the project, without what does not belong to it", async ({ playground, page }) => {
  await playground.open();
  const archive = zipSync({
    "shop/sql/V1__orders.sql": strToU8(SCRIPT),
    "shop/sql/V2__umlaut.sql": new Uint8Array([0x2d, 0x2d, 0x20, 0xe4, 0xf6, 0xfc]),
    "shop/flyway.toml": strToU8('[flyway]\nlocations = ["filesystem:sql"]\nencoding = "ISO-8859-1"\n'),
    "shop/history/prod.json": strToU8("[]"),
    "shop/.git/config": strToU8("secret"),
    "shop/logo.png": new Uint8Array(10),
  });
  await page.locator("[data-way=files]").setInputFiles({ name: "shop.zip", mimeType: "application/zip", buffer: Buffer.from(archive) });
  await expect(playground.file("sql/V1__orders.sql")).toBeVisible();
  await expect(page.getByText("4 files; 2 left out")).toBeVisible();
  await playground.file("sql/V2__umlaut.sql").click();
  await expect(page.getByText("is no UTF-8 text")).toBeVisible();
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByLabel("Snapshot in the project")).toHaveValue("history/prod.json");
});

test("a broken zip is told", async ({ playground, page }) => {
  await playground.open();
  await page.locator("[data-way=files]").setInputFiles({ name: "x.zip", mimeType: "application/zip", buffer: Buffer.from("no") });
  await expect(page.getByText("could not be read")).toBeVisible();
});

test("a folder is opened", async ({ playground, page }) => {
  const folder = join(mkdtempSync(join(tmpdir(), "flightcheck-")), "shop");
  mkdirSync(join(folder, "migrations"), { recursive: true });
  writeFileSync(join(folder, "migrations", "V1__orders.sql"), SCRIPT);
  await playground.open();
  await page.locator("[data-way=folder]").setInputFiles(folder);
  await expect(playground.file("migrations/V1__orders.sql")).toContainText("Pending");
});

test("dropped files are added to the project", async ({ playground, page }) => {
  await playground.openExample();
  await page.evaluate((script) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([script], "V11__dropped.sql"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, SCRIPT);
  await expect(playground.file("V11__dropped.sql")).toBeVisible();
  await expect(playground.file("migrations/V1__create_events.sql")).toBeVisible();
});

test("a history is read in any form, and a broken one is told", async ({ playground, page }) => {
  await playground.open();
  await playground.paste(SCRIPT);
  await expect(playground.file("V1__pasted.sql")).toContainText("Pending");
  await page.getByRole("tab", { name: "History" }).click();
  const text = page.getByLabel("Text", { exact: true });
  await text.fill("installed_rank,version,description,type,script,checksum,success\n1,1,pasted,SQL,V1__pasted.sql,,t\n");
  await expect(page.getByText("1 rows, read as")).toBeVisible();
  await page.getByRole("tab", { name: "Scripts" }).click();
  await expect(playground.file("V1__pasted.sql")).toContainText("Success");
  await page.getByRole("tab", { name: "History" }).click();
  await text.fill("[{");
  await expect(playground.verdict).toContainText("This cannot be worked with");
  await page.getByRole("button", { name: "Take it away" }).click();
  await page.getByRole("tab", { name: "Scripts" }).click();
  await expect(playground.file("V1__pasted.sql")).toContainText("Pending");
});

test("the switches change the verdict", async ({ playground, page }) => {
  await playground.openExample();
  const late = playground.finding("came too late");
  await expect(late).toBeVisible();
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByLabel("Apply what was merged late").selectOption("true");
  await expect(late).toHaveCount(0);
  await page.getByLabel("Last version to apply").fill("6");
  await expect(playground.finding("writes all rows of")).toHaveCount(0);
  await page.getByLabel("Last version to apply").fill("");
  await expect(playground.finding("writes all rows of")).toBeVisible();
  await page.getByLabel("Server version").fill("18");
  await expect(playground.verdict).toContainText("version 18");
  await page.getByLabel("Database").selectOption("mysql");
  await expect(playground.verdict).toContainText("Read as MySQL");
  await page.getByLabel("Flyway's edition").selectOption("redgate");
  await page.getByLabel("Only these scripts").fill("7");
  await page.getByRole("button", { name: "Add flightcheck.toml" }).click();
  await expect(playground.head).toHaveText("flightcheck.toml");
});
