import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { takeLockAs } from './lock.mjs';

test('A second caller of a lock is told who has it, and gets it once it is free', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'livery-lock-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'lock');
  const first = takeLockAs('the first', path, 'the data');
  assert.throws(() => takeLockAs('the second', path, 'the data'), /^Error: the data is in use by the first$/);
  first.release();
  takeLockAs('the third', path, 'the data').release();
});
