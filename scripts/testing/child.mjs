// One job as a child process, with all that it starts.
import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** What a command may take to end its own children after SIGTERM. */
const GRACE_MILLIS = 15_000;
/** After a command has ended, so long may what it left behind keep its output open. */
const LEFTOVER_MILLIS = 2_000;

let browser;
const chromium = () => (browser ??= execFileSync(join(ROOT, 'scripts/chromium'), { encoding: 'utf8' }).trim());

/**
 * Linux shares its cores between sessions first (`sched_autogroup`), and within each by niceness: a job, which is a session of its own, has
 * a lower priority than the others only if its session has the niceness too.
 */
function giveWay(pid, niceness) {
  try { writeFileSync(`/proc/${pid}/autogroup`, String(niceness)); } catch { /* not on Linux, or ended already */ }
}

/**
 * Starts `job`: `done` resolves to `{code, output, why}`, with standard output and error in the order of arrival; `end()` ends its whole
 * process group, first with SIGTERM.
 */
export function startJob(job, niceness) {
  const [command, ...args] = niceness > 0 ? ['nice', '-n', String(niceness), ...job.command] : job.command;
  const env = { ...process.env, ...job.env, ...(job.browser ? { CHROMIUM_BIN: chromium() } : {}) };
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  if (niceness > 0 && child.pid) giveWay(child.pid, niceness);
  const pieces = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => pieces.push(text));

  const signal = (name) => {
    try { process.kill(-child.pid, name); } catch { /* gone already */ }
  };
  const timers = [];
  let why;
  const end = (reason) => {
    why ??= reason;
    signal('SIGTERM');
    timers.push(setTimeout(() => signal('SIGKILL'), GRACE_MILLIS));
  };
  timers.push(setTimeout(() => end(`still running after ${job.minutes} minutes`), job.minutes * 60_000));

  const done = new Promise((resolve) => {
    const settle = (code) => {
      timers.forEach(clearTimeout);
      resolve({ code, output: pieces.join(''), why });
    };
    child.once('error', (fault) => {
      pieces.push(`${fault.message}\n`);
      settle(127);
    });
    child.once('exit', (code, name) => {
      if (name) why ??= `ended by ${name}`;
      timers.push(setTimeout(() => {
        signal('SIGKILL');
        child.stdout.destroy();
        child.stderr.destroy();
      }, LEFTOVER_MILLIS));
      child.once('close', () => settle(code ?? 1));
    });
  });
  return { done, end };
}
