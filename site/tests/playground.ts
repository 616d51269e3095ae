/** What the tests do to the playground, in the words of a reviewer. */
import type { Locator, Page } from "@playwright/test";

export class Playground {
  constructor(readonly page: Page) {}

  async open(fragment = ""): Promise<this> {
    await this.page.goto(`./${fragment}`);
    return this;
  }

  /** Loads the example in trouble and waits for the verdict. */
  async openExample(): Promise<this> {
    await this.open();
    await this.page.getByRole("button", { name: "Show me a release in trouble" }).click();
    await this.page.getByText("3 errors, 5 warnings, 2 notes").waitFor();
    await this.page.getByRole("button", { name: "Skip the tour" }).click();
    return this;
  }

  /** Pastes into the field of the empty page. */
  async paste(text: string): Promise<void> {
    await this.pasteInto(this.page.getByLabel("Paste a migration"), text);
  }

  async pasteInto(place: Locator, text: string): Promise<void> {
    await place.evaluate((node, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  get editor(): Locator {
    return this.page.locator(".editor .cm-content");
  }

  get verdict(): Locator {
    return this.page.locator(".verdict");
  }

  /** The name of the open file. */
  get head(): Locator {
    return this.page.locator(".middle h2");
  }

  /** What is underlined on the line with this text. */
  underlined(line: string): Locator {
    return this.page.locator(".cm-line", { hasText: line }).locator(".squiggle").first();
  }

  finding(text: string | RegExp): Locator {
    return this.page.locator(".finding").filter({ hasText: text });
  }

  file(path: string): Locator {
    return this.page.locator(`[data-path=${JSON.stringify(path)}]`);
  }

  squiggle(severity: "error" | "warning" | "info"): Locator {
    return this.page.locator(`.squiggle-${severity}`);
  }

  /** The link of the share dialog, as soon as it is there. */
  async link(): Promise<string> {
    await this.page.getByRole("button", { name: "Share", exact: true }).click();
    const field = this.page.getByLabel("Link", { exact: true });
    await field.waitFor();
    return field.inputValue();
  }
}
