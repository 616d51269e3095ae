/** The editor of one file at a time; each file keeps its own cursor and its own undo. */
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { MariaSQL, MSSQL, MySQL, PLSQL, PostgreSQL, sql, SQLite, type SQLDialect, StandardSQL } from "@codemirror/lang-sql";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { look } from "./look";
import { notesShown } from "./notes";
import { type Cards, closeCard, findingsShown, openCard, toNext } from "./squiggles";

/** The colours of keywords; the engine has its own reader. */
const DIALECTS: Record<string, SQLDialect> = {
  postgres: PostgreSQL,
  mysql: MySQL,
  mariadb: MariaSQL,
  sqlserver: MSSQL,
  oracle: PLSQL,
  sqlite: SQLite,
};

const language = new Compartment();

/** Whether a file is shown as SQL. */
const isSql = (path: string) => !/\.(toml|conf|json|csv|tsv|md|properties|ya?ml)$/i.test(path);

export function languageOf(path: string, dialect: string): Extension {
  return isSql(path) ? sql({ dialect: DIALECTS[dialect] ?? StandardSQL }) : [];
}

export const setLanguage = (path: string, dialect: string) => language.reconfigure(languageOf(path, dialect));

export interface Told {
  typed: (text: string) => void;
  /** The cursor is elsewhere now. */
  moved?: () => void;
  cards: Cards;
}

export function stateOf(text: string, path: string, dialect: string, told: Told): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      // A file keeps its line breaks.
      /\r\n/.test(text) && !/[^\r]\n/.test(text) ? EditorState.lineSeparator.of("\r\n") : [],
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      highlightSelectionMatches(),
      indentUnit.of("    "),
      EditorView.contentAttributes.of({ "aria-label": `Text of ${path}`, spellcheck: "false" }),
      keymap.of([
        { key: "F8", run: toNext(1), shift: toNext(-1) },
        { key: "Mod-.", run: openCard },
        { key: "Escape", run: closeCard },
        ...defaultKeymap,
        ...historyKeymap,
        ...searchKeymap,
      ]),
      language.of(languageOf(path, dialect)),
      look,
      notesShown,
      findingsShown(told.cards),
      EditorView.domEventHandlers({ beforeinput: typedOver }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) told.typed(update.state.sliceDoc());
      }),
    ],
  });
}

/**
 * Where a selection is typed over, browsers keep its look with a `style` attribute, which the Content-Security-Policy
 * refuses with a complaint. So the editor puts the text in place itself.
 */
function typedOver(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

/** Puts another text in place of the one that is shown, changing only what differs, so that cursor and undo stay. */
export function replaceText(view: EditorView, text: string): void {
  const old = view.state.sliceDoc();
  if (old === text) return;
  const now = view.state.toText(text);
  const before = view.state.doc;
  const shown = (doc: typeof now) => doc.sliceString(0, doc.length, "\n");
  const [a, b] = [shown(before), shown(now)];
  if (a === b) return;
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  view.dispatch({
    changes: { from, to: a.length - end, insert: now.slice(from, b.length - end) },
    annotations: isolateHistory.of("full"),
  });
}
