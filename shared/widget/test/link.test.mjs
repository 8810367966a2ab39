import assert from "node:assert/strict";
import { test } from "node:test";
import { splitLinks } from "../src/embed/link.ts";

const links = (text) => splitLinks(text).flatMap(({ text, href }) => (href ? [text] : []));

test("nothing of the text is lost or added", () => {
  for (const text of ["", "plain", "see https://a.test/x.", "https://a.test", "a https://a.test b http://b.test/ c", "<b>x</b>\nhttps://a.test"]) {
    assert.equal(splitLinks(text).map((piece) => piece.text).join(""), text);
  }
});

test("the stop at the end of a sentence is not part of the address", () => {
  assert.deepEqual(links("See https://a.test/x. Or (https://a.test/y), or https://a.test/z?!"), ["https://a.test/x", "https://a.test/y", "https://a.test/z"]);
  assert.deepEqual(links("詳しくは https://a.test/ridge。"), ["https://a.test/ridge"]);
  assert.deepEqual(links("https://en.test/wiki/Tent_(camping)"), ["https://en.test/wiki/Tent_(camping)"]);
});

test("only web addresses become links, and none that hides its host behind a name", () => {
  assert.deepEqual(links("javascript:alert(1) data:text/html,x ftp://a.test mailto:a@b.test"), []);
  assert.deepEqual(links("https://bank.test@evil.test/ http://user:word@a.test"), []);
  assert.deepEqual(links("https://"), []);
});
