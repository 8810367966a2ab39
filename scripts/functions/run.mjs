// Runs a build program to its end, and ends it with this process.
import { spawn } from 'node:child_process';

/**
 * Runs `program` in a process group of its own. Returns `{ok, said}`: whether it ended with 0 and, with `quiet`, its output, which is then
 * not shown.
 */
export function run(program, args, { cwd, env, quiet = false } = {}) {
  const out = quiet ? 'pipe' : 'inherit';
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', out, out], detached: true });
  const end = () => {
    try { process.kill(-child.pid, 'SIGKILL'); } catch { /* It has ended. */ }
  };
  process.once('exit', end);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => { said += text; });
  return new Promise((resolve) => {
    const done = (ok) => {
      process.removeListener('exit', end);
      resolve({ ok, said });
    };
    child.once('error', (fault) => {
      said += `${program}: ${fault.message}`;
      if (!quiet) console.error(said);
      done(false);
    });
    child.once('close', (code) => done(code === 0));
  });
}

/** Does `work` for each of `list`, two at a time: most build programs use one core. */
export async function twoAtOnce(list, work) {
  const waiting = [...list];
  const results = [];
  const one = async () => {
    while (waiting.length > 0) results.push(await work(waiting.shift()));
  };
  await Promise.all([one(), one()]);
  return results;
}
