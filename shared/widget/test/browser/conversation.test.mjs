import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { eventually, noBrowser, setStage } from "./stage.mjs";

const stage = setStage();
const options = { skip: noBrowser };

afterEach(() => {
  if (stage.mock) Object.assign(stage.mock.state, { quota: undefined, socketsWork: true, loseAnswers: 0 });
});

test("two pages of one visitor show the same conversation, both ways, each message once", options, async () => {
  const one = await stage.visit();
  const two = await stage.visit("/", { context: one.context });
  await one.open();
  await two.open();
  await one.say("from the first page");
  await eventually(async () => (await two.texts()).includes("from the first page"), "the message on the second page");
  await two.say("from the second page");
  await eventually(async () => (await one.texts()).includes("from the second page"), "the answer on the first page");
  const said = ["from the first page", "from the second page"];
  assert.deepEqual((await one.texts()).slice(1), said);
  assert.deepEqual((await two.texts()).slice(1), said);
});

test("what was said comes back on the next page, with what the visitor has not read counted on the launcher", options, async () => {
  const one = await stage.visit();
  await one.open();
  await one.say("hello");
  await eventually(() => stage.mock.state.conversations.get(stage.visitor())?.last_seq === 1);
  await one.page.close();
  stage.mock.say(stage.visitor(), "team", "are you still there?");
  const two = await stage.visit("/", { context: one.context });
  await eventually(async () => (await two.launcher.getAttribute("aria-label")).includes("1 unread"), "the count of unread messages");
  await two.open();
  assert.deepEqual((await two.texts()).slice(1), ["hello", "are you still there?"]);
  await two.page.reload();
  await two.launcher.waitFor();
  await two.page.waitForTimeout(500);
  assert.equal(await two.launcher.getAttribute("aria-label"), "Open chat", "what was read stays read");
});

test("a used-up quota shows a banner and keeps the text, which can be sent later", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  stage.mock.state.quota = 7200;
  await visit.say("too much");
  await visit.banner.waitFor();
  assert.match(await visit.banner.textContent(), /limit has been reached/);
  assert.equal(await visit.banner.getAttribute("role"), "status");
  assert.equal(await visit.input.inputValue(), "too much");
  stage.mock.state.quota = undefined;
  await visit.input.press("Enter");
  await visit.banner.waitFor({ state: "hidden" });
  assert.deepEqual((await visit.texts()).slice(1), ["too much"]);
  assert.equal(await visit.input.inputValue(), "");
});

test("messages said while the socket was down arrive when it is back", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  await visit.say("first");
  await eventually(() => stage.mock.state.conversations.has(stage.visitor()));
  for (const socket of stage.mock.state.sockets) socket.terminate();
  stage.mock.say(stage.visitor(), "team", "said in the dark");
  await eventually(async () => (await visit.texts()).includes("said in the dark"), "the message that was missed");
});

test("a frame that was lost on the way is fetched when the next one shows the gap", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  await visit.say("first");
  const visitor = stage.visitor();
  await eventually(() => stage.mock.state.conversations.get(visitor)?.last_seq === 1);
  const conversation = stage.mock.state.conversations.get(visitor);
  conversation.messages.push({ id: "lost", seq: ++conversation.last_seq, author: "team", text: "lost on the way", created_at: new Date().toISOString() });
  stage.mock.say(visitor, "team", "after it");
  await eventually(async () => (await visit.texts()).length === 4);
  assert.deepEqual((await visit.texts()).slice(1), ["first", "lost on the way", "after it"]);
});

test("a session that ended is renewed without the visitor noticing", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  const visitor = stage.visitor();
  stage.mock.state.sessions.clear();
  for (const socket of stage.mock.state.sockets) socket.close(4001);
  await visit.say("still me");
  await eventually(() => stage.mock.state.conversations.get(visitor)?.last_seq === 1, "the message of the same visitor");
  assert.equal(stage.visitor(), visitor);
});

test("without sockets the conversation is polled", options, async () => {
  stage.mock.state.socketsWork = false;
  const visit = await stage.visit();
  await visit.open();
  await visit.say("anybody?");
  await eventually(() => stage.mock.state.conversations.get(stage.visitor())?.last_seq === 1);
  stage.mock.say(stage.visitor(), "team", "yes");
  await eventually(async () => (await visit.texts()).includes("yes"), "the polled answer", 12_000);
});

test("a text that did not get through can be sent again, and arrives once", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  // The server takes the message, the answer gets lost: the worst case for sending again.
  stage.mock.state.loseAnswers = 1;
  await visit.say("only once");
  const tries = () => stage.mock.state.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/messages")).slice(-2);
  await eventually(() => stage.mock.state.loseAnswers === 0 && new Set(tries().map(({ headers }) => headers["idempotency-key"])).size === 1, "the second try");
  await eventually(async () => (await visit.widget.locator(".livery-message--sending").count()) === 0);
  assert.deepEqual((await visit.texts()).slice(1), ["only once"]);
  assert.equal(stage.mock.state.conversations.get(stage.visitor()).last_seq, 1);
});

test("a long history begins at its end, and earlier messages are a button away", options, async () => {
  const first = await stage.visit();
  await first.open();
  await first.say("m1");
  const visitor = stage.visitor();
  await eventually(() => stage.mock.state.conversations.get(visitor)?.last_seq === 1);
  for (let n = 2; n <= 120; n++) stage.mock.say(visitor, n % 3 ? "team" : "visitor", "m" + n);
  await first.page.close();
  const visit = await stage.visit("/", { context: first.context });
  await visit.open();
  await eventually(async () => (await visit.texts()).length === 50, "the newest fifty");
  assert.equal((await visit.texts())[0], "m71");
  await visit.widget.locator(".livery-earlier").click();
  await eventually(async () => (await visit.texts()).length === 100);
  await visit.widget.locator(".livery-earlier").click();
  await eventually(async () => (await visit.texts()).length === 121, "all and the greeting");
  assert.equal(await visit.widget.locator(".livery-earlier").isVisible(), false);
});

test("what a message says is text, never markup", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  await visit.say("hi");
  const visitor = stage.visitor();
  await eventually(() => stage.mock.state.conversations.get(visitor)?.last_seq === 1);
  stage.mock.say(visitor, "team", '<img src=x onerror="document.title=1"> see https://acme.test/<b>');
  await eventually(async () => (await visit.texts()).length === 3);
  assert.equal((await visit.texts())[2], '<img src=x onerror="document.title=1"> see https://acme.test/<b>');
  const link = visit.widget.locator(".livery-link");
  assert.equal(await link.getAttribute("href"), "https://acme.test/");
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");
  assert.equal(await link.getAttribute("target"), "_blank");
  assert.equal(await visit.widget.locator(".livery-messages img").count(), 0);
});
