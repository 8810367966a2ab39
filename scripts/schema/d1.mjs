// Migrations on D1, local or at Cloudflare, by wrangler. An execution is one transaction and takes seconds, so that all pending migrations
// are applied in one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, wrangler } from '../world/wrangler.mjs';
import { READ_LEDGER, createLedger, pending } from './ledger.mjs';
import { Refusal } from './refusal.mjs';
import { written } from './sql.mjs';
import { open as openSqlite } from './sqlite.mjs';

export const dialect = 'sqlite';

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** Returns `{status, migrate, seed, change, close}` over the database `name` of the wrangler file `config`. */
export function open({ persist, config = join(ROOT, 'wrangler.toml'), name = 'livery' }) {
  const target = [name, ...(persist ? ['--local', '--persist-to', persist] : ['--remote']), '-c', config];

  function execute(...how) {
    try {
      return JSON.parse(wrangler('d1', 'execute', ...target, '--yes', '--json', ...how));
    } catch (fault) {
      const said = /"text":\s*("(?:[^"\\]|\\.)*")/.exec(fault.message);
      throw said ? new Refusal(`D1: ${JSON.parse(said[1])}`) : fault;
    }
  }

  function executeFile(sql) {
    const dir = mkdtempSync(join(tmpdir(), 'livery-d1-'));
    try {
      writeFileSync(join(dir, 'all.sql'), sql);
      execute('--file', join(dir, 'all.sql'));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }

  const entry = ({ number, name: file, checksum }) =>
    `INSERT INTO schema_migrations VALUES (${number}, ${quoted(file)}, ${quoted(checksum)}, ${Date.now()});`;

  /** Migrations that `wrangler d1 migrations apply` had applied before there was a ledger. */
  function appliedByWrangler(files) {
    const [{ results }] = execute('--command', 'SELECT name FROM d1_migrations ORDER BY id');
    const before = files.slice(0, results.length);
    if (results.some((row, index) => row.name !== `${before[index]?.name}.sql`)) {
      throw new Refusal('D1: its table d1_migrations names other migrations than this checkout has');
    }
    return before;
  }

  return {
    status() {
      try {
        return execute('--command', READ_LEDGER)[0].results;
      } catch (fault) {
        if (/no such table/.test(fault.message)) return [];
        throw fault;
      }
    },
    migrate(files, { log }) {
      const [, { results: ledger }, { results: wranglers }] = execute('--command',
        `${createLedger('INTEGER')}; ${READ_LEDGER}; SELECT name FROM sqlite_schema WHERE name = 'd1_migrations'`);
      const adopted = ledger.length === 0 && wranglers.length > 0 ? appliedByWrangler(files) : [];
      const next = pending(files, [...ledger, ...adopted]);
      if (adopted.length + next.length === 0) return;
      // D1 does not say which statement failed; an empty SQLite does, for all but what the data are to blame for.
      openSqlite({ file: ':memory:' }).migrate(files, { log: () => {} });
      // The ledger comes first: of two migrators, the second stumbles there and changes nothing.
      const steps = [...adopted.map(entry), ...next.map((file) => `${entry(file)}\n${file.sql}`)];
      try {
        executeFile(steps.join('\n'));
      } catch (fault) {
        if (/schema_migrations\.number/.test(fault.message)) throw new Refusal('another migrator was first; nothing was changed, run it again');
        const names = next.map((file) => `${file.name}.sql`).join(', ');
        throw fault instanceof Refusal ? new Refusal(`${names}: ${fault.message}; nothing was kept`) : fault;
      }
      for (const file of next) log(`applied ${file.name}`);
    },
    seed(_, sql) {
      executeFile(sql);
    },
    change(statements) {
      // wrangler takes no values beside the text.
      const text = statements.map((statement) => written(statement, (_, value) => (typeof value === 'number' ? value : quoted(value))));
      return execute('--command', text.join(';\n')).map(({ results }) => results);
    },
    close() {},
  };
}
