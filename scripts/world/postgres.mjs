// A private PostgreSQL with PgBouncer in front of it, for development and tests. PgBouncer in transaction mode does what
// Hyperdrive does: two transactions of one client may run on two connections, and one connection serves every tenant.
import { fork, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock } from './lock.mjs';
import { freePort, isFree } from './ports.mjs';
import { killWithin } from './processes.mjs';
import { programs, servantOf } from './postgres_programs.mjs';

const KEEPER = fileURLToPath(new URL('postgres_keeper.mjs', import.meta.url));
const DATABASE = 'livery';
/** The role that owns the tables, and the role of the functions. Neither is a superuser. */
const OWNER = 'livery_owner';
const APP = 'livery_app';
/** Recovery after a SIGKILL included. */
const START_MILLIS = 60_000;
/** How long a keeper takes at most to stop its programs. */
const TIDY_MILLIS = 25_000;

/**
 * Starts the cluster whose data is in `dir`, and makes it where there is none; the ports stay the same where they are
 * still free. `appUrl` goes through PgBouncer with `poolSize` connections per database, `directAppUrl` does not; `ownerUrl` is for
 * migrations. `stop()` shuts it down in order, `kill()` kills it. If this process ends, the cluster does too.
 */
export async function startPostgres({ dir: at, log = () => {}, poolSize = 20 }) {
  const dir = resolve(at);
  const cluster = join(dir, 'cluster');
  const found = programs();
  // Made before the check whether the servers' user can reach its folder through it. Other users can pass through it, and read nothing.
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  const servant = servantOf(dir);
  const own = takeLock(join(dir, 'in-use'));
  if (!own) throw new Error(`${dir} is in use: another process runs the Postgres in it`);
  try {
    await tidy(dir, cluster);
    mkdirSync(cluster, { recursive: true });
    servant.own(cluster, 0o700);
    const secrets = secretsIn(dir);
    make({ cluster, found, servant, secrets, log });
    const ports = await portsIn(dir);
    configure({ cluster, servant, secrets, ports, poolSize });
    const kept = await keep({ dir, cluster, found, servant, ports });
    const url = (role, secret, port) => `postgres://${role}:${secret}@127.0.0.1:${port}/${DATABASE}`;
    const ended = (how) => async () => {
      await kept.end(how);
      own.release();
    };
    return {
      ownerUrl: url(OWNER, secrets.owner, ports.postgres),
      appUrl: url(APP, secrets.app, ports.pgbouncer),
      directAppUrl: url(APP, secrets.app, ports.postgres),
      appPassword: secrets.app,
      stop: ended('stop'),
      kill: ended('kill'),
    };
  } catch (fault) {
    own.release();
    throw fault;
  }
}

/** After a previous run that was killed: its keeper cleans up; if the keeper was killed too, it is done here. */
async function tidy(dir, cluster) {
  const kept = takeLock(join(dir, 'kept'), TIDY_MILLIS);
  if (!kept) throw new Error(`${dir} is in use: an earlier Postgres in it has not ended`);
  await killWithin(cluster);
  kept.release();
}

