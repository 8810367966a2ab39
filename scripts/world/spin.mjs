// Spin as a child process: the installed one, or this project's own small host where there is none.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './child.mjs';

const ROOT = join(import.meta.dirname, '..', '..');

/** The oldest Spin that can serve the components: it is the first with WASI 0.3. */
const OLDEST = [4, 1];

const HOST_SOURCES = join(ROOT, 'tests/spin-host');
const HOST_HOME = join(ROOT, '.tools/spin-host');

/** Where Spin, and the test host like it, keeps the SQLite database `default`. */
export const sqliteFile = (stateDir) => join(stateDir, 'sqlite_db.db');

/** The version of a Spin, as `[4, 1]`; nothing for any other program, such as Debian's model checker `spin`. */
function versionOf(command) {
  const said = spawnSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000 });
  const found = /^spin (\d+)\.(\d+)\.\d/.exec(said.stdout ?? '');
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}

const isNewEnough = ([major, minor]) => major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);

/** `{command, name}` of the Spin that `SPIN_BIN` names, or of the one on the path; nothing where there is none that is new enough. */
export function installedSpin(log = console.error) {
  const command = process.env.SPIN_BIN || 'spin';
  const version = versionOf(command);
  if (version && isNewEnough(version)) return { command, name: `spin ${version.join('.')}` };
  if (process.env.SPIN_BIN) {
    throw new Error(version ? `SPIN_BIN is Spin ${version.join('.')}; ${OLDEST.join('.')} or later is needed` : `SPIN_BIN=${command} is no Spin`);
  }
  if (version) log(`the installed Spin is ${version.join('.')}, and ${OLDEST.join('.')} is needed: using the test host`);
  return undefined;
}

/**
 * `{command, name}` of what runs components here: the installed Spin, else the test host (`SPIN_HOST_BIN` where it is built
 * already). `LIVERY_SPIN=host` asks for the test host in any case. It is built once, and again when its sources change.
 */
export function spinRuntime(log = console.error) {
  const installed = process.env.LIVERY_SPIN === 'host' ? undefined : installedSpin(log);
  return installed ?? { command: process.env.SPIN_HOST_BIN || testHost(log), name: 'test host' };
}

function testHost(log) {
  const wanted = printOf(HOST_SOURCES);
  const stamp = join(HOST_HOME, '.from');
  const binary = join(HOST_HOME, 'livery-spin-host');
  if (existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return binary;
  log('building the test host for Spin components, once: about 10 minutes on two cores');
  const target = join(HOST_HOME, 'target');
  const manifest = join(HOST_SOURCES, 'Cargo.toml');
  const built = spawnSync('cargo', ['build', '--locked', '--manifest-path', manifest, '--target-dir', target], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (built.status !== 0) throw new Error('the test host for Spin components did not build');
  // A copy, so that the next build does not replace the file while a system runs it.
  copyFileSync(join(target, 'debug/livery-spin-host'), binary);
  writeFileSync(stamp, wanted);
  return binary;
}

/** The sources of the test host; its tests and guests are not part of them. */
function printOf(sources) {
  const print = createHash('sha256');
  const files = ['Cargo.toml', 'Cargo.lock', 'build.rs', ...readdirSync(join(sources, 'src'), { recursive: true }).sort().map((name) => join('src', name))];
  for (const file of files) {
    const path = join(sources, file);
    // A folder, or a file that does not exist.
    try { print.update(file).update(readFileSync(path)); } catch { continue; }
  }
  return print.digest('hex');
}

/**
 * Starts the application of `manifest` with its state in `stateDir`: a child as `startChild` gives it, and `runtime`, what
 * runs it. `variables` go through the environment, where no other user of the machine sees them; `options` are more words for
 * the command line.
 */
export function spinUp({ manifest = join(ROOT, 'spin.toml'), port, stateDir, variables = {}, options = [], onLine, log }) {
  const { command, name } = spinRuntime(log);
  mkdirSync(stateDir, { recursive: true });
  // Spin does not look for a newer version of itself.
  const env = { SPIN_UPDATE_NAG_DISABLE: '1' };
  for (const [key, value] of Object.entries(variables)) env[`SPIN_VARIABLE_${key.toUpperCase()}`] = value;
  const args = ['up', '--from', manifest, '--listen', `127.0.0.1:${port}`, '--state-dir', stateDir, ...options];
  const child = startChild({ name, command, args, cwd: ROOT, env, port, onLine });
  child.runtime = name;
  return child;
}
