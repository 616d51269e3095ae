/**
 * The Markdown of rule pages as DOM nodes: headings, paragraphs, lists, tables, fenced code, `code`, **strong** and links.
 * Nodes are made one by one and texts are set as texts, so nothing in a page can become markup.
 */
export function markdown(source: string): DocumentFragment {
  const page = document.createDocumentFragment();
  const lines = source.split(/\r?\n/);
  let at = 0;
  /** The lines from here on for which `wanted` holds. */
  const take = (wanted: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && wanted(lines[at])) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (line.trim() === "") {
      at += 1;
    } else if (heading) {
      at += 1;
      page.append(element(`h${heading[1].length}`, heading[2]));
    } else if (line.startsWith("```")) {
      at += 1;
      const code = take((line) => !line.startsWith("```"));
      at += 1;
      page.append(block(code.join("\n"), line.slice(3).trim()));
    } else if (isItem(line)) {
      page.append(list(take((line) => isItem(line) || /^ +\S/.test(line))));
    } else if (line.startsWith("|")) {
      page.append(table(take((line) => line.startsWith("|"))));
    } else {
      const text = take((line) => line.trim() !== "" && !/^(#|```|\||[-*] |\d+\. )/.test(line));
      // A line that only looks like the begin of something is text after all.
      page.append(element("p", (text.length ? text : [lines[at++]]).join(" ")));
    }
  }
  return page;
}

const isItem = (line: string) => /^([-*]|\d+\.) /.test(line);

function element(name: string, text: string): HTMLElement {
  const node = document.createElement(name);
  inline(node, text);
  return node;
}

function block(code: string, language: string): HTMLElement {
  const pre = document.createElement("pre");
  // What scrolls can be reached with the keyboard.
  pre.tabIndex = 0;
  const inside = document.createElement("code");
  if (language) inside.dataset.language = language;
  inside.textContent = code;
  pre.append(inside);
  return pre;
}

function list(lines: string[]): HTMLElement {
  const node = document.createElement(/^\d/.test(lines[0]) ? "ol" : "ul");
  const items: string[] = [];
  for (const line of lines) {
    if (isItem(line)) items.push(line.replace(/^([-*]|\d+\.) +/, ""));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  node.append(...items.map((item) => element("li", item)));
  return node;
}

function table(lines: string[]): HTMLElement {
  const node = document.createElement("table");
  const cells = (line: string) => line.replace(/^\||\|\s*$/g, "").split("|").map((cell) => cell.trim());
  const ruled = /^\|[\s:|-]+$/.test(lines[1] ?? "");
  lines.forEach((line, at) => {
    if (ruled && at === 1) return;
    const row = document.createElement("tr");
    row.append(...cells(line).map((cell) => element(ruled && at === 0 ? "th" : "td", cell)));
    node.append(row);
  });
  return node;
}

/** `code`, **strong** and [links](…) in a line. */
export function inline(node: HTMLElement, text: string): void {
  const marks = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
  let from = 0;
  for (const found of text.matchAll(marks)) {
    node.append(text.slice(from, found.index));
    from = found.index + found[0].length;
    const [, code, strong, title, address] = found;
    if (code !== undefined) node.append(plain("code", code));
    else if (strong !== undefined) node.append(plain("strong", strong));
    else node.append(link(title, address));
  }
  node.append(text.slice(from));
}

function plain(name: string, text: string): HTMLElement {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}

/** Only the web is linked to; other addresses stay text. */
function link(title: string, address: string): HTMLElement {
  if (!/^https?:\/\//.test(address)) return plain("span", title);
  const node = plain("a", title) as HTMLAnchorElement;
  node.href = address;
  node.rel = "noopener noreferrer";
  node.target = "_blank";
  return node;
}
