// An account from its registration to a new password, on the running system.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combination, isSpin } from '../../scripts/world/combination.mjs';
import { PASSWORD, bearer, from, fresh, login, mailed, platform, register, signedIn, tenant } from './registrant.mjs';
import { problem, send } from './scenario.mjs';

const NEW_PASSWORD = 'river lamp zebra';
const own = await tenant('accounts');

const refresh = (refresh_token) => send(own.key, 'POST', '/v1/auth/refresh', { headers: from(), body: { refresh_token } });
const rename = (auth, name) => send(own.key, 'PATCH', '/v1/me', { headers: auth, body: { name } });

test('who has registered is signed in as owner, and the tenant has its page', async () => {
  const me = (await send(own.key, 'GET', '/v1/me', { headers: own.auth })).json();
  assert.deepEqual([me.email, me.role, me.tenant_id], [own.email, 'owner', own.id]);
  const config = await send(own.key, 'GET', '/v1/edge/config');
  assert.deepEqual([config.status, config.json().rev], [200, 1], config.text);
});

test('an access token is checked with the public keys and nothing else', async () => {
  const [head, body, signature] = own.tokens.access_token.split('.');
  const { alg, kid } = JSON.parse(Buffer.from(head, 'base64url'));
  const answer = await send(own.key, 'GET', '/.well-known/jwks.json');
  assert.equal(answer.status, 200, answer.text);
  const jwk = answer.json().keys.find((key) => key.kid === kid);
  assert.deepEqual([alg, jwk.kty, jwk.crv, jwk.d], ['EdDSA', 'OKP', 'Ed25519', undefined]);
  const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify']);
  const fits = (text) => crypto.subtle.verify('Ed25519', key, Buffer.from(signature, 'base64url'), Buffer.from(text));
  assert.equal(await fits(`${head}.${body}`), true);
  const claims = JSON.parse(Buffer.from(body, 'base64url'));
  assert.equal(claims.tenant, own.id);
  const forged = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url');
  assert.equal(await fits(`${head}.${forged}`), false);
});

test('a refresh gives the next tokens, and an answer that was lost can be had again', async () => {
  const { refresh_token } = await signedIn(own.key);
  const next = await refresh(refresh_token);
  assert.equal(next.status, 200, next.text);
  assert.notEqual(next.json().refresh_token, refresh_token);
  const again = await refresh(refresh_token);
  assert.equal(again.status, 200, 'within 30 s');
  assert.equal((await refresh(next.json().refresh_token)).status, 200);
  assert.equal((await rename(bearer(again.json()), 'Ada')).status, 200);
  problem(await refresh(`${refresh_token}x`), 401, 'unauthenticated');
});

test('who signs out everywhere is signed out there too: no refresh, and no write with the token at hand', async () => {
  const [here, there] = [await signedIn(own.key), await signedIn(own.key)];
  assert.equal((await rename(bearer(there), 'There')).status, 200);
  const out = await send(own.key, 'POST', '/v1/auth/logout-everywhere', { headers: bearer(here), body: { except_this: true } });
  assert.equal(out.status, 200, out.text);
  assert.ok(out.json().ended >= 1, out.text);
  problem(await refresh(there.refresh_token), 401, 'unauthenticated');
  problem(await rename(bearer(there), 'Nobody'), 401, 'unauthenticated');
  assert.equal((await rename(bearer(here), 'Here')).status, 200, 'this one stays');
  const all = await send(own.key, 'POST', '/v1/auth/logout-everywhere', { headers: bearer(here), body: {} });
  assert.equal(all.status, 200, all.text);
  problem(await refresh(here.refresh_token), 401, 'unauthenticated');
  problem(await rename(bearer(here), 'Nobody'), 401, 'unauthenticated');
});

test('of two who register one name at once one has it, and the other is told which field to change', async () => {
  const key = fresh('race');
  const answers = await Promise.all(['first', 'second'].map((who) => register(key, { email: `${who}@${key}.test` })));
  answers.sort((one, other) => one.status - other.status);
  const [made, refused] = answers;
  assert.equal(made.status, 201, made.text);
  problem(refused, 409, 'conflict');
  const [{ pointer, reason }] = refused.json().errors;
  assert.deepEqual([pointer, reason], ['/tenant_key', 'name_taken']);
  const entered = await Promise.all(['first', 'second'].map((who) => login(key, { email: `${who}@${key}.test` })));
  assert.deepEqual(entered.map((answer) => answer.status).sort(), [200, 401], 'nothing is left of the other one');
  const free = await platform('GET', `/v1/auth/subdomains/${key}`, { headers: from() });
  assert.deepEqual([free.json().available, free.json().reason], [false, 'taken']);
});

test('who has forgotten the password gets a link that is good once, and every session ends', async () => {
  const before = await signedIn(own.key);
  const forgot = (email) => send(own.key, 'POST', '/v1/auth/password/forgot', { headers: from(), body: { email } });
  const reset = (token, new_password) => send(own.key, 'POST', '/v1/auth/password/reset', { headers: from(), body: { token, new_password } });
  const [known, unknown] = [await forgot(own.email), await forgot('nobody@nowhere.test')];
  assert.deepEqual([known.status, known.text], [202, '']);
  assert.deepEqual([unknown.status, unknown.text], [202, ''], 'the answer does not reveal whether the address has an account');
  const [, code] = await mailed(own.email, /\/admin\/reset#(lvw_[\w-]+)/);
  problem(await reset(code, 'password12'), 422, 'invalid_content');
  problem(await reset(`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`, NEW_PASSWORD), 404, 'not_found');
  const done = await reset(code, NEW_PASSWORD);
  assert.equal(done.status, 200, done.text);
  assert.equal(problem(await reset(code, PASSWORD), 410, 'gone').reason, 'link_used_or_expired');
  problem(await refresh(before.refresh_token), 401, 'unauthenticated');
  problem(await login(own.key), 401, 'invalid_credentials');
  await signedIn(own.key, { password: NEW_PASSWORD });
});

// Last: on Spin every request comes from one address, and that one is locked out of this account afterwards.
test('after five wrong passwords an address is refused, and after fifty every unknown device, but not the person', async () => {
  const { device_token } = await signedIn(own.key, { password: NEW_PASSWORD });
  const guesser = from();
  for (let time = 0; time < 5; time += 1) problem(await login(own.key, { password: 'wrong wrong' }, guesser), 401, 'invalid_credentials');
  const refused = await login(own.key, { password: NEW_PASSWORD }, guesser);
  problem(refused, 429, 'too_many_attempts');
  const seconds = Number(refused.headers['retry-after']);
  assert.ok(seconds > 0 && seconds <= 900, refused.headers['retry-after']);
  if (isSpin(combination())) return;
  // Forty-five more from elsewhere: no unknown device can sign in any more, and the person's own device still can.
  for (let network = 0; network < 9; network += 1) {
    const other = from();
    await Promise.all(Array.from({ length: 5 }, () => login(own.key, { password: 'wrong wrong' }, other)));
  }
  problem(await login(own.key, { password: NEW_PASSWORD }), 429, 'too_many_attempts');
  await signedIn(own.key, { password: NEW_PASSWORD, device_token });
});
