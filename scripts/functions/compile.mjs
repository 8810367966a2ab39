// From sources to wasm: one run of cargo for all requested functions, since shared crates are then compiled once.
import { join } from 'node:path';
import { ROOT } from '../world/wrangler.mjs';
import { run } from './run.mjs';

const TARGETS = { workers: 'wasm32-unknown-unknown', spin: 'wasm32-wasip2' };

/** Where cargo writes the wasm of a function. */
export const wasmOf = (name, { runtime = 'workers', profile = 'release' }) => join(ROOT, 'target', TARGETS[runtime], profile, `livery_fn_${name}.wasm`);

/**
 * The arguments of cargo that choose `functions`. Which are compiled together decides which features their dependencies have: a later call
 * for one of them has to name all, otherwise cargo compiles their shared crates again.
 */
export const packagesOf = (functions) => functions.flatMap((name) => ['-p', `livery-fn-${name}`]);

/** Compiles `functions` for a runtime. Returns whether it succeeded; cargo prints its errors itself. */
export async function compile(functions, { runtime = 'workers', profile = 'release', quiet = false } = {}) {
  // In development an edited Cargo.toml updates the lock file; a release uses the committed one.
  const locked = profile === 'release' ? ['--locked'] : [];
  const args = ['build', ...locked, '--profile', profile, '--target', TARGETS[runtime], ...packagesOf(functions), ...(quiet ? ['--quiet'] : [])];
  // For Spin the compiler's output is a component already. Names of Rust functions are a fifth of it and are not used.
  const env = runtime === 'spin' ? { CARGO_TARGET_WASM32_WASIP2_RUSTFLAGS: '-C strip=symbols' } : {};
  return (await run('cargo', args, { cwd: ROOT, env })).ok;
}

/** Bundles the widget, which the edge includes. Returns whether it succeeded. */
export async function bundleWidget({ quiet = false } = {}) {
  const { ok, said } = await run(process.execPath, [join(ROOT, 'shared/widget/build.mjs')], { cwd: ROOT, quiet });
  if (!ok && quiet) console.error(said.trim());
  return ok;
}
