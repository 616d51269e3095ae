// A report in one of the formats of the command line, as a file.
import * as vscode from "vscode";
import type { Remote } from "../engine/messages";
import type { Project } from "../workspace/project";

/** Writes a report; asks for what is not given. */
export async function exportReport(engine: Remote, project: Project, format?: string, target?: vscode.Uri): Promise<vscode.Uri | null> {
  const items = (await engine.formats()).map(({ name, extension, summary }) => ({ label: name, extension, detail: summary }));
  const chosen = format ? items.find(({ label }) => label === format) : await vscode.window.showQuickPick(items, { placeHolder: "In which format?" });
  if (!chosen) return null;
  const usual = vscode.Uri.joinPath(project.root, `flightcheck-report.${chosen.extension}`);
  const to = target ?? (await vscode.window.showSaveDialog({ defaultUri: usual, filters: { [chosen.label]: [chosen.extension] } }));
  if (!to) return null;
  await project.settled();
  await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(await project.render(chosen.label)));
  const open = "Open";
  void vscode.window.showInformationMessage(`The report is in ${vscode.workspace.asRelativePath(to)}.`, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand("vscode.open", to);
  });
  return to;
}
