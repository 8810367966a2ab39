import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { freePort, isFree } from './ports.mjs';

const listening = (port) => new Promise((resolve) => {
  const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
});

test('no port is given twice, nor one that is taken, and none that an outgoing connection might have', async (t) => {
  const first = await freePort();
  const taken = await listening(first + 2);
  t.after(() => taken.close());
  const next = await freePort();
  assert.equal(await isFree(first + 2), false);
  assert.ok(next !== first && next !== first + 2 && next + 1 !== first + 2, `${next}`);
  for (const port of [first, next]) assert.ok(port >= 20_000 && port < 32_000, `${port}`);
});

test('processes that run at once are given different ports', async () => {
  const script = `import(${JSON.stringify(import.meta.resolve('./ports.mjs'))}).then(async ({ freePort }) => console.log(await freePort(), await freePort()))`;
  const given = await Promise.all(Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, ['-e', script])));
  const ports = given.flatMap(({ stdout }) => stdout.trim().split(' '));
  assert.equal(new Set(ports).size, 12, ports.join(' '));
});
