// A command of `scripts/` in two halves, each a process of its own. `prepare` runs on any Node from 18.3 on: it refuses options that are
// wrong, then installs what the command needs. `run` may run on a Node that was installed by that.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { command } from './options/command.mjs';
import { Refusal } from './schema/refusal.mjs';
import { isFree } from './world/ports.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program that reports its own errors, and ends with its exit code if it fails. */
function run(program, ...args) {
  const done = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' });
  if (done.error) throw done.error;
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** Installs the packages of the peers, unless the lock file is unchanged since the last time. */
function installPeers() {
  const stamp = `${ROOT}benchmarks/node_modules/.livery-installed`;
  const wanted = createHash('sha256').update(readFileSync(`${ROOT}benchmarks/package-lock.json`)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('▸ Node packages of the peers');
  run('npm', 'ci', '--prefix', 'benchmarks', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, wanted);
}

/** Checks everything that can be checked before the installation, which takes minutes. */
async function prepare({ setup, peers = false, ports = [] }) {
  for (const port of ports) {
    if (!await isFree(port)) throw new Refusal(`port ${port} is taken: end what listens there, or choose another with --port`);
  }
  if (setup) run(`${ROOT}scripts/setup`, ...setup);
  if (peers) installPeers();
}

/** What each command does, once its options are read. */
const MAINS = { dev: './world/dev.mjs', build: './functions/build.mjs', bench: '../benchmarks/run.mjs', scale: '../benchmarks/scale/run.mjs' };

const [half, name, ...words] = process.argv.slice(2);
const { USAGE, read, needs } = await import(`./options/${name}.mjs`);
// An option may contain a password, which must not be visible in the list of processes.
process.title = `scripts/${name}`;
await command(name, async () => {
  const options = read(words);
  if (half === 'prepare') return options.help ? undefined : prepare(needs(options));
  if (options.help) return console.log(USAGE);
  const { main } = await import(MAINS[name]);
  return main(options, words);
});
