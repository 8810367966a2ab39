import assert from "node:assert/strict";
import { test } from "node:test";
import { customerPage, eventually, noBrowser, setStage } from "./stage.mjs";

const stage = setStage((base) => {
  const csp = `default-src 'none'; script-src 'nonce-abc123'; style-src 'self'; frame-src ${base}; connect-src ${base}; img-src data:; base-uri 'none'; require-trusted-types-for 'script'`;
  const report = `<script nonce="abc123">window.violations = []; addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective))</script>`;
  const rude = "<style>iframe { display: none !important; width: 1px !important; opacity: 0.1 !important } * { color-scheme: dark }</style>";
  return {
    "/": { html: customerPage(base) },
    "/strict": { html: customerPage(base, { head: report, nonce: "abc123" }), headers: { "content-security-policy": csp } },
    "/rude": { html: customerPage(base, { head: rude }) },
    "/ar": { html: customerPage(base, { config: { locale: "ar" } }) },
    "/twice": { html: customerPage(base, { head: `<script src="${base}/widget.js"></script>` }) },
  };
});
const options = { skip: noBrowser };
const focused = (visit) => visit.frame().evaluate(() => document.activeElement.className);

test("a page with a strict policy (nonce, no inline style, trusted types) gets the widget without a violation", options, async () => {
  const visit = await stage.visit("/strict");
  await visit.open();
  await visit.say("hello");
  await eventually(async () => (await visit.texts()).includes("hello"));
  assert.deepEqual(await visit.page.evaluate(() => window.violations), []);
});

test("a page's own rules for frames do not reach the widget", options, async () => {
  const visit = await stage.visit("/rude");
  const box = await visit.page.locator("iframe").boundingBox();
  assert.ok(box.width > 60);
  assert.equal(await visit.page.locator("iframe").evaluate((frame) => getComputedStyle(frame).opacity), "1");
});

test("an origin that is not allowed gets no frame and one warning", options, async () => {
  stage.mock.state.allowed = () => false;
  const visit = await stage.visit("/", { wait: false });
  const warnings = [];
  visit.page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  stage.mock.state.requests.length = 0;
  await visit.page.reload();
  // The page before the reload may have warned late: the refusal of this one has to have been given too.
  const refusals = () => stage.mock.state.requests.filter(({ method, path }) => method === "POST" && path === "/v1/embed/sessions");
  await eventually(() => warnings.length > 0 && refusals().length > 0, "the warning");
  stage.mock.state.allowed = () => true;
  assert.match(warnings[0], /origin_not_allowed.*not on the list/);
  assert.equal(await visit.page.locator("iframe").count(), 0);
});

test("two script tags make one widget", options, async () => {
  const visit = await stage.visit("/twice");
  await visit.page.waitForTimeout(500);
  assert.equal(await visit.page.locator("iframe").count(), 1);
});

test("the keyboard alone is enough: in, say something, out, and back where one was", options, async () => {
  const visit = await stage.visit();
  const { keyboard } = visit.page;
  await visit.page.locator("#first").focus();
  await keyboard.press("Tab");
  assert.equal(await focused(visit), "livery-launcher");
  await keyboard.press("Enter");
  await visit.panel.waitFor();
  assert.equal(await focused(visit), "livery-input");
  await keyboard.type("one line");
  await keyboard.press("Shift+Enter");
  await keyboard.type("two lines");
  await keyboard.press("Enter");
  await eventually(async () => (await visit.texts()).includes("one line\ntwo lines"), "the message");
  assert.equal(await focused(visit), "livery-input");
  await keyboard.press("Escape");
  await visit.panel.waitFor({ state: "hidden" });
  assert.equal(await focused(visit), "livery-launcher");
  assert.equal(await visit.launcher.getAttribute("aria-expanded"), "false");
});

