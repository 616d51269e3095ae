/** Findings as lines under the text, a card when the pointer or the cursor is on one, and the way from one to the next. */
import type { ReportedFinding } from "flightcheck-wasm";
import { type EditorState, Prec, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  closeHoverTooltips,
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  hoverTooltip,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import type { Offsets } from "../project/offsets";

interface Squiggles {
  marks: DecorationSet;
  /** The place for which a card was asked with the keyboard. */
  asked: number | null;
}

const setFindings = StateEffect.define<DecorationSet>();
const askFor = StateEffect.define<number | null>();

/** The findings whose marks touch a place, in the order of their beginnings. */
function at(state: EditorState, from: number, to = from): { finding: ReportedFinding; from: number; to: number }[] {
  const found: { finding: ReportedFinding; from: number; to: number }[] = [];
  state.field(squiggles).marks.between(from, to, (from, to, mark) => {
    found.push({ finding: mark.spec.finding, from, to });
  });
  return found;
}

/** Makes the card of some findings. */
export type Cards = (findings: ReportedFinding[]) => { dom: HTMLElement; destroy: () => void };

let cards: Cards;

function card(state: EditorState, place: number): Tooltip | null {
  const found = at(state, place);
  if (found.length === 0) return null;
  return {
    pos: Math.min(...found.map(({ from }) => from)),
    end: Math.max(...found.map(({ to }) => to)),
    above: false,
    create: () => cards(found.map(({ finding }) => finding)),
  };
}

const squiggles = StateField.define<Squiggles>({
  create: () => ({ marks: Decoration.none, asked: null }),
  update({ marks, asked }, transaction) {
    marks = marks.map(transaction.changes);
    if (transaction.docChanged || transaction.selection) asked = null;
    for (const effect of transaction.effects) {
      if (effect.is(setFindings)) marks = effect.value;
      if (effect.is(askFor)) asked = effect.value;
    }
    return { marks, asked };
  },
  provide: (field) => [
    // Around the colours, not inside of them.
    Prec.lowest(EditorView.decorations.from(field, ({ marks }) => marks)),
    showTooltip.compute([field], (state) => {
      const { asked } = state.field(field);
      return asked === null ? null : card(state, asked);
    }),
  ],
});

export function findingsShown(make: Cards) {
  cards = make;
  return [squiggles, hoverTooltip((view, place) => card(view.state, place), { hoverTime: 250 })];
}

/** Shows the findings of the open file. */
export function show(view: EditorView, findings: ReportedFinding[], offsets: Offsets): void {
  const length = view.state.doc.length;
  const marks = findings.flatMap((finding) => {
    if (!finding.span) return [];
    let from = Math.min(offsets.place(finding.span.start), length);
    const to = Math.min(offsets.place(finding.span.end), length);
    // What is empty is shown under the character before it.
    if (from >= to) from = Math.max(0, to - 1);
    if (from >= to) return [];
    const mark = Decoration.mark({ class: `squiggle squiggle-${finding.severity}`, finding });
    return [mark.range(from, to)];
  });
  view.dispatch({ effects: setFindings.of(RangeSet.of(marks, true)) });
}

/** The card at the cursor; the next Escape closes it. */
export const openCard: Command = (view) => {
  const place = view.state.selection.main.head;
  if (at(view.state, place).length === 0) return false;
  view.dispatch({ effects: askFor.of(place) });
  return true;
};

export const closeCard: Command = (view) => {
  if (view.state.field(squiggles).asked === null) return false;
  view.dispatch({ effects: askFor.of(null) });
  view.focus();
  return true;
};

/** Takes all cards away, before the view gets another text: a card would be measured at a place that is no more. */
export function closeCards(view: EditorView): void {
  view.dispatch({ effects: [closeHoverTooltips, askFor.of(null)] });
}

/** To the next (or previous) finding in the file, round the end, with its card. */
export function toNext(step: 1 | -1): Command {
  return (view) => {
    const all = at(view.state, 0, view.state.doc.length).sort((a, b) => a.from - b.from);
    if (all.length === 0) return false;
    const head = view.state.selection.main.head;
    const next =
      step === 1 ? (all.find(({ from }) => from > head) ?? all[0]) : (all.findLast(({ from }) => from < head) ?? all.at(-1)!);
    view.dispatch({ selection: { anchor: next.from }, scrollIntoView: true });
    view.dispatch({ effects: askFor.of(next.from) });
    return true;
  };
}
