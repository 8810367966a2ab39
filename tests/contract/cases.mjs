// Runs every case of the contract against an app that serves `GET /names` and `POST /run/{name}`, each as one test.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
/** The slowest case publishes 67 releases one after the other. */
const CASE_MILLIS = 60_000;

/** The word behind `--name` on the command line. */
export const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};

/** Runs a shell command with the project's own tools; its output is shown only where it fails. */
export function sh(command, cwd = ROOT) {
  const done = spawnSync('bash', ['-c', `. "${ROOT}/scripts/environment" && ${command}`], { cwd, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command}\n${done.stdout}\n${done.stderr}`);
  return done.stdout.trim();
}

/**
 * `app` is `{port, lines, stop}` of a system that answers; `where` says what it is. `--case word` chooses the cases that
 * have it in their name.
 */
export async function runCases(app, where) {
  // However this process ends, the system ends with it.
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => app.stop().then(() => process.exit(1)));
  const names = (await call(app.port, 'localhost', 'GET', '/names')).json();
  const only = option('case', '');
  const chosen = names.filter((name) => name.includes(only));
  let failed = 0;

  before(() => {
    if (chosen.length === 0) throw new Error(`no case has ${only} in its name`);
  });
  after(async () => {
    await app.stop();
    console.log(`contract ${where}: ${chosen.length - failed} of ${chosen.length} cases hold`);
  });

  for (const name of chosen) {
    test(name, { timeout: CASE_MILLIS }, async () => {
      failed += 1;
      const answer = await call(app.port, 'localhost', 'POST', `/run/${name}`, { timeout: CASE_MILLIS });
      if (answer.status === 200) {
        failed -= 1;
        return;
      }
      const said = app.lines.filter((line) => /error|exception|panick/i.test(line)).slice(-5).join('\n');
      throw new Error(`${answer.status}: ${answer.text}${answer.status >= 500 ? `\n${said}` : ''}`);
    });
  }
}
