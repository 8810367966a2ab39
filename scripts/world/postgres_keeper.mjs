// The parent of one PostgreSQL and its PgBouncer: it stops them on request, and when the process that started it has ended.
// Started by postgres.mjs with a channel; a process that is killed can't clean up, but its channel closes.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { killWithin } from './processes.mjs';
import { takeLock } from './lock.mjs';

/** A fast shutdown writes a checkpoint; that it takes longer than this was not seen. */
const STOP_MILLIS = 15_000;

const { lock, cluster, postgres, pgbouncer } = JSON.parse(process.argv[2]);
// The next start waits until this keeper has cleaned up.
if (!takeLock(lock, STOP_MILLIS)) process.exit(1);

const say = (message) => { if (process.connected) process.send(message, () => {}); };

/** Never in a terminal's process group: Ctrl-C is meant for the harness, which then stops the keeper in order. */
function begin(name, [program, ...args]) {
  const log = openSync(join(cluster, `${name}.log`), 'w', 0o600);
  const child = spawn(program, args, { cwd: join(cluster, name), stdio: ['ignore', log, log], detached: true });
  child.ended = new Promise((resolve) => {
    child.once('error', (fault) => { say({ ended: name, why: fault.message }); resolve(); });
    child.once('exit', (code, signal) => { say({ ended: name, why: signal ?? `exit code ${code}` }); resolve(); });
  });
  return child;
}

const server = begin('postgres', postgres);
const bouncer = begin('pgbouncer', pgbouncer);

let ending = false;
async function end(how) {
  if (ending) return;
  ending = true;
  if (how === 'stop') {
    bouncer.kill('SIGTERM');
    server.kill('SIGINT');
    let timer;
    const late = new Promise((resolve) => { timer = setTimeout(resolve, STOP_MILLIS); });
    await Promise.race([Promise.all([server.ended, bouncer.ended]), late]);
    clearTimeout(timer);
  }
  await killWithin(cluster);
  // Their folder may have been removed meanwhile.
  server.kill('SIGKILL');
  bouncer.kill('SIGKILL');
  await Promise.all([server.ended, bouncer.ended]);
  process.exit(0);
}

process.on('message', end);
process.on('disconnect', () => end('stop'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end('stop'));
