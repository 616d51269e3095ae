/** The examples of the project, as projects of the page. */
import packed from "virtual:examples";
import type { Content } from "../engine/protocol";
import { fromBase64 } from "./base64";
import { withHistory } from "./intake";
import type { Whole } from "./store.svelte";

/** The one for the empty page: in trouble, and read in a minute. */
export const IN_TROUBLE = "friday";

export const examples = packed.map(({ name, about }) => ({ name, about: about.replaceAll("`", "") }));

export function example(name: string): Whole {
  const { files } = packed.find((example) => example.name === name)!;
  const contents = new Map<string, Content>();
  for (const [path, content] of Object.entries(files)) {
    contents.set(path, typeof content === "string" ? content : fromBase64(content.bytes));
  }
  return withHistory(contents);
}
