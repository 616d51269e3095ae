// Pages beside the editor: no scripts, nothing from outside. Each kind of page has one panel, which is used again.
import * as vscode from "vscode";

/** Nothing is loaded; style comes with the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
body { padding: 0 1.5rem 2rem; max-width: 60rem; font-size: var(--vscode-font-size); line-height: 1.5; color: var(--vscode-foreground); }
h1 { font-size: 1.6em; font-weight: 500; } h2 { margin-top: 2em; font-size: 1.2em; font-weight: 600; }
a { color: var(--vscode-textLink-foreground); }
code, pre, svg text { font-family: var(--vscode-editor-font-family, monospace); font-size: var(--vscode-editor-font-size); }
pre { padding: .7rem 1rem; background: var(--vscode-textCodeBlock-background); overflow-x: auto; border-radius: 4px; }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; } th, td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--vscode-panel-border); }
.quiet { color: var(--vscode-descriptionForeground); }
.error { color: var(--vscode-errorForeground); }
.picture { overflow-x: auto; }
svg text { fill: var(--vscode-editor-foreground); white-space: pre; font-size: 13px; }
svg text.work { fill: var(--vscode-descriptionForeground); }
svg text.lock-all, svg text.fails { fill: var(--vscode-editorError-foreground, #f14c4c); }
svg text.lock-some { fill: var(--vscode-editorWarning-foreground, #cca700); }
svg rect { fill: var(--vscode-descriptionForeground); }
svg rect.all { fill: var(--vscode-editorError-foreground, #f14c4c); }
svg rect.some { fill: var(--vscode-editorWarning-foreground, #cca700); }
`;

/** No scripts, no files; links may run these commands. */
const OPTIONS: vscode.WebviewOptions = {
  enableScripts: false, localResourceRoots: [], enableCommandUris: ["flightcheck.explainRule", "flightcheck.showLocks", "vscode.open"],
};

/** What a page shows; `body` is HTML in which everything from outside is escaped. */
export interface Page { title: string; body: string }

export class Pages {
  private readonly panels = new Map<string, vscode.WebviewPanel>();
  private readonly makers = new Map<string, () => Page | Promise<Page>>();
  /** What the pages show, for those who look from outside. */
  readonly shown = new Map<string, string>();

  /** Shows a page, which is made anew whenever something may have changed. */
  async show(kind: string, make: () => Page | Promise<Page>): Promise<void> {
    const { title, body } = await make();
    const panel = this.panel(kind, title);
    this.makers.set(kind, make);
    this.fill(kind, panel.webview, title, body);
    panel.title = title;
    panel.reveal(undefined, true);
  }

  /** Makes the pages anew that are open. */
  async refresh(): Promise<void> {
    for (const [kind, make] of this.makers) {
      const { title, body } = await make();
      const panel = this.panels.get(kind);
      if (panel && this.makers.get(kind) === make) this.fill(kind, panel.webview, title, body);
    }
  }

  /** Writes a page into a panel that the editor has made. */
  fill(kind: string, webview: vscode.Webview, title: string, body: string): void {
    const html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
    if (webview.html === html) return;
    webview.options = OPTIONS;
    webview.html = html;
    this.shown.set(kind, html);
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }

  private panel(kind: string, title: string): vscode.WebviewPanel {
    const open = this.panels.get(kind);
    if (open) return open;
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel(`flightcheck.${kind}`, title, where, { ...OPTIONS, enableFindWidget: true });
    panel.onDidDispose(() => {
      this.panels.delete(kind);
      this.makers.delete(kind);
      this.shown.delete(kind);
    });
    this.panels.set(kind, panel);
    return panel;
  }
}

/** A text as the content of an element or of a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A link that runs a command. */
export function commandLink(command: string, args: unknown[], text: string): string {
  const address = `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
  return `<a href="${escaped(address)}">${escaped(text)}</a>`;
}
