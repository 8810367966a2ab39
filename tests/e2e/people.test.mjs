// The team over HTTP: from an invitation's mail to the last owner, and seats under many invitations at once.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { PORT, problem, send, signIn } from './scenario.mjs';

const PASSWORD = 'correct horse battery';
const stranger = () => `${randomUUID()}@nowhere.test`;

const invite = (tenant, headers, email, role = 'member') => send(tenant, 'POST', '/v1/invitations', { headers, body: { email, role } });
const accept = (tenant, token) => send(tenant, 'POST', '/v1/auth/invitations/accept', { body: { token, name: 'Gus Guest', password: PASSWORD } });

/** The code in the mail to `email`, as the outbox of a system in development shows it. */
async function codeFor(email) {
  const list = await call(PORT, 'localhost', 'GET', '/outbox');
  assert.equal(list.status, 200, list.text);
  const [, mail] = new RegExp(`href="/outbox\\?mail=([^"]+)">[^<]*</a></th><td[^>]*>${email}</td>`).exec(list.text) ?? [];
  assert.ok(mail, `no mail to ${email} in ${list.text}`);
  const opened = await call(PORT, 'localhost', 'GET', `/outbox?mail=${mail}`);
  const [code] = /lvi_[0-9A-Za-z_-]{49}/.exec(opened.text) ?? [];
  assert.ok(code, opened.text);
  return code;
}

test('from the mail into the team, once however often at once; another role and the door count for the next write', async () => {
  const owner = await signIn('crew');
  const email = stranger();
  const invited = await invite('crew', owner, email);
  assert.equal(invited.status, 201, invited.text);
  assert.equal(invited.json().delivery, 'sent');
  const code = await codeFor(email);
  assert.ok(!invited.text.includes(code), 'the inviting member is not shown the code');

  const face = await send('crew', 'POST', '/v1/auth/invitations/look-up', { body: { token: code } });
  assert.equal(face.status, 200, face.text);
  assert.deepEqual([face.json().email, face.json().role, face.json().has_account], [email, 'member', false]);
  problem(await send('acme', 'POST', '/v1/auth/invitations/look-up', { body: { token: code } }), 404, 'not_found');

  const both = await Promise.all([accept('crew', code), accept('crew', code)]);
  const came = both.filter(({ status }) => status === 201);
  assert.equal(came.length, 1, both.map(({ text }) => text).join('\n'));
  assert.equal(problem(both.find(({ status }) => status !== 201), 410, 'gone').reason, 'invitation_accepted');
  problem(await accept('crew', code), 410, 'gone');

  const guest = { authorization: `Bearer ${came[0].json().access_token}` };
  const me = await send('crew', 'GET', '/v1/me', { headers: guest });
  assert.deepEqual([me.json().email, me.json().role], [email, 'member']);
  const member = `/v1/members/${me.json().user_id}`;

  problem(await invite('crew', guest, stranger()), 403, 'forbidden');
  const raised = await send('crew', 'PATCH', member, { headers: owner, body: { role: 'manager' } });
  assert.deepEqual([raised.status, raised.json().role], [200, 'manager'], raised.text);
  const theirs = await invite('crew', guest, stranger());
  assert.equal(theirs.status, 201, theirs.text);
  problem(await send('crew', 'PATCH', member, { headers: guest, body: { role: 'owner' } }), 403, 'forbidden');

  const removed = await send('crew', 'DELETE', member, { headers: owner });
  assert.equal(removed.status, 204, removed.text);
  problem(await invite('crew', guest, stranger()), 401, 'unauthenticated');
  problem(await send('crew', 'GET', member, { headers: owner }), 404, 'not_found');
  const login = { email, password: PASSWORD };
  problem(await send('crew', 'POST', '/v1/auth/login', { body: login }), 401, 'invalid_credentials');
});

test('the last owner stays, by every way out', async () => {
  const owner = await signIn('crew');
  const { user_id } = (await send('crew', 'GET', '/v1/me', { headers: owner })).json();
  const self = `/v1/members/${user_id}`;
  problem(await send('crew', 'PATCH', self, { headers: owner, body: { role: 'admin' } }), 409, 'last_owner');
  problem(await send('crew', 'DELETE', self, { headers: owner }), 409, 'last_owner');
  problem(await send('crew', 'DELETE', `/users/${user_id}`, { headers: owner }), 409, 'last_owner');
  assert.equal((await send('crew', 'GET', self, { headers: owner })).json().role, 'owner');
});

test('of twenty invitations at once as many are made as there are seats left, and one that is taken back is a seat again', async () => {
  const owner = await signIn('crowd');
  // Eight seats, and the owner has one.
  const answers = await Promise.all(Array.from({ length: 20 }, () => invite('crowd', owner, stranger(), 'viewer')));
  const made = answers.filter(({ status }) => status === 201);
  assert.equal(made.length, 7, answers.map(({ status }) => status).join(' '));
  for (const refused of answers.filter(({ status }) => status !== 201)) problem(refused, 409, 'seat_limit_reached');

  const pending = await send('crowd', 'GET', '/v1/invitations?status=pending&limit=100', { headers: owner });
  const ids = (list) => list.map(({ id }) => id).sort();
  assert.deepEqual(ids(pending.json().data), ids(made.map((answer) => answer.json())));

  const [first] = ids(pending.json().data);
  assert.equal((await send('crowd', 'DELETE', `/v1/invitations/${first}`, { headers: owner })).status, 204);
  assert.equal((await invite('crowd', owner, stranger(), 'viewer')).status, 201);
  problem(await invite('crowd', owner, stranger(), 'viewer'), 409, 'seat_limit_reached');
  const audit = await send('crowd', 'GET', '/v1/audit/verify', { headers: owner });
  assert.equal(audit.status, 200, audit.text);
});
