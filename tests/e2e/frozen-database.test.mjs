// Only where the database is a private Postgres: a process that can be stopped with a signal.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mortal } from './mortal.mjs';
import { eventually } from './eventually.mjs';

/** 15 s on Workers, 30 s on Spin, and as much again for a slow machine. */
const ANSWERED_WITHIN = 60_000;

test('a frozen database is answered with 503 in time, and afterwards everything goes on by itself', async (t) => {
  const world = await mortal(t, { signedIn: ['acme'] });
  const server = readFileSync(join(world.dir, 'postgres/cluster/postgres/postmaster.pid'), 'utf8').split('\n')[0];
  const signal = (name) => {
    // Each connection is a process of its own; a new one could be made in between, so the server is stopped first.
    const all = [server, ...execFileSync('pgrep', ['-P', server], { encoding: 'utf8' }).trim().split('\n')];
    for (const pid of all) process.kill(Number(pid), name);
  };
  const headers = world.owner('acme');
  signal('SIGSTOP');
  let answer;
  try {
    answer = await world.ask('acme', 'GET', '/v1/me', { headers, timeout: ANSWERED_WITHIN });
  } finally {
    signal('SIGCONT');
  }
  assert.equal(answer?.status, 503, answer ? answer.text : `no answer within ${ANSWERED_WITHIN / 1000} s`);
  assert.equal(answer.json().code, 'unavailable');
  assert.ok(Number(answer.headers['retry-after']) > 0);
  await eventually(() => world.ask('acme', 'GET', '/v1/me', { headers }), (again) => again?.status === 200, 30_000);
});
