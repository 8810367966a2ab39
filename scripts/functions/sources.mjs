// Which sources of the functions changed. Found by polling, not by file events: checking all of them takes milliseconds, and misses no
// change on any file system, in whatever way an editor saves a file.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What functions are made of. */
export const SOURCES = ['shared', 'functions', 'schema/openapi.json', 'Cargo.toml', 'Cargo.lock', 'wrangler.toml', 'spin.toml'];
/** What in there is not: what was built, and tests. */
const OTHERS = /^(functions\/[^/]+\/build|shared\/widget\/dist|shared\/[^/]+\/tests?)$/;

/** Path to what changes with every edit, of each file in `roots`, which are files or folders of `root`. */
export function look(root, roots = SOURCES) {
  const seen = new Map();
  const visit = (path) => {
    if (OTHERS.test(path)) return;
    try {
      const found = statSync(join(root, path));
      if (found.isDirectory()) for (const entry of readdirSync(join(root, path))) visit(`${path}/${entry}`);
      else seen.set(path, `${found.mtimeMs} ${found.size} ${found.ino}`);
    } catch (fault) {
      // An editor may delete a file and create another one in its place.
      if (fault.code !== 'ENOENT') throw fault;
    }
  };
  roots.forEach(visit);
  return seen;
}

/** The paths that differ between two polls. */
export function changes(before, after) {
  const changed = [...after].filter(([path, print]) => before.get(path) !== print).map(([path]) => path);
  return [...changed, ...[...before.keys()].filter((path) => !after.has(path))].sort();
}
