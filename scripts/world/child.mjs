// A system as a child process with children of its own, all of which are ended with it.
import { spawn } from 'node:child_process';
import { call } from './client.mjs';

/** How long a cold system may take on a slow machine to answer. */
const START_MILLIS = 120_000;
const REMEMBERED_LINES = 400;

/** Starts `command`, called `name` in messages. `stop()` ends every process of it, `kill()` kills them; `pid` is that of the first; `exited` resolves when it has ended; `lines` has the last lines of its output.
 */
export function startChild({ name, command, args, cwd, env, port, onLine = () => {} }) {
  const process_ = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lines = [];
  const say = (line) => {
    lines.push(line);
    if (lines.length > REMEMBERED_LINES) lines.shift();
    onLine(line);
  };
  for (const stream of [process_.stdout, process_.stderr]) {
    // A line may arrive in two pieces.
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop();
      parts.forEach(say);
    }).on('end', () => { if (rest) say(rest); });
  }
  const child = { lines, ended: false, pid: process_.pid };
  child.exited = new Promise((resolve) => {
    const end = () => { child.ended = true; resolve(); };
    process_.once('exit', end);
    process_.once('error', (fault) => { say(fault.message); end(); });
  });
  const signal = (which) => {
    // The whole group: whatever it has started too.
    try { process.kill(-process_.pid, which); } catch { /* gone already */ }
  };
  // Also where this process ends while the system is still starting.
  process.once('exit', () => signal('SIGKILL'));
  child.kill = async () => { signal('SIGKILL'); await child.exited; };
  child.stop = async () => {
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), 5_000);
    await child.exited;
    clearTimeout(late);
    signal('SIGKILL');
  };
  /** Waits until every path of `probes` gets an answer that `good` accepts; otherwise ends the system and throws with its log. */
  child.answering = async (host, probes, good) => {
    const until = Date.now() + START_MILLIS;
    for (const probe of probes) {
      for (;;) {
        const answer = await call(port, host, 'GET', probe, { timeout: 5_000 }).catch(() => undefined);
        if (answer && good(answer)) break;
        if (child.ended || Date.now() > until) {
          await child.kill();
          throw new Error(`${probe} did not answer ${child.ended ? `before ${name} ended` : `within ${START_MILLIS / 1000} s`}\n${lines.slice(-40).join('\n')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  return child;
}
