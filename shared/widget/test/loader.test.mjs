import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, fakePage } from "./fake_page.mjs";

const rules = (page) => page.frames.at(-1).style.rules;

test("commands given before the script are carried out in order, and the ready event reaches a listener among them", async () => {
  const heard = [];
  const page = fakePage({
    stub: [
      ["on", "*", (_, type) => heard.push(type)],
      ["boot", { locale: "ar" }],
      ["update", { theme: "dark" }],
      ["update", { theme: "light" }],
    ],
  });
  await page.boot();
  assert.deepEqual(heard, ["ready"]);
  assert.deepEqual(page.toEmbed[0].options, { locale: "ar", theme: "light" });
});

test("a page that kept the stub still reaches the widget", async () => {
  const page = fakePage();
  const stub = page.window.Livery;
  await page.boot();
  stub("open");
  assert.deepEqual(page.toEmbed.at(-1), { t: "open", open: true, focus: true });
});

test("the script included twice makes one widget", async () => {
  const page = await fakePage().boot();
  page.load();
  await page.settle();
  assert.equal(page.frames.length, 1);
  assert.equal(page.requests.length, 1);
});

test("autoBoot false waits for boot", async () => {
  const page = fakePage({ config: { autoBoot: false } });
  page.load();
  await page.settle();
  assert.equal(page.requests.length, 0);
  page.window.Livery("boot");
  await page.settle();
  assert.equal(page.frames.length, 1);
});

test("the one window message names its target, and the token goes over the port only", async () => {
  const page = await fakePage().boot();
  assert.equal(page.hello.origin, BASE);
  assert.deepEqual(JSON.parse(JSON.stringify(page.hello.data)), { livery: 1 });
  assert.equal(page.hello.ports.length, 1);
  assert.equal(page.frames[0].src, BASE + "/embed");
  assert.equal(page.toEmbed[0].session, "st1");
});

test("options that the embed does not know, such as functions, stay in the page", async () => {
  const page = await fakePage({ config: { position: "top-left", size: { width: 400 }, onReady() {}, zIndex: 7 } }).boot();
  assert.deepEqual(page.toEmbed[0].options, { position: "top-left", size: { width: 400 } });
  assert.equal(rules(page)["z-index"], "7");
});

test("the frame is not seen before the embed is ready, and then has the launcher's size in the theme's corner", async () => {
  const page = fakePage();
  page.load();
  await page.settle();
  assert.equal(rules(page).visibility, "hidden");
  page.frames[0].onload();
  page.hear({ t: "layout", closed: [104, 104], open: [424, 684], position: "bottom-left", title: "Acme" });
  page.hear({ t: "ready" });
  assert.deepEqual(
    [rules(page).visibility, rules(page).width, rules(page).left, rules(page).bottom, page.frames[0].title],
    ["visible", "104px", "0", "0", "Acme"],
  );
});

test("an open panel grows the frame, and fills a narrow screen", async () => {
  const wide = await fakePage().boot();
  wide.hear({ t: "open", open: true });
  assert.deepEqual([rules(wide).width, rules(wide).height], ["424px", "684px"]);
  const narrow = await fakePage({ narrow: true }).boot();
  narrow.hear({ t: "open", open: true });
  assert.deepEqual([rules(narrow).width, rules(narrow).height], ["100%", "100%"]);
});

test("what the embed says of its size ends at the bounds of a guest", async () => {
  for (const [said, closed, open] of [
    [1e9, ["184px", "184px"], ["684px", "984px"]],
    ["1e9", ["184px", "184px"], ["684px", "984px"]],
    [Infinity, ["184px", "184px"], ["684px", "984px"]],
    [184, ["184px", "184px"], ["184px", "184px"]],
    [-1, ["0px", "0px"], ["0px", "0px"]],
    [NaN, ["0px", "0px"], ["0px", "0px"]],
    ["100vw", ["0px", "0px"], ["0px", "0px"]],
    [undefined, ["0px", "0px"], ["0px", "0px"]],
  ]) {
    const page = await fakePage().boot();
    page.hear({ t: "layout", closed: [said, said], open: [said, said], position: "bottom-right", title: "Acme" });
    assert.deepEqual([rules(page).width, rules(page).height], closed, String(said));
    page.hear({ t: "open", open: true });
    assert.deepEqual([rules(page).width, rules(page).height], open, String(said));
  }
});

