// A tenant that is closed to visitors and opened again, on the running system: how soon that takes effect in each part.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { EventPage, PORT, Page, eventually, problem, publishNewColour, send, session, signIn, visitor, write } from './scenario.mjs';

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

/** An operator changes the tenant's state. */
async function operate(status, reason) {
  const login = await call(PORT, 'localhost', 'POST', '/v1/auth/login', { body: { email: 'operator@livery.test', password: 'livery-demo' } });
  assert.equal(login.status, 200, login.text);
  const auth = await signIn(TENANT);
  const { id } = (await send(TENANT, 'GET', '/v1/tenant', { headers: auth })).json();
  return call(PORT, 'localhost', 'PUT', `/v1/operator/tenants/${id}/status`, {
    headers: { authorization: `Bearer ${login.json().access_token}` }, body: { status, reason },
  });
}

test('a suspension counts for writers at once, for open pages with their last word, for the edge within its bound, until it is lifted', async (t) => {
  const auth = await signIn(TENANT);
  const ada = await visitor(TENANT);
  const events = await new EventPage(TENANT, { headers: ada.headers }).greeted();
  const socket = live.includes('websocket') ? new Page(TENANT, ada) : undefined;
  t.after(() => { events.close?.(); socket?.close?.(); });
  if (socket) await socket.frame((frame) => frame.type === 'hello');
  assert.equal(await edge(), 200);
  const from = performance.now();
  const since = () => Math.round(performance.now() - from);
  const suspended = await operate('suspended', 'Unpaid since September');
  assert.equal(suspended.status, 200, suspended.text);
  problem(await write(TENANT, ada, 'too late'), 403, 'tenant_suspended');
  problem(await session(TENANT), 403, 'tenant_suspended');
  problem(await lead(auth, 'active'), 403, 'tenant_suspended');
  console.log(`writes refused ${since()} ms after the change was asked for`);
  if (socket) {
    assert.equal((await socket.closed).code, 4003);
    console.log(`socket closed after ${since()} ms`);
  }
  await events.frame((frame) => frame.type === 'suspended');
  await events.ended;
  console.log(`events ended after ${since()} ms`);
  await eventually(edge, (status) => status === 403, EDGE_BOUND);
  console.log(`edge answers 403 after ${since()} ms`);
  // Its team can still read, and sees why.
  const shown = (await send(TENANT, 'GET', '/v1/tenant', { headers: auth })).json();
  assert.deepEqual([shown.status, shown.status_reason], ['suspended', 'Unpaid since September']);

  const lifted = await operate('active');
  assert.equal(lifted.status, 200, lifted.text);
  assert.equal((await write(TENANT, ada, 'back again')).status, 201);
  await eventually(edge, (status) => status === 200, EDGE_BOUND);
});
