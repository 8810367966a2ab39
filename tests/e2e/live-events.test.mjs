// The live channel as server-sent events, which every runtime has.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { EventSource } from 'eventsource';
import { EventPage, PORT, hostOf, problem, publishNewColour, send, signIn, visitor, write } from './scenario.mjs';

const TENANT = 'busy';
/** How soon a page gets a frame: at once where a hub wakes it, within a second or two where a database is polled. */
const TOLD_WITHIN = 5_000;
const isRelease = (rev) => (frame) => frame.type === 'release' && frame.rev === rev;
const isMessage = (frame) => frame.type === 'message';

/** Begun at once: its 15 s of silence pass while the other tests run, none of which publishes for this tenant. */
const silence = (async () => {
  const page = await new EventPage('globex').greeted();
  const from = performance.now();
  while (page.comments.length === 0 && performance.now() - from < 20_000) await pause(100);
  page.close();
  return { comments: page.comments.length, after: Math.round((performance.now() - from) / 1000) };
})();
// Sent by the test that waits for it.
silence.catch(() => {});

test('a publish reaches every open stream of the tenant and none of another', async () => {
  const auth = await signIn(TENANT);
  const pages = await Promise.all(Array.from({ length: 20 }, () => new EventPage(TENANT).greeted()));
  const stranger = await new EventPage('globex').greeted();
  const response = await pages[0].opened;
  assert.equal(response.statusCode, 200);
  assert.equal(response.headers['content-type'], 'text/event-stream');
  assert.equal(response.headers['cache-control'], 'no-store');
  assert.equal(response.headers['x-accel-buffering'], 'no');
  assert.equal(response.headers['x-content-type-options'], 'nosniff');
  assert.match(response.headers['x-request-id'], /^req_[0-9a-f]{32}$/);
  const from = performance.now();
  const { release } = await publishNewColour(TENANT, auth);
  const published = performance.now();
  const frames = await Promise.all(pages.map((page) => page.frame(isRelease(release.rev), TOLD_WITHIN)));
  console.log(`20 streams told ${Math.round(performance.now() - published)} ms after the publish was answered, ${Math.round(performance.now() - from)} ms after it was asked for`);
  for (const frame of frames) assert.equal(frame.stylesheet, release.stylesheet);
  await pause(500);
  assert.deepEqual(stranger.frames.map((frame) => frame.type), ['hello']);
  [...pages, stranger].forEach((page) => page.close());
});

test('a client resumes from its last event without a gap or a duplicate', async () => {
  const auth = await signIn(TENANT);
  const page = await new EventPage(TENANT).greeted();
  const { release: first } = await publishNewColour(TENANT, auth);
  await page.frame(isRelease(first.rev));
  page.close();
  const { release: second } = await publishNewColour(TENANT, auth);
  const { release: third } = await publishNewColour(TENANT, auth);
  const resumed = new EventPage(TENANT, { headers: { 'last-event-id': page.ids.at(-1) } });
  await resumed.frame(isRelease(third.rev));
  await pause(500);
  assert.deepEqual(resumed.frames.map((frame) => [frame.type, frame.rev]), [['release', second.rev], ['release', third.rev]]);
  // Even without a missed frame the first event comes at once: it shows the client that no proxy buffers the stream.
  const current = new EventPage(TENANT, { headers: { 'last-event-id': resumed.ids.at(-1) } });
  await current.opened;
  await pause(500);
  assert.deepEqual([current.frames, current.comments.length], [[], 1]);
  const forgotten = await new EventPage(TENANT, { query: `?since=${first.rev}&cursor=nobody.1` }).greeted();
  await forgotten.frame(isRelease(third.rev));
  assert.deepEqual(forgotten.frames.map((frame) => [frame.type, frame.rev]), [['hello', third.rev], ['release', second.rev], ['release', third.rev]]);
  [resumed, current, forgotten].forEach((each) => each.close());
});

test("a visitor's streams hear its own messages and no other visitor's", async () => {
  const [ada, bob] = [await visitor('acme'), await visitor('acme')];
  const streams = [new EventPage('acme', ada), new EventPage('acme', ada), new EventPage('acme', bob), new EventPage('acme')];
  const [first, second, other, anonymous] = await Promise.all(streams.map((page) => page.greeted()));
  const from = performance.now();
  const sent = (await write('acme', ada, 'hello from one page')).json();
  for (const page of [first, second]) {
    assert.deepEqual(await page.frame(isMessage, TOLD_WITHIN), { type: 'message', conversation_id: ada.conversation, message: sent });
  }
  console.log(`a message heard ${Math.round(performance.now() - from)} ms after it was sent`);
  for (let n = 0; n < 20; n++) await write('acme', ada, `number ${n}`);
  await first.frame((frame) => frame.message?.text === 'number 19');
  const numbers = first.frames.filter(isMessage).map((frame) => frame.message.seq);
  assert.deepEqual(numbers, Array.from({ length: 21 }, (_, n) => sent.seq + n));
  await pause(300);
  assert.equal(other.frames.length + anonymous.frames.length, 2);
  streams.forEach((page) => page.close());
});

