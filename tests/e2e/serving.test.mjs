import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { call } from '../../scripts/world/client.mjs';
import { PORT, problem, send } from './scenario.mjs';

test('the loader is small, revalidates and is the same for every tenant', async () => {
  const loader = await send('acme', 'GET', '/widget.js');
  assert.equal(loader.status, 200);
  assert.equal(loader.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(loader.headers['access-control-allow-origin'], '*');
  assert.equal(loader.headers['x-content-type-options'], 'nosniff');
  assert.ok(gzipSync(loader.bytes, { level: 9 }).length <= 3072);
  assert.equal(loader.text, (await send('globex', 'GET', '/widget.js')).text);
  for (const tag of [loader.headers.etag, `W/${loader.headers.etag}`, `"other", ${loader.headers.etag}`, '*']) {
    const again = await send('acme', 'GET', '/widget.js', { headers: { 'if-none-match': tag } });
    assert.equal(again.status, 304, tag);
    assert.equal(again.text, '');
    assert.equal(again.headers.etag, loader.headers.etag);
  }
  assert.equal((await send('acme', 'GET', '/widget.js', { headers: { 'if-none-match': '"other"' } })).status, 200);
});

test('files named by their content are what their name says, for a year', async () => {
  const { stylesheet, config } = (await send('acme', 'GET', '/v1/edge/config')).json();
  const document = (await send('acme', 'GET', '/embed')).text;
  const paths = [...document.matchAll(/(?:href|src)="(\/[wb]\/[^"]+)"/g)].map((match) => match[1]);
  assert.equal(paths.length, 3);
  for (const path of [...paths, stylesheet, config]) {
    const file = await send('acme', 'GET', path);
    assert.equal(file.status, 200, path);
    assert.equal(file.headers['cache-control'], 'public, max-age=31536000, immutable');
    const hash = createHash('sha256').update(file.bytes).digest('base64url');
    assert.ok(path.includes(hash), path);
    assert.equal(file.headers.etag, `"${hash}"`);
    const again = await send('acme', 'GET', path, { headers: { 'if-none-match': `"${hash}"` } });
    assert.equal(again.status, 304);
    const head = await send('acme', 'HEAD', path);
    assert.equal(head.status, 200);
    assert.equal(head.text, '');
  }
});

test('the embed document may be framed by the allowed sites only', async () => {
  const { headers } = await send('acme', 'GET', '/embed');
  const policy = headers['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors http:\/\/localhost:\*$/);
  assert.doesNotMatch(policy, /unsafe/);
});

test('what is not there is not there', async () => {
  for (const path of ['/b/', '/b/x.css', `/b/${'A'.repeat(43)}.css`, `/w/${'A'.repeat(43)}.js`, '/w/..%2f..%2fetc', '/v1/nothing', '/widget.js/', '/b', `/b/${'A'.repeat(43)}.js`]) {
    problem(await send('acme', 'GET', path), 404, 'not_found');
  }
  problem(await send('acme', 'POST', '/widget.js', { body: '' }), 405, 'method_not_allowed');
});

test('a flood of made-up hosts is answered and known hosts are served all the while', async () => {
  const statuses = new Map();
  await Promise.all(Array.from({ length: 20 }, async (_, lane) => {
    for (let n = 0; n < 50; n++) {
      const { status } = await call(PORT, `flood-${lane}-${n}.test`, 'GET', '/widget.js');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (n % 10 === 0) assert.equal((await send('acme', 'GET', '/widget.js')).status, 200);
    }
  }));
  assert.ok([...statuses.keys()].every((status) => status === 404 || status === 503), JSON.stringify([...statuses]));
});

// An answer from an isolate's memory has no request id that one could search the log for.
const withoutId = ({ status, headers, text }) => {
  const { 'x-request-id': _, date, ...head } = headers;
  return { status, head, text };
};

test('what is given from memory is what was given first', async () => {
  const { stylesheet, config } = (await send('acme', 'GET', '/v1/edge/config')).json();
  for (const path of ['/widget.js', '/embed', '/v1/edge/config', stylesheet, config]) {
    const first = await send('acme', 'GET', `${path}?first`);
    const tag = { 'if-none-match': `W/"x", ${first.headers.etag}` };
    const [unchanged, head] = [await send('acme', 'GET', `${path}?first`, { headers: tag }), await send('acme', 'HEAD', `${path}?first`)];
    for (let n = 0; n < 3; n++) {
      assert.deepEqual(withoutId(await send('acme', 'GET', path)), withoutId(first), path);
      assert.deepEqual(withoutId(await send('acme', 'GET', path, { headers: tag })), withoutId(unchanged), path);
      assert.deepEqual(withoutId(await send('acme', 'HEAD', path)), withoutId(head), path);
      problem(await send('acme', 'PUT', path, { body: '' }), 405, 'method_not_allowed');
    }
  }
});

test("one tenant's hot file is not served for another tenant", async () => {
  const { stylesheet, config } = (await send('acme', 'GET', '/v1/edge/config')).json();
  for (const path of [stylesheet, config]) {
    for (let n = 0; n < 3; n++) {
      assert.equal((await send('acme', 'GET', path)).status, 200);
      problem(await send('globex', 'GET', path), 404, 'not_found');
    }
  }
});

test('every answer that is made anew has a request id of its own', async () => {
  const ids = await Promise.all([1, 2, 3].map(async () => (await send('acme', 'GET', '/healthz')).headers['x-request-id']));
  assert.equal(new Set(ids).size, 3);
});

test('the type of a problem leads to a page about it, at the host that answered and in the reader\'s language', async () => {
  for (const [tenant, language, word] of [['acme', 'en', 'What to do'], ['nobody', 'ja', '対処']]) {
    const { type } = problem(await send(tenant, 'GET', '/v1/nothing'), 404, 'not_found');
    const page = await send(tenant, 'GET', type, { headers: { 'accept-language': language } });
    assert.equal(page.status, 200, page.text);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.match(page.headers['content-security-policy'], /^default-src 'none'; /);
    assert.ok(page.text.includes('<code>not_found</code>') && page.text.includes(word), page.text);
  }
  assert.equal((await send('acme', 'GET', '/problems/teapot')).status, 404);
});
