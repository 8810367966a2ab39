import assert from "node:assert/strict";
import { test } from "node:test";
import { WHOLE } from "./mock_server.mjs";
import { customerPage, eventually, noBrowser, setStage } from "./stage.mjs";

const dark = '<meta name="color-scheme" content="dark"><style>html { background: rgb(10, 20, 30); color-scheme: dark }</style>';
const stage = setStage((base) => ({
  "/": { html: customerPage(base) },
  "/dark": { html: customerPage(base, { head: dark }) },
  "/forced": { html: customerPage(base, { config: { theme: "dark", position: "top-left", size: "compact" } }) },
}));
const options = { skip: noBrowser };
const brand = (color) => `.livery{--livery-color-launcher:${color}}`;
const launcherColor = (visit) => visit.launcher.evaluate((button) => getComputedStyle(button).backgroundColor);

/** The colour of one point of the page as a visitor sees it. */
async function pixel(page, x, y) {
  const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
  const blank = await page.context().newPage();
  const color = await blank.evaluate(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }, shot.toString("base64"));
  await blank.close();
  return color;
}

test("a release changes colour and words on the open page, without a reload and without a moment in no brand", options, async () => {
  stage.mock.publish({ css: brand("rgb(1, 2, 3)"), texts: { title: "Before" } });
  const visit = await stage.visit();
  await visit.open();
  await visit.frame().evaluate(() => {
    window.seen = new Set();
    window.sameDocument = true;
    const look = () => {
      window.seen.add(getComputedStyle(document.querySelector(".livery-launcher")).backgroundColor);
      requestAnimationFrame(look);
    };
    look();
  });
  await visit.input.fill("half a sentence");
  stage.mock.publish({ css: brand("rgb(4, 5, 6)"), texts: { title: "After" }, powered_by: false });
  await eventually(async () => (await launcherColor(visit)) === "rgb(4, 5, 6)", "the new colour");
  await eventually(async () => (await visit.widget.locator(".livery-title").textContent()) === "After", "the new title");
  assert.equal(await visit.frame().evaluate(() => window.sameDocument), true);
  assert.deepEqual(await visit.frame().evaluate(() => [...window.seen]), ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]);
  assert.equal(await visit.input.inputValue(), "half a sentence");
  assert.equal(await visit.widget.locator(".livery-powered").count(), 0);
  assert.equal(await visit.page.locator("iframe").getAttribute("title"), "After");
});

test("a release whose sheet cannot be loaded leaves the old brand in place until it can", options, async () => {
  stage.mock.publish({ css: brand("rgb(1, 2, 3)") });
  const visit = await stage.visit();
  let broken = true;
  await visit.page.route("**/b/*.css", (route) => (broken ? route.abort() : route.continue()));
  stage.mock.publish({ css: brand("rgb(7, 8, 9)") });
  await visit.page.waitForTimeout(700);
  assert.equal(await launcherColor(visit), "rgb(1, 2, 3)");
  assert.equal(await visit.frame().evaluate(() => document.querySelectorAll("link[rel=stylesheet]").length <= 3), true);
  broken = false;
  await eventually(async () => (await launcherColor(visit)) === "rgb(7, 8, 9)", "the brand after the repair", 15_000);
});

test("a release published while the socket was down is there when it is back", options, async () => {
  stage.mock.publish({ css: brand("rgb(1, 2, 3)") });
  const visit = await stage.visit();
  await eventually(() => stage.mock.state.sockets.size > 0);
  for (const socket of stage.mock.state.sockets) socket.terminate();
  stage.mock.state.sockets.clear();
  stage.mock.publish({ css: brand("rgb(9, 9, 9)") });
  await eventually(async () => (await launcherColor(visit)) === "rgb(9, 9, 9)", "the missed release");
});

test("where no transport gets through a release arrives by polling", options, async () => {
  stage.mock.publish({ css: brand("rgb(1, 2, 3)") });
  Object.assign(stage.mock.state, { socketsWork: false, events: "missing", polls: false });
  const visit = await stage.visit();
  await eventually(() => stage.mock.state.requests.some(({ path }) => path === "/v1/edge/config"), "the first poll");
  stage.mock.publish({ css: brand("rgb(5, 5, 5)") });
  await eventually(async () => (await launcherColor(visit)) === "rgb(5, 5, 5)", "the polled release", 40_000);
  Object.assign(stage.mock.state, WHOLE);
});

test("a dark page shows through around the launcher: no box behind it", options, async () => {
  const visit = await stage.visit("/dark", { colorScheme: "dark" });
  await visit.page.waitForTimeout(300);
  const box = await visit.page.locator("iframe").boundingBox();
  assert.deepEqual(await pixel(visit.page, box.x + 1, box.y + 1), [10, 20, 30]);
  assert.deepEqual(await pixel(visit.page, box.x + box.width - 2, box.y + 2), [10, 20, 30]);
});

test("in theme auto the widget follows the visitor's system, also when it changes", options, async () => {
  const visit = await stage.visit("/", { colorScheme: "dark" });
  const theme = () => visit.frame().evaluate(() => document.body.dataset.theme);
  assert.equal(await theme(), "dark");
  await visit.page.emulateMedia({ colorScheme: "light" });
  await eventually(async () => (await theme()) === "light", "the light theme");
});

test("the page's options for theme, corner and size win over the tenant's", options, async () => {
  stage.mock.publish({ theme_mode: "light", layout: { position: "bottom_left" } });
  const visit = await stage.visit("/forced");
  assert.equal(await visit.frame().evaluate(() => document.body.dataset.theme), "dark");
  const box = await visit.page.locator("iframe").boundingBox();
  assert.deepEqual([box.x, box.y], [0, 0]);
  await visit.open();
  assert.equal((await visit.panel.boundingBox()).width, 340);
  await visit.page.evaluate(() => Livery("update", { position: "bottom-right", size: { width: 420, height: 500 } }));
  await eventually(async () => (await visit.panel.boundingBox()).width === 420);
  const moved = await visit.panel.boundingBox();
  assert.deepEqual([moved.x + moved.width, moved.y + moved.height], [980, 780]);
});