test("autoOpen opens without taking the focus, and never on a narrow screen", async () => {
  const wide = await fakePage({ config: { autoOpen: true } }).boot();
  await wide.tick(0);
  assert.deepEqual(wide.toEmbed.at(-1), { t: "open", open: true, focus: false });
  const narrow = await fakePage({ config: { autoOpen: true }, narrow: true }).boot();
  await narrow.tick(0);
  assert.equal(narrow.toEmbed.at(-1).t, "init");
});

test("a listener that throws is reported and stops no other listener", async () => {
  const heard = [];
  const page = fakePage({
    stub: [
      ["on", "ready", () => { throw new Error("theirs"); }],
      ["on", "ready", () => heard.push("second")],
    ],
  });
  await page.boot();
  await page.tick(0);
  assert.deepEqual(heard, ["second"]);
  assert.equal(page.uncaught[0].message, "theirs");
});

test("off takes a listener away", async () => {
  const heard = [];
  const listener = () => heard.push("x");
  const page = fakePage({ stub: [["on", "open", listener], ["off", "open", listener]] });
  await page.boot();
  page.hear({ t: "open", open: true });
  assert.deepEqual(heard, []);
});

test("ready is sent to a listener that is added after it happened", async () => {
  const page = await fakePage().boot();
  let told = 0;
  page.window.Livery("on", "ready", () => told++);
  assert.equal(told, 1);
});

test("an unknown command is a warning, not an error", async () => {
  const page = await fakePage().boot();
  page.window.Livery("constructor");
  page.window.Livery("explode");
  assert.equal(page.warnings.length, 2);
});

test("hide takes the launcher away, and open brings the panel all the same", async () => {
  const page = await fakePage().boot();
  page.window.Livery("hide");
  assert.equal(rules(page).visibility, "hidden");
  page.hear({ t: "open", open: true });
  assert.equal(rules(page).visibility, "visible");
});

test("an origin that is not allowed gets no frame, one warning and an error event", async () => {
  const heard = [];
  const problem = { code: "origin_not_allowed", detail: "https://evil.test is not on the list" };
  const page = fakePage({ stub: [["on", "error", (error) => heard.push(error.code)]], answers: [{ status: 403, body: problem }] });
  page.load();
  await page.settle();
  page.window.Livery("boot");
  await page.settle();
  assert.equal(page.frames.length, 0);
  assert.deepEqual(heard, ["origin_not_allowed", "origin_not_allowed"]);
  assert.equal(page.warnings.length, 1);
  assert.match(page.warnings[0], /is not on the list/);
});

test("a server that is down is tried again, each time later, and not for ever", async () => {
  const page = fakePage({ answers: [{ status: 503, body: {} }] });
  page.load();
  await page.settle();
  for (let i = 0; i < 20; i++) await page.tick();
  assert.equal(page.requests.length, 6);
  assert.equal(page.frames.length, 0);
});

test("Retry-After is waited for", async () => {
  const page = fakePage({ answers: [{ status: 429, body: {}, headers: { "retry-after": "7" } }, { status: 201 }] });
  page.load();
  await page.settle();
  await page.tick(6_999);
  assert.equal(page.requests.length, 1);
  await page.tick();
  assert.equal(page.frames.length, 1);
});

test("the visitor token is kept for the next page, by the tenant's host", async () => {
  const storage = new Map();
  await fakePage({ storage }).boot();
  assert.deepEqual([...storage], [["livery:chat.acme.test", "vt1"]]);
  const next = await fakePage({ storage }).boot();
  assert.deepEqual(next.requests[0].body, { visitor_token: "vt1" });
});

