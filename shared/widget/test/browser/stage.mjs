// One browser, one tenant and one customer's site per test file.
import { existsSync } from "node:fs";
import { after, afterEach, before } from "node:test";
import { chromium } from "playwright-core";
import { startMock, startSite } from "./mock_server.mjs";

const CHROMIUM = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const noBrowser = existsSync(CHROMIUM) ? false : `no browser at ${CHROMIUM}`;

/** `pages(base)` makes the customer's pages, by path. */
export function setStage(pages = (base) => ({ "/": { html: customerPage(base) } })) {
  const stage = {};
  before(async () => {
    if (noBrowser) return;
    stage.mock = await startMock();
    stage.site = await startSite(pages(stage.mock.base));
    stage.browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  });
  // A page that a failed test left open would act in the next one.
  afterEach(() => Promise.all((stage.browser?.contexts() ?? []).map((context) => context.close())));
  after(async () => {
    await stage.browser?.close();
    await stage.site?.close();
    await stage.mock?.close();
  });

  /** A visitor, with storage of their own unless `context` is given, on a page with the widget. */
  stage.visit = async (path = "/", { context, wait = true, ...options } = {}) => {
    const own = context ?? (await stage.browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: "reduce", ...options }));
    const page = await own.newPage();
    await page.goto(stage.site.origin + path);
    const widget = page.frameLocator("iframe");
    if (wait) await widget.locator(".livery-launcher").waitFor();
    const frame = () => page.frames().find((each) => each.url().endsWith("/embed"));
    return {
      page,
      widget,
      frame,
      context: own,
      launcher: widget.locator(".livery-launcher"),
      panel: widget.locator(".livery-panel"),
      input: widget.locator(".livery-input"),
      banner: widget.locator(".livery-banner"),
      texts: () => widget.locator(".livery-text").allTextContents(),
      async open() {
        await this.launcher.click();
        await this.panel.waitFor();
      },
      async say(text) {
        await this.input.fill(text);
        await this.input.press("Enter");
      },
      close: () => (context ? page.close() : own.close()),
    };
  };
  /** The visitor that came last. */
  stage.visitor = () => [...stage.mock.state.sessions.values()].at(-1);
  return stage;
}

export function customerPage(base, { config, head = "", body = "", nonce } = {}) {
  const attribute = nonce ? ` nonce="${nonce}"` : "";
  const options = config ? `<script${attribute}>window.chatWidgetConfig = ${JSON.stringify(config)}</script>` : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><title>Customer</title>${head}${options}<script src="${base}/widget.js"${attribute} async></script></head><body><button id="first">First</button>${body}</body></html>`;
}

/** Waits until `check` answers something true. */
export async function eventually(check, what = "the condition", patience = 8_000) {
  for (const end = Date.now() + patience; ; ) {
    const answer = await check();
    if (answer) return answer;
    if (Date.now() > end) throw new Error("waited in vain for " + what);
    await new Promise((go) => setTimeout(go, 40));
  }
}
