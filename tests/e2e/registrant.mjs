// Tenants that a scenario makes for itself, and where its requests come from: what is counted by address must not be used
// up for others.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { call } from '../../scripts/world/client.mjs';
import { PORT, eventually, send } from './scenario.mjs';

export const PASSWORD = 'zebra lamp river';

/** Headers of somebody at an address of nobody else's. `wrangler dev` takes a client's word for it; Spin has one address for all. */
export const from = () => ({ 'cf-connecting-ip': `198.18.${randomInt(256)}.${randomInt(1, 255)}` });

export const fresh = (word) => `${word}-${randomUUID().slice(0, 8)}`;

export const platform = (method, path, options) => call(PORT, 'localhost', method, path, options);

/** Registers `key` for somebody new; the answer, whatever it is. */
export const register = (key, { plan = 'professional', headers = from(), email = `owner@${key}.test` } = {}) =>
  platform('POST', '/v1/auth/register', {
    headers, body: { tenant_key: key, tenant_name: `The ${key}`, name: 'Owner', email, password: PASSWORD, plan },
  });

export const login = (key, body, headers = from()) =>
  send(key, 'POST', '/v1/auth/login', { headers, body: { email: `owner@${key}.test`, password: PASSWORD, ...body } });

/** A tenant of one's own: `{key, id, email, tokens, auth}` of its owner. */
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

/** The newest mail to somebody whose text `pattern` finds, out of development's outbox: what it found. */
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

