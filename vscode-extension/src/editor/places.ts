// Places as flightcheck gives them, from 1 in UTF-16 units → ranges of the editor.
import * as vscode from "vscode";
import type { Place } from "flightcheck-wasm";
import type { Position } from "../engine/positions";

/** Scripts, and the files that configure them. */
export const SELECTOR: vscode.DocumentSelector = [
  { language: "sql" },
  { pattern: "**/*.sql" },
  { pattern: "**/{flightcheck,flyway,flyway.user}.toml" },
  { pattern: "**/flyway.{conf,properties}" },
];

/** The range of a place; the start of the file where it as a whole is meant. */
export function rangeOf(place: Place): vscode.Range {
  if (place.line === null) return new vscode.Range(0, 0, 0, 0);
  const [line, column] = [place.line - 1, (place.column ?? 1) - 1];
  const [endLine, endColumn] = [(place.end_line ?? place.line) - 1, (place.end_column ?? place.column ?? 1) - 1];
  return new vscode.Range(line, column, endLine, endColumn);
}

export function positionOf({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}
