// Outgoing mail: the requests to a provider, and what happens if it refuses one. Tested with invitations, whose answers contain the outcome
// of their mail.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { mailProvider } from './mail-provider.mjs';
import { mortal } from './mortal.mjs';

/** `wrangler dev` lists the variables that it was started with. */
const isBanner = (line) => line.includes('Environment Variable');

/** A production system whose mail goes to `provider`, and nowhere if there is none. */
async function systemOf(t, provider) {
  const world = await mortal(t, { config: { environment: 'production', mail: provider?.settings }, signedIn: ['acme'] });
  const linesAbout = (text) => world.system.lines.filter((line) => line.includes(text));
  const post = async (path, body) => {
    const answer = await world.ask('acme', 'POST', path, { headers: world.owner('acme'), body });
    assert.ok([200, 201].includes(answer?.status), answer?.text);
    return answer;
  };
  return {
    invite: (extra = {}) => post('/v1/invitations', { email: `${randomUUID()}@nowhere.test`, role: 'viewer', ...extra }),
    logged: (text) => eventually(() => linesAbout(text), (lines) => lines.length > 0),
    /** No line of ours names a person, a code or the provider's key. */
    keptToItself: () => {
      for (const secret of ['@nowhere', 'nowhere.test', 'lvi_', 're_of_a_test']) assert.deepEqual(linesAbout(secret).filter((line) => !isBanner(line)), []);
    },
  };
}

test('an invitation becomes one request to the provider, with its code and in the language that was asked for', async (t) => {
  const provider = await mailProvider(t);
  const system = await systemOf(t, provider);
  const answer = await system.invite({ email: 'ada@nowhere.test', locale: 'ja' });
  assert.equal(answer.json().delivery, 'sent');
  assert.equal(provider.mails.length, 1);
  const [{ method, url, headers, body }] = provider.mails;
  assert.equal(`${method} ${url}`, 'POST /emails');
  assert.equal(headers.authorization, 'Bearer re_of_a_test');
  assert.equal(headers['content-type'], 'application/json');
  assert.match(headers['idempotency-key'], /^invitation\/[0-9a-f]{32}$/);
  assert.deepEqual(Object.keys(body).sort(), ['from', 'html', 'subject', 'text', 'to']);
  assert.match(body.from, /^Acme.* via Livery <mail@livery\.example>$/);
  assert.deepEqual(body.to, ['ada@nowhere.test']);
  assert.match(body.subject, /招待/);
  const [, code] = /\/admin\/invitation#(lvi_[\w-]{49})/.exec(body.text) ?? [];
  assert.ok(code, body.text);
  assert.ok(body.html.includes(`#${code}"`), body.html);
  assert.ok(!answer.text.includes(code), 'the inviting member is not shown the code');

  assert.equal((await system.invite()).json().delivery, 'sent');
  assert.notEqual(provider.mails[1].headers['idempotency-key'], headers['idempotency-key'], 'a new code is a new mail');
  assert.equal(provider.sent, 2);
  system.keptToItself();
});

test('what a provider refuses, or fails to take, undoes nothing and is told to the log', async (t) => {
  const provider = await mailProvider(t);
  const system = await systemOf(t, provider);
  for (const [how, told] of [
    [{ status: 500 }, 'the mail provider fails with 500'],
    [{ status: 422, name: 'validation_error' }, 'the mail provider refuses with 422 validation_error'],
    [{ status: 429, name: 'rate_limit_exceeded' }, 'the mail provider is asked too often'],
  ]) {
    provider.answer(how);
    assert.equal((await system.invite()).json().delivery, 'failed');
    await system.logged(told);
  }
  assert.equal(provider.mails.length, 3, 'each was tried once');
  system.keptToItself();
});

test('a provider that does not answer is waited for 10 seconds', async (t) => {
  const provider = await mailProvider(t);
  const system = await systemOf(t, provider);
  provider.answer('hang');
  const from = Date.now();
  assert.equal((await system.invite()).json().delivery, 'failed');
  const millis = Date.now() - from;
  assert.ok(millis >= 9_500 && millis < 20_000, `answered after ${millis} ms`);
  await system.logged('the mail provider did not answer within 10 s');
  system.keptToItself();
});

test('in production without a provider no mail is kept anywhere, and the log names the setting', async (t) => {
  const system = await systemOf(t);
  assert.equal((await system.invite()).json().delivery, 'failed');
  await system.logged('no mail provider: LIVERY_MAIL_URL is not set');
  system.keptToItself();
});
