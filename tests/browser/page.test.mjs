import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { acme, bytes } from "./system.mjs";
import { eventually, ownPage, pageWith, setBrowser, visit } from "./visitor.mjs";

const browser = setBrowser();

test("a page with a strict policy (nonce, no inline style, trusted types) gets a working widget and no violation", async () => {
  const nonce = "r4nd0mnonce";
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `frame-src ${acme.origin}`,
    `connect-src ${acme.origin}`,
    "style-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  const record = `<script nonce="${nonce}">window.violations = []; addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.blockedURI))</script>`;
  const address = ownPage("/strict", pageWith(acme, { nonce, head: record }), { headers: { "content-security-policy": policy } });
  const at = await visit(await browser.newContext(), address);
  await at.open();
  const text = "strict " + Date.now();
  await at.say(text);
  await eventually(async () => (await at.widget.locator(".livery-message--sending").count()) === 0 && (await at.said()).includes(text), "the message");
  assert.deepEqual(await at.page.evaluate(() => window.violations), []);
});

test("the embed keeps its own strict policy", async () => {
  const context = await browser.newContext();
  const at = await visit(context, "/acme", { wait: false });
  const complaints = [];
  at.page.on("console", (message) => /Content Security Policy|Refused to/.test(message.text()) && complaints.push(message.text()));
  const embed = at.page.waitForResponse((response) => response.url() === acme.origin + "/embed");
  await at.page.reload();
  const policy = (await (await embed).allHeaders())["content-security-policy"];
  await at.launcher.waitFor();
  await at.open();
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'/);
  assert.match(policy, /style-src 'self'/);
  assert.doesNotMatch(policy, /unsafe-/);
  assert.match(policy, /frame-ancestors [^;]*http:\/\/localhost/);
  assert.deepEqual(complaints, []);
});

test("a site that is not on the tenant's list gets no widget, and is told why", async () => {
  const at = await visit(await browser.newContext(), ownPage("/stranger", pageWith(acme), { host: "stranger.localhost" }), { wait: false });
  const warnings = [];
  at.page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  await at.page.reload();
  await eventually(() => warnings.some((each) => each.includes("origin_not_allowed")), "the warning");
  await at.page.waitForTimeout(500);
  assert.equal(await at.page.locator("iframe").count(), 0);
});

test("a site that frames the embed itself gets nothing to see", async () => {
  const html = `<!doctype html><title>Stranger</title><iframe src="${acme.origin}/embed"></iframe>`;
  const { page } = await visit(await browser.newContext(), "about:blank", { wait: false });
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(ownPage("/frame", html, { host: "stranger.localhost" }));
  await eventually(() => complaints.some((each) => each.includes("frame-ancestors")), "the browser's refusal");
  assert.equal(page.frames().some((frame) => frame.url() === acme.origin + "/embed"), false);
});

test("the script included twice makes one widget", async () => {
  const head = `<script src="${acme.origin}/widget.js" async></script>`;
  const at = await visit(await browser.newContext(), ownPage("/twice", pageWith(acme, { head })));
  await at.page.waitForTimeout(1_000);
  assert.equal(await at.page.locator("iframe").count(), 1);
});

test("shutdown leaves nothing behind, and boot starts a new visitor", async () => {
  const at = await visit(await browser.newContext(), "/acme");
  const visitor = () => at.page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("livery:")).join());
  const before = await visitor();
  assert.notEqual(before, "");
  await at.page.evaluate(() => Livery("shutdown"));
  assert.equal(await at.page.locator("iframe").count(), 0);
  assert.equal(await visitor(), "");
  await at.page.evaluate(() => Livery("boot"));
  await at.launcher.waitFor();
  assert.notEqual(await visitor(), before);
});

test("a pinned build has bytes that never change and fit their integrity", async () => {
  const loader = await bytes(acme, "/widget.js");
  const digest = createHash("sha256").update(loader);
  const integrity = digest.copy().digest("base64");
  const pinned = `<script src="${acme.origin}/w/${digest.digest("base64url")}.js" integrity="sha256-${integrity}" crossorigin="anonymous" async></script>`;
  const html = pageWith(acme).replace(/<script src=.*?<\/script>/, pinned);
  const at = await visit(await browser.newContext(), ownPage("/pinned", html));
  await at.open();
});
