import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import WebSocket from 'ws';
import { PORT, Page, hostOf, publishNewColour, send, signIn, visitor, write } from './scenario.mjs';

const TENANT = 'busy';
const capabilities = (await send('acme', 'GET', '/v1/capabilities')).json();
const sockets = capabilities.live.includes('websocket');
const options = { skip: !sockets && `${capabilities.runtime} has no sockets` };
const isRelease = (rev) => (frame) => frame.type === 'release' && frame.rev === rev;

/** The tenant that a token is for. */
const tenantOf = ({ authorization }) => JSON.parse(Buffer.from(authorization.split('.')[1], 'base64url')).tenant;

test('a runtime says what stands of the live channel, and refuses an upgrade that it cannot do', async () => {
  assert.deepEqual(capabilities.live.slice(-2), ['sse', 'poll']);
  const headers = { host: `${hostOf('acme')}:${PORT}`, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
  const status = await new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: PORT, path: '/v1/live', headers });
    asked.on('upgrade', (answer, socket) => { socket.destroy(); resolve(answer.statusCode); });
    asked.on('response', (answer) => { answer.resume(); resolve(answer.statusCode); });
    asked.on('error', reject);
    asked.end();
  });
  assert.equal(status, sockets ? 101 : 501);
});

test('a publish reaches every open page of the tenant and none of another', options, async () => {
  const auth = await signIn(TENANT);
  const pages = Array.from({ length: 20 }, () => new Page(TENANT));
  const stranger = new Page('globex');
  await Promise.all([...pages, stranger].map((page) => page.frame((frame) => frame.type === 'hello')));
  const from = performance.now();
  const { release } = await publishNewColour(TENANT, auth);
  const frames = await Promise.all(pages.map((page) => page.frame(isRelease(release.rev))));
  console.log(`20 pages told within ${Math.round(performance.now() - from)} ms of the publish call`);
  for (const frame of frames) assert.equal(frame.stylesheet, release.stylesheet);
  assert.equal((await send(TENANT, 'GET', frames[0].stylesheet)).status, 200);
  assert.equal(pages[0].socket.protocol, 'livery.v1');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(stranger.frames.map((frame) => frame.type), ['hello']);
  [...pages, stranger].forEach((page) => page.close());
});

test('a client that was away resumes from its revision without a gap or a duplicate', options, async () => {
  const auth = await signIn(TENANT);
  const { release: first } = await publishNewColour(TENANT, auth);
  const { release: second } = await publishNewColour(TENANT, auth);
  const { release: third } = await publishNewColour(TENANT, auth);
  const page = new Page(TENANT, { since: first.rev });
  await page.frame(isRelease(third.rev));
  assert.deepEqual(page.frames.map((frame) => [frame.type, frame.rev]), [['hello', third.rev], ['release', second.rev], ['release', third.rev]]);
  const current = new Page(TENANT, { since: third.rev });
  await current.frame((frame) => frame.type === 'hello');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(current.frames.length, 1);
  const polled = await send(TENANT, 'GET', `/v1/live?since=${second.rev}`);
  assert.deepEqual(polled.json().data.map((frame) => frame.rev), [third.rev, third.rev]);
  [page, current].forEach((each) => each.close());
});

test("a visitor's pages hear each other's messages and no other visitor's", options, async () => {
  const ada = await visitor('acme');
  const bob = await visitor('acme');
  const [first, second, other, anonymous] = [new Page('acme', ada), new Page('acme', ada), new Page('acme', bob), new Page('acme')];
  await Promise.all([first, second, other, anonymous].map((page) => page.frame((frame) => frame.type === 'hello')));
  const sent = (await write('acme', ada, 'hello from one page')).json();
  for (const page of [first, second]) {
    const frame = await page.frame((each) => each.type === 'message');
    assert.deepEqual(frame, { type: 'message', conversation_id: ada.conversation, message: sent });
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(other.frames.length + anonymous.frames.length, 2);
  [first, second, other, anonymous].forEach((page) => page.close());
});

test('a heartbeat is answered and anything else closes the socket', options, async () => {
  const page = new Page('acme');
  await page.opened;
  page.socket.send('ping');
  await page.frame((frame) => frame.type === 'pong');
  page.socket.send('{"type":"release","rev":99}');
  assert.equal((await page.closed).code, 1008);
  for (const garbage of [Buffer.alloc(100_000, 7), 'x'.repeat(500_000), '']) {
    const noisy = new Page('acme');
    await noisy.opened;
    noisy.socket.send(garbage);
    assert.equal((await noisy.closed).code, 1008);
  }
});

test('a bad session is told over the socket, a bad request before it', options, async () => {
  const expired = new Page('acme', { session_token: 'a.b.c' });
  assert.equal((await expired.closed).code, 4001);
  const foreign = new Page('acme', await visitor('globex'));
  assert.equal((await foreign.closed).code, 4001);
  assert.equal((await send('acme', 'GET', '/v1/live?since=x')).status, 400);
  assert.equal((await send('nobody', 'GET', '/v1/live')).status, 404);
});

test('what lets a page in at its hub is shown to no page and believed of none', options, async () => {
  const auth = await signIn(TENANT);
  const welcome = JSON.stringify({ since: null, visitor: null, live: null, status_since: 0, subprotocol: true });
  const forged = new WebSocket(`ws://127.0.0.1:${PORT}/v1/live`, ['livery.v1'], {
    headers: { host: `${hostOf('globex')}:${PORT}`, 'x-livery-hub': tenantOf(auth), 'x-livery-welcome': welcome },
  });
  const frames = [];
  forged.on('message', (data) => frames.push(JSON.parse(String(data)).type));
  const answered = once(forged, 'upgrade');
  await once(forged, 'open');
  const [answer] = await answered;
  assert.deepEqual(Object.keys(answer.headers).filter((name) => name.startsWith('x-livery')), []);
  await publishNewColour(TENANT, auth);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(frames, ['hello'], 'heard what was another tenant\'s');
  forged.terminate();
  const plain = await send('globex', 'GET', '/v1/live', { headers: { 'x-livery-hub': tenantOf(auth), 'x-livery-welcome': welcome } });
  assert.equal(plain.status, 200);
  assert.deepEqual(Object.keys(plain.headers).filter((name) => /hub|welcome/.test(name)), []);
});

test('clients that never read or break off do not keep others from hearing', options, async () => {
  const auth = await signIn(TENANT);
  const handshake = `GET /v1/live HTTP/1.1\r\nHost: ${TENANT}.localhost:${PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
  const deaf = await Promise.all(Array.from({ length: 30 }, (_, n) => new Promise((resolve) => {
    const socket = connect(PORT, '127.0.0.1', () => {
      socket.write(handshake);
      socket.pause();
      if (n % 3 === 0) setTimeout(() => socket.destroy(), 100);
      setTimeout(() => resolve(socket), 300);
    });
    socket.on('error', () => {});
  })));
  const page = new Page(TENANT);
  await page.frame((frame) => frame.type === 'hello');
  for (let n = 0; n < 3; n++) {
    const { release } = await publishNewColour(TENANT, auth);
    await page.frame(isRelease(release.rev));
  }
  deaf.forEach((socket) => socket.destroy());
  page.close();
});
