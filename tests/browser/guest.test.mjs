// The widget is a guest: no brand that can be published makes its frame larger than the documented bounds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { acme, call, publish, signIn } from "./system.mjs";
import { eventually, setBrowser, visit } from "./visitor.mjs";

const CLOSED = 184;
const OPEN = { width: 684, height: 984 };
const NONE = { custom_css: "", tokens: { layout: null } };
const SHEETS = readFileSync(new URL("../../shared/theme/tests/corpus/guest.css", import.meta.url), "utf8").trim().split("\n");
const LENGTHS = ["100vmax", "calc(100vw + 99999px)", "max(1vw, 99999px)", "9999ch", "100px", "0"];

// Higher than the open panel may be: a bound of the screen's would not be told from one of ours.
const browser = setBrowser();
const viewport = { width: 1600, height: 1400 };
after(() => publish(acme, NONE));

async function holds(at, what) {
  const rect = () => at.page.locator("iframe[src$='/embed']").evaluate((frame) => frame.getBoundingClientRect().toJSON());
  const closed = await rect();
  assert.ok(closed.width <= CLOSED && closed.height <= CLOSED, `closed ${closed.width} × ${closed.height}: ${what}`);
  assert.notEqual(await at.page.evaluate(() => document.elementFromPoint(800, 700)?.tagName), "IFRAME", what);
  await at.page.evaluate(() => Livery("open"));
  await eventually(async () => (await at.page.evaluate(() => window.open_)) === true, "the open panel with " + what);
  const open = await rect();
  assert.ok(open.width <= OPEN.width && open.height <= OPEN.height, `open ${open.width} × ${open.height}: ${what}`);
  await at.page.evaluate(() => Livery("close"));
  await eventually(async () => (await at.page.evaluate(() => window.open_)) === false, "the closed panel with " + what);
}

test("no sheet and no token that can be published makes the frame larger than a guest may be", async () => {
  await publish(acme, NONE);
  const at = await visit(await browser.newContext({ viewport }), "/acme");
  await at.page.evaluate(() => {
    window.open_ = false;
    Livery("on", "open", () => (window.open_ = true));
    Livery("on", "close", () => (window.open_ = false));
    Livery("on", "release", ({ rev }) => (window.rev = rev));
  });
  // The socket has to stand before the publish.
  await at.page.waitForTimeout(1_000);
  const brands = [
    ...SHEETS.map((custom_css) => ({ ...NONE, custom_css })),
    ...LENGTHS.map((length) => ({ ...NONE, tokens: { layout: { launcher_size: length, offset: length === "100px" ? "60px" : length, width: length, height: length } } })),
  ];
  for (const brand of brands) {
    const { rev } = await publish(acme, brand);
    const what = JSON.stringify(brand);
    await eventually(async () => (await at.page.evaluate(() => window.rev)) >= rev, what);
    await holds(at, what);
  }
});

test("a longer length is refused at its pointer", async () => {
  const token = await signIn(acme);
  const draft = await call(acme, "GET", "/v1/branding", { token });
  const refused = await call(acme, "PATCH", "/v1/branding", {
    token,
    body: { tokens: { layout: { launcher_size: "100000px" } } },
    headers: { "content-type": "application/merge-patch+json", "if-match": draft.headers.etag },
  });
  assert.deepEqual([refused.status, refused.body.code, refused.body.errors[0].pointer, refused.body.errors[0].reason], [422, "unsafe_stylesheet", "/tokens/layout/launcher_size", "out_of_range"]);
});
