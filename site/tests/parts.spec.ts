/** Parts of the site that need no page. */
import { changesOf, diff } from "../src/project/fixes";
import { Offsets } from "../src/project/offsets";
import { withoutSecrets } from "../src/share/secrets";
import { expect, test } from "@playwright/test";

test("byte offsets become places in strings and in the editor", () => {
  for (const text of ["", "a", "äöü\r\n€x\n😀y\r\r\nz", "\uFEFFselect 'é😀';\r\n-- \u{10FFFF}\nx", "\n\n\r\n"]) {
    const offsets = new Offsets(text);
    const shown = (part: string) => part.replace(/\r\n?|\n/g, "\n").length;
    for (let at = 0; at <= text.length; at++) {
      const half = /[\uD800-\uDBFF]/.test(text[at - 1] ?? "");
      const inBreak = text[at - 1] === "\r" && text[at] === "\n";
      if (half) continue;
      const byte = Buffer.byteLength(text.slice(0, at));
      expect(offsets.index(byte), JSON.stringify([text, at])).toBe(at);
      if (!inBreak) expect(offsets.place(byte), JSON.stringify([text, at])).toBe(shown(text.slice(0, at)));
    }
    expect(offsets.index(1_000_000)).toBe(text.length);
  }
});

test("secrets go, and nothing else", () => {
  const cases: [string, string][] = [
    ["flyway.password=abc\r\nflyway.user=x\r\n", "flyway.password=removed\r\nflyway.user=x\r\n"],
    ["password = 'a=b'", 'password = "removed"'],
    ["# flyway.licenseKey=abc", "# flyway.licenseKey=removed"],
    ["flyway.placeholders.db_pwd = a b c", "flyway.placeholders.db_pwd = removed"],
    ["flyway.vault.token=a\\\n  b\nnext=1", "flyway.vault.token=removed\nnext=1"],
    ['tokens = [\n "a",\n "b"\n]\nx = 1', 'tokens = "removed"\nx = 1'],
    ['{"password": "x", "url": "y"}', '{"password": "removed", "url": "y"}'],
    ['  "api_key": "x",', '  "api_key": "removed",'],
    ["flyway.url=jdbc:postgresql://u:p@h/db", "flyway.url=jdbc:postgresql://removed@h/db"],
    ["flyway.url=jdbc:oracle:thin:scott/tiger@//h:1521/x", "flyway.url=jdbc:oracle:thin:removed@//h:1521/x"],
    ["url: https://token@host/", "url: https://removed@host/"],
    ["flyway.url=jdbc:x://h/db?user=a&ssl=true&password=b", "flyway.url=jdbc:x://h/db?user=removed&ssl=true&password=removed"],
    ["flyway.password=", "flyway.password="],
    ["flyway.outOfOrder=true\nlocations = [\"filesystem:sql\"]", "flyway.outOfOrder=true\nlocations = [\"filesystem:sql\"]"],
  ];
  for (const [text, clean] of cases) {
    expect(withoutSecrets(text).text).toBe(clean);
    // Once is enough.
    expect(withoutSecrets(clean)).toEqual({ text: clean, removed: 0 });
  }
});

test("fixes change what they name, from the back to the front", () => {
  const place = (start: number, end: number) => ({ file: "a.sql", line: 1, column: 1, end_line: 1, end_column: 1, span: { start, end } });
  const files = new Map([["a.sql", "äbc\nxyz\n"]]);
  const edits = [
    { kind: "replace" as const, text: "1", ...place(2, 3) },
    { kind: "replace" as const, text: "2", ...place(5, 6) },
    { kind: "create" as const, file: "b.sql", text: "new" },
    { kind: "rename" as const, file: "a.sql", to: "c.sql" },
  ];
  expect(changesOf({ title: "", safety: "safe", edits }, files)).toEqual([
    { file: "a.sql", to: "c.sql", before: "äbc\nxyz\n", after: "ä1c\n2yz\n" },
    { file: "b.sql", to: null, before: null, after: "new" },
  ]);
});

test("a comparison shows what changed and what is around it", () => {
  const before = Array.from({ length: 20 }, (_, at) => `line ${at}`).join("\n");
  const lines = diff(before, before.replace("line 9", "line nine"), 1);
  expect(lines.map(({ kind, text }) => `${kind} ${text}`.trim())).toEqual([
    "gap", "same line 8", "removed line 9", "added line nine", "same line 10", "gap",
  ]);
  expect(diff(null, "a\nb\n").map(({ kind }) => kind)).toEqual(["added", "added"]);
});
