// The entry of every Worker, over a stand-in for what worker-build makes of the wasm.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'livery-entry-'));
after(() => rmSync(folder, { recursive: true, force: true }));
copyFileSync(new URL('../src/entry.js', import.meta.url), join(folder, 'entry.js'));
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
writeFileSync(
  join(folder, 'index.js'),
  `globalThis.__worker_init_state = { criticalError: false };
  export const asked = [];
  export const wasm = { atOnce: () => undefined, fetch: async () => 'made' };
  class Entry {
    constructor(ctx, env) {
      asked.push('instance');
      if (globalThis.__worker_init_state.criticalError) asked.push('started anew');
      globalThis.__worker_init_state.criticalError = false;
      Object.assign(this, { ctx, env });
    }
    fetch(request) {
      asked.push(['fetch', request.method, this.env, this.ctx]);
      return wasm.fetch();
    }
    answerAtOnce(url, tag) {
      asked.push(['at once', url, tag]);
      return wasm.atOnce();
    }
  }
  export default Entry;`,
);
const listeners = {};
globalThis.addEventListener = (type, listener) => void (listeners[type] = listener);
const queue = globalThis.queueMicrotask;
const { default: entry } = await import(join(folder, 'entry.js'));
const { asked, wasm } = await import(join(folder, 'index.js'));
const ours = globalThis.queueMicrotask;
globalThis.queueMicrotask = queue;

const request = (method = 'GET') => ({ method, url: 'https://a.test/x', headers: new Headers({ 'if-none-match': '"1"' }) });
const call = (method) => entry.fetch(request(method), 'env', 'ctx');
beforeEach(() => {
  asked.length = 0;
  Object.assign(wasm, { atOnce: () => undefined, fetch: async () => 'made' });
  globalThis.__worker_init_state.criticalError = false;
});

test('what is at hand is given as it is, and nothing else is asked', () => {
  wasm.atOnce = () => 'at hand';
  assert.equal(call(), 'at hand');
  assert.deepEqual(asked, [['at once', 'https://a.test/x', '"1"']]);
});

test('what is not at hand, and what is no GET, goes the way of every request, without an instance', async () => {
  assert.equal(await call(), 'made');
  assert.equal(await call('POST'), 'made');
  assert.deepEqual(asked, [['at once', 'https://a.test/x', '"1"'], ['fetch', 'GET', 'env', 'ctx'], ['fetch', 'POST', 'env', 'ctx']]);
});

test('after a trap the next request starts wasm anew, and the one after it does not', async () => {
  for (const name of ['atOnce', 'fetch']) {
    wasm[name] = () => {
      throw new WebAssembly.RuntimeError('unreachable');
    };
    assert.throws(() => call(), WebAssembly.RuntimeError);
    wasm[name] = name === 'fetch' ? async () => 'made' : () => undefined;
    asked.length = 0;
    assert.equal(await call('PUT'), 'made');
    assert.deepEqual(asked.slice(0, 2), ['instance', 'started anew'], name);
    asked.length = 0;
    await call('PUT');
    assert.deepEqual(asked, [['fetch', 'PUT', 'env', 'ctx']]);
  }
});

test('a trap in a future that is not awaited counts too; another fault does not', async () => {
  listeners.unhandledrejection({ reason: new Error('a fault of ours') });
  assert.equal(globalThis.__worker_init_state.criticalError, false);
  listeners.unhandledrejection({ reason: new WebAssembly.RuntimeError('unreachable') });
  await call('PUT');
  assert.deepEqual(asked.slice(0, 2), ['instance', 'started anew']);
});

test('microtasks run in the order in which they were queued', async () => {
  const ran = [];
  for (const n of [1, 2, 3]) ours(() => ran.push(n));
  await new Promise(setImmediate);
  assert.deepEqual(ran, [1, 2, 3]);
});
