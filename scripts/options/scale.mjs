// The options of `scripts/scale`.
import { parseArgs } from 'node:util';
import { Misuse } from './command.mjs';

export const USAGE = `usage: ./scripts/scale [--measure | --check]
             computes docs/scale.md from docs/scale.json
  --measure  first builds, counts what the system uses of the platform, and writes docs/scale.json: five minutes
  --check    writes nothing; fails if docs/scale.md differs from what is computed from docs/scale.json
  --help     this text`;

export function read(words) {
  const flag = { type: 'boolean', default: false };
  const { values } = parseArgs({ args: words, options: { measure: flag, check: flag, help: { ...flag, short: 'h' } } });
  if (values.measure && values.check) throw new Misuse('--measure writes and --check does not: one of them');
  return values;
}

/** Only measuring needs workerd, and what the peers are measured with. */
export const needs = ({ measure }) => (measure ? { setup: [], peers: true } : {});
