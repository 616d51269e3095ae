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

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  text.split(/^```/m).forEach((piece, at) => {
    if (at % 2 === 0) {
      if (piece.trim()) found.push({ kind: "text", text: piece });
    } else {
      const [form, ...lines] = piece.replace(/\n$/, "").split("\n");
      found.push({ kind: "example", form: form.trim(), text: lines.join("\n") });
    }
  });
  return found;
}
