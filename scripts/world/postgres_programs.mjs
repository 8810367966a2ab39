// Where PostgreSQL's programs are, and as which user they run.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `{bin, pgbouncer}`, or an error that says how to get them. */
export function programs() {
  const found = spawnSync(join(import.meta.dirname, '..', 'postgres-programs'), { encoding: 'utf8' });
  if (found.status !== 0) throw new Error(found.stderr.trim() || found.error?.message);
  const [bin, pgbouncer] = found.stdout.trim().split('\n');
  return { bin, pgbouncer };
}

/** The user who runs the programs with data below `dir`: the current one, or, since PostgreSQL and PgBouncer refuse to run as root, the
 * user `postgres`, or `nobody`. `command` returns the words to spawn, `own` gives that user the ownership of a path.
 */
export function servantOf(dir) {
  if (process.getuid() !== 0) {
    return { command: (program, args) => [program, ...args], own: (path, mode) => chmodSync(path, mode) };
  }
  const id = (flag, name) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  const name = ['postgres', 'nobody'].find((candidate) => spawnSync('id', [candidate]).status === 0);
  const [uid, gid] = [id('-u', name), id('-g', name)];
  const as = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const tried = spawnSync('setpriv', [...as, 'true'], { encoding: 'utf8' });
  if (tried.status !== 0) throw new Error(`as root, Postgres runs as ${name} by means of setpriv: ${tried.stderr || tried.error?.message}`);
  // That user has to reach data below a folder that only root may enter, such as /root or a fresh one in /tmp.
  let nearest = dir;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  const reached = spawnSync('setpriv', [...as, 'test', '-x', nearest]).status === 0;
  if (!reached) as.push('--inh-caps=+dac_override', '--ambient-caps=+dac_override');
  return {
    command: (program, args) => ['setpriv', ...as, program, ...args],
    own: (path, mode) => { chownSync(path, uid, gid); chmodSync(path, mode); },
  };
}
