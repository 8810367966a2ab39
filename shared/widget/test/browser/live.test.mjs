import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { WHOLE } from "./mock_server.mjs";
import { eventually, noBrowser, setStage } from "./stage.mjs";

const stage = setStage();
afterEach(() => {
  if (stage.mock) Object.assign(stage.mock.state, WHOLE);
});
const options = { skip: noBrowser };
const brand = (color) => `.livery{--livery-color-launcher:${color}}`;
const launcherColor = (visit) => visit.launcher.evaluate((button) => getComputedStyle(button).backgroundColor);
const asked = (accept) => stage.mock.state.requests.filter(({ path, headers }) => path === "/v1/live" && headers.accept?.includes(accept));
const messageReads = () => stage.mock.state.requests.filter(({ path }) => path.endsWith("/messages")).length;

/** A visitor on a server in this state, who has said something; `accept` tells which transport carries. */
async function visitOver(state, accept, patience) {
  Object.assign(stage.mock.state, state);
  stage.mock.state.requests.length = 0;
  stage.mock.publish({ css: brand("rgb(1, 2, 3)") });
  const visit = await stage.visit();
  await eventually(() => asked(accept).length > 0 && stage.mock.channel.listeners() > 0, "the carrier", patience);
  await visit.open();
  await visit.say("hello");
  await eventually(async () => (await visit.texts()).includes("hello"));
  return visit;
}

/** A message and a release come, each once, without anything being read again. */
async function hears(visit, color, text) {
  const reads = messageReads();
  stage.mock.publish({ css: brand(color) });
  await eventually(async () => (await launcherColor(visit)) === color, "the release");
  stage.mock.say(stage.visitor(), "team", text);
  await eventually(async () => (await visit.texts()).includes(text), "the message");
  assert.equal((await visit.texts()).filter((each) => each === text).length, 1);
  assert.equal(messageReads(), reads);
}

test("on a server without sockets a page streams events, and goes on where a cut stream was", options, async () => {
  const visit = await visitOver({ socketsWork: false }, "event-stream");
  await hears(visit, "rgb(4, 5, 6)", "first");
  assert.equal(asked("application/json").length, 0);
  const before = messageReads();
  stage.mock.channel.breakOff();
  stage.mock.say(stage.visitor(), "team", "said meanwhile");
  stage.mock.publish({ css: brand("rgb(7, 8, 9)") });
  await eventually(async () => (await visit.texts()).includes("said meanwhile"), "what was missed");
  await eventually(async () => (await launcherColor(visit)) === "rgb(7, 8, 9)", "the missed release");
  assert.deepEqual((await visit.texts()).slice(-3), ["hello", "first", "said meanwhile"]);
  assert.equal(messageReads(), before, "resumed by its cursor, nothing is read again");
  assert.match(asked("event-stream").at(-1).query, /cursor=\d+/);
  for (const { query, headers } of asked("event-stream")) assert.ok(!query.includes("st_") && headers.authorization.startsWith("Bearer st_"));
});

test("sockets that a proxy refuses give way to events", options, async () => {
  const visit = await visitOver({ socketsWork: "refused" }, "event-stream", 15_000);
  await hears(visit, "rgb(14, 15, 16)", "over events");
});

test("events that a proxy holds back give way to long polls", options, async () => {
  const visit = await visitOver({ socketsWork: false, events: "withheld" }, "application/json", 20_000);
  await hears(visit, "rgb(24, 25, 26)", "over polls");
  await hears(visit, "rgb(34, 35, 36)", "and again");
});

test("a page that leaves leaves no stream behind", options, async () => {
  const visit = await visitOver({ socketsWork: false }, "event-stream");
  await visit.close();
  await eventually(() => stage.mock.channel.listeners() === 0, "the end of the stream");
});

test("a session that has ended is renewed before the stream goes on", options, async () => {
  const visit = await visitOver({ socketsWork: false }, "event-stream");
  const visitor = stage.visitor();
  stage.mock.state.sessions.clear();
  stage.mock.channel.breakOff();
  await eventually(() => stage.mock.state.sessions.size > 0 && stage.mock.channel.listeners() > 0, "the new stream", 15_000);
  assert.equal(stage.visitor(), visitor);
  stage.mock.say(visitor, "team", "after the renewal");
  await eventually(async () => (await visit.texts()).includes("after the renewal"), "the message");
});
