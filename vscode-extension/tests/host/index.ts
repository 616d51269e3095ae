// The suite that runs inside of an extension host. It uses what VS Code gives, so it breaks only when the extension does.
import * as vscode from "vscode";
import { aroundTests } from "./around";
import { editorTests } from "./editor";

/** Called by the workbench; a rejection is a failure. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, test] of Object.entries({ ...editorTests, ...aroundTests })) {
    const start = Date.now();
    try {
      await test();
      console.log(`ok - ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`not ok - ${name}: ${error instanceof Error ? error.message : error}`);
    }
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  }
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
