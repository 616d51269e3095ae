// Which history snapshot counts: one that was picked, then the setting's; the engine finds the others by itself.
import * as vscode from "vscode";
import type { Content } from "../engine/positions";
import type { Contents } from "./content";
import { setting } from "./settings";

/** As much of a project as a snapshot is chosen for. */
interface Owner { id: string; root: vscode.Uri; uriOf(path: string): vscode.Uri }

export class History {
  constructor(private readonly memory: vscode.Memento, private readonly contents: Contents) {}

  /** The snapshot of a project under its shown name; null where the engine is to look for itself. */
  async of(owner: Owner): Promise<{ name: string; content: Content } | null> {
    const name = this.nameOf(owner);
    if (name === null) return null;
    const content = await this.contents.of(owner.uriOf(name), setting("largestFile", owner.root));
    if (content === null) throw new Error(`the history snapshot ${name} is not there; pick another with "flightcheck: Pick History Snapshot"`);
    return { name, content };
  }

  /** The path of the snapshot as seen from the project. */
  nameOf(owner: Owner): string | null {
    return this.memory.get<string>(this.key(owner)) || setting("history", owner.root) || null;
  }

  /** Picks a snapshot; null takes the choice back. */
  async pick(owner: Owner, name: string | null): Promise<void> {
    await this.memory.update(this.key(owner), name ?? undefined);
  }

  private key(owner: Owner): string {
    return `history:${owner.id}`;
  }
}
