// Keys for programs: made, used, rotated, revoked, and the limits of what they may do.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { PASSWORD as DEMO } from '../../scripts/world/demo.mjs';
import { from, platform, tenant } from './registrant.mjs';
import { PORT, problem, send } from './scenario.mjs';

const own = await tenant('keys');
const ask = (key, method, path, options) => send(own.key, method, path, { headers: { 'x-api-key': key }, ...options });
const make = async (scopes) => {
  const made = await send(own.key, 'POST', '/v1/api-keys', { headers: own.auth, body: { name: 'Export', scopes } });
  assert.equal(made.status, 201, made.text);
  return made.json();
};
const rotate = (id, body = {}) => send(own.key, 'POST', `/v1/api-keys/${id}/rotate`, { headers: own.auth, body });

test('a key is shown once, and acts within its scopes and for its own tenant only', async () => {
  const made = await make(['brand.read']);
  assert.match(made.key, /^lvk_[\w-]{49}$/);
  const shown = await send(own.key, 'GET', `/v1/api-keys/${made.id}`, { headers: own.auth });
  assert.equal(shown.status, 200, shown.text);
  assert.ok(!shown.text.includes(made.key) && !shown.text.includes(made.key.slice(8)), shown.text);

  assert.equal((await ask(made.key, 'GET', '/v1/branding')).status, 200);
  assert.equal((await send(own.key, 'GET', '/v1/branding', { headers: { authorization: `Bearer ${made.key}` } })).status, 200);
  problem(await ask(made.key, 'POST', '/v1/branding/publish'), 403, 'forbidden');
  problem(await ask(made.key, 'GET', '/v1/members'), 403, 'forbidden');
  const mistyped = `${made.key.slice(0, -1)}${made.key.endsWith('A') ? 'B' : 'A'}`;
  problem(await ask(mistyped, 'GET', '/v1/branding'), 401, 'unauthenticated');

  const normal = (answer) => ({ status: answer.status, body: { ...answer.json(), request_id: '' } });
  const at = (host) => call(PORT, host, 'GET', '/v1/branding', { headers: { 'x-api-key': made.key } });
  const [foreign, missing] = [await at('acme.localhost'), await at('nobody-at-all.localhost')];
  assert.equal(foreign.status, 404, foreign.text);
  assert.deepEqual(normal(foreign), normal(missing));
});

test('no member gives a key a permission that the member lacks, and a key makes no other', async () => {
  const body = { name: 'Export', scopes: ['everything.manage'] };
  problem(await send(own.key, 'POST', '/v1/api-keys', { headers: own.auth, body }), 422, 'invalid_content');
  const { key } = await make(['api_keys.manage', 'api_keys.read']);
  problem(await ask(key, 'POST', '/v1/api-keys', { body: { name: 'Child', scopes: ['api_keys.read'] } }), 403, 'person_needed');
});

test('over a rotation with an overlap both keys are good, and a second rotation ends the first of them', async () => {
  const first = await make(['brand.read']);
  const answer = await rotate(first.id, { overlap_hours: 1 });
  assert.equal(answer.status, 201, answer.text);
  const second = answer.json();
  assert.notEqual(second.key, first.key);
  for (const { key } of [first, second]) assert.equal((await ask(key, 'GET', '/v1/branding')).status, 200);
  const third = (await rotate(second.id, { overlap_hours: 1 })).json();
  problem(await ask(first.key, 'GET', '/v1/branding'), 401, 'unauthenticated');
  for (const { key } of [second, third]) assert.equal((await ask(key, 'GET', '/v1/branding')).status, 200);
  const fourth = (await rotate(third.id)).json();
  problem(await ask(third.key, 'GET', '/v1/branding'), 401, 'unauthenticated');
  assert.equal((await ask(fourth.key, 'GET', '/v1/branding')).status, 200);
});

test('a revoked key is refused at the next request', async () => {
  const { id, key } = await make(['brand.read']);
  assert.equal((await ask(key, 'GET', '/v1/branding')).status, 200);
  const gone = await send(own.key, 'DELETE', `/v1/api-keys/${id}`, { headers: own.auth });
  assert.equal(gone.status, 204, gone.text);
  problem(await ask(key, 'GET', '/v1/branding'), 401, 'unauthenticated');
  const shown = await send(own.key, 'GET', `/v1/api-keys/${id}`, { headers: own.auth });
  assert.equal(shown.json().status, 'revoked');
});

test("a partner's key is good for its own tenants, and any other is as unknown as one that never was", async () => {
  const login = await platform('POST', '/v1/auth/login', { headers: from(), body: { email: 'operator@livery.test', password: DEMO } });
  assert.equal(login.status, 200, login.text);
  const headers = { authorization: `Bearer ${login.json().access_token}` };
  const operator = async (method, path, body) => {
    const answer = await platform(method, path, { headers, body });
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.text && answer.json();
  };
  const partner = await operator('POST', '/v1/operator/partners', { name: `Agency ${randomUUID().slice(0, 8)}` });
  await operator('PUT', `/v1/operator/tenants/${own.id}/partner`, { partner_id: partner.id });
  const { id, key } = await operator('POST', `/v1/operator/partners/${partner.id}/api-keys`, { name: 'Theirs', scopes: ['brand.read'] });
  assert.match(key, /^lvp_[\w-]{49}$/);

  const by = (host, more = {}) => call(PORT, host, 'GET', '/v1/branding', { headers: { 'x-api-key': key, ...more } });
  for (const answer of [await by(`${own.key}.localhost`), await by('localhost', { 'x-tenant-id': own.id }), await by('localhost', { 'x-tenant-key': own.key })]) {
    assert.equal(answer.status, 200, answer.text);
  }
  const missing = problem(await by('nobody-at-all.localhost'), 404, 'not_found');
  for (const answer of [
    await by('acme.localhost'), await by('localhost', { 'x-tenant-key': 'acme' }), await by('localhost', { 'x-tenant-key': 'nobody-at-all' }),
    await by('localhost', { 'x-tenant-id': 'ten_019a0000000070008000000000000001' }), await by('localhost', { 'x-tenant-id': `ten_${'0'.repeat(32)}` }),
  ]) assert.deepEqual(problem(answer, 404, 'not_found'), missing);

  await operator('DELETE', `/v1/operator/partners/${partner.id}/api-keys/${id}`);
  problem(await by(`${own.key}.localhost`), 401, 'unauthenticated');
});
