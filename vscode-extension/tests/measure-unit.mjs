// Measures without VS Code: from a change of a document to its diagnostics, through the thread and back. Time of the
// processor, of both threads, says what a quiet machine would take where this one is not.
// Usage: node tests/measure-unit.mjs
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { withProject } from "./unit/project.mjs";

const KEYSTROKES = 40;

/** A script of seven statements, as in core/benches/deployment.rs. */
const script = (at) => `create table t${at} (id bigint primary key, name text not null, total numeric(10, 2) default 0);
create index t${at}_name on t${at} (name);
alter table t${at} add column note text;
alter table t${at} add constraint t${at}_total check (total >= 0);
comment on table t${at} is 'table ${at}';
create view v${at} as select id, name from t${at};
update t${at} set note = name where note is null;
`;

for (const scripts of [1, 100, 1000]) {
  const files = Object.fromEntries(Array.from({ length: scripts }, (_, at) => [`sql/V${at + 1}__s.sql`, script(at + 1)]));
  const start = performance.now();
  await withProject({ "flightcheck.toml": 'dialect = "postgres"\n', ...files }, {}, async ({ host, folder, settled }) => {
    const first = performance.now() - start;
    const path = join(folder, `sql/V${scripts}__s.sql`);
    const document = host.open(path, script(scripts));
    const times = [];
    const processor = process.cpuUsage();
    for (let at = 0; at < KEYSTROKES; at++) {
      const begin = performance.now();
      host.type(document, `${script(scripts)}${at % 2 ? "" : `alter table t${scripts} drop column nowhere;\n`}`);
      await settled();
      times.push(performance.now() - begin);
    }
    times.sort((a, b) => a - b);
    const at = (part) => times[Math.min(KEYSTROKES - 1, Math.floor(KEYSTROKES * part))].toFixed(0);
    const { user, system } = process.cpuUsage(processor);
    const mean = (user + system) / 1000 / KEYSTROKES;
    console.log(`${scripts} scripts: first check ${first.toFixed(0)} ms; key stroke to diagnostics: fastest ${at(0)}, median ${at(0.5)}, p95 ${at(0.95)} ms, processor ${mean.toFixed(0)} ms`);
  });
}

const row = "insert into t values (1, 'abcdefghijklmnopqrstuvwxyz');\n";
const huge = row.repeat(20_000_000 / row.length);
const delay = monitorEventLoopDelay({ resolution: 1 });
const start = performance.now();
delay.enable();
await withProject({ "sql/V1__t.sql": "create table t (a int, b text);\n", "sql/V2__huge.sql": huge }, {}, async () => {
  console.log(`a script of 20 MB: checked after ${(performance.now() - start).toFixed(0)} ms, longest pause of the host ${(delay.max / 1e6).toFixed(0)} ms`);
});
