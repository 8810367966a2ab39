import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chosen, jobsOf, leftOut } from './jobs.mjs';
import { BROWSER_FILES, SCENARIO_FILES, suites } from './suites.mjs';
import { COMBINATIONS } from '../world/combination.mjs';

const ROOT = join(import.meta.dirname, '../..');
const filesIn = (folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.test.mjs')).map((name) => `${folder}/${name}`);
const jobs = jobsOf(suites);
const one = (more) => ({ name: 'one', on: 'host', command: ['true'], ...more });

test('every file of scenarios and of the browser is in one suite', () => {
  assert.deepEqual(filesIn('tests/e2e').sort(), [...SCENARIO_FILES].sort());
  assert.deepEqual(filesIn('tests/browser').sort(), [...BROWSER_FILES].sort());
  for (const file of [...SCENARIO_FILES, ...BROWSER_FILES]) {
    const names = new Set(jobs.filter(({ command }) => command.includes(file)).map(({ name }) => name));
    assert.equal(names.size, 1, `${file}: ${[...names].join(', ') || 'nowhere'}`);
  }
});

test('every scenario runs on workers-d1 and on spin-postgres; quotas, live, isolation, kills and the contract run on all four', () => {
  const where = (file) => jobs.filter(({ command }) => command.includes(`tests/e2e/${file}.test.mjs`)).map(({ on }) => on).sort();
  // Only some combinations have a socket that can fall silent, or a database server that can be frozen.
  for (const file of filesIn('tests/e2e').map((path) => path.slice(10, -9)).filter((name) => !['heartbeat', 'frozen-database'].includes(name))) {
    for (const on of ['workers-d1', 'spin-postgres']) assert.ok(where(file).includes(on), `${file} does not run on ${on}`);
  }
  for (const file of ['chat', 'live', 'live-events', 'live-poll', 'isolation', 'killed-publishes', 'killed-reservations']) {
    assert.deepEqual(where(file), [...COMBINATIONS].sort(), file);
  }
  assert.deepEqual(jobs.filter(({ name }) => name === 'contract').map(({ on }) => on), COMBINATIONS);
});

test('what runs on a combination waits for what that is made of', () => {
  const { needs } = jobs.find(({ id }) => id === 'kills: spin-postgres');
  assert.deepEqual(needs, ['compiled components: test host', 'packages: host']);
});

test('where Spin is installed, what runs on the test host runs on Spin too', () => {
  const twice = jobsOf(suites, { spin: 'spin 4.1' }).filter(({ name, on }) => name === 'mail' && on.startsWith('spin-'));
  assert.deepEqual(twice.map(({ on, env }) => [on, env.LIVERY_SPIN]), [['spin-postgres', 'host'], ['spin-postgres, spin 4.1', '']]);
});

test('a combination that is neither run nor left out for a reason is refused, and so is a need of nothing', () => {
  assert.throws(() => jobsOf([one({ on: ['workers-d1'], elsewhere: { 'spin-sqlite': 'why' } })]), /workers-postgres/);
  assert.throws(() => jobsOf([one({ needs: ['nothing: host'] })]), /nothing: host/);
  assert.throws(() => jobsOf([one(), one()]), /twice/);
});

test('chosen suites bring what they need, and nothing else', () => {
  const ids = chosen(jobs, ['mail: workers']).map(({ id }) => id);
  assert.deepEqual(ids, ['tools: host', 'widget: host', 'functions: Workers', 'mail: workers-d1']);
  assert.equal(chosen(jobs, []).length, jobs.length);
});

test('whatever is left out says why', () => {
  assert.ok(leftOut(suites).length > 0);
  for (const { name, on, why } of leftOut(suites)) assert.ok(why, `${name} on ${on}`);
});
