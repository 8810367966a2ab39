import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLocale } from "../src/embed/locale.ts";
import { readConfig } from "../src/embed/release.ts";
import { chooseWords } from "../src/embed/texts.ts";

test("a config that cannot be read still makes a widget", () => {
  for (const broken of [undefined, null, 5, [], { texts: 1, assets: [], layout: "x", powered_by: "no", theme_mode: "blue" }]) {
    const config = readConfig(broken);
    assert.equal(config.position, "bottom-right");
    assert.equal(config.themeMode, "auto");
    assert.equal(config.poweredBy, true);
    assert.equal(config.logo, undefined);
    assert.deepEqual(config.texts, {});
  }
});

test("a theme's corner is understood in the theme's spelling and in the page's", () => {
  assert.equal(readConfig({ layout: { position: "bottom_left" } }).position, "bottom-left");
  assert.equal(readConfig({ layout: { position: "top-right" } }).position, "top-right");
  assert.equal(readConfig({ layout: { position: "middle" } }).position, "bottom-right");
});

test("a logo is loaded from the tenant, over https or inline, and from nowhere else", () => {
  for (const logo of ["/a/x.png", "https://cdn.test/l.png", "data:image/png;base64,AA=="]) assert.equal(readConfig({ assets: { logo } }).logo, logo);
  for (const logo of ["//evil.test/l.png", "/\\evil.test", "http://cdn.test/l.png", "javascript:alert(1)", "data:text/html,x", 4]) {
    assert.equal(readConfig({ assets: { logo } }).logo, undefined, String(logo));
  }
});

test("the tenant's words win over the locale's", () => {
  const words = chooseWords(readConfig({ texts: { title: "Ask Acme", send_label: "Go" } }).texts, "Acme", chooseLocale("ja"));
  assert.equal(words.title, "Ask Acme");
  assert.equal(words.send, "Go");
  assert.equal(words.placeholder, "メッセージを入力…");
});

test("words that the tenant never chose are shown in the visitor's language, not in the theme's default English", () => {
  const words = chooseWords(readConfig({ texts: { greeting: "Hello! How can we help you?", close_label: "Close chat" } }).texts, "", chooseLocale("ja"));
  assert.equal(words.greeting, "こんにちは。どのようなご用件でしょうか？");
  assert.equal(words.close, "チャットを閉じる");
});

test("an empty text hides its element, but never takes a button's name away", () => {
  const words = chooseWords(readConfig({ texts: { greeting: "", close_label: "" } }).texts, "Acme", chooseLocale("en"));
  assert.equal(words.greeting, "");
  assert.equal(words.close, "Close chat");
});
