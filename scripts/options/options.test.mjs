// The options of the commands, as typed on the command line: `node --test scripts/*/*.test.mjs`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { Misuse } from './command.mjs';
import * as bench from './bench.mjs';
import * as build from './build.mjs';
import * as dev from './dev.mjs';
import * as scale from './scale.mjs';

const isMisuse = (fault) => fault instanceof Misuse || fault.code?.startsWith('ERR_PARSE_ARGS');

const WRONG = {
  dev: [
    ['--port'], ['--port='], ['--port', '08850'], ['--port', '0'], ['--port', '65535'], ['--port', '1e3'], ['--port', '-1'], ['--port', '8787x'], ['--port', '--spin'],
    ['--postgres='], ['--postgres=foo'], ['--postgres=http://me:secret@host/db'], ['--postgres=postgres:///db'], ['--postgres=postgres://host'],
    ['--nothing'], ['--watch'], ['--spin=yes'], ['spin'],
  ],
  bench: [['--only', 'nothing'], ['--only'], ['--only', ''], ['--json'], ['--json='], ['--quick', '--record'], ['--fast'], ['stylesheet']],
  scale: [['--measure', '--check'], ['--mesure'], ['now']],
  build: [['nothing'], ['--spin', 'objects'], ['--release'], ['edge', 'Edge']],
};
const COMMANDS = { bench, build, dev, scale };

test('Options that are wrong are refused', () => {
  for (const [name, lists] of Object.entries(WRONG)) {
    for (const words of lists) assert.throws(() => COMMANDS[name].read(words, {}), isMisuse, `${name} ${words.join(' ')}`);
  }
});

test('A command that is called wrongly ends with 2, says how it is called, and does nothing', () => {
  for (const [name, [words]] of Object.entries(WRONG)) {
    const done = spawnSync(join(import.meta.dirname, '..', name), words, { encoding: 'utf8' });
    assert.deepEqual([done.status, done.stdout], [2, ''], `${name}: ${done.stderr}`);
    assert.match(done.stderr, new RegExp(`^[^▸]+\nsee \\./scripts/${name} --help\n$`));
  }
});

test('Every command prints its usage on --help and -h, and does nothing', () => {
  for (const name of Object.keys(COMMANDS)) {
    for (const word of ['--help', '-h']) {
      const done = spawnSync(join(import.meta.dirname, '..', name), [word], { encoding: 'utf8' });
      assert.deepEqual([done.status, done.stdout, done.stderr], [0, `${COMMANDS[name].USAGE}\n`, ''], `${name} ${word}`);
    }
  }
});

test('The options of dev choose a runtime, a database and ports', () => {
  const read = (...words) => dev.read(words, {});
  assert.deepEqual(read(), {
    help: false, port: 8787, on: 'workers-d1', ownerUrl: undefined, watch: true, release: false, reset: false, verbose: false,
  });
  assert.deepEqual([read('--spin').on, read('--postgres').on, read('--postgres', '--spin').on], ['spin-sqlite', 'workers-postgres', 'spin-postgres']);
  assert.deepEqual([read('--port', '1').port, read('--port=65534').port], [1, 65_534]);
  assert.deepEqual([read('--no-watch').watch, read('--release').release, read('--reset').reset, read('--verbose').verbose], [false, true, true, true]);
});

test('The URL of a Postgres comes from the option, else from the environment, and counts only with --postgres', () => {
  const environment = { LIVERY_POSTGRES_OWNER_URL: 'postgres://owner:secret@there/livery' };
  const here = 'postgresql://owner:secret@here:5432/livery';
  assert.equal(dev.read([`--postgres=${here}`], environment).ownerUrl, here);
  assert.equal(dev.read(['--postgres'], environment).ownerUrl, environment.LIVERY_POSTGRES_OWNER_URL);
  assert.equal(dev.read([], environment).ownerUrl, undefined);
  assert.equal(dev.read(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: '' }).ownerUrl, undefined);
  assert.throws(() => dev.read(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: 'there' }), /^Error: LIVERY_POSTGRES_OWNER_URL needs/);
});

test('No refusal shows a password', () => {
  const fault = (() => { try { dev.read(['--postgres=http://owner:secret@host/db'], {}); } catch (thrown) { return thrown; } })();
  assert.doesNotMatch(fault.message, /secret/);
});

test('Only what a command needs is installed', () => {
  const needs = (...words) => dev.needs(dev.read(words, {})).setup;
  assert.deepEqual([needs(), needs('--spin'), needs('--postgres')], [[], ['--spin'], ['--postgres']]);
  assert.deepEqual(needs('--postgres=postgres://owner@host/db'), []);
  assert.deepEqual([scale.needs(scale.read([])), scale.needs(scale.read(['--measure']))], [{}, { setup: [], peers: true }]);
});

test('bench measures all rows, or those that are named, each once', () => {
  assert.deepEqual(bench.read([]).rows, bench.ROWS);
  assert.deepEqual(bench.read(['--only', 'theme', '--only', 'cold', '--only', 'theme']).rows, ['theme', 'cold']);
});

test('build builds all functions of a runtime, or those that are named', () => {
  assert.deepEqual(build.read(['theme', 'auth', 'theme']).functions, ['theme', 'auth']);
  assert.ok(build.read([]).functions.includes('objects'));
  assert.ok(!build.read(['--spin']).functions.includes('objects'));
});
