// A small HTTP client that can send any Host: Node's own fetch does not resolve `*.localhost`.
import { request } from 'node:http';

/**
 * Sends one request to 127.0.0.1:`port` as if to `host`.
 * Returns `{status, headers, text, json()}`; a `body` that is no string or Buffer is sent as JSON. `agent: false` opens a new connection:
 * one that has been idle for seconds may be closed by the server at the moment when it is used again.
 */
export function call(port, host, method, path, { headers = {}, body, timeout = 60_000, agent } = {}) {
  const sent = { host: `${host}:${port}`, ...headers };
  let payload = body;
  if (body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)) {
    payload = JSON.stringify(body);
    sent['content-type'] ??= 'application/json';
  }
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers: sent, timeout, agent }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString('utf8');
        resolve({ status: incoming.statusCode, headers: incoming.headers, bytes, text, json: () => JSON.parse(text) });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeout} ms: ${method} ${path}`)));
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}
