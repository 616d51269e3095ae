// How long a keystroke takes: `node wasm/measure.mjs` prints medians and 95th percentiles in milliseconds.
import { Project } from "./pkg/node.js";

const SCRIPTS = 1000;

/** A script of seven statements, as in core/benches/deployment.rs. */
const script = (at) => `create table t${at} (id bigint primary key, name text not null, total numeric(10, 2) default 0);
create index t${at}_name on t${at} (name);
alter table t${at} add column note text;
alter table t${at} add constraint t${at}_total check (total >= 0);
comment on table t${at} is 'table ${at}';
create view v${at} as select id, name from t${at};
update t${at} set note = name where note is null;
`;

/** Median and 95th percentile of several calls. */
function times(calls, call) {
  const all = Array.from({ length: calls }, (_, at) => {
    const start = performance.now();
    call(at);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const shown = (part) => all[Math.min(calls - 1, Math.floor(calls * part))].toFixed(1).padStart(8);
  return `${shown(0.5)}${shown(0.95)}`;
}

const path = (at) => `sql/V${at + 1}__s.sql`;
const project = new Project({ dialect: "postgres" });
for (let at = 0; at < SCRIPTS; at++) project.setFile(path(at), script(at));

console.log(`${"".padEnd(58)}  median     p95`);
console.log(`${`${SCRIPTS} scripts, first report`.padEnd(58)}${times(1, () => project.report())}`);
for (const [name, at] of [["first", 0], ["middle", SCRIPTS / 2], ["last", SCRIPTS - 1]]) {
  for (const [what, edit] of [
    ["a comment", (call) => `${script(at)}-- ${call}\n`],
    ["a column", (call) => `${script(at)}alter table t${at} add column c${call} int;\n`],
  ]) {
    for (const [asked, ask] of [
      ["findings of the file", () => project.findings(path(at))],
      ["report", () => project.report()],
    ]) {
      const time = times(20, (call) => (project.setFile(path(at), edit(call)), ask()));
      console.log(`${`${what} in the ${name} script, ${asked}`.padEnd(58)}${time}`);
    }
  }
  project.setFile(path(at), script(at));
  project.report();
}

const single = new Project({ dialect: "postgres" });
const statements = Array.from({ length: 43 }, (_, at) => script(at)).join("").split("\n").slice(0, 300).join("\n");
for (const [asked, ask] of [
  ["findings of the file", () => single.findings("sql/V1__a.sql")],
  ["report", () => single.report()],
]) {
  const time = times(100, (call) => (single.setFile("sql/V1__a.sql", `${statements}\n-- ${call}`), ask()));
  console.log(`${`a comment in a lone script of 300 statements, ${asked}`.padEnd(58)}${time}`);
}
