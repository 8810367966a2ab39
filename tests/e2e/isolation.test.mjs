// One tenant's credentials and another's ids, for every operation of the OpenAPI document: the answer for another tenant's object is byte
// for byte the one for a missing object. Nothing here names a route, so a new route is tested as well.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { PORT, hostOf, send, visitor } from './scenario.mjs';

const PASSWORD = 'a longer pass phrase';
const ID = /\b([a-z]{3}_)[0-9a-f]{32}\b/g;
const fresh = (prefix) => prefix + randomUUID().replaceAll('-', '');

let operations;
let ours;
let theirs;

/** A tenant with its owner, registered like any other, and one object of each kind that its API can make. */
async function tenant(word) {
  const key = `${word}-${randomUUID().slice(0, 8)}`;
  const email = `owner@${key}.test`;
  const registered = await call(PORT, 'localhost', 'POST', '/v1/auth/register', {
    body: { tenant_key: key, tenant_name: `The ${word}`, plan: 'professional', name: 'Owner', email, password: PASSWORD },
  });
  assert.equal(registered.status, 201, registered.text);
  const login = await send(key, 'POST', '/v1/auth/login', { body: { email, password: PASSWORD } });
  assert.equal(login.status, 200, login.text);
  const headers = { authorization: `Bearer ${login.json().access_token}` };
  const side = { key, email, headers, ids: {}, id: login.json().tenant.id };
  // A second member, so that there is one who is not the owner.
  const policy = await send(key, 'GET', '/v1/embed-policy', { headers });
  await send(key, 'PUT', '/v1/embed-policy', { headers: { ...headers, 'if-match': policy.headers.etag }, body: { origins: [`http://localhost:${PORT + 1}`] } });
  await send(key, 'POST', '/v1/branding/publish', { headers });
  const guest = await visitor(key);
  side.session = { authorization: `Bearer ${guest.session_token}` };
  side.ids.cnv_ = guest.conversation;
  for (const one of operations) {
    if (one.method !== 'POST' || one.path.includes('{') || !mayBeMade(one)) continue;
    const made = await send(key, 'POST', one.path, { headers, body: filled(one.example, side, () => side.ids) });
    if (made.status === 201) collect(made.text, side);
  }
  return side;
}

/** Collections whose members are made by a POST of the example, except signing in and whatever would end the tenant. */
const mayBeMade = (one) => /^\/v1\/(invitations|roles|grants|api-keys)$/.test(one.path);

function collect(text, side) {
  for (const [id, prefix] of text.matchAll(ID)) if (prefix !== 'req_') side.ids[prefix] ??= id;
}

/** An example with the ids in it replaced: by those of `from`, and by fresh ones where it has none. */
function filled(example, side, from) {
  if (example === undefined) return undefined;
  const text = JSON.stringify(example).replace(ID, (id, prefix) => from()[prefix] ?? fresh(prefix));
  return JSON.parse(text.replaceAll('@acme.test', `-${randomUUID().slice(0, 8)}@${side.key}.test`));
}

before(async () => {
  const document = (await send('acme', 'GET', '/openapi.json')).json();
  operations = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    name: `${method.toUpperCase()} ${path}`,
    operation,
    parameters: (operation.parameters ?? []).filter((one) => one.in === 'path'),
    media: Object.keys(operation.requestBody?.content ?? {})[0],
    example: Object.values(operation.requestBody?.content ?? {})[0]?.example,
    schemes: new Set((operation.security ?? []).flatMap((one) => Object.keys(one))),
  })));
  assert.ok(operations.length > 50, `${operations.length} operations`);
  [ours, theirs] = [await tenant('ours'), await tenant('theirs')];
  for (const side of [ours, theirs]) {
    const me = await send(side.key, 'GET', '/v1/me', { headers: side.headers });
    side.ids.usr_ = me.json().user_id;
    side.ids.ten_ = side.id;
    const sessions = await send(side.key, 'GET', '/v1/auth/sessions', { headers: side.headers });
    side.ids.ses_ = sessions.text.match(/ses_[0-9a-f]{32}/)[0];
  }
});

