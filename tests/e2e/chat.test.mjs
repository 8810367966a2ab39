import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { combination, isSpin } from '../../scripts/world/combination.mjs';
import { eventually, publish, problem, send, session, signIn, visitor, write } from './scenario.mjs';

test('only allowed pages get a session, and every page may read why not', async () => {
  const good = await session('acme');
  assert.equal(good.status, 201);
  assert.equal(good.headers['access-control-allow-origin'].startsWith('http://localhost:'), true);
  assert.equal(good.headers.vary, 'Origin');
  for (const origin of ['https://evil.test', 'null', 'http://localhost.evil.test', 'https://localhost']) {
    const refused = await session('acme', { origin });
    problem(refused, 403, 'origin_not_allowed');
    assert.equal(refused.headers['access-control-allow-origin'], origin);
  }
  problem(await send('acme', 'POST', '/v1/embed/sessions', { body: {} }), 403, 'origin_not_allowed');
  const preflight = await send('acme', 'OPTIONS', '/v1/embed/sessions', { headers: { origin: 'http://localhost:1', 'access-control-request-method': 'POST' } });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers['access-control-allow-methods'], 'POST');
});

test('a message is stored under its visitor and comes back in order', async () => {
  const ada = await visitor('acme');
  for (const text of ['one', 'two 👋', 'three']) assert.equal((await write('acme', ada, text)).status, 201);
  const page = await send('acme', 'GET', `/v1/conversations/${ada.conversation}/messages?limit=2`, { headers: ada.headers });
  assert.deepEqual(page.json().data.map((message) => [message.seq, message.text]), [[1, 'one'], [2, 'two 👋']]);
  assert.equal(page.json().has_more, true);
  const rest = await send('acme', 'GET', `/v1/conversations/${ada.conversation}/messages?after=2`, { headers: ada.headers });
  assert.deepEqual(rest.json().data.map((message) => message.seq), [3]);
  const again = await visitor('acme', ada.visitor_token);
  assert.equal(again.conversation, ada.conversation);
});

test('a retry is the same message and costs nothing', async () => {
  const ada = await visitor('acme');
  const key = randomUUID();
  const first = await write('acme', ada, 'once', key);
  const before = first.headers.ratelimit;
  const answers = await Promise.all([1, 2, 3].map(() => write('acme', ada, 'once', key)));
  assert.ok(answers.every((answer) => answer.status === 200 && answer.json().id === first.json().id));
  problem(await write('acme', ada, 'another text', key), 422, 'invalid_content');
  const next = await write('acme', ada, 'next');
  assert.equal(next.json().seq, 2);
  const left = (header) => Number(/r=(\d+)/.exec(header)[1]);
  assert.equal(left(next.headers.ratelimit), left(before) - 1);
});

test('another visitor and another tenant find nothing', async () => {
  const [ada, bob, gil] = [await visitor('acme'), await visitor('acme'), await visitor('globex')];
  const path = `/v1/conversations/${ada.conversation}/messages`;
  const missing = problem(await send('acme', 'GET', '/v1/conversations/cnv_00000000000070008000000000000000/messages', { headers: bob.headers }), 404, 'not_found');
  assert.deepEqual(problem(await send('acme', 'GET', path, { headers: bob.headers }), 404, 'not_found'), missing);
  assert.deepEqual(problem(await send('acme', 'POST', path, { headers: bob.headers, body: { text: 'x' } }), 404, 'not_found'), missing);
  assert.deepEqual(problem(await send('globex', 'GET', path, { headers: gil.headers }), 404, 'not_found'), missing);
  problem(await send('acme', 'GET', path, { headers: gil.headers }), 401, 'unauthenticated');
  problem(await send('acme', 'GET', path, { headers: await signIn('acme') }), 401, 'unauthenticated');
  problem(await send('acme', 'GET', path, { headers: { ...ada.headers, origin: 'https://evil.test' } }), 403, 'origin_not_allowed');
});

test('what is no message is refused', async () => {
  const ada = await visitor('acme');
  const path = `/v1/conversations/${ada.conversation}/messages`;
  for (const text of ['', ' \n ', 'x'.repeat(4001), 'a\u0000b']) {
    assert.equal(problem(await write('acme', ada, text), 422, 'invalid_content').errors[0].pointer, '/text');
  }
  problem(await write('acme', ada, 'x'.repeat(60_000)), 413, 'payload_too_large');
  problem(await send('acme', 'POST', path, { headers: ada.headers, body: { text: 'x', author: 'team' } }), 422, 'invalid_content');
  problem(await write('acme', ada, 'x', 'k'.repeat(65)), 400, 'malformed_request');
  assert.deepEqual((await send('acme', 'GET', path, { headers: ada.headers })).json().data, []);
});

