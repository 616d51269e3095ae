/** A rule's page in its parts: what is said, and the examples in between. */
export type Piece = { kind: "text"; text: string } | { kind: "example"; form: string; text: string };

export interface Part {
  /** `Effect`, `Unsafe`, `Safe` …; empty for what stands above the first heading. */
  heading: string;
  pieces: Piece[];
}

export function parts(page: string): Part[] {
  const sections = page.replace(/^# .*\n/, "").split(/^## /m);
  return sections.map((section, at) => {
    const end = at ? section.indexOf("\n") : 0;
    return { heading: section.slice(0, end), pieces: pieces(section.slice(end)) };
  });
}

/** Examples that hold a base, environments or what lies around the project: there is one folder here. */
const COMPARED = /^=== (?:common|before|base|environment|repository) /m;
const ELSEWHERE = "It compares the folder with something else, so it runs on the command line only.";

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  text.split(/^```/m).forEach((piece, at) => {
    if (at % 2 === 0) {
      if (piece.trim()) found.push({ kind: "text", text: piece });
    } else {
      const [form, ...lines] = piece.replace(/\n$/, "").split("\n");
      const text = lines.join("\n");
      if (COMPARED.test(text)) found.push({ kind: "text", text: `\`\`\`\n${text}\n\`\`\`\n\n${ELSEWHERE}\n` });
      else found.push({ kind: "example", form: form.trim(), text });
    }
  });
  return found;
}
