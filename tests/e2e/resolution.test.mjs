import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { PORT, problem, send, signIn } from './scenario.mjs';

const at = async (host) => {
  const answer = await call(PORT, 'x', 'GET', '/embed', { headers: { host } });
  if (answer.status !== 200) return answer.status;
  return JSON.parse(/<script type="application\/json" id="livery-config">(.*?)<\/script>/s.exec(answer.text)[1]).name;
};

test('every spelling of a host leads to its tenant', async () => {
  for (const host of [`acme.localhost:${PORT}`, 'ACME.Localhost', 'acme.localhost.', 'chat.acme.test', 'Chat.ACME.test:443',
    'chat.acme.test.:8080', 'xn--bcher-kva.test', 'XN--Bcher-KVA.test']) {
    assert.equal(await at(host), 'Acme', host);
  }
  assert.equal(await at('globex.localhost'), 'Globex');
});

test("a custom domain's first label is never read as a tenant's key", async () => {
  assert.equal(await at('globex.acme-shop.test'), 'Acme');
  assert.equal(await at('globex.unknown.test'), 404);
  assert.equal(await at('acme.globex.localhost'), 404);
  assert.equal(await at('acme.localhost.attacker.test'), 404);
});

test('unverified hosts have no tenant', async () => {
  for (const host of ['localhost', 'pending.acme.test', 'nobody.localhost', '127.0.0.1', '[::1]', 'a..b']) {
    const found = await at(host);
    assert.ok(found === 404 || found === 400, `${host}: ${found}`);
  }
});

test('a tenant header never grants and only narrows', async () => {
  const unknown = problem(await call(PORT, 'nobody.localhost', 'GET', '/v1/tenant', { headers: await signIn('acme') }), 404, 'not_found');
  const auth = await signIn('acme');
  const own = await send('acme', 'GET', '/v1/tenant', { headers: { ...auth, 'x-tenant-key': 'acme' } });
  assert.equal(own.json().key, 'acme');
  for (const headers of [{ 'x-tenant-key': 'globex' }, { 'x-tenant-id': 'ten_019a0000000070008000000000000002' }, { 'x-tenant-key': 'nobody' }, { 'x-tenant-key': '' }]) {
    const answer = await send('acme', 'GET', '/v1/tenant', { headers: { ...auth, ...headers } });
    assert.deepEqual(problem(answer, 404, 'not_found'), unknown);
  }
});

test("a token is good at its own tenant's hosts only", async () => {
  const auth = await signIn('acme');
  assert.equal((await call(PORT, 'chat.acme.test', 'GET', '/v1/tenant', { headers: auth })).status, 200);
  assert.equal((await call(PORT, 'localhost', 'GET', '/v1/tenant', { headers: auth })).json().key, 'acme');
  problem(await send('globex', 'GET', '/v1/tenant', { headers: auth }), 404, 'not_found');
});

test('in development ?tenant= names a tenant at the platform host, and nowhere else', async () => {
  assert.equal((await call(PORT, 'localhost', 'GET', '/widget.js?tenant=acme')).status, 200);
  problem(await call(PORT, 'localhost', 'GET', '/widget.js?tenant=nobody'), 404, 'not_found');
  problem(await call(PORT, 'nobody.localhost', 'GET', '/widget.js?tenant=acme'), 404, 'not_found');
});
