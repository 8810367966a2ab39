// Tenants that a scenario makes for itself, and the addresses of its requests: limits that count by address must not be used up for other
// scenarios.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { call } from '../../scripts/world/client.mjs';
import { PORT, eventually, send } from './scenario.mjs';

export const PASSWORD = 'zebra lamp river';

/** Headers of a client at an address of its own. `wrangler dev` accepts the address that a client sends; Spin has one address for all. */
export const from = () => ({ 'cf-connecting-ip': `198.18.${randomInt(256)}.${randomInt(1, 255)}` });

export const fresh = (word) => `${word}-${randomUUID().slice(0, 8)}`;

export const platform = (method, path, options) => call(PORT, 'localhost', method, path, options);

/** Registers `key` for a new person; returns the answer, whatever it is. */
export const register = (key, { plan = 'professional', headers = from(), email = `owner@${key}.test` } = {}) =>
  platform('POST', '/v1/auth/register', {
    headers, body: { tenant_key: key, tenant_name: `The ${key}`, name: 'Owner', email, password: PASSWORD, plan },
  });

export const login = (key, body, headers = from()) =>
  send(key, 'POST', '/v1/auth/login', { headers, body: { email: `owner@${key}.test`, password: PASSWORD, ...body } });

/** A newly registered tenant: `{key, id, email, tokens, auth}` of its owner. */
export async function tenant(word, options) {
  const key = fresh(word);
  const made = await register(key, options);
  assert.equal(made.status, 201, made.text);
  const tokens = await signedIn(key);
  return { key, id: made.json().tenant.id, email: `owner@${key}.test`, tokens, auth: bearer(tokens) };
}

export async function signedIn(key, body) {
  const answer = await login(key, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

export const bearer = (tokens) => ({ authorization: `Bearer ${tokens.access_token}` });

/** The match of `pattern` in the newest mail to an address whose text it matches, from development's outbox. */
export async function mailed(email, pattern) {
  const newest = async () => {
    const list = await platform('GET', '/outbox');
    assert.equal(list.status, 200, list.text);
    for (const row of list.text.split('<tr').filter((part) => part.includes(email))) {
      const [, id] = /mail=(\w+)/.exec(row) ?? [];
      const mail = id && await platform('GET', `/outbox?mail=${id}&as=html`);
      const found = mail && pattern.exec(mail.text);
      if (found) return found;
    }
    return undefined;
  };
  return eventually(newest, (found) => found !== undefined);
}

