/** How the editor looks: colours from the tokens, and the styles of the page inside its shadow root. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--ground)", color: "var(--text)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.65" },
  ".cm-content": { caretColor: "var(--accent)", padding: "0.75rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--text-quiet)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.75rem 0 1rem" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--ground-sunken)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--ground-chosen) !important",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--ground-hover)" },
  ".cm-panels": { backgroundColor: "var(--ground-sunken)", color: "var(--text)", borderColor: "var(--line)" },
  ".cm-textfield, .cm-button": {
    backgroundColor: "var(--ground)",
    backgroundImage: "none",
    border: "1px solid var(--line)",
    borderRadius: "4px",
  },
  ".cm-tooltip": {
    zIndex: 30,
    maxWidth: "min(34rem, calc(100vw - 2rem))",
    border: "1px solid var(--line)",
    borderRadius: "8px",
    backgroundColor: "var(--ground-raised)",
    boxShadow: "var(--shadow)",
    font: "var(--size-text) / 1.5 var(--sans)",
  },
  ".cards": { maxHeight: "min(28rem, 60vh)", overflow: "auto" },
  ".squiggle": {
    textDecorationLine: "underline",
    textDecorationStyle: "wavy",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
    textDecorationThickness: "1px",
  },
  ".squiggle-error": { textDecorationColor: "var(--error)" },
  ".squiggle-warning": { textDecorationColor: "var(--warning)" },
  ".squiggle-info": { textDecorationColor: "var(--info)", textDecorationStyle: "dotted" },
  ".lock-note": {
    display: "inline-block",
    marginLeft: "2.5ch",
    color: "var(--text-quiet)",
    font: "italic 0.75rem var(--sans)",
    userSelect: "none",
  },
  ".lock-note.waits": { color: "var(--warning)" },
  ".lock-note.fails": { color: "var(--error)" },
  ".arrived": { backgroundColor: "var(--ground-chosen)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: "var(--code-comment)", fontStyle: "italic" },
  { tag: tags.typeName, color: "var(--code-type)" },
]);

export const look = [theme, syntaxHighlighting(colours)];

/**
 * The styles of the page as one sheet. The editor lives in a shadow root, because there its styles need no exception in
 * the Content-Security-Policy; components that appear inside it want to look as they do outside.
 */
export function pageStyles(): CSSStyleSheet {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.map((rule) => rule.cssText).join("\n"));
  return sheet;
}
