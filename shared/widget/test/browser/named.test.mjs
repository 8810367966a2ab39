// Markup gives names: an element with a `name` or `id` is what `document.name` and `window.name` then say. None of them is taken for
// what the browser, or a script of the page, has under that name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, noBrowser, setStage } from "./stage.mjs";

const ELSEWHERE = "https://elsewhere.example";

const OF_DOCUMENT = [
  "currentScript", "scripts", "body", "head", "documentElement", "activeElement", "readyState", "createElement", "appendChild", "querySelector", "querySelectorAll",
  "getElementById", "getElementsByTagName", "addEventListener", "removeEventListener", "defaultView", "forms", "cookie", "visibilityState", "hasOwnProperty", "constructor",
  "__proto__", "toString", "implementation", "append",
];
const OF_WINDOW = [
  "Livery", "chatWidgetConfig", "requestIdleCallback", "visualViewport", "matchMedia", "localStorage", "fetch", "setTimeout", "clearTimeout", "addEventListener",
  "removeEventListener", "postMessage", "MessageChannel", "console", "Proxy", "Reflect", "Object", "Number", "Math", "JSON", "Promise", "URL", "document", "window", "navigator",
  "hasOwnProperty", "constructor", "__proto__", "toString", "up", "q",
];
const NAMES = [...new Set([...OF_DOCUMENT, ...OF_WINDOW])];

/** Every way in which markup gives a name; `base` is the tenant's origin, which the page may frame for reasons of its own. */
const KINDS = {
  "images by name": (name) => `<img name="${name}" src="${ELSEWHERE}/x.png">`,
  "images by id": (name) => `<img id="${name}" name="x" src="${ELSEWHERE}/x.png">`,
  "forms with inputs": (name) => `<form id="${name}" name="${name}" action="${ELSEWHERE}">${["up", "q", "src", "autoBoot", "hideLauncher", "position", "length", "focus"].map((each) => `<input type="hidden" name="${each}" value="1">`).join("")}</form>`,
  "frames of this page": (name) => `<iframe name="${name}" srcdoc="x"></iframe>`,
  "objects": (name) => `<object id="${name}" name="${name}"></object>`,
  "embedded things": (name) => `<embed name="${name}" id="${name}">`,
  "links and anchors": (name) => `<a id="${name}" name="${name}" href="${ELSEWHERE}/widget.js">x</a>`,
  "two of each": (name) => `<img name="${name}"><img name="${name}"><form name="${name}"></form>`,
};
const SINGLE = {
  "the image that is the current script": `<img name="currentScript" src="${ELSEWHERE}/x.png">`,
  "the form that is a booted widget": `<form id="Livery"><input name="up"></form>`,
  "a frame of another origin that is the widget": `<iframe name="Livery" src="http://127.0.0.1:1/"></iframe>`,
  "a frame of another origin that is the options": `<iframe name="chatWidgetConfig" src="http://127.0.0.1:1/"></iframe>`,
  "elements that a script of the page wrote to the properties": `<form id="Livery"><input name="up"><input name="q"></form><form id="chatWidgetConfig"><input name="autoBoot"></form><script>window.Livery = window.Livery || function () {}; window.chatWidgetConfig = window.chatWidgetConfig || {}</script>`,
  "a drawing's script before ours": `<svg><script href="${ELSEWHERE}/widget.js"></script></svg>`,
};

