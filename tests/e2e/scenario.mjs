// Steps of scenarios as functions, over HTTP and sockets against a running system.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { createParser } from 'eventsource-parser';
import WebSocket from 'ws';
import { call } from '../../scripts/world/client.mjs';

export { eventually } from './eventually.mjs';

export const PORT = Number(process.env.LIVERY_BASE_PORT);
if (!PORT) throw new Error('LIVERY_BASE_PORT is not set: run scripts/test, or scripts/world/with-system.mjs');

/** The customer's page of these tests. */
export const PAGE = `http://localhost:${PORT + 1}`;
export const hostOf = (tenant) => `${tenant}.localhost`;

export const send = (tenant, method, path, options) => call(PORT, hostOf(tenant), method, path, options);

/** Asserts a problem document and returns it without the fields that differ between two equal problems. */
export function problem(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.equal(answer.headers['cache-control'], 'no-store');
  const document = answer.json();
  assert.equal(document.code, code);
  assert.equal(document.type, `/problems/${code}`);
  assert.equal(document.status, status);
  assert.match(document.request_id, /^req_[0-9a-f]{32}$/);
  return { ...document, request_id: '' };
}

export async function signIn(tenant, email = `owner@${tenant === 'globex' ? 'globex' : 'acme'}.test`) {
  const answer = await send(tenant, 'POST', '/v1/auth/login', { body: { email, password: 'livery-demo' } });
  assert.equal(answer.status, 200, answer.text);
  return { authorization: `Bearer ${answer.json().access_token}` };
}

/** Patches the draft at its current version. */
export async function patch(tenant, auth, body) {
  const draft = await send(tenant, 'GET', '/v1/branding', { headers: auth });
  return send(tenant, 'PATCH', '/v1/branding', { headers: { ...auth, 'if-match': draft.headers.etag }, body });
}

export async function publish(tenant, auth) {
  const answer = await send(tenant, 'POST', '/v1/branding/publish', { headers: auth });
  assert.ok([200, 201].includes(answer.status), answer.text);
  return answer.json();
}

/** Publishes a launcher colour that no release had before; one that has no shorter spelling, so it is served as written. */
export async function publishNewColour(tenant, auth) {
  const colour = `#12${randomUUID().slice(0, 4)}`;
  const changed = await patch(tenant, auth, { tokens: { color: { light: { launcher: colour } } } });
  assert.equal(changed.status, 200, changed.text);
  return { colour, release: await publish(tenant, auth) };
}

export async function session(tenant, { origin = PAGE, visitor_token } = {}) {
  const body = visitor_token ? { visitor_token } : {};
  return send(tenant, 'POST', '/v1/embed/sessions', { headers: { origin }, body });
}

/** A visitor with a session and an open conversation. */
export async function visitor(tenant, visitor_token) {
  const minted = await session(tenant, { visitor_token });
  assert.equal(minted.status, 201, minted.text);
  const { session_token, visitor_token: token } = minted.json();
  const headers = { authorization: `Bearer ${session_token}` };
  const opened = await send(tenant, 'POST', '/v1/conversations', { headers, body: {} });
  assert.ok([200, 201].includes(opened.status), opened.text);
  return { headers, session_token, visitor_token: token, conversation: opened.json().id };
}

export const write = (tenant, from, text, key = randomUUID()) => send(
  tenant, 'POST', `/v1/conversations/${from.conversation}/messages`,
  { headers: { ...from.headers, 'idempotency-key': key }, body: { text } },
);

/** Collects frames as they arrive, and waits for one that `wanted` accepts. */
export class Frames {
  frames = [];
  waiting = [];

  take(frame) {
    this.frames.push(frame);
    this.waiting = this.waiting.filter((look) => !look());
  }

  frame(wanted, millis = 10_000) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no such frame among ${JSON.stringify(this.frames)}`)), millis);
      const look = () => {
        const found = this.frames.find(wanted);
        if (found) { clearTimeout(late); resolve(found); }
        return Boolean(found);
      };
      if (!look()) this.waiting.push(look);
    });
  }
}

/** A page's socket. */
export class Page extends Frames {
  constructor(tenant, { since, session_token, protocols } = {}) {
    super();
    const query = since === undefined ? '' : `?since=${since}`;
    const offered = protocols ?? ['livery.v1', ...(session_token ? [`bearer.${session_token}`] : [])];
    this.socket = new WebSocket(`ws://127.0.0.1:${PORT}/v1/live${query}`, offered, { headers: { host: `${hostOf(tenant)}:${PORT}` } });
    this.closed = new Promise((resolve) => this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })));
    this.opened = new Promise((resolve, reject) => { this.socket.on('open', resolve); this.socket.on('error', reject); });
    this.opened.catch(() => {});
    this.socket.on('message', (data) => {
      const text = String(data);
      this.take(text === 'pong' ? { type: 'pong' } : JSON.parse(text));
    });
  }

  close() { this.socket.terminate(); }
}

/** A page's event stream. `ids` and `comments` are those received with the frames; `ended` settles with the stream. */
export class EventPage extends Frames {
  ids = [];
  comments = [];

  constructor(tenant, { query = '', headers = {} } = {}) {
    super();
    const parser = createParser({
      onEvent: ({ id, data }) => { if (id !== undefined) this.ids.push(id); this.take(JSON.parse(data)); },
      onComment: (comment) => this.comments.push(comment),
    });
    const sent = { host: `${hostOf(tenant)}:${PORT}`, accept: 'text/event-stream', ...headers };
    this.request = request({ host: '127.0.0.1', port: PORT, path: `/v1/live${query}`, headers: sent, agent: false });
    this.opened = new Promise((resolve, reject) => { this.request.on('response', resolve); this.request.on('error', reject); });
    this.opened.catch(() => {});
    this.ended = this.opened.then((response) => new Promise((resolve) => {
      response.setEncoding('utf8').on('data', (text) => parser.feed(text)).on('error', () => {}).on('close', resolve);
    }));
    this.ended.catch(() => {});
    this.request.end();
  }

  /** Waits for the first frame, which shows that the hub has registered this page. */
  async greeted() {
    await this.opened;
    await this.frame(() => true);
    return this;
  }

  close() { this.request.destroy(); }
}
