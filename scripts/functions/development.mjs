// What `scripts/dev` serves: builds it, puts it where the runtime loads it from, and repeats that when a source changes.
import { join } from 'node:path';
import { ROOT } from '../world/wrangler.mjs';
import { bundleWidget, compile, wasmOf } from './compile.mjs';
import { ON_SPIN, ON_WORKERS } from './names.mjs';
import { pack, packedIn } from './pack.mjs';
import { twoAtOnce } from './run.mjs';
import { serveComponent, servePacked } from './serve.mjs';
import { changes, look } from './sources.mjs';

/** How often sources are polled. */
const LOOK_MILLIS = 300;

/**
 * Builds all functions and puts them into `served`. Returns the names of those that have changed; nothing if a build failed, and then
 * everything in `served` is unchanged. Cargo knows which functions a change affects, also through included files and build scripts.
 */
export async function buildInto(served, { runtime, profile, quiet = false, widget = true }) {
  const functions = runtime === 'spin' ? ON_SPIN : ON_WORKERS;
  if (widget && !await bundleWidget({ quiet })) return undefined;
  if (!await compile(functions, { runtime, profile, quiet })) return undefined;
  if (runtime === 'spin') return functions.filter((name) => serveComponent(wasmOf(name, { runtime, profile }), served, name));
  const packed = await twoAtOnce(functions, (name) => pack(name, functions, { profile, log: quiet ? () => {} : console.error }));
  if (packed.includes(false)) return undefined;
  return functions.filter((name) => servePacked(packedIn(name, profile), join(served, name)));
}

/** Calls `onChange(paths)` after sources have changed since the poll `seen`, one call at a time. */
export function watchSources(seen, onChange, root = ROOT) {
  const again = async () => {
    const now = look(root);
    const changed = changes(seen, now);
    seen = now;
    if (changed.length > 0) await onChange(changed);
    setTimeout(again, LOOK_MILLIS).unref();
  };
  setTimeout(again, LOOK_MILLIS).unref();
}
