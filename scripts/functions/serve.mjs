// Copies built functions to where a running system loads them from, so that a build never writes a file that is being read.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a temporary file and renames it, so that the file is never half-written. Returns whether anything changed. */
function put(path, bytes) {
  if (existsSync(path) && readFileSync(path).equals(bytes)) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
  return true;
}

/**
 * Puts the packed function in `packed` into `folder`, which wrangler watches, and returns whether it has changed. Script and wasm match at
 * every moment: each wasm has a name of its own, and the script that names it is written last.
 */
export function servePacked(packed, folder) {
  const wasm = readFileSync(join(packed, 'index_bg.wasm'));
  const name = `index_bg.${createHash('sha256').update(wasm).digest('hex').slice(0, 16)}.wasm`;
  const script = readFileSync(join(packed, 'index.js'), 'utf8').replaceAll('./index_bg.wasm', `./${name}`);
  const before = existsSync(join(folder, 'index.js')) ? readFileSync(join(folder, 'index.js'), 'utf8') : '';
  if (!script.includes(name)) throw new Error(`${packed}/index.js does not name its wasm as expected`);
  put(join(folder, name), wasm);
  const entry = put(join(folder, 'entry.js'), readFileSync(join(packed, 'entry.js')));
  const changed = put(join(folder, 'index.js'), Buffer.from(script));
  // The previous one may still be in use.
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.wasm') && file !== name && !before.includes(file)) rmSync(join(folder, file));
  }
  return entry || changed;
}

/** Puts a component into `folder`, from which Spin's manifest takes it, and returns whether it has changed. */
export const serveComponent = (wasm, folder, name) => put(join(folder, `${name}.wasm`), readFileSync(wasm));
