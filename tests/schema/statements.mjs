// The statements of shared/store, as its source has them.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './stage.mjs';

const STORE = join(ROOT, 'shared/store/src');
const FILES = readdirSync(STORE, { recursive: true }).filter((name) => name.endsWith('.rs')).sort();

/** `{name, sql}` of each statement, in the order of the files; `name` is its file. */
export const statements = FILES.flatMap((name) => {
  const code = readFileSync(join(STORE, name), 'utf8').split('#[cfg(test)]')[0];
  // Comments have quotes of their own.
  const texts = code.replace(/^\s*\/\/.*$/gm, '').split('"').filter((_, index) => index % 2 === 1);
  return texts.filter((text) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s/.test(text)).map((sql) => ({ name, sql: sql.trim() }));
});

/** The statement that a file of the store, whatever its area, gives a name of its own, as Postgres numbers its parameters. */
export function statement(file, name) {
  const found = new RegExp(`const ${name}: &str =\\s*"([^"]+)"`).exec(readFileSync(join(STORE, FILES.find((path) => basename(path) === file) ?? file), 'utf8'));
  if (!found) throw new Error(`${file} has no statement ${name}`);
  return found[1].trim().replace(/\?(\d+)/g, '$$$1');
}