test('who may not listen, or asks for what cannot be, is told before the stream', async () => {
  const ask = (tenant, { query = '', ...headers } = {}) => send(tenant, 'GET', `/v1/live${query}`, { headers: { accept: 'text/event-stream', ...headers } });
  const { headers: foreign } = await visitor('globex');
  problem(await ask('acme', foreign), 401, 'unauthenticated');
  problem(await ask('acme', { authorization: 'Bearer a.b.c' }), 401, 'unauthenticated');
  problem(await ask('acme', await signIn('acme')), 401, 'unauthenticated');
  problem(await ask('acme', { query: '?since=x' }), 400, 'malformed_request');
  problem(await ask('acme', { 'last-event-id': 'not a cursor' }), 400, 'malformed_request');
  problem(await ask('acme', { query: `?cursor=${'9'.repeat(57)}` }), 400, 'malformed_request');
  problem(await ask('nobody'), 404, 'not_found');
});

/** What EventSource takes for `fetch`: Node's own resolves no `*.localhost` and sends no `host` of ours. */
const fetchAt = (tenant, headers) => (url, init) => new Promise((resolve, reject) => {
  const asked = request({
    host: '127.0.0.1', port: PORT, path: new URL(url).pathname, agent: false, signal: init.signal,
    headers: { ...init.headers, ...headers, host: `${hostOf(tenant)}:${PORT}` },
  });
  asked.on('error', reject);
  asked.on('response', (answer) => resolve({
    url, status: answer.statusCode, redirected: false, headers: new Headers(answer.headers), body: Readable.toWeb(answer),
  }));
  asked.end();
});

test('the EventSource of the standard hears releases and messages, and comes back by itself where it was', async (t) => {
  const [auth, ada] = [await signIn('acme'), await visitor('acme')];
  const asked = [];
  let cut = new AbortController();
  const source = new EventSource(`http://127.0.0.1:${PORT}/v1/live`, {
    fetch: (url, init) => {
      asked.push(init.headers['Last-Event-ID']);
      return fetchAt('acme', ada.headers)(url, { ...init, signal: AbortSignal.any([init.signal, cut.signal].filter(Boolean)) });
    },
  });
  t.after(() => source.close());
  const heard = [];
  const until = (count) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`only ${JSON.stringify(heard)}`)), 15_000);
    const look = () => heard.length >= count ? (clearTimeout(late), resolve()) : setTimeout(look, 20);
    look();
  });
  source.onmessage = ({ data }) => heard.push(JSON.parse(data));
  await until(1);
  const { release } = await publishNewColour('acme', auth);
  await until(2);
  cut.abort();
  cut = new AbortController();
  const message = (await write('acme', ada, 'said while the stream was cut')).json();
  await until(3);
  const { release: next } = await publishNewColour('acme', auth);
  await until(4);
  assert.deepEqual(heard.map((frame) => frame.type), ['hello', 'release', 'message', 'release']);
  assert.deepEqual([heard[1].rev, heard[2].message, heard[3].rev], [release.rev, message, next.rev]);
  assert.equal(asked.length, 2);
  assert.ok(asked[0] === undefined && asked[1].length > 0, JSON.stringify(asked));
});

test('a silent stream shows that it is there', async () => {
  const { comments, after } = await silence;
  assert.ok(comments > 0 && after <= 18, `heartbeat after ${after} s`);
});

test('clients that never read or go away do not keep others from hearing', async () => {
  const auth = await signIn(TENANT);
  const gone = await Promise.all(Array.from({ length: 100 }, () => new EventPage(TENANT).greeted()));
  gone.forEach((page) => page.close());
  const deaf = Array.from({ length: 30 }, () => new EventPage(TENANT));
  await Promise.all(deaf.map(async (page) => (await page.opened).pause()));
  const page = await new EventPage(TENANT).greeted();
  for (let n = 0; n < 3; n++) {
    const { release } = await publishNewColour(TENANT, auth);
    await page.frame(isRelease(release.rev), TOLD_WITHIN);
  }
  deaf.forEach((each) => each.close());
  page.close();
});