/** The request of one side for an operation, with ids from that side's own table. */
function request(one, side, ids) {
  const path = one.path.replace(/\{(\w+)\}/g, (_, name) => {
    const parameter = one.parameters.find((known) => known.name === name);
    const prefix = parameter.schema.pattern?.match(/^\^([a-z]{3}_)/)?.[1];
    return encodeURIComponent(prefix ? (ids[prefix] ?? fresh(prefix)) : parameter.example);
  });
  const headers = { ...(one.schemes.has('embed_session') ? side.session : one.schemes.size > 0 ? side.headers : {}), 'if-match': '*' };
  if (one.media) headers['content-type'] = one.media;
  return { path, headers, body: filled(one.example, side, () => ids) };
}

const normal = (answer) => ({
  status: answer.status,
  headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !['x-request-id', 'date', 'cf-ray'].includes(name))),
  body: answer.text.replace(ID, (_, prefix) => `${prefix}(id)`).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(time)'),
});

/** Everything that a side can read of itself. */
async function state(side) {
  const seen = {};
  for (const one of operations) {
    if (one.method !== 'GET' || one.parameters.length > 0 || !one.schemes.has('access_token')) continue;
    const answer = await send(side.key, 'GET', one.path, { headers: side.headers });
    seen[one.path] = [answer.status, answer.text.replace(/"(last_)?seen_at":"[^"]*"|"(last_)?used_at":"[^"]*"|req_[0-9a-f]{32}/g, '')];
  }
  return seen;
}

test("another tenant's object and a missing one are the same answer, for every operation that names one", async () => {
  const before = await state(theirs);
  let asked = 0;
  for (const one of operations) {
    const named = (one.path + JSON.stringify(one.example ?? '')).match(/\{\w+\}|\b[a-z]{3}_[0-9a-f]{32}\b/);
    if (!named || one.schemes.has('operator_token') || one.schemes.size === 0) continue;
    const foreign = request(one, ours, theirs.ids);
    const missing = request(one, ours, {});
    const [theirAnswer, noAnswer] = [
      await call(PORT, hostOf(ours.key), one.method, foreign.path, foreign),
      await call(PORT, hostOf(ours.key), one.method, missing.path, missing),
    ];
    assert.deepEqual(normal(theirAnswer), normal(noAnswer), one.name);
    assert.ok(theirAnswer.status >= 400 && theirAnswer.status < 500, `${one.name}: ${theirAnswer.text}`);
    asked += 1;
  }
  assert.ok(asked >= 12, `only ${asked} operations name an object`);
  assert.deepEqual(await state(theirs), before, 'nothing of theirs has changed');
});

test("with our credentials at another tenant's host every operation answers as at a host without a tenant", async () => {
  let asked = 0;
  for (const one of operations) {
    if (!one.schemes.has('access_token') && !one.schemes.has('embed_session')) continue;
    const { path, headers, body } = request(one, ours, ours.ids);
    const [at, nowhere] = [
      await call(PORT, hostOf(theirs.key), one.method, path, { headers, body }),
      await call(PORT, 'nobody-at-all.localhost', one.method, path, { headers, body }),
    ];
    if (one.schemes.has('embed_session')) assert.ok([401, 404].includes(at.status), `${one.name}: ${at.status}`);
    else {
      assert.deepEqual(normal(at), normal(nowhere), one.name);
      assert.ok([404, 405, 413, 415].includes(at.status), `${one.name}: ${at.status}`);
    }
    asked += 1;
  }
  assert.ok(asked > 30, `${asked} operations`);
});

test('without credentials every operation that asks for some is a 401 that tells nothing', async () => {
  for (const one of operations) {
    if (one.schemes.size === 0) continue;
    const { path, body } = request(one, ours, ours.ids);
    const host = one.schemes.has('operator_token') ? 'localhost' : hostOf(ours.key);
    const headers = one.media ? { 'content-type': one.media } : {};
    const answer = await call(PORT, host, one.method, path, { headers, body });
    assert.equal(answer.status, 401, `${one.name}: ${answer.text}`);
  }
});
