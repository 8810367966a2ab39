// The widget is a guest: whatever a published sheet, the tokens or a lying embed say, its frame stays within the documented bounds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { customerPage, eventually, noBrowser, setStage } from "./stage.mjs";

const CLOSED = 184;
const OPEN = { width: 684, height: 984 };
const SHEETS = readFileSync(new URL("../../../theme/tests/corpus/guest.css", import.meta.url), "utf8").trim().split("\n");
const NAMES = ["launcher-size", "offset", "width", "height"];
/** Tokens as the compiler prints those that only a browser can know, and as releases from before the bounds have them. */
const TOKENS = ["100000px", "1e9px", "100vmax", "6250rem", "calc(100vw + 99999px)", "min(100vmax,100px)", "0", "1px", "-1px", "infinity"].map((value) => `.livery{${NAMES.map((name) => `--livery-${name}:${value}`).join(";")}}`);
const LIES = [1e9, 100000, "100000", "1e9px", "100vw", Infinity, -Infinity, NaN, -1, -1e9, null, undefined, true, "", "calc(1e9", {}, [1e9], 10n ** 20n, new Date(8e15)];

const stage = setStage((base) => ({
  "/": { html: customerPage(base) },
  "/wide": { html: customerPage(base, { config: { size: { width: 100000, height: 100000 } } }) },
}));
const options = { skip: noBrowser };
// Higher than the open panel may be: a bound of the screen's would not be told from one of ours.
const viewport = { width: 1600, height: 1400 };

const rect = (visit) => visit.page.locator("iframe").evaluate((frame) => frame.getBoundingClientRect().toJSON());

function holds({ width, height, x, y }, open, what) {
  const most = open ? OPEN : { width: CLOSED, height: CLOSED };
  assert.ok(width <= most.width && height <= most.height, `${open ? "open" : "closed"} ${width} × ${height}: ${what}`);
  assert.ok(x >= 0 && y >= 0 && x + width <= viewport.width && y + height <= viewport.height, `at ${x}, ${y}: ${what}`);
}

/** What a click reaches in the middle of the page, and in each corner but that of the widget. */
const reached = (visit) => visit.page.evaluate(() => [[800, 700], [5, 5], [1595, 5], [5, 1395]].map(([x, y]) => document.elementFromPoint(x, y)?.tagName));

test("no sheet that can be published makes the frame larger than a guest may be, closed or open", options, async () => {
  const visit = await stage.visit("/", { viewport });
  const told = () => visit.page.evaluate(() => window.rev);
  await visit.page.evaluate(() => Livery("on", "release", ({ rev }) => (window.rev = rev)));
  await eventually(() => stage.mock.state.sockets.size === 1, "the socket");
  for (const css of [...TOKENS, ...SHEETS]) {
    stage.mock.publish({ css });
    await eventually(async () => (await told()) === stage.mock.state.rev, css);
    holds(await rect(visit), false, css);
    // What the embed measures is bounded by itself, without the loader.
    const measured = await visit.frame().evaluate(() => [...document.querySelectorAll(".livery-gauge")].map((gauge) => gauge.getBoundingClientRect()).map(({ width, height }) => [width, height]));
    assert.ok(measured[0][0] <= 100 && measured[0][1] <= 60 && measured[1][0] <= 600 && measured[1][1] <= 900, `${JSON.stringify(measured)}: ${css}`);
    assert.ok(!(await reached(visit)).includes("IFRAME"), css);
    await visit.page.evaluate(() => Livery("open"));
    await eventually(async () => (await rect(visit)).width > CLOSED || css.includes("--livery-width"), "the open panel with " + css);
    holds(await rect(visit), true, css);
    await visit.page.evaluate(() => Livery("close"));
    await eventually(async () => (await rect(visit)).width <= CLOSED, "the closed panel with " + css);
  }
});

