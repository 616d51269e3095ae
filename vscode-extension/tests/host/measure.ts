// Measures; nothing here fails. `npm run measure` prints what docs/performance.md holds.
import * as vscode from "vscode";
import { extension, until, World } from "./world";

const SCRIPTS = 1000;
const KEYSTROKES = 40;
/** Nothing here has to be fast. */
const PATIENCE = 400_000;

/** A script of seven statements, as in core/benches/deployment.rs. */
const script = (at: number) => `create table t${at} (id bigint primary key, name text not null, total numeric(10, 2) default 0);
create index t${at}_name on t${at} (name);
alter table t${at} add column note text;
alter table t${at} add constraint t${at}_total check (total >= 0);
comment on table t${at} is 'table ${at}';
create view v${at} as select id, name from t${at};
update t${at} set note = name where note is null;
`;
const last = `sql/V${SCRIPTS}__s.sql`;

/** Median and 95th percentile. */
function shown(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(0);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

/** Types a rule's hazard in and out at the end of a script, and waits for the diagnostic to follow. */
async function keystrokes(here: World, path: string, text: string, table: string): Promise<number[]> {
  const document = await here.open(path);
  const times: number[] = [];
  for (let at = 0; at < KEYSTROKES; at++) {
    const isThere = at % 2 === 0;
    const changed = new Promise<void>((done) => {
      const subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!uris.some((uri) => uri.toString() === document.uri.toString())) return;
        if (here.rules(path).includes("failing-statement") === isThere) {
          subscription.dispose();
          done();
        }
      });
    });
    const start = performance.now();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), isThere ? `${text}alter table ${table} drop column nowhere;\n` : text);
    await vscode.workspace.applyEdit(edit);
    await changed;
    times.push(performance.now() - start);
  }
  await vscode.commands.executeCommand("workbench.action.files.revert");
  return times;
}

/** The longest time that the host did nothing else, while something goes on. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let [longest, before, isOver] = [0, performance.now(), false];
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setTimeout(tick, 1);
  };
  tick();
  await work();
  isOver = true;
  return longest;
}

export async function run(): Promise<void> {
  const { activation, projects } = await extension();
  console.log(`# activation: ${activation.toFixed(0)} ms`);

  const small = new World();
  await small.write({ "flightcheck.toml": 'dialect = "postgres"\n', "sql/V1__s.sql": script(1) });
  const few = await small.project();
  await few.settled();
  console.log(`# key stroke to diagnostics, 1 script: ${shown(await keystrokes(small, "sql/V1__s.sql", script(1), "t1"))}`);

  const large = new World();
  const files = Object.fromEntries(Array.from({ length: SCRIPTS }, (_, at) => [`sql/V${at + 1}__s.sql`, script(at + 1)]));
  await large.write(files);
  await large.write({ "flightcheck.toml": 'dialect = "postgres"\n' });
  const many = await large.project();
  const pause = await longestPause(async () => {
    await until("all scripts", async () => {
      await projects.settled();
      return many.runs.length === SCRIPTS;
    }, PATIENCE);
  });
  console.log(`# ${SCRIPTS} scripts, first check: longest pause of the host ${pause.toFixed(0)} ms`);
  console.log(`# key stroke to diagnostics, ${SCRIPTS} scripts: ${shown(await keystrokes(large, last, script(SCRIPTS), `t${SCRIPTS}`))}`);

  const huge = new World();
  const row = "insert into t values (1, 'abcdefghijklmnopqrstuvwxyz');\n";
  await huge.write({ "flightcheck.toml": 'dialect = "postgres"\n', "sql/V1__t.sql": "create table t (a int, b text);\n" });
  const one = await huge.project();
  await one.settled();
  let start = performance.now();
  const frozen = await longestPause(async () => {
    await huge.write({ "sql/V2__huge.sql": row.repeat(20_000_000 / row.length) });
    start = performance.now();
    await until("the script of 20 MB", async () => {
      await projects.settled();
      return one.runs.length === 2;
    }, PATIENCE);
  });
  console.log(`# a script of 20 MB: checked after ${(performance.now() - start).toFixed(0)} ms, longest pause of the host ${frozen.toFixed(0)} ms`);
}
