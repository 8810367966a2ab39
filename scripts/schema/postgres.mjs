// Migrations on Postgres: one transaction each, one migrator at a time.
import pg from 'pg';
import { READ_LEDGER, createLedger, pending } from './ledger.mjs';
import { scramVerifier } from './scram.mjs';
import { Refusal } from './refusal.mjs';
import { written } from './sql.mjs';
import { statementsOf, where } from './statements.mjs';

/** "livery" in ASCII: a number that no other user of advisory locks in this database has. */
const LOCK = 0x6c69_7665;
/** How long to wait for another migration. */
const PATIENCE = '60s';
/** Every request would queue behind a longer wait for a table's lock. */
const LOCK_TIMEOUT = '5s';
const LOCK_NOT_AVAILABLE = '55P03';
const APP = 'livery_app';

export const dialect = 'postgres';

/** Returns `{status, migrate, seed, change, close}` over the database at `url`, which is the owner's. */
export async function open({ url, appPassword }) {
  let client;
  try {
    client = new pg.Client({ connectionString: url, application_name: 'livery-migrate', connectionTimeoutMillis: 15_000 });
    await client.connect();
  } catch (fault) {
    // The driver's messages contain the host at most; the URL, which has the password, is never shown.
    throw new Refusal(`Postgres can't be reached with the owner's URL: ${fault.message || fault.code}`);
  }
  // If the server goes away, the statement that it interrupts reports it.
  client.on('error', () => {});

  async function inTransaction(work) {
    try {
      await client.query('BEGIN');
      const result = await work();
      await client.query('COMMIT');
      return result;
    } catch (fault) {
      await client.query('ROLLBACK').catch(() => {});
      throw fault;
    }
  }

  async function run(name, sql) {
    for (const statement of statementsOf(sql)) {
      try {
        await client.query(statement.sql);
      } catch (fault) {
        const why = fault.code === LOCK_NOT_AVAILABLE
          ? `another transaction kept this table for ${LOCK_TIMEOUT}; try again`
          : fault.message;
        throw new Refusal(`${where(name, statement)}\n  ${why}; nothing of this file was kept`);
      }
    }
  }

  /** Until the transaction ends, so that it also works behind a pooler, where clients share a session. */
  async function alone() {
    await client.query(`SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '${PATIENCE}'`);
    try {
      await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    } catch (fault) {
      if (fault.code !== LOCK_NOT_AVAILABLE) throw fault;
      throw new Refusal(`another migrator has been at work for ${PATIENCE}; nothing was changed`);
    }
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    // If the migrating process is killed while the server works for it, the server notices and frees its lock before the work is done.
    await client.query("SELECT set_config(name, '1s', true) FROM pg_settings WHERE name = 'client_connection_check_interval'");
  }

  async function ledger() {
    const { rows } = await client.query(READ_LEDGER);
    return rows.map((row) => ({ ...row, number: Number(row.number), applied_at: Number(row.applied_at) }));
  }

  /** The role of the functions: made where it is missing, its password set where one is given. */
  async function prepareRole() {
    const { rows: [found] } = await client.query(
      "SELECT rolsuper OR rolbypassrls OR pg_has_role(oid, current_user, 'MEMBER') AS above FROM pg_roles WHERE rolname = $1", [APP]);
    if (found?.above) {
      throw new Refusal(`the role ${APP} may do what no function may: it is a superuser, bypasses row-level security, or is a member of the owner's role`);
    }
    if (!found && !appPassword) throw new Refusal(`the role ${APP} does not exist: give the password that it shall have in LIVERY_POSTGRES_APP_PASSWORD`);
    if (!appPassword) return;
    try {
      // The server and its log see only the verifier, not the password.
      await client.query(`${found ? 'ALTER' : 'CREATE'} ROLE ${APP} LOGIN PASSWORD '${scramVerifier(appPassword)}'`);
    } catch (fault) {
      throw new Refusal(`the role ${APP} can't be ${found ? 'changed' : 'made'}: ${fault.message}. Connect as a role with CREATEROLE, or let an administrator make it`);
    }
  }

  /** Applies the first of the pending files, which are determined under the lock. */
  function applyNext(files) {
    return inTransaction(async () => {
      await alone();
      const [next] = pending(files, await ledger());
      if (!next) return undefined;
      // A statement over rows that row-level security hides in part fails instead of changing a part of them.
      await client.query('SET LOCAL row_security = off');
      await run(next.name, next.sql);
      await client.query('INSERT INTO schema_migrations VALUES ($1, $2, $3, $4)', [next.number, next.name, next.checksum, Date.now()]);
      return next.name;
    });
  }

  /** Livery's tables with forced row-level security, which applies to the owner too. */
  async function forced() {
    const { rows } = await client.query(`
      SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relkind = 'r' AND c.relforcerowsecurity AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
        AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)`);
    return rows.map((row) => row.name);
  }

  return {
    async status() {
      const { rows: [{ has }] } = await client.query("SELECT to_regclass('schema_migrations') IS NOT NULL AS has");
      return has ? ledger() : [];
    },
    async migrate(files, { log }) {
      await inTransaction(async () => {
        await alone();
        await client.query(createLedger('BIGINT'));
        await prepareRole();
        // Granted before any migration: a function that can't read the ledger could not report that the schema is too old.
        await client.query(`GRANT SELECT ON schema_migrations TO ${APP}`);
      });
      for (let name = await applyNext(files); name; name = await applyNext(files)) log(`applied ${name}`);
    },
    async seed(name, sql) {
      await inTransaction(async () => {
        await alone();
        // Suspended for the owner in this transaction alone: no other session ever sees the tables without it.
        const tables = await forced();
        for (const table of tables) await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
        await run(name, sql);
        for (const table of tables) await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      });
    },
    change(statements) {
      return inTransaction(async () => {
        // As the functions set it where they act for no single tenant: the policies apply to the owner too.
        await client.query("SELECT set_config('livery.directory', 'on', true)");
        const answers = [];
        for (const statement of statements) {
          const { rows } = await client.query(written(statement, (index) => `$${index + 1}`), statement.values);
          answers.push(rows);
        }
        return answers;
      });
    },
    close: () => client.end(),
  };
}
