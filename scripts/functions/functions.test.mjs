// What is served while sources change.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ON_WORKERS } from './names.mjs';
import { servePacked } from './serve.mjs';
import { changes, look } from './sources.mjs';

function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'livery-functions-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
const write = (root, path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const packed = (root, { wasm = 'wasm', script = 'script' } = {}) => {
  write(root, 'index_bg.wasm', wasm);
  write(root, 'index.js', `import wasm from "./index_bg.wasm"; // ${script}`);
  write(root, 'entry.js', 'import "./index.js";');
};
const wasmsIn = (served) => readdirSync(served).filter((name) => name.endsWith('.wasm'));

test('A change, a new file, one that is gone and one that was replaced by an editor are seen; nothing else is', (t) => {
  const root = folder(t);
  for (const path of ['shared/http/src/lib.rs', 'shared/console/templates/team.html', 'shared/http/src/old.rs', 'Cargo.toml']) write(root, path, 'one');
  const before = look(root);
  assert.deepEqual(changes(before, look(root)), []);
  write(root, 'shared/console/templates/team.html', 'other');
  write(root, 'functions/edge/src/new.rs', 'new');
  rmSync(join(root, 'shared/http/src/old.rs'));
  write(root, 'saved', 'two');
  renameSync(join(root, 'saved'), join(root, 'shared/http/src/lib.rs'));
  assert.deepEqual(changes(before, look(root)), ['functions/edge/src/new.rs', 'shared/console/templates/team.html', 'shared/http/src/lib.rs', 'shared/http/src/old.rs']);
});

test('What is built and what is a test is no source, but a build script is one', (t) => {
  const root = folder(t);
  const before = look(root);
  for (const path of ['functions/edge/build/index.js', 'shared/widget/dist/embed.js', 'shared/world/tests/routes.rs', 'shared/widget/test/a.mjs']) write(root, path, 'built');
  assert.deepEqual(changes(before, look(root)), []);
  write(root, 'shared/console/build/main.rs', 'script');
  assert.deepEqual(changes(before, look(root)), ['shared/console/build/main.rs']);
});

test('The served script names a wasm that is there, before and after a change', (t) => {
  const root = folder(t);
  const [from, to] = [join(root, 'packed'), join(root, 'served')];
  packed(from);
  assert.equal(servePacked(from, to), true);
  assert.equal(servePacked(from, to), false, 'the same again is no change');
  const first = readFileSync(join(to, 'index.js'), 'utf8');
  packed(from, { wasm: 'other' });
  assert.equal(servePacked(from, to), true);
  const second = readFileSync(join(to, 'index.js'), 'utf8');
  for (const script of [first, second]) assert.ok(existsSync(join(to, /"(.*\.wasm)"/.exec(script)[1])), script);
  packed(from, { wasm: 'third' });
  servePacked(from, to);
  assert.equal(wasmsIn(to).length, 2, 'those of before the last change are removed');
});

test('A script that does not name its wasm is refused, and what was served stays', (t) => {
  const root = folder(t);
  const [from, to] = [join(root, 'packed'), join(root, 'served')];
  packed(from);
  servePacked(from, to);
  const before = readFileSync(join(to, 'index.js'), 'utf8');
  writeFileSync(join(from, 'index.js'), 'fetch("wasm")');
  assert.throws(() => servePacked(from, to), /does not name its wasm/);
  assert.equal(readFileSync(join(to, 'index.js'), 'utf8'), before);
});

test('Every function of the workspace is one that is built', () => {
  const all = readdirSync(join(import.meta.dirname, '../../functions'));
  assert.deepEqual([...ON_WORKERS].sort(), all.sort());
});