test('1,000 sends at once against a limit of 100 store exactly 100', async () => {
  await publish('limited', await signIn('limited'));
  const ada = await visitor('limited');
  const from = Date.now();
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => write('limited', ada, `message ${n}`)));
  console.log(`1,000 sends answered in ${Date.now() - from} ms`);
  const stored = answers.filter((answer) => answer.status === 201);
  const refused = answers.filter((answer) => answer.status === 429);
  assert.equal(stored.length, 100);
  assert.equal(refused.length, 900, [...new Set(answers.map((answer) => answer.status))].join());
  const sample = refused[0];
  problem(sample, 429, 'quota_exceeded');
  const now = new Date();
  const monthEnd = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  const retryAfter = Number(sample.headers['retry-after']);
  assert.ok(Math.abs(retryAfter - (monthEnd - now) / 1000) < 120, `${retryAfter}`);
  assert.match(sample.headers['ratelimit-policy'], /^"messages";q=100;w=\d+$/);
  assert.match(sample.headers.ratelimit, /^"messages";r=0;t=\d+$/);
  const page = await send('limited', 'GET', `/v1/conversations/${ada.conversation}/messages`, { headers: ada.headers });
  assert.deepEqual(page.json().data.map((message) => message.seq), Array.from({ length: 100 }, (_, n) => n + 1));
  assert.equal(page.json().has_more, false);
  const usage = await send('limited', 'GET', '/v1/usage', { headers: await signIn('limited') });
  assert.deepEqual(usage.json().messages, { used: 100, limit: 100, remaining: 0 });
});

/** What the counter objects have on disk: `{ reservations, leases }` of each, with the number of all leases so far. */
function counters() {
  const folder = join(process.env.LIVERY_DATA, 'data/v3/do/livery-objects-QuotaCounter');
  const files = readdirSync(folder).filter((file) => /^[0-9a-f]+\.sqlite$/.test(file));
  return files.map((file) => {
    const database = new DatabaseSync(join(folder, file), { readOnly: true });
    const count = (sql) => database.prepare(sql).get()?.count ?? 0;
    const found = { reservations: count('SELECT COUNT(*) AS count FROM reservations'), leases: count("SELECT seq AS count FROM sqlite_sequence WHERE name = 'leases'") };
    database.close();
    return found;
  });
}

test('a flood of messages is counted one by one though most units came from leases', async () => {
  const FLOOD = 1000;
  const owner = await signIn('flooded');
  await publish('flooded', owner);
  const visitors = await Promise.all(Array.from({ length: 24 }, () => visitor('flooded')));
  const texts = Array.from({ length: FLOOD }, (_, n) => `message ${n}`);
  const waiting = texts.map((text, n) => ({ text, from: visitors[n % visitors.length], key: randomUUID() }));
  const answers = [];
  const sender = async () => {
    for (let message; (message = waiting.shift());) {
      answers.push(await write('flooded', message.from, message.text, message.key));
      // Every twentieth client ignores its answer and sends again.
      if (answers.length % 20 === 0) assert.equal((await write('flooded', message.from, message.text, message.key)).status, 200);
    }
  };
  await Promise.all(Array.from({ length: 64 }, sender));
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [201], answers.find(({ status }) => status !== 201)?.text);
  assert.equal(new Set(answers.map((answer) => answer.json().id)).size, FLOOD);
  const left = answers.map((answer) => Number(/r=(\d+)/.exec(answer.headers.ratelimit)[1]));
  assert.ok(left.every((units) => units < 10_000 && units >= 10_000 - FLOOD - 1024), `${Math.min(...left)} to ${Math.max(...left)}`);
  // Unused units of leases are returned within seconds, without a further request of a visitor.
  const used = async () => (await send('flooded', 'GET', '/v1/usage', { headers: owner })).json().messages.used;
  await eventually(used, (units) => units === FLOOD);
  const pages = await Promise.all(visitors.map((from) => send('flooded', 'GET', `/v1/conversations/${from.conversation}/messages`, { headers: from.headers })));
  assert.deepEqual(pages.flatMap((page) => page.json().data.map((message) => message.text)).sort(), [...texts].sort());
  if (isSpin(combination())) return;
  const counter = counters().find(({ reservations }) => reservations === FLOOD);
  assert.ok(counter, `a counter that knows each message's reservation once: ${JSON.stringify(counters())}`);
  assert.ok(counter.leases >= 2, `${counter.leases} leases`);
  console.log(`${FLOOD} messages with ${counter.leases} leases`);
});
