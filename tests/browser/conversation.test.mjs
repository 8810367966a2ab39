import assert from "node:assert/strict";
import { test } from "node:test";
import { call, signIn, tiny } from "./system.mjs";
import { eventually, ownPage, pageWith, setBrowser, visit } from "./visitor.mjs";

const browser = setBrowser();

/** Texts that no earlier run has sent. */
const words = (text) => `${text} ${Date.now().toString(36)}`;
const count = async (at, text) => (await at.said()).filter((each) => each === text).length;

test("what a visitor says on one page appears on their other page, both ways, once", async () => {
  const context = await browser.newContext();
  const one = await visit(context, "/acme");
  const two = await visit(context, "/acme");
  await one.open();
  await two.open();
  const [first, second] = [words("from the first page"), words("from the second page")];
  await one.say(first);
  await eventually(async () => (await count(two, first)) === 1, "the message on the second page");
  await two.say(second);
  await eventually(async () => (await count(one, second)) === 1, "the answer on the first page");
  await one.page.waitForTimeout(500);
  for (const at of [one, two]) {
    assert.equal(await count(at, first), 1);
    assert.equal(await count(at, second), 1);
    assert.equal(await at.widget.locator(".livery-message--sending").count(), 0);
  }
  await two.shot("conversation");
});

test("the conversation is still there on the next page, and no other visitor sees it", async () => {
  const context = await browser.newContext();
  const at = await visit(context, "/acme");
  await at.open();
  const text = words("remember this");
  await at.say(text);
  await eventually(async () => (await at.widget.locator(".livery-message--sending").count()) === 0, "the message to be stored");
  await at.page.reload();
  await at.launcher.waitFor();
  await at.open();
  await eventually(async () => (await count(at, text)) === 1, "the message after the reload");

  const stranger = await visit(await browser.newContext(), "/acme");
  await stranger.open();
  const elsewhere = await visit(context, "/globex");
  await elsewhere.open();
  await stranger.page.waitForTimeout(1_500);
  assert.equal(await count(stranger, text), 0);
  assert.equal(await count(elsewhere, text), 0);
});

test("a text that lost its connection goes out when the connection is back, once", async () => {
  const context = await browser.newContext();
  const at = await visit(context, "/acme");
  await at.open();
  await at.say(words("to have a conversation"));
  await eventually(async () => (await at.widget.locator(".livery-message--sending").count()) === 0, "the first message");
  await context.setOffline(true);
  const text = words("written in a tunnel");
  await at.say(text);
  await at.banner.waitFor();
  await at.shot("offline");
  await context.setOffline(false);
  await eventually(async () => (await at.widget.locator(".livery-message--sending, .livery-message--failed").count()) === 0, "the message to go out", 30_000);
  await at.page.reload();
  await at.launcher.waitFor();
  await at.open();
  await eventually(async () => (await count(at, text)) === 1, "exactly one copy");
});

test("a used-up quota shows a polite banner and keeps the text", async () => {
  const at = await visit(await browser.newContext(), "/acme");
  await at.open();
  const problem = { type: "about:blank", title: "The month's quota is used up", status: 429, code: "quota_exceeded" };
  await at.page.route("**/v1/conversations/*/messages", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({ status: 429, headers: { "content-type": "application/problem+json", "retry-after": "86400" }, body: JSON.stringify(problem) })
      : route.continue(),
  );
  const text = words("one too many");
  await at.say(text);
  await at.banner.waitFor();
  assert.equal(await at.banner.getAttribute("role"), "status");
  assert.equal(await at.input.inputValue(), text);
  await at.shot("quota");
  await at.page.unroute("**/v1/conversations/*/messages");
  await at.input.press("Enter");
  await at.banner.waitFor({ state: "hidden" });
  assert.equal(await count(at, text), 1);
});

test("the message after the last one of the plan is refused by the server itself", async () => {
  const token = await signIn(tiny);
  await call(tiny, "POST", "/v1/branding/publish", { token });
  const { body } = await call(tiny, "GET", "/v1/usage", { token });
  const { remaining } = body.messages;
  assert.ok(remaining <= 20, `${remaining} messages are left: too many to use up here`);
  const at = await visit(await browser.newContext(), ownPage("/tiny", pageWith(tiny)));
  await at.open();
  for (let n = 0; n < remaining; n++) {
    await at.say("message " + n);
    await eventually(async () => (await at.widget.locator(".livery-message--sending").count()) === 0, "message " + n);
  }
  await at.say("one too many");
  await at.banner.waitFor();
  assert.equal(await at.input.inputValue(), "one too many");
  assert.equal(await count(at, "one too many"), 0);
  const after = await call(tiny, "GET", "/v1/usage", { token });
  assert.equal(after.body.messages.remaining, 0);
  assert.equal(after.body.messages.used, after.body.messages.limit);
});

test("no token and no text is in any address", async () => {
  const context = await browser.newContext();
  const at = await visit(context, "/globex", { wait: false });
  const addresses = [];
  at.page.on("request", (request) => addresses.push(request.url()));
  at.page.on("websocket", (socket) => addresses.push(socket.url()));
  const answers = [];
  at.page.on("response", (response) => response.url().endsWith("/v1/embed/sessions") && response.request().method() === "POST"
    // Of the page that is left by reloading there may be an answer whose body is gone.
    && answers.push(response.json().catch(() => undefined)));
  await at.page.reload();
  await at.launcher.waitFor();
  await at.open();
  await at.say("secretword");
  await eventually(async () => (await at.widget.locator(".livery-message--sending").count()) === 0, "the message");
  const minted = (await Promise.all(answers)).filter(Boolean);
  assert.ok(minted.length > 0 && minted.every((answer) => answer.session_token && answer.visitor_token));
  const secrets = ["secretword", ...minted.flatMap((answer) => [answer.session_token, answer.visitor_token])];
  assert.ok(addresses.some((each) => each.startsWith("ws") && each.includes("/v1/live")), "the live socket was seen");
  for (const address of addresses) {
    for (const secret of secrets) assert.ok(!address.includes(secret), address);
  }
});
