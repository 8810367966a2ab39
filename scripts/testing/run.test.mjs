import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runAll } from './run.mjs';
import { closingLine, leftOutLines, table } from './table.mjs';
import { resultOf, tally } from './tally.mjs';

const stub = (id, script, more = {}) => ({
  id, name: id, on: 'host', kind: 'suite', needs: [], command: ['bash', '-c', script], tests: true, env: {}, minutes: 1, ...more,
});
const LIMITS = { build: 2, suite: 2, wait: 2 };
const run = async (jobs, options) => {
  const said = [];
  const { rows } = await runAll(jobs, { limits: LIMITS, say: (text) => said.push(text), ...options });
  return { rows, said };
};

test('what Node, cargo and Schemathesis print is counted', () => {
  const output = [
    'ℹ pass 3', 'ℹ fail 1', 'ℹ skipped 2', 'test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured', 'test result: FAILED. 2 passed; 1 failed; 0 ignored',
    '  72 generated, 2 found 2 unique failures, 5 skipped', '  10 generated, 10 passed, 4 skipped',
  ].join('\n');
  assert.deepEqual(tally(output), { passed: 3 + 12 + 2 + 70 + 10, failed: 1 + 1 + 2, skipped: 2 + 1 + 5 + 4 });
});

test('a suite that ran no test has failed, and so has one that ended badly without a failed test', () => {
  assert.equal(resultOf({ tests: true }, { code: 0, output: '' }).failed, 1);
  assert.deepEqual(resultOf({ tests: true }, { code: 1, output: 'ℹ pass 3' }), { passed: 3, failed: 1, skipped: 0, why: 'exit code 1' });
  assert.equal(resultOf({ tests: true }, { code: 1, output: 'ℹ fail 3' }).failed, 3);
  assert.equal(resultOf({ tests: false }, { code: 0, output: '' }).failed, 0);
});

test('a suite that fails hides nothing of the others, and what needed it is told as not run', async () => {
  const { rows, said } = await run([
    stub('bad', 'echo "ℹ fail 2"; exit 1'),
    stub('after', 'echo "ℹ pass 100"', { needs: ['bad'] }),
    stub('good', 'echo "ℹ pass 5"', { holds: 'x' }),
  ]);
  assert.deepEqual(rows.map(({ id, passed, failed }) => [id, passed, failed]), [['bad', 0, 2], ['after', 0, 1], ['good', 5, 0]]);
  assert.match(rows[1].why, /not run/);
  assert.ok(said.some((text) => text.includes('✗ bad')));
  assert.equal(closingLine(rows), '5 passed, 3 failed');
});

test('the output of suites side by side is printed whole, each behind the other', async () => {
  const speak = (word) => `for n in 1 2 3; do echo ${word} $n; sleep 0.05; done; echo "ℹ pass 1"`;
  const { said } = await run([stub('one', speak('one')), stub('two', speak('two'))]);
  for (const word of ['one', 'two']) assert.ok(said.some((text) => text.includes(`${word} 1\n${word} 2\n${word} 3`)), said.join('\n'));
});

test('a suite that never ends is ended, with what it started, and has failed', async () => {
  const { rows } = await run([stub('endless', 'sleep 600 & wait', { minutes: 0.005 })]);
  assert.equal(rows[0].failed, 1);
  assert.match(rows[0].why, /still running/);
});

test('a command that is not there has failed', async () => {
  const { rows } = await run([stub('gone', '', { command: ['livery-no-such-command'] })]);
  assert.equal(rows[0].failed, 1);
});

test('what is stopped ends its suites and starts no other', async () => {
  const stopping = new AbortController();
  setTimeout(() => stopping.abort(), 200);
  const { rows } = await run([stub('one', 'sleep 600'), stub('two', 'echo "ℹ pass 1"', { needs: ['one'] })], { signal: stopping.signal });
  assert.deepEqual(rows.map(({ id, failed }) => [id, failed]), [['one', 1], ['two', 1]]);
});

test('the table has a row for each place, and what is left out has its reason', () => {
  const row = { name: 'mail', on: 'workers-d1', tests: true, passed: 4, failed: 0, skipped: 1, seconds: 21 };
  assert.match(table([row], 30), /^mail +workers-d1 +4 +0 +1 +21$/m);
  const [line] = leftOutLines([{ name: 'mail', on: 'spin-sqlite', why: 'because' }, { name: 'mail', on: 'workers-postgres', why: 'because' }]);
  assert.match(line, /^mail +not on spin-sqlite, workers-postgres: because$/);
});
