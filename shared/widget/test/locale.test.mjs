import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLocale, fill } from "../src/embed/locale.ts";
import { STRINGS } from "../src/embed/strings/index.ts";

test("the page's option comes before the page's language, and that before the browser's", () => {
  assert.equal(chooseLocale("ja", "ar", "en").tag, "ja");
  assert.equal(chooseLocale(undefined, "ar", "en").tag, "ar");
  assert.equal(chooseLocale("", "", "ja-JP", "en").tag, "ja-JP");
});

test("a language that there are no strings for, or no language at all, falls through to the next and at last to English", () => {
  assert.equal(chooseLocale("tlh", "ja").tag, "ja");
  assert.equal(chooseLocale("not a tag!", "constructor").tag, "en");
  assert.equal(chooseLocale().tag, "en");
});

test("a region keeps its own dates and takes the language's strings", () => {
  const locale = chooseLocale("ar_EG");
  assert.equal(locale.tag, "ar-EG");
  assert.equal(locale.strings.send, "إرسال");
});

test("Arabic is written from the right, Japanese and English from the left", () => {
  assert.equal(chooseLocale("ar").dir, "rtl");
  assert.equal(chooseLocale("ja").dir, "ltr");
  assert.equal(chooseLocale("en-GB").dir, "ltr");
});

test("every language has every string, with the same places to fill in", () => {
  const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [language, strings] of Object.entries(STRINGS)) {
    assert.deepEqual(Object.keys(strings), Object.keys(STRINGS.en), language);
    for (const [name, text] of Object.entries(strings)) {
      assert.notEqual(text.trim(), "", `${language}.${name}`);
      assert.deepEqual(places(text), places(STRINGS.en[name]), `${language}.${name}`);
    }
  }
});

test("a place without a value stays as it is", () => {
  assert.equal(fill("{n} of {m}", { n: 1 }), "1 of {m}");
});
