// The page of a rule, from the package of the module: nothing is fetched. It has an address, because the editor follows the links of
// diagnostics to documents but not to commands.
import { marked } from "marked";
import * as vscode from "vscode";
import type { RuleDescription } from "flightcheck-wasm";
import pages from "flightcheck-wasm/pages";
import type { Remote } from "../engine/messages";
import { escaped, type Pages } from "./page";

/** Shows pages of rules, as package.json says: for addresses of this scheme. */
export class RulePages implements vscode.CustomReadonlyEditorProvider {
  static readonly viewType = "flightcheck.rule";

  constructor(private readonly engine: Remote, private readonly pages: Pages) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => {} };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: Pick<vscode.WebviewPanel, "webview">): Promise<void> {
    const name = uri.path.replace(/^\//, "");
    const rule = (await this.engine.rules()).find((rule) => rule.name === name);
    const body = rule ? bodyOf(rule) : `<p>flightcheck has no rule ${escaped(name)}.</p>`;
    this.pages.fill("rule", panel.webview, name, body);
  }
}

/** The address of a rule's page. */
export function pageOf(rule: string): vscode.Uri {
  return vscode.Uri.from({ scheme: "flightcheck", path: `/${rule}` });
}

/** Shows the page of a rule, or asks for which. */
export async function explainRule(engine: Remote, name?: string): Promise<void> {
  const rule = name ?? (await picked(await engine.rules()));
  if (rule) await vscode.commands.executeCommand("vscode.openWith", pageOf(rule), RulePages.viewType, vscode.ViewColumn.Beside);
}

async function picked(rules: readonly RuleDescription[]): Promise<string | undefined> {
  const items = rules.map(({ name, group, summary }) => ({ label: name, description: group, detail: summary }));
  return (await vscode.window.showQuickPick(items, { placeHolder: "Which rule?", matchOnDetail: true }))?.label;
}

function bodyOf(rule: RuleDescription): string {
  const facts = `${rule.group} · ${rule.severity}${rule.optional ? " · only where flightcheck.toml switches it on" : ""}`;
  const page = marked.parse(pages[rule.name] ?? "", { async: false });
  return page.replace("</h1>", `</h1><p class="quiet">${escaped(facts)}</p>`);
}
