// The page of a rule, from the module itself: nothing is fetched.
import { marked } from "marked";
import * as vscode from "vscode";
import type { RuleDescription } from "flightcheck-wasm";
import type { Remote } from "../engine/messages";
import { escaped, type Pages } from "./page";

/** Shows the page of a rule, or asks for which. */
export async function explainRule(engine: Remote, pages: Pages, name?: string): Promise<void> {
  const rules = await engine.rules();
  const rule = name === undefined ? await picked(rules) : rules.find((rule) => rule.name === name);
  if (rule) pages.show("rule", rule.name, bodyOf(rule));
  else if (name !== undefined) void vscode.window.showErrorMessage(`flightcheck has no rule "${name}".`);
}

async function picked(rules: readonly RuleDescription[]): Promise<RuleDescription | undefined> {
  const items = rules.map((rule) => ({ label: rule.name, description: rule.group, detail: rule.summary, rule }));
  const item = await vscode.window.showQuickPick(items, { placeHolder: "Which rule?", matchOnDetail: true });
  return item?.rule;
}

function bodyOf(rule: RuleDescription): string {
  const facts = `${rule.group} · ${rule.severity}${rule.optional ? " · only where flightcheck.toml switches it on" : ""}`;
  const page = marked.parse(rule.page, { async: false });
  return page.replace("</h1>", `</h1><p class="quiet">${escaped(facts)}</p>`);
}