test("opened from a button of the page, closing gives the focus back to that button", options, async () => {
  const visit = await stage.visit();
  await visit.page.evaluate(() => document.querySelector("#first").addEventListener("click", () => Livery("open")));
  await visit.page.locator("#first").click();
  await visit.panel.waitFor();
  await eventually(async () => (await focused(visit)) === "livery-input", "the focus in the composer");
  await visit.page.keyboard.press("Escape");
  await eventually(() => visit.page.evaluate(() => document.activeElement.id === "first"), "the focus on the page's button");
});

test("the Enter that accepts a Japanese conversion does not send", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  await visit.input.fill("にほん");
  await visit.input.evaluate((input) => input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })));
  assert.equal(await visit.input.inputValue(), "にほん");
  await visit.input.press("Enter");
  assert.equal(await visit.input.inputValue(), "");
});

test("a text that is too long is counted, kept and not sent", options, async () => {
  const visit = await stage.visit();
  await visit.open();
  await visit.input.fill("😀".repeat(3990));
  assert.equal(await visit.widget.locator(".livery-count").textContent(), "10 characters left");
  await visit.input.fill("x".repeat(4001));
  assert.equal(await visit.widget.locator(".livery-count").textContent(), "1 characters too long");
  assert.equal(await visit.widget.locator(".livery-send").isDisabled(), true);
  await visit.input.press("Enter");
  assert.equal((await visit.input.inputValue()).length, 4001);
});

test("on a 320 pixel screen the open panel fills it, nothing is cut, and every control is large enough to touch", options, async () => {
  const visit = await stage.visit("/", { viewport: { width: 320, height: 568 } });
  await visit.open();
  const box = await visit.panel.boundingBox();
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 320, 568]);
  const cut = await visit.frame().evaluate(() => [...document.querySelectorAll(".livery-panel *")].filter((each) => each.getBoundingClientRect().right > 320.5).map((each) => each.className));
  assert.deepEqual(cut, []);
  for (const name of [".livery-close", ".livery-send", ".livery-input"]) {
    const { width, height } = await visit.widget.locator(name).boundingBox();
    assert.ok(width >= 44 && height >= 44, `${name} is ${width} × ${height}`);
  }
});

test("in Arabic everything runs from the right", options, async () => {
  const visit = await stage.visit("/ar");
  await visit.open();
  assert.deepEqual(await visit.frame().evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ["rtl", "ar"]);
  const close = await visit.widget.locator(".livery-close").boundingBox();
  const title = await visit.widget.locator(".livery-title").boundingBox();
  assert.ok(close.x < title.x);
});

test("shutdown takes the frame, the visitor and the socket away, and boot starts a new visitor", options, async () => {
  const visit = await stage.visit();
  await eventually(() => stage.mock.state.sockets.size === 1);
  const before = stage.visitor();
  await visit.page.evaluate(() => Livery("shutdown"));
  assert.equal(await visit.page.locator("iframe").count(), 0);
  assert.equal(await visit.page.evaluate(() => localStorage.length), 0);
  await eventually(() => stage.mock.state.sockets.size === 0, "the closed socket");
  await visit.page.evaluate(() => Livery("boot"));
  await visit.launcher.waitFor();
  assert.notEqual(stage.visitor(), before);
});

test("a suspended tenant's widget goes away", options, async () => {
  const visit = await stage.visit();
  await visit.page.evaluate(() => Livery("on", "error", (error) => (window.told = error.code)));
  await eventually(() => stage.mock.state.sockets.size === 1);
  for (const socket of stage.mock.state.sockets) socket.close(4003);
  await eventually(async () => (await visit.page.locator("iframe").count()) === 0, "the widget to go");
  assert.equal(await visit.page.evaluate(() => window.told), "tenant_suspended");
});

test("no token is in any address", options, async () => {
  const visit = await stage.visit();
  const addresses = [];
  visit.page.on("request", (request) => addresses.push(request.url()));
  visit.page.on("websocket", (socket) => addresses.push(socket.url()));
  await visit.page.reload();
  await visit.open();
  await visit.say("hello");
  await eventually(async () => (await visit.texts()).includes("hello"));
  assert.ok(addresses.some((each) => each.includes("/v1/live")));
  for (const address of addresses) assert.doesNotMatch(address, /st_|vt_|bearer/);
});
