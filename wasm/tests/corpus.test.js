// The third face: the same projects as tests/json_faces.rs left behind, the same bytes.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Project } from "../pkg/node.js";
import { filesOf } from "./folder.js";

const corpus = process.env.JSON_CORPUS;

test("library, binary and wasm give the same bytes", { skip: corpus ? false : "tests/wasm.sh makes the corpus" }, () => {
  const cases = readdirSync(corpus).sort();
  assert.ok(cases.length > 300, `the corpus has shrunk to ${cases.length} projects`);
  for (const name of cases) {
    const folder = join(corpus, name);
    const history = join(folder, "history");
    const options = { today: "2027-01-01" };
    if (existsSync(history)) options.history = readFileSync(history, "utf8");
    const project = new Project(options);
    for (const [path, bytes] of Object.entries(filesOf(join(folder, "project")))) project.setFile(path, bytes);
    assert.equal(project.render("json"), readFileSync(join(folder, "report.json"), "utf8"), name);
    // A share of 100.0 is 100 in JavaScript.
    assert.equal(JSON.stringify(project.report()), JSON.stringify(JSON.parse(project.render("json"))), name);
    project.free();
  }
});
