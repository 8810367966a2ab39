// A page whose network blocks some transports, against the running system.
import assert from "node:assert/strict";
import { test } from "node:test";
import { acme, colors, publish } from "./system.mjs";
import { eventually, setBrowser, visit } from "./visitor.mjs";

const browser = setBrowser();

/** Runs in every frame before its own scripts: sockets fail as behind a proxy that knows none. */
function withoutSockets() {
  window.WebSocket = class {
    constructor() {
      setTimeout(() => this.onclose?.({ code: 1006 }));
    }
    close() {}
  };
}

/** And event streams never get as far as their first word. */
function withoutStreams() {
  const real = window.fetch;
  window.fetch = (url, init) =>
    init?.headers?.accept === "text/event-stream"
      ? new Promise((_, reject) => init.signal.addEventListener("abort", () => reject(new Error("aborted"))))
      : real(url, init);
}

/** How long a publish takes to show, and a message from another page of the same visitor. */
async function carried(scripts, accept, patience) {
  await publish(acme, colors("#0f766e"));
  const context = await browser.newContext();
  for (const script of scripts) await context.addInitScript(script);
  const asked = [];
  context.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === "/v1/live" && request.headers()["accept"] === accept) asked.push(request);
  });
  const [one, two] = [await visit(context, "/acme"), await visit(context, "/acme")];
  await eventually(() => new Set(asked.map((request) => request.frame())).size === 2, "the carrier of both pages", patience);
  await one.page.waitForTimeout(1_500);
  await one.open();
  await two.open();

  const published = performance.now();
  await publish(acme, colors("#9d174d"));
  await eventually(async () => (await one.color()) === "rgb(157, 23, 77)", "the published colour", 6_000);
  const brand = performance.now() - published;

  const text = `said at ${Date.now()}`;
  const said = performance.now();
  await two.say(text);
  const shown = () => one.widget.locator(".livery-text", { hasText: text }).count();
  await eventually(async () => (await shown()) === 1, "the message on the other page", 4_000);
  console.log(`${accept}: a publish shown after ${Math.round(brand)} ms, a message on another page after ${Math.round(performance.now() - said)} ms`);
  await one.page.waitForTimeout(500);
  assert.equal(await shown(), 1);
  for (const request of asked) assert.ok(!request.url().includes("eyJ"), "no token in an address");
}

test("without sockets a page hears of publishes and messages by events", () => carried([withoutSockets], "text/event-stream", 20_000));

test("where streams are held back too it hears of them by long polls", () =>
  carried([withoutSockets, withoutStreams], "application/json", 30_000));
