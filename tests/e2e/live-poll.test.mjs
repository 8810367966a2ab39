// The live channel as long polls, which work where neither sockets nor streams do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem, publishNewColour, send, signIn, visitor, write } from './scenario.mjs';

const TENANT = 'busy';

const poll = async (tenant, query, headers = {}) => {
  const answer = await send(tenant, 'GET', `/v1/live?${query}`, { headers });
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
};
const greeted = async (tenant, headers) => (await poll(tenant, '', headers)).cursor;
const timed = async (act) => {
  const from = performance.now();
  const value = await act();
  return { value, millis: Math.round(performance.now() - from) };
};

test('a poll is held back until there is something to hear, and for no longer than it asks', async () => {
  const auth = await signIn(TENANT);
  const cursor = await greeted(TENANT);
  const silent = await timed(() => poll(TENANT, `cursor=${cursor}&wait=2`));
  assert.deepEqual(silent.value.data, []);
  assert.ok(silent.millis >= 1_900 && silent.millis < 6_000, `${silent.millis} ms`);
  const held = poll(TENANT, `cursor=${silent.value.cursor}&wait=25`).then((heard) => ({ heard, at: performance.now() }));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { release } = await publishNewColour(TENANT, auth);
  const published = performance.now();
  const { heard, at } = await held;
  console.log(`a held poll answered ${Math.round(at - published)} ms after the publish was`);
  assert.deepEqual(heard.data.map((frame) => [frame.type, frame.rev]), [['release', release.rev]]);
  assert.ok(at - published < 5_000);
  const first = await timed(() => poll(TENANT, 'wait=25'));
  assert.equal(first.value.data[0].type, 'hello');
  assert.ok(first.millis < 5_000, 'a greeting is not waited for');
  const head = await timed(() => send(TENANT, 'HEAD', `/v1/live?cursor=${heard.cursor}&wait=25`));
  assert.ok(head.value.status === 200 && head.millis < 5_000, `HEAD took ${head.millis} ms`);
});

test("one poll after the other hears each of the visitor's messages once and in order, and no other visitor's", async () => {
  const [ada, bob] = [await visitor('acme'), await visitor('acme')];
  let [cursor, bobs] = [await greeted('acme', ada.headers), await greeted('acme', bob.headers)];
  const writing = (async () => {
    for (let n = 0; n < 30; n++) await write('acme', ada, `number ${n}`);
  })();
  const texts = [];
  const until = Date.now() + 30_000;
  while (texts.length < 30 && Date.now() < until) {
    const heard = await poll('acme', `cursor=${cursor}&wait=5`, ada.headers);
    cursor = heard.cursor;
    texts.push(...heard.data.map((frame) => frame.message?.text ?? frame.type));
  }
  await writing;
  assert.deepEqual(texts, Array.from({ length: 30 }, (_, n) => `number ${n}`));
  assert.deepEqual((await poll('acme', `cursor=${bobs}`, bob.headers)).data, []);
  assert.deepEqual((await poll('acme', `cursor=${cursor}`, ada.headers)).data, []);
});

test('200 polls at once are all told of a publish, and none of another tenant', async () => {
  const auth = await signIn(TENANT);
  const [ours, theirs] = [await greeted(TENANT), await greeted('globex')];
  const strange = poll('globex', `cursor=${theirs}&wait=3`);
  let published = Infinity;
  const held = Array.from({ length: 200 }, async () => {
    const heard = await poll(TENANT, `cursor=${ours}&wait=25`);
    return { heard, late: performance.now() - published };
  });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const { release } = await publishNewColour(TENANT, auth);
  published = performance.now();
  const answers = await Promise.all(held);
  for (const { heard } of answers) assert.deepEqual(heard.data.map((frame) => frame.rev), [release.rev]);
  console.log(`200 held polls answered within ${Math.round(Math.max(...answers.map(({ late }) => late)))} ms of the publish`);
  assert.deepEqual((await strange).data, []);
});

test('who may not listen, or asks for what cannot be, is told', async () => {
  const ask = (query, headers) => send('acme', 'GET', `/v1/live?${query}`, { headers });
  const { headers: foreign } = await visitor('globex');
  problem(await ask('', foreign), 401, 'unauthenticated');
  problem(await ask('', { authorization: 'Bearer a.b.c' }), 401, 'unauthenticated');
  for (const query of ['wait=26', 'wait=-1', 'wait=x', 'cursor=', 'cursor=A', `cursor=${'9'.repeat(57)}`, 'since=x']) {
    problem(await ask(query), 400, 'malformed_request');
  }
  for (const cursor of ['nobody.1', '99999999999', '9'.repeat(56)]) {
    assert.equal((await poll('acme', `cursor=${cursor}&wait=25`)).data[0].type, 'hello', cursor);
  }
});
