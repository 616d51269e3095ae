// Reads reports with validators that are not ours. Usage: node validate.mjs TOOLS_FOLDER REPORTS_FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [tools, reports] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(tools, "package.json"));
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const problems = [];

const Ajv04 = require("ajv-draft-04");
const Ajv2020 = require("ajv/dist/2020");
// Formats such as `uri` need another package; the Rust tests look at them.
// The SARIF schema has a pattern that is none in Unicode mode.
const options = { allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false };
const sarif = new Ajv04(options).compile(
  json(join(tools, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")),
);
const own = new Ajv2020(options).compile(json(resolve("docs/report.schema.json")));

function schema(validate, path) {
  if (!validate(json(path))) {
    const first = validate.errors.slice(0, 5);
    problems.push(`${path}: ${JSON.stringify(first, null, 1)}`);
  }
}

const { RDFormatValidator } = require("@umbrelladocs/rdformat-validator");
const rdformat = new RDFormatValidator({ strictMode: true, allowExtraFields: false });
async function rdjson(path) {
  const result = await rdformat.validateString(readFileSync(path, "utf8"));
  if (!result.valid) problems.push(`${path}: ${JSON.stringify(result.errors.slice(0, 5), null, 1)}`);
}

const { HtmlValidate } = require("html-validate");
const page = new HtmlValidate({
  extends: ["html-validate:recommended"],
  // The page is one file without scripts; long pages have long lines.
  rules: { "long-title": "off", "no-inline-style": "error" },
});
async function html(path) {
  const result = await page.validateFile(path);
  if (!result.valid) {
    const messages = result.results.flatMap((file) => file.messages).slice(0, 10);
    problems.push(`${path}: ${JSON.stringify(messages.map(({ ruleId, message, line }) => ({ ruleId, message, line })), null, 1)}`);
  }
}

const validators = {
  sarif: (path) => schema(sarif, path),
  json: (path) => schema(own, path),
  rdjson,
  html,
};
let count = 0;
for (const name of readdirSync(reports)) {
  const validate = validators[name.split(".").pop()];
  if (!validate) continue;
  await validate(join(reports, name));
  count += 1;
}
if (count < 4) problems.push(`only ${count} reports were read`);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
