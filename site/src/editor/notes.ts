/** What each statement locks, rewrites and reads, as a quiet note at the end of its first line. */
import type { ScriptImpact } from "flightcheck-wasm";
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import type { Offsets } from "../project/offsets";

interface Note {
  /** In bytes. */
  start: number;
  text: string;
  tone: "quiet" | "waits" | "fails";
}

/** What there is to say of a script's statements. */
export function notesOf(script: ScriptImpact): Note[] {
  return script.statements.flatMap((statement, at) => {
    const taken = script.locks.filter((lock) => lock.taken === at);
    const said = taken.map(({ mode, relation, blocks_reads, blocks_writes }) => {
      const who = blocks_reads ? "reads and writes wait" : blocks_writes ? "writes wait" : "";
      return `${mode} on ${relation}${who && `: ${who}`}`;
    });
    const name = (verb: string, relations: string[]) => relations.length > 0 && said.push(`${verb} ${relations.join(", ")}`);
    name("rewrites", statement.rewrites ?? []);
    name("rebuilds", statement.index_rebuilds ?? []);
    if (!statement.rewrites?.length) name("reads all of", statement.scans ?? []);
    name("empties", statement.truncated ?? []);
    name("locks rows of", statement.locks_rows ?? []);
    if (statement.fails) said.unshift(`fails: ${statement.fails}`);
    if (said.length === 0) return [];
    const tone = statement.fails ? "fails" : taken.length > 0 ? "waits" : "quiet";
    return [{ start: statement.span.start, text: said.join(" · "), tone } satisfies Note];
  });
}

class NoteWidget extends WidgetType {
  constructor(readonly note: Note) {
    super();
  }
  eq(other: NoteWidget) {
    return other.note.text === this.note.text && other.note.tone === this.note.tone;
  }
  toDOM() {
    const node = document.createElement("span");
    node.className = `lock-note ${this.note.tone}`;
    node.textContent = this.note.text;
    return node;
  }
}

const setNotes = StateEffect.define<DecorationSet>();

export const notesShown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(notes, transaction) {
    notes = notes.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setNotes)) notes = effect.value;
    return notes;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function showNotes(view: EditorView, notes: Note[], offsets: Offsets): void {
  const { doc } = view.state;
  const ranges = notes.map((note) => {
    const line = doc.lineAt(Math.min(offsets.place(note.start), doc.length));
    return Decoration.widget({ widget: new NoteWidget(note), side: 1 }).range(line.to);
  });
  view.dispatch({ effects: setNotes.of(RangeSet.of(ranges, true)) });
}
