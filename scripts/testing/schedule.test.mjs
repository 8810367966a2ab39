import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitsOn, next, nicenessOf } from './schedule.mjs';

const LIMITS = { build: 2, suite: 2, wait: 2 };
const job = (id, more = {}) => ({ id, kind: 'suite', needs: [], ...more });
const ids = (jobs) => jobs.map(({ id }) => id);
const start = (waiting, { running = [], ended = {} } = {}) => next({ waiting, running, ended: new Map(Object.entries(ended)) }, LIMITS);

test('as many of a kind start as there is room for, in their order', () => {
  assert.deepEqual(ids(start([job('a'), job('b'), job('c')]).starting), ['a', 'b']);
  assert.deepEqual(ids(start([job('b'), job('c')], { running: [job('a')] }).starting), ['b']);
});

test('what waits runs beside what computes, and builds beside suites', () => {
  const waiting = [job('a'), job('b'), job('c'), job('mail', { kind: 'wait' }), job('build', { kind: 'build' })];
  assert.deepEqual(ids(start(waiting).starting), ['a', 'b', 'mail', 'build']);
});

test('a job starts when all that it needs has ended well, and what comes behind it does not wait for it', () => {
  const waiting = [job('late', { needs: ['one', 'two'] }), job('free')];
  assert.deepEqual(ids(start(waiting, { ended: { one: true } }).starting), ['free']);
  assert.deepEqual(ids(start(waiting, { ended: { one: true, two: true } }).starting), ['late', 'free']);
});

test('two that hold the same never run at once', () => {
  const [one, two] = ['one', 'two'].map((id) => job(id, { kind: 'build', holds: 'target' }));
  assert.deepEqual(ids(start([one, two]).starting), ['one']);
  assert.deepEqual(ids(start([two], { running: [one] }).starting), []);
  assert.deepEqual(ids(start([two, job('other', { kind: 'build' })], { running: [one] }).starting), ['other']);
});

test('what needs something that failed is never run, nor what needs that; everything else goes on', () => {
  const waiting = [job('suite', { needs: ['build'] }), job('after', { needs: ['suite'] }), job('other')];
  const { starting, blocked } = start(waiting, { ended: { build: false } });
  assert.deepEqual(blocked.map(({ id, lacking }) => [id, lacking]), [['suite', 'build'], ['after', 'suite']]);
  assert.deepEqual(ids(starting), ['other']);
});

test('what measures seconds has no other suite beside it, but what waits and builds; those behind it wait for it', () => {
  const [timed, other, mail, build] = [job('timed', { timed: true }), job('other'), job('mail', { kind: 'wait' }), job('build', { kind: 'build' })];
  assert.deepEqual(ids(start([timed, other, mail, build]).starting), ['timed', 'mail', 'build']);
  assert.deepEqual(ids(start([other], { running: [timed] }).starting), []);
  assert.deepEqual(ids(start([timed, other], { running: [job('first')] }).starting), []);
  assert.deepEqual(ids(start([timed, other], { running: [mail] }).starting), ['timed']);
});

test('builds give way to suites, and a second build to the first', () => {
  const build = job('b', { kind: 'build' });
  assert.equal(nicenessOf(job('a'), [build]), 0);
  assert.ok(nicenessOf(build, []) > 0);
  assert.ok(nicenessOf(build, [build]) > nicenessOf(build, [job('a')]));
});

test('a core has one suite at a time, and no machine more than six', () => {
  assert.deepEqual([1, 2, 6, 7].map((cores) => limitsOn(cores).suite), [1, 2, 6, 6]);
});
