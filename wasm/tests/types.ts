// What a user in TypeScript writes; tsc has to accept it.
import init, { Project, check, formats, impact, listedProjects, rules, version } from "flightcheck-wasm";
import pages from "flightcheck-wasm/pages";
import type { FlightcheckError, ImpactReport, Options, Report, ReportedFinding } from "flightcheck-wasm";

await init();
const options: Options = { dialect: "postgres", serverVersion: "15", settings: { outOfOrder: "true" }, edition: null };
const report: Report = check({ "sql/V1__a.sql": "select 1;", "sql/V2__b.sql": new Uint8Array() }, options);
const found: ReportedFinding[] = report.findings ?? [];
for (const { severity, line, labels, fixes } of found) {
  const word: "error" | "warning" | "info" = severity;
  const at: number | null = line;
  console.log(word, at, labels.map((label) => label.message));
  for (const edit of fixes.flatMap((fix) => fix.edits)) {
    if (edit.kind === "replace") console.log(edit.span?.start ?? null, edit.text);
    else if (edit.kind === "rename") console.log(edit.to);
  }
}

const project = new Project();
project.setFile("sql/V1__a.sql", "select 1;");
project.setHistory("prod.json", null);
const text: string = project.render("json") + project.simulate("undo", "1") + pages["near-miss-name"] + version();
const locks: ImpactReport = impact({ scripts: [{ name: "a.sql", text }], transaction: "batch" });
const held: Record<string, string> = locks.statements[0]?.held ?? {};
console.log(held, rules().map((rule) => rule.summary), formats().map((format) => format.media_type), listedProjects(new Uint8Array()));
const asked: string[] = new Project({ above: ["shop"] }).asked();
console.log(asked);
try {
  project.report();
} catch (error) {
  for (const problem of (error as FlightcheckError).problems) console.log(problem.file, problem.line, problem.help);
}
// @ts-expect-error: there is no such option.
check({}, { outOfOrder: true });
// @ts-expect-error: content is text or bytes.
project.setFile("a.sql", 1);
