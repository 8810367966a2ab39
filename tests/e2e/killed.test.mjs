// Systems of their own, killed in the middle of what they do.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { publishBrands, signIn } from '../../scripts/world/demo.mjs';
import { freePort } from '../../scripts/world/ports.mjs';
import { ROOT, startSystem } from '../../scripts/world/system.mjs';

const ROUNDS = 5;
const dir = mkdtempSync(join(tmpdir(), 'livery-killed-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const start = async () => startSystem({ port: await freePort(), dir, seeds: [join(ROOT, 'schema/demo/world.sql')], log: () => {} });

test('a system killed in the middle of publishes has the old release or the new one, never half', async (t) => {
  let system = await start();
  t.after(() => system.kill());
  await publishBrands(system.port);
  let answered = 1;
  for (let round = 0; round < ROUNDS; round++) {
    const { port } = system;
    const host = 'acme.localhost';
    const auth = await signIn(port, 'acme');
    let dying = false;
    const publishing = (async () => {
      for (let n = 0; !dying; n++) {
        const draft = await call(port, host, 'GET', '/v1/branding', { headers: auth });
        const colour = `#${(0x100000 + round * 0x1000 + n).toString(16)}`;
        await call(port, host, 'PATCH', '/v1/branding', {
          headers: { ...auth, 'if-match': draft.headers.etag }, body: { tokens: { color: { light: { launcher: colour } } } },
        });
        const release = await call(port, host, 'POST', '/v1/branding/publish', { headers: auth });
        if (release.status === 201) answered = release.json().rev;
      }
    })().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 150 + round * 37));
    dying = true;
    await system.kill();
    await publishing;

    system = await start();
    const again = await signIn(system.port, 'acme');
    const releases = (await call(system.port, host, 'GET', '/v1/releases?limit=100', { headers: again })).json().data;
    const live = releases.find((release) => release.live);
    assert.ok(live.rev === releases[0].rev, 'the pointer stands at the newest release');
    assert.ok(live.rev >= answered, `release ${answered} was answered and is gone`);
    assert.ok(live.rev <= answered + 1, 'more releases than were asked for');
    for (const path of [live.stylesheet, live.config]) {
      assert.equal((await call(system.port, host, 'GET', path)).status, 200, path);
    }
    const config = (await call(system.port, host, 'GET', '/v1/edge/config')).json();
    assert.ok(releases.some((release) => release.rev === config.rev && release.stylesheet === config.stylesheet));
    const frames = (await call(system.port, host, 'GET', '/v1/live?since=0')).json().data;
    assert.equal(frames[0].rev, live.rev, 'the hub learns of a release that it was not told of');
    answered = live.rev;
  }
  console.log(`${ROUNDS} kills, ${answered} releases`);
});

test('a service without signing keys answers nothing but that it is not configured', async (t) => {
  const bare = mkdtempSync(join(tmpdir(), 'livery-bare-'));
  const system = await startSystem({
    port: await freePort(), dir: bare, seeds: [join(ROOT, 'schema/demo/world.sql')], log: () => {},
    config: { environment: 'production', signingKeys: '' },
  });
  t.after(async () => { await system.kill(); rmSync(bare, { recursive: true, force: true }); });
  for (const [method, path] of [['POST', '/v1/auth/login'], ['GET', '/v1/branding'], ['GET', '/v1/conversations'], ['GET', '/v1/me'], ['GET', '/v1/live']]) {
    const answer = await call(system.port, 'acme.localhost', method, path);
    assert.equal(answer.status, 503, `${path}: ${answer.text}`);
    assert.equal(answer.json().code, 'not_configured');
  }
  assert.equal((await call(system.port, 'localhost', 'GET', '/widget.js?tenant=acme')).status, 404, 'no ?tenant= outside development');
  assert.ok(system.lines.some((line) => line.includes('LIVERY_SIGNING_KEYS')), 'the log names the setting');
});
