// `scripts/build`: the functions as they are deployed.
import { Refusal } from '../schema/refusal.mjs';
import { bundleWidget, compile } from './compile.mjs';
import { pack } from './pack.mjs';
import { twoAtOnce } from './run.mjs';

export async function main({ spin, functions }) {
  // A signal by itself would leave cargo behind, which has a process group of its own.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  if (!await bundleWidget()) throw new Refusal('the widget was not built');
  if (!await compile(functions, { runtime: spin ? 'spin' : 'workers' })) throw new Refusal('the functions were not compiled');
  if (spin) return;
  const packed = await twoAtOnce(functions, (name) => pack(name, functions));
  if (packed.includes(false)) throw new Refusal('not every function was packed');
}
