import { expect, test } from "./fixtures";
import { scripts, show } from "./projects";

const EVIL = `"><img src=x onerror=alert(1)>`;
const TABLE = `<img src=x onerror=alert(2)>`;
const FILE = `sql/V2__${EVIL.replaceAll("/", "")}.sql`;

const hostile = () => ({
  ...scripts(
    {
      "sql/V1__a.sql": `create table "${TABLE}" (id int, "<script>alert(3)</script>" text default '<b>bold</b>');`,
      [FILE]: `alter table "${TABLE}" alter column id type bigint; -- </script><svg onload=alert(4)>\nupdate "${TABLE}" set id = 1;`,
      "sql/R__<svg onload=alert(5)>.sql": `create view "<b>v</b>" as select id from "${TABLE}";`,
    },
    FILE,
  ),
  history: {
    name: "<img src=x onerror=alert(6)>.json",
    text: JSON.stringify([
      { installed_rank: 1, version: "1", description: TABLE, type: "SQL", script: "V1__a.sql", checksum: 1, success: true },
      { installed_rank: 2, version: "0.5", description: EVIL, type: "SQL", script: `V0.5__${EVIL}.sql`, checksum: 2, success: false },
    ]),
  },
});

for (const panel of ["migrations", "plan", "locks", "rollback", "dependencies", "schema", "report"]) {
  test(`names that are markup stay names: ${panel}`, async ({ page }) => {
    let dialogs = 0;
    page.on("dialog", (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    await show(page, hostile(), panel);
    const region = page.locator("#panel-panel");
    await expect(region).toContainText("onerror=alert");
    for (const choice of ["Table", "What one script changes", "Undo to a version", "All scripts", "HTML"]) {
      const control = region.getByText(choice, { exact: true });
      if (await control.count()) await control.first().click();
    }
    await page.waitForTimeout(300);
    expect(await region.locator("img, script, svg[onload], b").count()).toBe(0);
    expect(dialogs).toBe(0);
  });
}
