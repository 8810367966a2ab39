// The options of `scripts/bench`.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Misuse } from './command.mjs';

/** The order of the report. */
const ORDER = ['stylesheet', 'tenants', 'resolve', 'cold', 'quota', 'live', 'theme', 'api', 'spin'];
const found = readdirSync(fileURLToPath(new URL('../../benchmarks/rows', import.meta.url))).map((name) => name.replace(/\.mjs$/, ''));
/** The names of all rows. */
export const ROWS = [...ORDER.filter((name) => found.includes(name)), ...found.filter((name) => !ORDER.includes(name))];

export const USAGE = `usage: ./scripts/bench [--quick] [--only NAME]… [--json FILE] [--record]

Measures Livery against the usual alternatives. Installs and builds only what the rows need.

  --quick    three short rounds, for a first impression; the figures are not to be quoted
  --only     one row of: ${ROWS.join(', ')}
  --json     writes the rows as JSON
  --record   writes the rows into docs/benchmarks.md and docs/benchmarks.json, replacing their previous figures
  --help     this text`;

export function read(words) {
  const flag = { type: 'boolean', default: false };
  const { values } = parseArgs({
    args: words,
    options: { quick: flag, record: flag, only: { type: 'string', multiple: true }, json: { type: 'string' }, help: { ...flag, short: 'h' } },
  });
  const unknown = values.only?.find((name) => !ROWS.includes(name));
  if (unknown !== undefined) throw new Misuse(`unknown row: '${unknown}'; there are ${ROWS.join(', ')}`);
  if (values.json === '') throw new Misuse('--json needs the name of a file');
  if (values.record && values.quick) throw new Misuse('--record is for figures to quote, --quick for a look');
  return { ...values, rows: values.only ? [...new Set(values.only)] : ROWS };
}

/** Each row says what else it needs; reading the rows needs these. */
export const needs = () => ({ setup: [], peers: true });
