// A system of a test's own that can be killed and started again with the same data, on the combination under test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { combination } from '../../scripts/world/combination.mjs';
import { call } from '../../scripts/world/client.mjs';
import { freePort } from '../../scripts/world/ports.mjs';
import { ROOT, startSystem } from '../../scripts/world/system.mjs';

const SEEDS = ['schema/demo/world.sql', 'tests/e2e/killed.sql'].map((path) => join(ROOT, path));

/** Starts a system in a fresh directory. `t` ends it, whatever happens. */
export async function mortal(t, { config, signedIn = [] } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'livery-killed-'));
  const on = combination();
  const start = async () => startSystem({ on, port: await freePort(), dir, seeds: SEEDS, config, log: () => {} });
  const self = { system: await start(), kills: 0, dir };
  t.after(async () => {
    await self.system.kill();
    rmSync(dir, { recursive: true, force: true });
  });
  const tokens = new Map();
  for (const tenant of signedIn) {
    const answer = await call(self.system.port, `${tenant}.localhost`, 'POST', '/v1/auth/login', {
      body: { email: `owner@${tenant === 'globex' ? 'globex' : 'acme'}.test`, password: 'livery-demo' },
    });
    if (answer.status !== 200) throw new Error(`sign-in at ${tenant}: ${answer.status} ${answer.text}`);
    tokens.set(tenant, answer.json().access_token);
  }
  /** Kills every process of it, its database too, and starts it again. */
  self.kill = async () => {
    await self.system.kill();
    self.kills += 1;
    self.system = await start();
  };
  /** One request; `undefined` if no complete answer arrived. */
  self.ask = (tenant, method, path, options = {}) => call(self.system.port, `${tenant}.localhost`, method, path, options).catch(() => undefined);
  self.owner = (tenant) => ({ authorization: `Bearer ${tokens.get(tenant)}` });
  return self;
}
