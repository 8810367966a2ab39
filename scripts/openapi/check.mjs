// `scripts/check-openapi`: the document against that of the last commit.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breaking, unnamed } from './breaking.mjs';

const DOCUMENT = 'schema/openapi.json';

/** The faults, one line each. */
export function check(root) {
  const text = readFileSync(join(root, DOCUMENT), 'utf8');
  const before = previous(root, text);
  if (before === undefined) return [];
  const broken = breaking(JSON.parse(before), JSON.parse(text));
  return unnamed(broken, readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))
    .flatMap(({ operation, faults }) => faults.map((fault) => `${operation}: ${fault}`));
}

/** The document of the last commit, or of the one before it if the last commit has the current document; `undefined` where there is none. */
function previous(root, text) {
  const last = committed(root, 'HEAD');
  if (last !== text) return last;
  if (!exists(root, 'HEAD~1') && git(root, 'rev-parse', '--is-shallow-repository') === 'true') {
    // A shallow clone can't tell; the commit was compared where it was made.
    console.error('openapi: not compared, since the commit before the last is not here: git fetch --deepen=1');
    return undefined;
  }
  return committed(root, 'HEAD~1');
}

function exists(root, object) {
  return spawnSync('git', ['cat-file', '-e', object], { cwd: root, stdio: 'ignore' }).status === 0;
}

function committed(root, commit) {
  // The whole file: `git` below trims.
  return exists(root, `${commit}:${DOCUMENT}`) ? execFileSync('git', ['show', `${commit}:${DOCUMENT}`], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }) : undefined;
}

function git(root, ...words) {
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
}
