// The processes whose working folder is within a folder: finds leftovers whose parent has ended.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

/** The ids of all processes whose working folder is `dir` or below it. */
export function processesWithin(dir) {
  if (!existsSync(dir)) return [];
  const home = realpathSync(dir);
  if (!existsSync('/proc/self/cwd')) {
    const found = spawnSync('lsof', ['-t', '-a', '-d', 'cwd', '+D', home], { encoding: 'utf8' });
    return (found.stdout ?? '').split('\n').filter(Boolean).map(Number);
  }
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((id) => {
    try {
      const cwd = readlinkSync(`/proc/${id}/cwd`);
      return cwd === home || cwd.startsWith(home + sep);
    } catch {
      return false; // Ended meanwhile, or another user's.
    }
  });
}

/** Kills every process whose working folder is in `dir`. */
export async function killWithin(dir) {
  for (;;) {
    const found = processesWithin(dir);
    if (found.length === 0) return;
    for (const id of found) {
      try { process.kill(id, 'SIGKILL'); } catch { /* gone already */ }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
