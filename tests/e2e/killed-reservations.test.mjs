import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { mortal } from './mortal.mjs';

const SENDS = 1000;
/** The plan of the tenant: see killed.sql. */
const LIMIT = 500;
const AT_ONCE = 24;
const VISITORS = 20;
/** The numbers of answers after which the whole system is killed: twice below the limit, at it, and beyond. */
const KILLS_AT = [120, 300, 495, 800];
const TENANT = 'counted';

async function visitor(world) {
  const minted = await world.ask(TENANT, 'POST', '/v1/embed/sessions', { headers: { origin: `http://localhost:${world.system.port + 1}` }, body: {} });
  assert.equal(minted?.status, 201, minted?.text);
  const headers = { authorization: `Bearer ${minted.json().session_token}` };
  const opened = await world.ask(TENANT, 'POST', '/v1/conversations', { headers, body: {} });
  return { headers, conversation: opened.json().id };
}

test('1,000 reservations with the system killed in their midst: exactly the limit is stored, and nothing answered is lost', async (t) => {
  const world = await mortal(t, { signedIn: [TENANT] });
  // Visitors need a published widget.
  assert.equal((await world.ask(TENANT, 'POST', '/v1/branding/publish', { headers: world.owner(TENANT) }))?.status, 201);
  const visitors = await Promise.all(Array.from({ length: VISITORS }, () => visitor(world)));
  const waiting = Array.from({ length: SENDS }, (_, n) => ({ from: visitors[n % VISITORS], key: randomUUID(), text: `message ${n}` }));
  const stored = [];
  let refused = 0;
  let unanswered = 0;
  let answered = 0;
  const kills = [...KILLS_AT];

  while (waiting.length > 0) {
    let alive = true;
    let killing;
    const sender = async () => {
      while (alive && waiting.length > 0) {
        const message = waiting.shift();
        const answer = await world.ask(TENANT, 'POST', `/v1/conversations/${message.from.conversation}/messages`, {
          headers: { ...message.from.headers, 'idempotency-key': message.key }, body: { text: message.text },
        });
        if (answer?.status === 201 || answer?.status === 200) stored.push({ ...message, id: answer.json().id });
        else if (answer?.status === 429) refused += 1;
        else {
          // Its outcome is unknown, so it is sent again under the same key.
          assert.ok(!answer || answer.status >= 500, `${answer?.status} ${answer?.text}`);
          unanswered += 1;
          waiting.push(message);
          if (alive && !killing) await new Promise((resolve) => setTimeout(resolve, 50));
          continue;
        }
        answered += 1;
        if (kills.length > 0 && answered >= kills[0] && !killing) {
          kills.shift();
          killing = world.kill();
          alive = false;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    await killing;
  }

  assert.equal(world.kills, KILLS_AT.length);
  assert.equal(stored.length, LIMIT, `${stored.length} stored, ${refused} refused`);
  assert.equal(refused, SENDS - LIMIT);
  const usage = (await world.ask(TENANT, 'GET', '/v1/usage', { headers: world.owner(TENANT) })).json();
  assert.equal(usage.messages.used, LIMIT, JSON.stringify(usage));
  const kept = new Map();
  for (const { headers, conversation } of visitors) {
    for (let after = 0; ;) {
      const page = await world.ask(TENANT, 'GET', `/v1/conversations/${conversation}/messages?after=${after}&limit=100`, { headers });
      assert.equal(page?.status, 200, page?.text);
      const { data } = page.json();
      for (const message of data) {
        assert.equal(message.seq, after + 1, 'numbered without a gap');
        after = message.seq;
        kept.set(message.id, message.text);
      }
      if (data.length < 100) break;
    }
  }
  assert.equal(kept.size, LIMIT, 'as many messages as units');
  assert.equal(new Set(kept.values()).size, LIMIT, 'none twice');
  for (const message of stored) assert.equal(kept.get(message.id), message.text, 'a message that was answered is there');
  console.log(`${SENDS} reservations, ${stored.length} granted, ${refused} refused, ${unanswered} sent again, ${world.kills} kills`);
});
