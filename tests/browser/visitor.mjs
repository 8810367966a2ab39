// A visitor: a browser with storage of its own, on a customer's page.
import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { after, afterEach, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { CUSTOMER } from "./system.mjs";

const CHROMIUM = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const ARTIFACTS = fileURLToPath(new URL("../artifacts/", import.meta.url));

/** Pages of the tests, by path, on a server of their own: a browser does not let intercepted answers reach this machine. */
const pages = new Map();
let ownPort = 0;
const own = createServer((request, response) => {
  const page = pages.get(request.url);
  if (!page) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers }).end(page.html);
});

export function setBrowser() {
  let browser;
  before(async () => {
    if (!existsSync(CHROMIUM)) throw new Error(`no browser at ${CHROMIUM}: set CHROMIUM_BIN, or install one (scripts/chromium)`);
    mkdirSync(ARTIFACTS, { recursive: true });
    await new Promise((listening) => own.listen(0, "127.0.0.1", listening));
    ownPort = own.address().port;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  });
  // A page that a failed test left open would interfere with the next one.
  afterEach(() => Promise.all((browser?.contexts() ?? []).map((context) => context.close())));
  after(async () => {
    await browser?.close();
    own.closeAllConnections();
    own.close();
  });
  return {
    newContext: (options) => browser.newContext({ viewport: { width: 1180, height: 820 }, reducedMotion: "reduce", ...options }),
  };
}

/** The address of a page of the test: by default on a site that the demo tenants allow. */
export function ownPage(path, html, { host = "localhost", headers } = {}) {
  pages.set(path, { html, headers });
  return `http://${host}:${ownPort}${path}`;
}

/** Opens a page of the customer, or another by its whole address. */
export async function visit(context, path, { wait = true } = {}) {
  const page = await context.newPage();
  await page.goto(path.startsWith("/") ? CUSTOMER + path : path);
  const widget = page.frameLocator("iframe[src$='/embed']");
  const launcher = widget.locator(".livery-launcher");
  if (wait) await launcher.waitFor();
  return {
    page,
    widget,
    launcher,
    panel: widget.locator(".livery-panel"),
    input: widget.locator(".livery-input"),
    banner: widget.locator(".livery-banner"),
    frame: () => page.frames().find((each) => each.url().endsWith("/embed")),
    color: () => launcher.evaluate((button) => getComputedStyle(button).backgroundColor),
    said: () => widget.locator(".livery-message .livery-text").allTextContents(),
    focused: () => page.frames().find((each) => each.url().endsWith("/embed")).evaluate(() => document.activeElement.className),
    async shot(name) {
      // A page behind another one is not painted: its picture would be an old one.
      await page.bringToFront();
      await page.waitForTimeout(200);
      await page.screenshot({ path: ARTIFACTS + name + ".png" });
    },
    async open() {
      await launcher.click();
      await this.panel.waitFor();
    },
    async say(text) {
      await this.input.fill(text);
      await this.input.press("Enter");
    },
  };
}

/** A customer's page of the test, with the tenant's snippet. */
export function pageWith({ origin }, { config, head = "", nonce } = {}) {
  const mark = nonce ? ` nonce="${nonce}"` : "";
  const options = config ? `<script${mark}>window.chatWidgetConfig = ${JSON.stringify(config)}</script>` : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><title>Customer</title>${head}${options}<script src="${origin}/widget.js"${mark} async></script></head><body><main><h1>Customer</h1><button id="first">First</button></main></body></html>`;
}

export async function eventually(check, what, patience = 10_000) {
  for (const end = Date.now() + patience; ; ) {
    const answer = await check();
    if (answer) return answer;
    if (Date.now() > end) throw new Error("waited in vain for " + what);
    await new Promise((go) => setTimeout(go, 40));
  }
}