const slug = (text) => "/" + text.replaceAll(/\W+/g, "-");
const html = (above, script, below = "") =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Customer</title></head><body><button id="first">First</button><div hidden>${above}</div>${script}${below}</body></html>`;

const stage = setStage((base) => {
  const tag = (attributes = "") => `<script src="${base}/widget.js" ${attributes}></script>`;
  const pages = {};
  for (const [title, make] of Object.entries(KINDS)) pages[slug(title)] = { html: html(NAMES.map(make).join(""), tag()) };
  const insert = `const tag = document.createElement("script"); tag.src = "${base}/widget.js?v=1"; document.documentElement.append(tag)`;
  // A frame is of another origin once it has loaded.
  const script = (markup) => (markup.startsWith("<iframe") ? `<script>addEventListener("load", () => { ${insert} })</script>` : tag());
  for (const [title, markup] of Object.entries(SINGLE)) pages[slug(title)] = { html: html(markup, script(markup)) };
  const rude = SINGLE["the image that is the current script"] + SINGLE["the form that is a booted widget"];
  for (const attributes of ["async", "defer", 'type="module"', "async defer", 'type="module" async']) pages[slug(attributes)] = { html: html(rude, tag(attributes)) };
  pages["/inserted"] = { html: html(rude, `<script>${insert}</script>`) };
  pages["/twice"] = { html: html(rude, tag() + tag("async") + tag("defer")) };
  const stub = `<script>window.hasOwnProperty("Livery") || (window.Livery = function () { (Livery.q = Livery.q || []).push(arguments); }); window.chatWidgetConfig = { position: "top-left" }; Livery("on", "ready", () => (window.heard = true))</script>`;
  pages["/stub"] = { html: html(SINGLE["the form that is a booted widget"] + `<a id="chatWidgetConfig"></a>`, stub + tag()) };
  pages["/off"] = { html: html("", `<form id="chatWidgetConfig"></form><script>var chatWidgetConfig = { autoBoot: false }</script>` + tag()) };
  pages["/form"] = { html: html("", `<form id="asking" tabindex="-1"><input name="focus"><input name="blur"></form>` + tag()) };
  return pages;
});
const options = { skip: noBrowser };

/** The one frame that the loader made, once it shows. */
async function widget(visit) {
  const ours = () => visit.page.locator('iframe[title="Chat with us"], iframe[title="Chat"], iframe[title="Acme"]').filter({ visible: true });
  await eventually(async () => (await ours().count()) > 0, "the widget");
  assert.equal(await ours().count(), 1);
  return ours();
}

async function isOurs(path) {
  stage.mock.state.requests.length = 0;
  const context = await stage.browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: "reduce" });
  const asked = [];
  context.on("request", (request) => asked.push(request.url()));
  const errors = [];
  context.on("weberror", (error) => errors.push(error.error().message));
  const visit = await stage.visit(path, { context, wait: false });
  const frame = await widget(visit);
  assert.equal(await frame.getAttribute("src"), stage.mock.base + "/embed");
  assert.equal(stage.mock.state.requests.filter(({ method, path }) => method === "POST" && path === "/v1/embed/sessions").length, 1);
  await visit.page.evaluate(() => window.Livery("open"));
  await eventually(async () => (await frame.boundingBox()).width > 300, "the open panel");
  await visit.page.evaluate(() => window.Livery("close"));
  await eventually(async () => (await frame.boundingBox()).width < 200, "the closed panel");
  assert.deepEqual(asked.filter((url) => url.startsWith(ELSEWHERE) && /\/(v1|embed)/.test(url)), []);
  assert.deepEqual(errors, []);
}

for (const title of [...Object.keys(SINGLE), ...Object.keys(KINDS)]) {
  test(`a page with ${title} above the script has the widget of the script's own origin`, options, () => isOurs(slug(title)));
}

for (const attributes of ["async", "defer", 'type="module"', "async defer", 'type="module" async']) {
  test(`a script tag with ${attributes} finds its own origin under such markup`, options, () => isOurs(slug(attributes)));
}

test("a script that another one inserted finds its own origin", options, () => isOurs("/inserted"));

test("three script tags make one widget, whatever the markup is called", options, () => isOurs("/twice"));

test("the documented stub and options count where an element has their names", options, async () => {
  const visit = await stage.visit("/stub", { wait: false });
  const box = await (await widget(visit)).boundingBox();
  assert.deepEqual([box.x, box.y], [0, 0]);
  assert.equal(await visit.page.evaluate(() => window.heard), true);
});

test("options that a script declared under an element's name count", options, async () => {
  const visit = await stage.visit("/off", { wait: false });
  await visit.page.waitForTimeout(400);
  assert.equal(await visit.page.locator("iframe").count(), 0);
  await visit.page.evaluate(() => window.Livery("boot"));
  await widget(visit);
});

test("the focus goes back to a form whose field is named focus", options, async () => {
  const visit = await stage.visit("/form");
  const focused = () => visit.page.evaluate(() => document.activeElement.id);
  await visit.page.evaluate(() => HTMLElement.prototype.focus.call(document.querySelector("#asking")));
  assert.equal(await focused(), "asking");
  await visit.page.evaluate(() => window.Livery("open"));
  await visit.panel.waitFor();
  await visit.input.press("Escape");
  await eventually(async () => (await focused()) === "asking", "the focus on the form");
});