test("two pages that start at once become one visitor", async () => {
  const storage = new Map();
  const answers = [{ status: 201, before: () => storage.set("livery:chat.acme.test", "theirs") }, { status: 201, body: { session_token: "s", expires_in: 900, visitor_token: "theirs" } }];
  const page = fakePage({ storage, answers });
  page.load();
  await page.settle();
  assert.deepEqual(page.requests.map(({ body }) => body), [{}, { visitor_token: "theirs" }]);
  assert.equal(storage.get("livery:chat.acme.test"), "theirs");
});

test("a visitor token that is no longer good is dropped, and the visitor starts anew", async () => {
  const storage = new Map([["livery:chat.acme.test", "old"]]);
  const page = fakePage({ storage, answers: [{ status: 401, body: {} }, { status: 201 }] });
  page.load();
  await page.settle();
  await page.tick(0);
  assert.deepEqual(page.requests.map(({ body }) => body), [{ visitor_token: "old" }, {}]);
  assert.equal(page.frames.length, 1);
});

test("blocked storage costs the memory of the visitor, not the widget", async () => {
  const page = await fakePage({ storage: null }).boot();
  assert.equal(page.frames.length, 1);
});

test("the session is renewed before it ends, as the same visitor, and handed over", async () => {
  const page = await fakePage().boot();
  await page.tick(719_999);
  assert.equal(page.requests.length, 1);
  await page.tick(720_000);
  assert.deepEqual(page.requests[1].body, { visitor_token: "vt1" });
  assert.deepEqual(page.toEmbed.at(-1), { t: "session", session: "st2" });
});

test("the embed's request for a session is answered, with null when none is to be had", async () => {
  const page = await fakePage({ answers: [{ status: 201 }, { status: 503, body: {} }] }).boot();
  page.hear({ t: "session" });
  for (let i = 0; i < 12; i++) {
    await page.settle();
    for (const [index, timer] of page.timers.entries()) {
      // Not the renewal, which waits for minutes.
      if (timer && timer.wait < 60_001) (page.timers[index] = undefined), timer.run();
    }
  }
  await page.settle();
  assert.deepEqual(page.toEmbed.at(-1), { t: "session", session: null });
  assert.equal(page.frames[0].removed, undefined);
});

test("an embed that never answers is taken away and reported", async () => {
  const heard = [];
  const page = fakePage({ stub: [["on", "error", ({ code }) => heard.push(code)]] });
  page.load();
  await page.settle();
  await page.tick(20_000);
  assert.deepEqual(heard, ["embed_unavailable"]);
  assert.equal(page.frames[0].removed, true);
});

test("shutdown leaves nothing: no frame, no visitor, no listener, no timer that would bring it back", async () => {
  const heard = [];
  const storage = new Map();
  const page = fakePage({ storage, config: { autoOpen: 500 }, stub: [["on", "*", (_, type) => heard.push(type)]] });
  await page.boot();
  page.window.Livery("shutdown");
  await page.tick();
  assert.equal(page.frames[0].removed, true);
  assert.equal(storage.size, 0);
  assert.equal(page.requests.length, 1);
  assert.deepEqual(heard, ["ready"]);
  page.window.Livery("boot");
  await page.settle();
  page.frames[1].onload();
  assert.equal(page.toEmbed[0].open, false, "an autoOpen from before does not open the next widget");
});

test("a shutdown while the session is on its way does not bring the visitor back", async () => {
  const storage = new Map();
  const page = fakePage({ storage });
  page.load();
  page.window.Livery("shutdown");
  await page.settle();
  assert.equal(page.frames.length, 0);
  assert.equal(storage.size, 0);
});

test("identify stays in the page", async () => {
  const page = await fakePage({ stub: [["identify", { email: "visitor@site.test" }]] }).boot();
  const sent = JSON.stringify([page.requests, page.toEmbed, page.hello.data]);
  assert.ok(!sent.includes("visitor@site.test"));
});
