/** Links: what goes in comes out, what must not go in does not, and what comes from strangers does no harm. */
import { deflateSync, inflateSync } from "fflate";
import { expect, test } from "./fixtures";

const KEY = "#project=1";

/** What a link really holds. */
function held(link: string): string {
  const packed = Buffer.from(new URL(link).hash.slice(KEY.length), "base64url");
  return Buffer.from(inflateSync(packed)).toString();
}

const linkTo = (project: unknown) => KEY + Buffer.from(deflateSync(Buffer.from(JSON.stringify(project)))).toString("base64url");

test("a project goes round", async ({ playground, page, context }) => {
  await playground.openExample();
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByLabel("Server version").fill("17");
  await page.getByLabel("Apply what was merged late").selectOption("true");
  await expect(playground.verdict).toContainText("version 17");
  await page.getByRole("tab", { name: "Scripts" }).click();
  await playground.file("migrations/V8__drop_customer_name.sql").click();
  const before = await page.locator(".finding").allInnerTexts();
  const link = await playground.link();
  await expect(page.getByText(/^\d+ characters$/)).toBeVisible();

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.locator(".verdict")).toContainText("version 17");
  await expect(other.locator(".middle h2")).toHaveText("migrations/V8__drop_customer_name.sql");
  expect(await other.locator(".finding").allInnerTexts()).toEqual(before);
  await other.getByRole("tab", { name: "Settings" }).click();
  await expect(other.getByLabel("Apply what was merged late")).toHaveValue("true");
  await other.reload();
  await expect(other.locator(".verdict")).toContainText("version 17");
  // What is changed from here on is not what the link says.
  await other.getByRole("button", { name: "New", exact: true }).click();
  await expect(other).not.toHaveURL(/#/);
});

test("bytes that are no text go round", async ({ playground, page }) => {
  await playground.open();
  const files = [["V1__a.sql", { bytes: Buffer.from([0xff, 0xfe, 0x41, 0, 0xe4]).toString("base64url") }]];
  await playground.open(linkTo({ files, history: null, options: {}, open: null }));
  await page.reload();
  await expect(page.getByText("is no UTF-8 text")).toBeVisible();
  expect(held(await playground.link())).toContain(Buffer.from([0xff, 0xfe, 0x41, 0, 0xe4]).toString("base64url"));
});

test("no password, token or name is in a link, and that is told", async ({ playground, page }) => {
  await playground.open();
  const csv = "installed_rank,version,description,type,script,checksum,installed_by,installed_on,execution_time,success\n1,1,a,SQL,V1__a.sql,,PERSON-csv,2024-01-01,1,t\n";
  const json = JSON.stringify([{ installed_rank: 1, version: "1", description: "a", type: "SQL", script: "V1__a.sql", checksum: null, installed_by: "PERSON-json", success: true }]);
  const copy = "COPY public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) FROM stdin;\n1\t1\ta\tSQL\tV1__a.sql\t\\N\tPERSON-copy\t2024-01-01 00:00:00\t5\tt\n\\.\n";
  const insert = "INSERT INTO flyway_schema_history VALUES (1,'1','a','SQL','V1__a.sql',NULL,'PERSON-insert','2024-01-01 00:00:00',5,1);\n";
  const files = [
    ["V1__a.sql", "select 1;"],
    ["flyway.conf", "flyway.password=SECRET-conf\n# flyway.vault.token=SECRET-comment\nflyway.url=jdbc:mysql://bob:SECRET-url@db/shop?password=SECRET-parameter\n"],
    ["flyway.toml", '[environments.prod]\nurl = "jdbc:sqlserver://db;user=sa;password=SECRET-server"\npassword = """\nSECRET-long\n"""\n[x]\ninline = { token = "SECRET-inline" }\n'],
    [".env", "export DB_PASSWORD=SECRET-env\n"],
    ["history/a.csv", csv],
    ["history/b.json", json],
    ["history/c.sql", copy],
    ["history/d.sql", insert],
    ["history/broken.csv", "installed_by,PERSON-broken\n"],
  ];
  await page.goto(new URL(linkTo({ files, history: { name: "pasted", text: csv }, options: {}, open: null }), page.url()).href);
  await page.reload();
  const link = await playground.link();
  const text = held(link);
  expect(text).not.toMatch(/SECRET/);
  expect(text).not.toMatch(/PERSON/);
  expect(text).toContain("jdbc:mysql://removed@db/shop");
  expect(text).toContain("V1__a.sql");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("4 passwords, tokens or credentials in flyway.conf");
  await expect(dialog).toContainText("in flyway.toml");
  await expect(dialog).toContainText("who applied the migrations, in history/c.sql");
  await expect(dialog).toContainText("history/broken.csv: it looks like a history, and could not be freed of names");
});

test("a long link is warned of", async ({ playground, page }) => {
  await playground.open();
  let seed = 1;
  const random = Array.from({ length: 2000 }, () => `-- ${(seed = (seed * 48271) % 2147483647)}`).join("\n");
  await playground.paste(`${random}\nSELECT 1::int;`);
  await expect(playground.verdict).toContainText("Read as");
  await playground.link();
  await expect(page.getByText("It is long")).toBeVisible();
});

test("a broken link is told, and nothing else happens", async ({ playground, page }) => {
  const whole = linkTo({ files: [["V1__a.sql", "select 1;".repeat(50)]], history: null, options: {}, open: null });
  const bomb = KEY + Buffer.from(deflateSync(new Uint8Array(64_000_000), { level: 9 })).toString("base64url");
  const cases: [string, string][] = [
    [whole.slice(0, -8), "incomplete"],
    [`${KEY}%%%`, "incomplete"],
    ["#project=9abc", "another version"],
    [linkTo({ files: "no" }), "no project"],
    [linkTo({ files: [["a"]] }), "no project"],
    [linkTo([1]), "no project"],
    [linkTo(null), "no project"],
    [bomb, "larger than any project"],
  ];
  for (const [fragment, message] of cases) {
    await page.goto("about:blank");
    await playground.open(fragment);
    await expect(page.getByText(`The link cannot be opened.`)).toContainText(message);
    await expect(page.getByLabel("Paste a migration")).toBeVisible();
  }
});

test("odd options in a link are told by the engine, not taken for truth", async ({ playground, page }) => {
  await playground.open(linkTo({ files: [["V1__a.sql", "select 1;"]], history: null, options: { dialect: "<b>", edition: 7, settings: { target: 1, group: "true" } }, open: "../x" }));
  await expect(playground.verdict.locator(".lead")).toBeVisible();
  await expect(page.locator(".verdict b")).toHaveCount(0);
});
