import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { events } from "../src/embed/carrier/events.ts";
import { fakeFetch, line, refused, settle } from "./carrier_line.mjs";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
});

/** An event stream that the test writes. */
function stream(changes) {
  let writer;
  const body = new ReadableStream({ start: (controller) => void (writer = controller) });
  const asked = fakeFetch(() => new Response(body, { headers: { "content-type": "text/event-stream" } }));
  const ours = line(changes);
  const carrier = events(ours);
  const bytes = new TextEncoder();
  return {
    carrier,
    asked,
    told: ours.told,
    write: async (text) => {
      writer.enqueue(typeof text === "string" ? bytes.encode(text) : text);
      await settle();
    },
    end: async () => (writer.close(), await settle()),
    breakOff: async () => (writer.error(new Error("reset")), await settle()),
  };
}

test("the session token travels in a header and never in the address; a cursor says where it goes on", async () => {
  const { asked } = stream({ cursor: "e.7" });
  await settle();
  assert.equal(asked[0].url, "/v1/live?since=4&cursor=e.7");
  assert.deepEqual(asked[0].headers, { accept: "text/event-stream", authorization: "Bearer token" });
  assert.equal(stream().asked[0].url, "/v1/live?since=4");
});

test("each event is a frame, however the stream is cut into pieces; the id is remembered after it", async () => {
  const { told, write } = stream();
  const bytes = new TextEncoder().encode('retry: 2000\n\ndata: {"a":"ä"}\n\nid: e.2\ndata: {"b":2}\n\n');
  for (const byte of bytes) await write(Uint8Array.of(byte));
  assert.deepEqual([told.texts, told.cursors, told.opened], [['{"a":"ä"}', '{"b":2}'], ["e.2"], 1]);
});

test("a stream without a word in 6 seconds is held back on its way", async () => {
  const { told, asked } = stream();
  await settle();
  mock.timers.tick(5_999);
  assert.deepEqual(told.lost, []);
  mock.timers.tick(1);
  assert.deepEqual([told.lost, asked[0].signal.aborted], [["withheld"], true]);
});

test("a heartbeat keeps a stream, and 38 seconds without one lose it", async () => {
  const { told, write } = stream();
  await write("retry: 2000\n\n:\n\n");
  for (let beat = 0; beat < 3; beat++) {
    mock.timers.tick(30_000);
    await write(":\n\n");
  }
  mock.timers.tick(37_999);
  assert.deepEqual([told.lost, told.texts], [[], []]);
  mock.timers.tick(1);
  assert.deepEqual(told.lost, ["failed"]);
});

test("a stream that the server ends goes on, one that breaks off has failed", async () => {
  const planned = stream();
  await planned.write(":\n\n");
  await planned.end();
  assert.deepEqual(planned.told.lost, ["ended"]);
  const broken = stream();
  await broken.write(":\n\n");
  await broken.breakOff();
  assert.deepEqual(broken.told.lost, ["failed"]);
});

test("the status of a refusal says why", async () => {
  const cases = [
    [refused(401), "expired"],
    [refused(503), "busy"],
    [refused(429), "busy"],
    [refused(403, { code: "tenant_suspended" }), "suspended"],
    [refused(403, { code: "origin_not_allowed" }), "failed"],
    [refused(404), "failed"],
    [new Response("<html>", { headers: { "content-type": "text/html" } }), "failed"],
    ["no network", "failed"],
  ];
  for (const [answer, loss] of cases) {
    fakeFetch(() => (answer instanceof Response ? answer : Promise.reject(new Error(answer))));
    const ours = line();
    events(ours);
    await settle();
    assert.deepEqual([ours.told.lost, ours.told.opened], [[loss], 0]);
  }
});

test("a channel that is missing is no tenant that is gone: the release tells which", async () => {
  const cases = [
    [refused(404, { code: "not_found" }), "suspended"],
    [refused(503), "failed"],
    [new Response("{}"), "failed"],
  ];
  for (const [release, loss] of cases) {
    const asked = fakeFetch((count) => (count === 1 ? refused(404, { code: "not_found" }) : release));
    const ours = line();
    events(ours);
    await settle();
    assert.deepEqual([ours.told.lost, asked.map(({ url }) => url)], [[loss], ["/v1/live?since=4", "/v1/edge/config"]]);
  }
});

test("an event without an end loses the stream instead of filling the page's memory", async () => {
  const { told, write } = stream();
  await write("data: ");
  for (let piece = 0; piece < 40 && told.lost.length === 0; piece++) await write("x".repeat(10_000));
  assert.deepEqual(told.lost, ["failed"]);
});

test("a probe leaves a stream that speaks and takes one up anew that missed a beat", async () => {
  const { carrier, told, write } = stream();
  await write(":\n\n");
  mock.timers.tick(16_000);
  carrier.probe();
  assert.deepEqual(told.lost, []);
  mock.timers.tick(4_000);
  carrier.probe();
  assert.deepEqual(told.lost, ["ended"]);
});

test("a closed stream says nothing more", async () => {
  const { carrier, told, write } = stream();
  await write(":\n\n");
  carrier.close();
  await write('data: {"a":1}\n\n');
  mock.timers.tick(600_000);
  assert.deepEqual([told.texts, told.lost], [[], []]);
});
