// The extension's settings, typed; package.json describes them.
import * as vscode from "vscode";
import type { Options } from "flightcheck-wasm";

export interface Settings {
  enable: boolean;
  history: string;
  environment: string;
  dialect: "auto" | NonNullable<Options["dialect"]>;
  serverVersion: string;
  edition: "auto" | NonNullable<Options["edition"]>;
  lowestSeverity: "info" | "warning" | "error";
  locks: "codeLens" | "inlayHint" | "off";
  state: boolean;
  rollback: boolean;
  hover: boolean;
  ignoreActions: boolean;
  statusBar: boolean;
  exclude: string[];
  largestFile: number;
}

/** The value of a setting for a file or folder; package.json has the default. */
export function setting<Name extends keyof Settings>(name: Name, scope?: vscode.Uri): Settings[Name] {
  return vscode.workspace.getConfiguration("flightcheck", scope).get(name) as Settings[Name];
}

/** The options of the engine for a project. The day is the one in Greenwich, as on the command line. */
export function optionsOf(folder: vscode.Uri): Options {
  const chosen = <T extends string>(value: "auto" | T) => (value === "auto" ? null : value);
  return {
    dialect: chosen(setting("dialect", folder)),
    serverVersion: setting("serverVersion", folder) || null,
    edition: chosen(setting("edition", folder)),
    env: setting("environment", folder) || null,
    today: new Date().toISOString().slice(0, 10),
  };
}
