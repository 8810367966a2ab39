import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { longPoll } from "../src/embed/carrier/long_poll.ts";
import { fakeFetch, line, refused, settle } from "./carrier_line.mjs";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
});

/** A server that holds each request until the test answers it. */
function server(changes) {
  const held = [];
  const asked = fakeFetch(() => new Promise((resolve) => held.push(resolve)));
  const ours = line(changes);
  const carrier = longPoll(ours, () => 0.5);
  return {
    carrier,
    asked,
    told: ours.told,
    answer: async (data, cursor) => {
      held.shift()(Response.json({ data, cursor }));
      await settle();
    },
  };
}

test("one request follows the other, each from where the last one ended", async () => {
  const { asked, told, answer } = server();
  assert.deepEqual(asked[0].headers, { accept: "application/json", authorization: "Bearer token" });
  await answer([{ type: "hello", rev: 4 }], "e.1");
  await answer([{ type: "a" }, { type: "b" }], "e.3");
  const urls = ["/v1/live?since=4&wait=25", "/v1/live?since=4&cursor=e.1&wait=25", "/v1/live?since=4&cursor=e.3&wait=25"];
  assert.deepEqual(asked.map(({ url }) => url), urls);
  assert.deepEqual([told.texts, told.cursors, told.opened], [['{"type":"hello","rev":4}', '{"type":"a"}', '{"type":"b"}'], ["e.1", "e.3"], 1]);
});

test("an earlier cursor is gone on from", () => {
  assert.equal(server({ cursor: "e.9" }).asked[0].url, "/v1/live?since=4&cursor=e.9&wait=25");
});

test("a server that holds nothing back is asked every five seconds and not more", async () => {
  const { asked, answer } = server({ cursor: "e.1" });
  await answer([], "e.1");
  mock.timers.tick(4_999);
  await settle();
  assert.equal(asked.length, 1);
  mock.timers.tick(1);
  await settle();
  assert.equal(asked.length, 2);
  mock.timers.tick(25_000);
  await answer([], "e.1");
  assert.equal(asked.length, 3, "one that was held back is followed at once");
});

test("a request that is not answered within 35 seconds is lost", async () => {
  const { told, asked } = server();
  mock.timers.tick(34_999);
  assert.deepEqual(told.lost, []);
  mock.timers.tick(1);
  assert.deepEqual([told.lost, asked[0].signal.aborted], [["failed"], true]);
});

test("after four minutes it ends, so that a better kind is thought of", async () => {
  const { told, answer } = server({ cursor: "e.1" });
  for (let polls = 0; polls < 9; polls++) {
    mock.timers.tick(25_000);
    await answer([], "e.1");
  }
  assert.deepEqual(told.lost, []);
  mock.timers.tick(25_000);
  await answer([], "e.1");
  assert.deepEqual(told.lost, ["ended"]);
});

test("the status of a refusal says why, and an answer that is none has failed", async () => {
  for (const [answer, loss] of [
    [refused(401), "expired"],
    [refused(503), "busy"],
    [Response.json({ data: [] }), "failed"],
    [new Response("<html>"), "failed"],
    ["no network", "failed"],
  ]) {
    fakeFetch(() => (answer instanceof Response ? answer : Promise.reject(new Error(answer))));
    const ours = line();
    longPoll(ours);
    await settle();
    assert.deepEqual([ours.told.lost, ours.told.opened], [[loss], 0]);
  }
});

test("a closed carrier asks and says nothing more", async () => {
  const { carrier, told, asked, answer } = server();
  await answer([{ type: "hello" }], "e.1");
  carrier.close();
  await settle();
  mock.timers.tick(600_000);
  await settle();
  assert.deepEqual([asked.length, told.lost], [2, []]);
});
