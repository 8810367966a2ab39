// The fixtures of the schema tests: a folder, and a private Postgres with any number of fresh databases.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../../scripts/world/postgres.mjs';

export const ROOT = join(import.meta.dirname, '..', '..');

/** A folder that is gone after the file's last test. */
export function folder() {
  const dir = mkdtempSync(join(tmpdir(), 'livery-schema-'));
  after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** `{server, database(), connect(url)}`; all of it ends after the file's last test. */
export async function postgres(options) {
  const server = await startPostgres({ dir: join(folder(), 'postgres'), ...options });
  const clients = [];
  after(async () => {
    for (const client of clients) await client.end();
    await server.stop();
  });
  const connect = async (url) => {
    const client = new pg.Client({ connectionString: url });
    // The statements report errors; the end of the connection when the server stops is no error.
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  };
  let made = 0;
  /** A fresh database, as a target of the migration tool and as URLs. */
  const database = async () => {
    made += 1;
    const name = `fresh_${made}`;
    const owner = await connect(server.ownerUrl);
    await owner.query(`CREATE DATABASE ${name}`);
    const at = (url) => url.replace(/\/[^/]*$/, `/${name}`);
    return { target: { kind: 'postgres', url: at(server.ownerUrl) }, ownerUrl: at(server.ownerUrl), appUrl: at(server.appUrl) };
  };
  return { server, database, connect };
}