/** The passwords, made once, of characters without a special meaning in a URL, in SQL or in PgBouncer's files. */
function secretsIn(dir) {
  const path = join(dir, 'secrets.json');
  if (!existsSync(path)) {
    const secret = () => randomBytes(24).toString('hex');
    writeFileSync(path, JSON.stringify({ owner: secret(), app: secret() }), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Makes the data folder with its roles and its database: all of it or, after a crash, nothing. */
function make({ cluster, found, servant, secrets, log }) {
  const data = join(cluster, 'postgres');
  if (existsSync(data)) return;
  log('making a private PostgreSQL');
  const fresh = join(cluster, 'postgres.new');
  rmSync(fresh, { recursive: true, force: true });
  const run = (program, args, input) => {
    const [command, ...rest] = servant.command(join(found.bin, program), args);
    const done = spawnSync(command, rest, { cwd: cluster, input, encoding: 'utf8' });
    // In single-user mode the exit code does not report a failed statement.
    if (done.status === 0 && !/ERROR|FATAL/.test(done.stderr)) return;
    const said = `${done.stdout}${done.stderr}${done.error?.message ?? ''}`;
    throw new Error(`${program} failed:\n${Object.values(secrets).reduce((text, secret) => text.replaceAll(secret, '…'), said)}`);
  };
  run('initdb', ['-D', fresh, '-U', 'postgres', '--auth=reject', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions']);
  // Single-user mode reads one statement a line, and needs neither a password nor a port of the superuser.
  run('postgres', ['--single', '-D', fresh, 'template1'], [
    `CREATE ROLE ${OWNER} LOGIN CREATEROLE CREATEDB PASSWORD '${secrets.owner}'`,
    `GRANT pg_signal_backend TO ${OWNER}`,
    `ALTER SCHEMA public OWNER TO ${OWNER}`,
    `CREATE DATABASE ${DATABASE} OWNER ${OWNER}`,
    `SET SESSION AUTHORIZATION ${OWNER}`,
    `CREATE ROLE ${APP} LOGIN PASSWORD '${secrets.app}'`,
    '',
  ].join('\n'));
  renameSync(fresh, data);
}

/** The ports of last time where they are free, so that a client finds the server again after a restart. */
async function portsIn(dir) {
  const path = join(dir, 'ports.json');
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  if (before && await isFree(before.postgres) && await isFree(before.pgbouncer)) return before;
  const postgres = await freePort();
  const ports = { postgres, pgbouncer: postgres + 1 };
  writeFileSync(path, JSON.stringify(ports));
  return ports;
}

function configure({ cluster, servant, secrets, ports, poolSize }) {
  const write = (path, lines) => {
    writeFileSync(join(cluster, path), `${lines.join('\n')}\n`);
    servant.own(join(cluster, path), 0o600);
  };
  // fsync and synchronous_commit keep their defaults, on: what was committed survives any kill.
  write('postgres/postgresql.conf', [
    "listen_addresses = '127.0.0.1'", `port = ${ports.postgres}`, "unix_socket_directories = ''",
    'max_connections = 200', 'shared_buffers = 64MB', 'jit = off', "timezone = 'UTC'", "log_timezone = 'UTC'",
    "log_statement = 'none'", 'log_parameter_max_length_on_error = 0', "password_encryption = 'scram-sha-256'",
  ]);
  // Connections from this machine only, and with a password: the superuser has none.
  write('postgres/pg_hba.conf', ['host all all 127.0.0.1/32 scram-sha-256']);
  mkdirSync(join(cluster, 'pgbouncer'), { recursive: true });
  servant.own(join(cluster, 'pgbouncer'), 0o700);
  rmSync(join(cluster, 'pgbouncer/pid'), { force: true });
  write('pgbouncer/users.txt', [`"${APP}" "${secrets.app}"`]);
  write('pgbouncer/pgbouncer.ini', [
    '[databases]', `* = host=127.0.0.1 port=${ports.postgres}`,
    '[pgbouncer]', 'listen_addr = 127.0.0.1', `listen_port = ${ports.pgbouncer}`, 'unix_socket_dir =',
    // md5: SCRAM costs a client thousands of hashes for each connection, which on loopback adds no protection.
    'auth_type = md5', 'auth_file = users.txt', 'pidfile = pid',
    'pool_mode = transaction', `default_pool_size = ${poolSize}`, 'max_client_conn = 5000',
    'ignore_startup_parameters = extra_float_digits', 'log_connections = 0', 'log_disconnections = 0', 'log_stats = 0',
  ]);
}

/** Starts both programs under a keeper and resolves once both answer. */
async function keep({ dir, cluster, found, servant, ports }) {
  const settings = {
    lock: join(dir, 'kept'), cluster,
    postgres: servant.command(join(found.bin, 'postgres'), ['-D', join(cluster, 'postgres')]),
    pgbouncer: servant.command(found.pgbouncer, [join(cluster, 'pgbouncer/pgbouncer.ini')]),
  };
  const keeper = fork(KEEPER, [JSON.stringify(settings)], { detached: true, execArgv: [], stdio: 'ignore' });
  let fault;
  keeper.on('message', ({ ended, why }) => { fault ??= `${ended} ended (${why})`; });
  const gone = new Promise((settle) => keeper.once('exit', () => { fault ??= 'the keeper ended'; settle(); }));
  const end = async (how) => {
    keeper.ref();
    if (keeper.connected) keeper.send(how, () => {});
    await gone;
  };
  const until = Date.now() + START_MILLIS;
  const asked = [join(found.bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(ports.postgres)]];
  while (spawnSync(...asked).status !== 0 || !await listens(ports.pgbouncer)) {
    if (fault || Date.now() > until) {
      await end('kill');
      const said = ['postgres', 'pgbouncer'].map((name) => {
        const path = join(cluster, `${name}.log`);
        return existsSync(path) ? `${path}:\n${readFileSync(path, 'utf8').trim().split('\n').slice(-10).join('\n')}` : '';
      });
      throw new Error(`the private Postgres did not start: ${fault ?? `nothing after ${START_MILLIS / 1000} s`}\n${said.join('\n')}`);
    }
    await new Promise((settle) => setTimeout(settle, 30));
  }
  // It must not keep this process from ending.
  keeper.unref();
  keeper.channel?.unref();
  return { end };
}

const listens = (port) => new Promise((settle) => {
  const probe = connect({ host: '127.0.0.1', port });
  probe.once('connect', () => { probe.destroy(); settle(true); }).once('error', () => settle(false));
});
