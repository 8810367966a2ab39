// From wasm to what a Worker's runtime loads: worker-build adds the JavaScript, and for a release wasm-opt reduces the size.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../world/wrangler.mjs';
import { packagesOf, wasmOf } from './compile.mjs';
import { run } from './run.mjs';

const ENTRY = join(ROOT, 'shared/platform-workers/src/entry.js');
/** What a packed function is made of besides its wasm. */
const MADE_OF = [join(ROOT, 'package.json'), import.meta.filename, ENTRY];
const FILES = ['index_bg.wasm', 'index.js', 'entry.js'];

// The features that Rust's compiler and wasm-bindgen use, and no newer ones: with every feature allowed wasm-opt writes sections that a
// runtime may not support yet.
const FEATURES = [
  'bulk-memory', 'bulk-memory-opt', 'call-indirect-overlong', 'exception-handling', 'multivalue', 'mutable-globals',
  'nontrapping-float-to-int', 'reference-types', 'sign-ext',
].map((name) => `--enable-${name}`);

/** The folder of a packed function; a release is what is deployed, tested and measured. */
export const packedIn = (name, profile) =>
  (profile === 'release' ? join(ROOT, 'functions', name, 'build') : join(ROOT, 'target/packed', profile, name));

/**
 * Packs one of `functions`, which were compiled together, unless it is packed from the same wasm already. Returns whether it succeeded.
 */
export async function pack(name, functions, { profile = 'release', log = console.error } = {}) {
  const wasm = wasmOf(name, { profile });
  const folder = packedIn(name, profile);
  const stamp = join(folder, '.from');
  const print = createHash('sha256');
  for (const path of [wasm, ...MADE_OF]) print.update(readFileSync(path));
  const wanted = print.digest('hex');
  if (existsSync(join(folder, 'index.js')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  log(`packing ${name}`);
  // Written to a temporary file and renamed, so that a process that reads the folder never sees half a file.
  const aside = join(folder, '.new');
  const flags = profile === 'release' ? ['--release'] : ['--profile', profile];
  const packed = await run('worker-build', [...flags, '--no-opt', '--out-dir', aside, '.', '--', ...packagesOf(functions)], { cwd: join(ROOT, 'functions', name), quiet: true });
  if (!packed.ok) {
    console.error(packed.said.trim());
    return false;
  }
  if (profile === 'release' && !await optimise(join(aside, 'index_bg.wasm'))) return false;
  copyFileSync(ENTRY, join(aside, 'entry.js'));
  rmSync(stamp, { force: true });
  for (const file of FILES) renameSync(join(aside, file), join(folder, file));
  rmSync(aside, { recursive: true, force: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** worker-build keeps the names of all Rust functions in the wasm: a seventh of what would be sent. */
async function optimise(wasm) {
  const small = `${wasm}.small`;
  const done = await run('wasm-opt', ['-Oz', ...FEATURES, '--strip-debug', '--strip-producers', wasm, '-o', small], { quiet: true });
  if (done.ok) renameSync(small, wasm);
  else console.error(done.said.trim());
  return done.ok;
}
