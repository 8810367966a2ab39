import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Poll } from "../src/embed/poll.ts";
import { Publication } from "../src/embed/publication.ts";

const hash = (letter) => letter.repeat(43);
const release = (rev, letter = "a") => ({ rev, stylesheet: `/b/${hash(letter)}.css`, config: `/w/${hash(letter)}.json` });
const settle = async () => {
  for (let i = 0; i < 30; i++) await Promise.resolve();
};

let answers;
let asked;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  answers = new Map();
  asked = [];
  globalThis.fetch = async (path, init) => {
    asked.push([path, init?.headers ?? {}]);
    const answer = answers.get(path) ?? { status: 200, body: {} };
    return { ok: answer.status === 200, status: answer.status, json: async () => answer.body, headers: new Headers(answer.headers) };
  };
});

function publication(swap = async () => {}) {
  const seen = { swapped: [], applied: [], failed: [] };
  const it = new Publication(
    1,
    (config) => seen.applied.push(config),
    ({ rev }) => seen.failed.push(rev),
    async (href) => {
      seen.swapped.push(href);
      await swap(href);
    },
  );
  return { it, seen };
}

test("a release is applied once: the sheet first, then the words that go with it", async () => {
  const { it, seen } = publication();
  answers.set(release(2).config, { status: 200, body: { name: "New" } });
  it.offer(release(2));
  it.offer(release(2));
  await settle();
  assert.deepEqual(seen.swapped, [release(2).stylesheet]);
  assert.deepEqual(seen.applied.map(({ rev, name }) => [rev, name]), [[2, "New"]]);
});

test("an older release never follows a newer one", async () => {
  const { it, seen } = publication();
  it.offer(release(5));
  it.offer(release(4, "b"));
  await settle();
  assert.deepEqual(seen.applied.map(({ rev }) => rev), [5]);
});

test("of many releases at once the page goes to the newest and passes the rest", async () => {
  const { it, seen } = publication();
  for (let rev = 2; rev <= 9; rev++) it.offer(release(rev));
  await settle();
  assert.equal(seen.applied.at(-1).rev, 9);
  assert.ok(seen.applied.length <= 2, "at most the one under way and the newest");
});

test("a sheet that does not load leaves the old brand, is tried again, and then applies", async () => {
  let broken = 2;
  const { it, seen } = publication(async () => {
    if (broken-- > 0) throw new Error("offline");
  });
  it.offer(release(2));
  for (let i = 0; i < 2; i++) {
    await settle();
    assert.deepEqual(seen.applied, []);
    mock.timers.tick(60_000);
  }
  await settle();
  assert.deepEqual(seen.applied.map(({ rev }) => rev), [2]);
  assert.deepEqual(seen.failed, []);
});

test("a release that cannot be had is reported, and may be offered again", async () => {
  const { it, seen } = publication(async () => {
    throw new Error("gone");
  });
  it.offer(release(2));
  for (let i = 0; i < 8; i++) {
    await settle();
    mock.timers.tick(60_000);
  }
  await settle();
  assert.deepEqual(seen.failed, [2]);
  assert.equal(it.rev, 1);
});

test("the safety poll asks every five minutes, and every 30 seconds in place of a socket", async () => {
  const seen = { releases: [], rounds: 0 };
  const poll = new Poll({ onRelease: ({ rev }) => seen.releases.push(rev), onDegradedRound: () => seen.rounds++, random: () => 0.5 });
  answers.set("/v1/edge/config", { status: 200, body: release(3), headers: { etag: '"3"' } });
  poll.start();
  mock.timers.tick(299_999);
  assert.equal(asked.length, 0);
  mock.timers.tick(1);
  await settle();
  assert.deepEqual(seen, { releases: [3], rounds: 0 });

  poll.standIn(true);
  await settle();
  assert.deepEqual(asked[1][1], { "if-none-match": '"3"' }, "what is known is not sent again");
  answers.set("/v1/edge/config", { status: 304 });
  mock.timers.tick(30_000);
  await settle();
  assert.equal(asked.length, 3);
  assert.equal(seen.rounds, 2, "each round fetches messages too");

  poll.standIn(false);
  mock.timers.tick(60_000);
  await settle();
  assert.equal(asked.length, 3);
});

test("what the poll is answered is checked like a frame", async () => {
  const seen = [];
  const poll = new Poll({ onRelease: (each) => seen.push(each), onDegradedRound: () => {}, random: () => 0.5 });
  answers.set("/v1/edge/config", { status: 200, body: { rev: 3, stylesheet: "https://evil.test/x.css", config: release(3).config } });
  await poll.round();
  assert.deepEqual(seen, []);
});
