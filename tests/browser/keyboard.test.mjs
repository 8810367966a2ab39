import assert from "node:assert/strict";
import { test } from "node:test";
import { acme } from "./system.mjs";
import { eventually, ownPage, pageWith, setBrowser, visit } from "./visitor.mjs";

const browser = setBrowser();

test("the keyboard alone is enough: in, say something, out, and back where one was", async () => {
  const at = await visit(await browser.newContext(), ownPage("/keyboard", pageWith(acme)));
  const { keyboard } = at.page;
  await at.page.locator("#first").focus();
  await keyboard.press("Tab");
  assert.match(await at.focused(), /livery-launcher/);
  const ring = await at.launcher.evaluate((button) => getComputedStyle(button).outlineStyle);
  assert.equal(ring, "solid", "the focus can be seen");
  await at.shot("keyboard-launcher");
  await keyboard.press("Enter");
  await at.panel.waitFor();
  assert.match(await at.focused(), /livery-input/);
  const text = "typed " + Date.now();
  await keyboard.type(text);
  await keyboard.press("Enter");
  await eventually(async () => (await at.said()).includes(text), "the message");
  assert.match(await at.focused(), /livery-input/);
  await keyboard.press("Shift+Tab");
  await keyboard.press("Shift+Tab");
  assert.match(await at.focused(), /livery-close/);
  await keyboard.press("Escape");
  await at.panel.waitFor({ state: "hidden" });
  assert.match(await at.focused(), /livery-launcher/);
});

test("assistive technology is told what everything is", async () => {
  const at = await visit(await browser.newContext(), ownPage("/names", pageWith(acme)));
  assert.equal(await at.launcher.getAttribute("aria-expanded"), "false");
  assert.ok(await at.launcher.getAttribute("aria-label"));
  await at.open();
  const { widget } = at;
  assert.equal(await widget.getByRole("dialog").count(), 1);
  assert.equal(await widget.getByRole("log").getAttribute("aria-live"), "polite");
  for (const name of [".livery-close", ".livery-send", ".livery-input", ".livery-messages"]) {
    assert.ok(await widget.locator(name).getAttribute("aria-label"), name);
  }
  assert.ok(await at.page.locator("iframe").getAttribute("title"));
});

test("a screen of 320 pixels is filled, and nothing is cut", async () => {
  const at = await visit(await browser.newContext({ viewport: { width: 320, height: 568 } }), ownPage("/narrow", pageWith(acme)));
  await at.shot("narrow-closed");
  await at.open();
  const box = await at.panel.boundingBox();
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 320, 568]);
  const cut = await at.frame().evaluate(() => [...document.querySelectorAll(".livery-panel *")].filter((each) => each.getBoundingClientRect().right > 320.5).map((each) => each.className));
  assert.deepEqual(cut, []);
  await at.shot("narrow-open");
});

test("in Arabic everything runs from the right, in Japanese the widget speaks Japanese", async () => {
  const arabic = await visit(await browser.newContext(), ownPage("/ar", pageWith(acme, { config: { locale: "ar", position: "bottom-left" } })));
  await arabic.open();
  assert.deepEqual(await arabic.frame().evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ["rtl", "ar"]);
  await arabic.shot("arabic");
  const japanese = await visit(await browser.newContext(), ownPage("/ja", pageWith(acme, { config: { locale: "ja" } })));
  await japanese.open();
  assert.equal(await japanese.widget.locator(".livery-send").getAttribute("aria-label"), "送信");
  await japanese.shot("japanese");
});

test("on a dark page in dark mode there is no bright box", async () => {
  const head = '<meta name="color-scheme" content="dark">';
  const at = await visit(await browser.newContext({ colorScheme: "dark" }), ownPage("/dark", pageWith(acme, { head, config: { theme: "auto" } })));
  assert.equal(await at.frame().evaluate(() => document.body.dataset.theme), "dark");
  assert.equal(await at.frame().evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgba(0, 0, 0, 0)");
  await at.open();
  await at.shot("dark-open");
});