test("a page that starts with such a sheet has a frame within the bounds from its first moment", options, async () => {
  for (const css of SHEETS.slice(0, 12)) {
    stage.mock.publish({ css });
    const visit = await stage.visit("/", { viewport, wait: false });
    const largest = await visit.page.evaluate(
      () =>
        new Promise((done) => {
          let most = 0;
          const end = performance.now() + 700;
          const look = (now) => {
            for (const frame of document.querySelectorAll("iframe")) most = Math.max(most, frame.offsetWidth, frame.offsetHeight);
            now < end ? requestAnimationFrame(look) : done(most);
          };
          look(0);
        }),
    );
    assert.ok(largest > 40 && largest <= CLOSED, `${largest}: ${css}`);
    await visit.close();
  }
  stage.mock.publish();
});

test("the tokens of a sheet still make the frame as large as they say", options, async () => {
  stage.mock.publish({ css: ".livery{--livery-launcher-size:5rem;--livery-offset:2em;--livery-width:500px;--livery-height:700px;font-size:20px}" });
  const visit = await stage.visit("/", { viewport });
  const closed = await rect(visit);
  // 5 × 16 + 2 × 20 + 24.
  assert.deepEqual([closed.width, closed.height], [144, 144]);
  await visit.open();
  const open = await rect(visit);
  assert.deepEqual([open.width, open.height], [564, 764]);
  stage.mock.publish();
});

test("a page's own size is held to the same bounds", options, async () => {
  const visit = await stage.visit("/wide", { viewport });
  await visit.open();
  const { width, height } = await rect(visit);
  // The largest panel, 20 of distance and 24 of shadow.
  assert.deepEqual([width, height], [644, 944]);
});

/** A visit whose embed is replaced by one that says what it is told to. */
async function liar(say, path = "/") {
  const context = await stage.browser.newContext({ viewport });
  await context.route("**/embed", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><script>addEventListener("message", ({ ports }) => { window.port = ports[0]; port.onmessage = () => {}; const say = (data) => port.postMessage(data); (${say})(say) })</script>`,
    }),
  );
  return stage.visit(path, { context, wait: false });
}

test("an embed that lies about its size moves nothing beyond the bounds", options, async () => {
  const visit = await liar((say) => {
    say({ t: "layout", closed: [60, 60], open: [300, 300], position: "bottom-right", title: "Honest" });
    say({ t: "ready" });
  });
  await eventually(async () => (await rect(visit)).width === 60, "the frame");
  const embed = visit.page.frames().find((each) => each.url().endsWith("/embed"));
  const lie = (data) => embed.evaluate((each) => void window.port.postMessage(each), data);
  const settled = () => visit.page.waitForTimeout(30);
  for (const open of [false, true]) {
    await lie({ t: "open", open });
    for (const size of LIES) {
      await lie({ t: "layout", closed: [size, size], open: [size, size], position: "bottom-right", title: "Liar" });
      await settled();
      holds(await rect(visit), open, String(size));
    }
    // What is no size at all; a position that is none; what is no message.
    for (const data of [{ t: "layout" }, { t: "layout", closed: 1e9, open: "1e9" }, { t: "layout", closed: [1e9, 1e9], open: [1e9, 1e9], position: { top: 1 }, title: {} }, { t: "layout", closed: [1e9], open: [1e9], position: "top-bottom-left-right" }, null, 1e9, "layout", [], { t: "constructor" }, { t: "event", type: "constructor" }]) {
      await lie(data);
      await settled();
      holds(await rect(visit), open, JSON.stringify(data));
    }
  }
});

test("a flood of lies ends within the bounds", options, async () => {
  const visit = await liar((say) => {
    say({ t: "ready" });
    for (let n = 0; n < 5_000; n++) {
      say({ t: "open", open: n % 2 === 0 });
      say({ t: "layout", closed: [n * 1e6, n * 1e6], open: [n * 1e6, n * 1e6], position: ["top-left", "bottom-right"][n % 2], title: "" });
    }
    say({ t: "open", open: false });
    say({ t: "event", type: "done" });
  });
  await eventually(async () => (await rect(visit)).width === CLOSED, "the end of the flood");
  holds(await rect(visit), false, "after the flood");
  assert.ok(!(await reached(visit)).includes("IFRAME"));
});
