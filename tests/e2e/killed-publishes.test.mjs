import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mortal } from './mortal.mjs';

const PUBLISHES = 100;
/** The numbers of answers after which the whole system is killed, while the other publishers are still running. */
const KILLS_AT = [20, 45, 70, 90];
const TENANTS = ['acme', 'globex', 'counted'];

/** Changes the draft and publishes it; returns the release if both were answered. */
async function publish(world, tenant, colour) {
  const headers = world.owner(tenant);
  const draft = await world.ask(tenant, 'GET', '/v1/branding', { headers });
  if (draft?.status !== 200) return undefined;
  const change = await world.ask(tenant, 'PATCH', '/v1/branding', {
    headers: { ...headers, 'if-match': draft.headers.etag }, body: { tokens: { color: { light: { launcher: colour } } } },
  });
  if (change?.status !== 200) return undefined;
  const release = await world.ask(tenant, 'POST', '/v1/branding/publish', { headers });
  return [200, 201].includes(release?.status) ? release.json() : undefined;
}

test('100 publishes with the system killed in their midst: no half release, and none lost that was answered', async (t) => {
  const world = await mortal(t, { signedIn: TENANTS });
  const answered = new Map(TENANTS.map((tenant) => [tenant, []]));
  let sent = 0;
  let whole = 0;
  let alive = true;
  const publisher = async (tenant) => {
    while (alive && sent < PUBLISHES) {
      sent += 1;
      const release = await publish(world, tenant, `#12${(0x1000 + sent).toString(16)}`);
      if (!release) continue;
      answered.get(tenant).push(release);
      whole += 1;
    }
  };
  for (const at of [...KILLS_AT, PUBLISHES]) {
    alive = true;
    const publishers = TENANTS.map(publisher);
    if (at < PUBLISHES) {
      while (sent < at) await new Promise((resolve) => setTimeout(resolve, 2));
      // A different moment of a publish each time: reading the draft, compiling, storing, notifying the hub.
      await new Promise((resolve) => setTimeout(resolve, 3 + (at % 37)));
      alive = false;
      await world.kill();
    }
    await Promise.all(publishers);
    for (const tenant of TENANTS) await isWhole(world, tenant, answered.get(tenant));
  }
  assert.equal(sent, PUBLISHES);
  assert.ok(whole >= PUBLISHES - KILLS_AT.length * TENANTS.length, `only ${whole} publishes were answered`);
  console.log(`${PUBLISHES} publishes, ${whole} answered, ${world.kills} kills`);
});

/** The pointer at the newest release, its files there, the hub caught up, and every release that was answered. */
async function isWhole(world, tenant, answered) {
  const headers = world.owner(tenant);
  // At most a hundred publishes: one page has them all.
  const page = await world.ask(tenant, 'GET', '/v1/releases?limit=100', { headers });
  assert.equal(page?.status, 200, page?.text);
  const releases = page.json().data;
  if (releases.length === 0) {
    assert.equal(answered.length, 0, `${tenant} has no release and ${answered.length} were answered`);
    return;
  }
  const live = releases.find((release) => release.live);
  assert.equal(live?.rev, releases[0].rev, `${tenant}: the pointer stands at the newest release`);
  assert.deepEqual(releases.map((release) => release.rev), releases.map((_, n) => releases.length - n), `${tenant}: numbered without a gap`);
  for (const release of answered) {
    assert.ok(releases.some((kept) => kept.rev === release.rev && kept.stylesheet === release.stylesheet), `${tenant}: release ${release.rev} was answered and is gone`);
  }
  for (const path of [live.stylesheet, live.config]) assert.equal((await world.ask(tenant, 'GET', path))?.status, 200, `${tenant}: ${path}`);
  const frames = (await world.ask(tenant, 'GET', '/v1/live?since=0')).json().data;
  assert.equal(frames[0].rev, live.rev, `${tenant}: the hub learns of a release that it was not told of`);
  const config = (await world.ask(tenant, 'GET', '/v1/edge/config')).json();
  assert.ok(releases.some((release) => release.rev === config.rev && release.stylesheet === config.stylesheet), `${tenant}: what visitors get is a release`);
}
