/**
 * The Markdown that flightcheck's own pages are written in, as a tree: headings, paragraphs, lists, tables, fenced blocks;
 * in a line code, bold text and links.
 *
 * The tree holds texts only, and `Markdown.svelte` makes elements of it: no markup of a page can come through.
 */
export type Inline =
  | { kind: "text" | "code" | "strong"; text: string }
  | { kind: "link"; text: string; to: string };

export type Block =
  | { kind: "heading"; level: number; inline: Inline[] }
  | { kind: "paragraph"; inline: Inline[] }
  | { kind: "list"; items: Inline[][] }
  | { kind: "table"; head: Inline[][]; numbers: boolean[]; rows: Inline[][][] }
  | { kind: "code"; form: string; text: string };

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

/** A link leads into this site or to a page of the web, and runs nothing. */
const HARMLESS = /^(#|\.{0,2}\/|https:\/\/)/;

/** One line, or the lines of a paragraph. */
export function inline(text: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, label, to] = match;
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) });
    end = match.index + whole.length;
    if (code !== undefined) found.push({ kind: "code", text: code });
    else if (strong !== undefined) found.push({ kind: "strong", text: strong });
    else if (HARMLESS.test(to)) found.push({ kind: "link", text: label, to });
    else found.push({ kind: "text", text: whole });
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}

/** A whole page. */
export function parse(text: string): Block[] {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  let at = 0;
  const take = (belongs: (line: string) => boolean) => {
    const from = at;
    while (at < lines.length && belongs(lines[at])) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (line.startsWith("```")) {
      at += 1;
      const inside = take((line) => !line.startsWith("```"));
      at += 1;
      blocks.push({ kind: "code", form: line.slice(3).trim(), text: inside.join("\n") });
    } else if (heading) {
      at += 1;
      blocks.push({ kind: "heading", level: heading[1].length, inline: inline(heading[2]) });
    } else if (line.startsWith("- ")) {
      const items = take((line) => /^(- |  \S)/.test(line)).join("\n").split(/^- /m).slice(1);
      blocks.push({ kind: "list", items: items.map((item) => inline(item.replace(/\s+/g, " ").trim())) });
    } else if (line.startsWith("|")) {
      blocks.push(table(take((line) => line.startsWith("|"))));
    } else if (!line.trim()) {
      at += 1;
    } else {
      const paragraph = take((line) => line.trim() !== "" && !/^(#{1,6} |```|- |\|)/.test(line));
      blocks.push({ kind: "paragraph", inline: inline(paragraph.join(" ")) });
    }
  }
  return blocks;
}

function table([head, rule = "", ...rows]: string[]): Block {
  const cells = (line: string) => line.replace(/^\||\|\s*$/g, "").split("|").map((cell) => cell.trim());
  return {
    kind: "table",
    head: cells(head).map(inline),
    numbers: cells(rule).map((cell) => cell.endsWith(":")),
    rows: rows.map((row) => cells(row).map(inline)),
  };
}
