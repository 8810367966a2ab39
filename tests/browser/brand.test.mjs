import assert from "node:assert/strict";
import { test } from "node:test";
import { acme, colors, globex, publish } from "./system.mjs";
import { eventually, setBrowser, visit } from "./visitor.mjs";

const browser = setBrowser();

test("the widget is in its tenant's brand", async () => {
  await publish(acme, { ...colors("#0f766e"), texts: { title: "Ask Acme", header: "We answer within minutes" } });
  const at = await visit(await browser.newContext(), "/acme");
  await eventually(async () => (await at.color()) === "rgb(15, 118, 110)", "the brand's colour");
  await at.shot("brand-closed");
  await at.open();
  assert.equal(await at.widget.locator(".livery-title").textContent(), "Ask Acme");
  assert.equal(await at.page.locator("iframe").getAttribute("title"), "Ask Acme");
  await at.shot("brand-open");
});

test("a publish changes the open page within two seconds, without a reload, and no other tenant's page", async () => {
  await publish(acme, colors("#0f766e"));
  await publish(globex, colors("#1d4ed8"));
  const context = await browser.newContext();
  const ours = await visit(context, "/acme");
  const theirs = await visit(context, "/globex");
  await eventually(async () => (await ours.color()) === "rgb(15, 118, 110)", "our colour");
  await eventually(async () => (await theirs.color()) === "rgb(29, 78, 216)", "their colour");
  // The socket has to stand before the publish, else this would measure the page load.
  await Promise.all([ours, theirs].map(({ page }) => page.waitForTimeout(1_000)));
  for (const { page, frame } of [ours, theirs]) {
    await page.evaluate(() => (window.sameDocument = true));
    await frame().evaluate(() => (window.sameDocument = true));
  }
  await ours.open();
  await ours.input.fill("half a sentence");

  await publish(acme, { ...colors("#9d174d"), texts: { title: "Acme in red" } });
  await eventually(async () => (await ours.color()) === "rgb(157, 23, 77)", "the published colour", 2_000);
  await eventually(async () => (await ours.widget.locator(".livery-title").textContent()) === "Acme in red", "the published title", 2_000);

  assert.equal(await theirs.color(), "rgb(29, 78, 216)");
  for (const { page, frame } of [ours, theirs]) {
    assert.equal(await page.evaluate(() => window.sameDocument), true);
    assert.equal(await frame().evaluate(() => window.sameDocument), true);
  }
  assert.equal(await ours.input.inputValue(), "half a sentence");
  await ours.shot("brand-published");
});

test("a page that was offline during a publish has the brand when it is back", async () => {
  await publish(acme, colors("#0f766e"));
  const context = await browser.newContext();
  const at = await visit(context, "/acme");
  await eventually(async () => (await at.color()) === "rgb(15, 118, 110)", "the first colour");
  await context.setOffline(true);
  await publish(acme, colors("#7c2d12"));
  await at.page.waitForTimeout(500);
  await context.setOffline(false);
  await eventually(async () => (await at.color()) === "rgb(124, 45, 18)", "the missed colour", 75_000);
});

test("custom CSS reaches the widget and nothing around it", async () => {
  await publish(acme, { custom_css: ".livery-title { letter-spacing: 3px } h1 { color: rgb(1, 2, 3) }" });
  const at = await visit(await browser.newContext(), "/acme");
  await at.open();
  const spacing = () => at.widget.locator(".livery-title").evaluate((title) => getComputedStyle(title).letterSpacing);
  // A page that opens within the edge's two seconds of memory starts with the release before, and is told of this one.
  await eventually(async () => (await spacing()) === "3px", "the custom rule");
  assert.notEqual(await at.page.locator("h1").evaluate((heading) => getComputedStyle(heading).color), "rgb(1, 2, 3)");
  await publish(acme, { custom_css: null });
  await eventually(async () => (await spacing()) !== "3px", "the rule to go");
});
