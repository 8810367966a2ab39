// The options of `scripts/build`.
import { parseArgs } from 'node:util';
import { ON_SPIN, ON_WORKERS } from '../functions/names.mjs';
import { Misuse } from './command.mjs';

export const USAGE = `usage: ./scripts/build [--spin] [FUNCTION]…

Builds the widget and the functions as they are deployed: for Workers into functions/*/build, or the components of spin.toml.

  FUNCTION   only these, of ${ON_WORKERS.join(', ')}
  --spin     the components for Spin, which has no ${ON_WORKERS.filter((name) => !ON_SPIN.includes(name)).join(' and no ')}
  --help     this text`;

export function read(words) {
  const { values: { spin, help }, positionals } = parseArgs({
    args: words, allowPositionals: true,
    options: { spin: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const all = spin ? ON_SPIN : ON_WORKERS;
  const unknown = positionals.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Misuse(`unknown function: '${unknown}'; there are ${all.join(', ')}`);
  return { help, spin, functions: positionals.length > 0 ? [...new Set(positionals)] : all };
}
