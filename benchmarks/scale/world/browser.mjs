// The requests of Chromium on a customer's page: the first one of a visit, and another one 31 s later.
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Returns `{ first, later }`, each a sorted list as `front.js` records it; that runs in front of the edge of `system`. */
export async function recorded(bench, executablePath, system, host) {
  const seen = async () => {
    const answer = await fetch(`http://127.0.0.1:${system.port}/-/seen`);
    return (await answer.json()).sort();
  };
  const page = `<!doctype html><html lang="en"><title>A customer</title><p>Hello<script src="http://${host}:${system.port}/widget.js" async></script></html>`;
  const site = createServer((request, response) => response.writeHead(request.url.startsWith("/page") ? 200 : 404, { "content-type": "text/html" }).end(page));
  await new Promise((listening) => site.listen(0, "127.0.0.1", listening));
  bench.cleanup(() => (site.closeAllConnections(), site.close()));
  const browser = await chromium.launch({ executablePath, args: ARGS });
  bench.cleanup(() => browser.close());
  const tab = await (await browser.newContext()).newPage();
  const visit = async (path) => {
    await tab.goto(`http://localhost:${site.address().port}${path}`);
    await tab.frameLocator("iframe[src$='/embed']").locator(".livery-launcher").waitFor();
    await tab.waitForTimeout(4_000);
  };
  await visit("/page/1");
  const first = await seen();
  // As long as the document may be used without a request.
  await tab.waitForTimeout(31_000);
  await visit("/page/2");
  const later = await seen();
  await browser.close();
  return { first, later };
}
