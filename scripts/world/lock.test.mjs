import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { takeLockAs } from './lock.mjs';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

test('A second caller of a lock is told who has it, though its first holder has forgotten it, and gets it once it is free', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'livery-lock-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'lock');
  const first = new WeakRef(takeLockAs('the first', path, 'the data'));
  // A WeakRef holds on until the end of the turn in which it was made.
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect();
  assert.throws(() => takeLockAs('the second', path, 'the data'), /^Error: the data is in use by the first$/);
  first.deref().release();
  takeLockAs('the third', path, 'the data').release();
});
