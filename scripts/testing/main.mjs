// `./scripts/test`: installs what the tests need, builds, and runs all of them, at the same time where they do not disturb one another.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { installedSpin } from '../world/spin.mjs';
import { chosen, jobsOf, leftOut } from './jobs.mjs';
import { runAll } from './run.mjs';
import { limitsOn } from './schedule.mjs';
import { suites } from './suites.mjs';
import { closingLine, leftOutLines, table } from './table.mjs';

const USAGE = `usage: ./scripts/test [--only WORD]… [--list]
  installs what is missing, checks, builds, and runs every test
  --only WORD   only suites with the word in their name or place, and what they need; can be repeated
  --list        lists what would run, on what, after what`;

function options() {
  try {
    return parseArgs({ options: { only: { type: 'string', multiple: true, default: [] }, list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (fault) {
    console.error(`${fault.message}\n${USAGE}`);
    return process.exit(2);
  }
}

const { only, list, help } = options();
if (help) {
  console.log(USAGE);
  process.exit(0);
}
const jobs = chosen(jobsOf(suites, { spin: installedSpin()?.name }), only);
if (jobs.length === 0) {
  console.error(`nothing has ${only.join(' or ')} in its name or place; --list says what there is`);
  process.exit(2);
}
if (list) {
  for (const { id, kind, needs } of jobs) console.log(`${kind.padEnd(6)} ${id.padEnd(56)} ${needs.join(' | ')}`.trimEnd());
  process.exit(0);
}

// Incremental compilation is of no use where everything is compiled once and discarded.
if (process.env.CI) process.env.CARGO_INCREMENTAL ??= '0';
const stopped = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stopped.abort());
const { rows, seconds } = await runAll(jobs, { limits: limitsOn(availableParallelism()), signal: stopped.signal });
console.log(`\n${table(rows, seconds)}\n\nleft out on purpose:\n${leftOutLines(leftOut(suites)).join('\n')}`);
const failed = rows.filter((row) => row.failed > 0);
for (const { id, why, failed: count } of failed) console.error(`failed: ${id}: ${why ?? count}`);
const isWhole = !stopped.signal.aborted && failed.length === 0;
if (stopped.signal.aborted) console.error('stopped before its end');
else if (isWhole) console.log('\nall green');
// What is left of it is on its way out already; CI reads this line.
console.log(`\n${closingLine(rows)}`);
process.exit(isWhole ? 0 : 1);
