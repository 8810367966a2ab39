import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PORT, problem, send, signIn } from './scenario.mjs';
import { call } from '../../scripts/world/client.mjs';

const login = (tenant, body, headers) => send(tenant, 'POST', '/v1/auth/login', { body, headers });

test('an owner signs in and the token carries the tenant and a key id', async () => {
  const answer = await login('acme', { email: ' Owner@ACME.test ', password: 'livery-demo' });
  assert.equal(answer.status, 200, answer.text);
  const { access_token, expires_in, token_type } = answer.json();
  assert.equal(token_type, 'Bearer');
  assert.equal(expires_in, 600);
  const [header, claims] = access_token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  assert.equal(header.alg, 'EdDSA');
  assert.match(header.kid, /^dev-/);
  assert.equal(claims.tenant, 'ten_019a0000000070008000000000000001');
  assert.equal(claims.exp - claims.iat, 600);
});

test('unknown people, members elsewhere and wrong passwords get one and the same answer', async () => {
  const wrong = problem(await login('acme', { email: 'owner@acme.test', password: 'no' }), 401, 'invalid_credentials');
  for (const body of [{ email: 'nobody@acme.test', password: 'livery-demo' }, { email: 'owner@globex.test', password: 'livery-demo' }]) {
    assert.deepEqual(problem(await login('acme', body), 401, 'invalid_credentials'), wrong);
  }
});

test('at the platform host a header names the tenant to enter, and the password decides', async () => {
  const body = { email: 'owner@acme.test', password: 'livery-demo' };
  const enter = (key) => call(PORT, 'localhost', 'POST', '/v1/auth/login', { body, headers: { 'x-tenant-key': key } });
  assert.equal((await enter('acme')).status, 200);
  problem(await enter('globex'), 401, 'invalid_credentials');
});

test('what is no sign-in is refused', async () => {
  problem(await login('acme', '{"email":', { 'content-type': 'application/json' }), 400, 'malformed_request');
  problem(await login('acme', '[]'.repeat(1), { 'content-type': 'application/json' }), 422, 'invalid_content');
  problem(await login('acme', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type');
  problem(await login('acme', { email: 'owner@acme.test', password: 'livery-demo', role: 'owner' }), 422, 'invalid_content');
  problem(await login('acme', { email: 'x', password: 'y' }), 422, 'invalid_content');
  problem(await login('acme', { email: 'owner@acme.test', password: 'x'.repeat(1025) }), 422, 'invalid_content');
  problem(await login('acme', { email: 'owner@acme.test', password: 'x'.repeat(20_000) }), 413, 'payload_too_large');
  problem(await login('acme', '['.repeat(4000), { 'content-type': 'application/json' }), 422, 'invalid_content');
  problem(await send('acme', 'DELETE', '/v1/auth/login'), 405, 'method_not_allowed');
});

test('missing, forged and stale tokens are refused alike', async () => {
  const { authorization } = await signIn('acme');
  const [head, body, signature] = authorization.slice(7).split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url'));
  const forged = Buffer.from(JSON.stringify({ ...claims, role: 'owner', exp: claims.exp + 9999 })).toString('base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid: JSON.parse(Buffer.from(head, 'base64url')).kid })).toString('base64url');
  const missing = problem(await send('acme', 'GET', '/v1/branding'), 401, 'unauthenticated');
  for (const token of [`${head}.${forged}.${signature}`, `${none}.${forged}.`, `${head}.${body}.`, 'x', `${head}.${body}.${signature}x`]) {
    const answer = await send('acme', 'GET', '/v1/branding', { headers: { authorization: `Bearer ${token}` } });
    assert.deepEqual(problem(answer, 401, 'unauthenticated'), missing);
    assert.equal(answer.headers['www-authenticate'], 'Bearer');
  }
});
