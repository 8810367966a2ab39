// A tenant that is closed to visitors and opened again, on the running system: how soon each part of it hears of that.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventPage, Page, eventually, problem, publishNewColour, send, session, signIn, visitor, write } from './scenario.mjs';

// Nothing else of these scenarios uses it.
const TENANT = 'closing';
/** Two seconds of an isolate's memory, and a minute after which SQL is asked again, whatever the cache says. */
const EDGE_BOUND = 62_000;
const { live } = (await send('acme', 'GET', '/v1/capabilities')).json();

const lead = (auth, status, reason) => send(TENANT, 'PUT', '/v1/tenant/status', { headers: auth, body: { status, reason } });
const edge = async () => (await send(TENANT, 'GET', '/v1/edge/config')).status;

test('maintenance: visitors read, writing waits, the team works, and all of it is in the log', async () => {
  const auth = await signIn(TENANT);
  await publishNewColour(TENANT, auth);
  const ada = await visitor(TENANT);
  assert.equal((await lead(auth, 'maintenance', 'Moving house')).status, 200);
  const refused = await write(TENANT, ada, 'hello');
  problem(refused, 503, 'tenant_maintenance');
  assert.equal(refused.headers['retry-after'], '30');
  assert.equal((await session(TENANT)).status, 201);
  assert.equal(await edge(), 200);
  assert.equal((await publishNewColour(TENANT, auth)).release.live, true);
  assert.equal((await lead(auth, 'active')).status, 200);
  assert.equal((await write(TENANT, ada, 'hello')).status, 201);
  const log = (await send(TENANT, 'GET', '/v1/audit?action=tenant.status_changed', { headers: auth })).json().data;
  assert.deepEqual(log.slice(0, 2).map((entry) => entry.after), [{ status: 'active', reason: null }, { status: 'maintenance', reason: 'Moving house' }]);
  const verified = (await send(TENANT, 'GET', '/v1/audit/verify', { headers: auth })).json();
  assert.equal(verified.verified, true, JSON.stringify(verified));
});

test('a tenant that is given up is gone for writers at once, for open pages with their last word, for the edge within its bound', async () => {
  const auth = await signIn(TENANT);
  const ada = await visitor(TENANT);
  const events = await new EventPage(TENANT, { headers: ada.headers }).greeted();
  const socket = live.includes('websocket') ? new Page(TENANT, ada) : undefined;
  if (socket) await socket.frame((frame) => frame.type === 'hello');
  assert.equal(await edge(), 200);
  const from = performance.now();
  const since = () => Math.round(performance.now() - from);
  assert.equal((await lead(auth, 'deactivated', 'We moved')).status, 200);
  problem(await write(TENANT, ada, 'too late'), 404, 'not_found');
  problem(await session(TENANT), 404, 'not_found');
  console.log(`writes refused ${since()} ms after the change was asked for`);
  if (socket) {
    assert.equal((await socket.closed).code, 4003);
    console.log(`socket closed after ${since()} ms`);
    const later = new Page(TENANT, ada);
    await assert.rejects(later.opened);
  }
  await events.frame((frame) => frame.type === 'suspended');
  await events.ended;
  console.log(`events ended after ${since()} ms`);
  await eventually(edge, (status) => status === 404, EDGE_BOUND);
  console.log(`edge answers 404 after ${since()} ms`);
  // Nobody of the tenant leads it back, and its owner still reads.
  problem(await lead(auth, 'active'), 403, 'tenant_deactivated');
  assert.equal((await send(TENANT, 'GET', '/v1/tenant', { headers: auth })).json().status, 'deactivated');
});
