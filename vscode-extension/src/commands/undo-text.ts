// What a new undo script begins with. This is the one place to draft it from the migration once the engine can.
import type { Project } from "../workspace/project";

export async function undoText(project: Project, path: string): Promise<string> {
  const script = await project.script(path);
  const statements = [...(script?.impact.statements ?? [])].reverse();
  const lines = statements.map(({ line, summary }) => `-- line ${line}: ${summary}`);
  const todo = lines.length > 0 ? `-- To take back, last first:\n${lines.join("\n")}\n` : "";
  return `-- Takes back ${path.slice(path.lastIndexOf("/") + 1)}.\n${todo}`;
}
