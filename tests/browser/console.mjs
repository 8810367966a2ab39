// A person at the console: a browser of their own, at a tenant's host or the platform's.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PORT } from "./system.mjs";

export const PLATFORM = `http://localhost:${PORT}`;
export const PASSWORD = process.env.LIVERY_DEMO_PASSWORD ?? "livery-demo";
const SHOTS = process.env.LIVERY_SHOTS ?? fileURLToPath(new URL("../artifacts/", import.meta.url));
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Signs in by keyboard alone. */
export async function signIn(page, origin, email, password = PASSWORD) {
  await page.goto(origin + "/admin/sign-in");
  await page.waitForFunction(() => document.activeElement.id === "email");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/admin\/(team|profile)/);
}

/** The link to the console in the newest mail to an address, from development's outbox. */
export async function linkTo(context, email) {
  const page = await context.newPage();
  await page.goto(PLATFORM + "/outbox");
  await page.getByRole("row").filter({ hasText: email }).first().getByRole("link").click();
  const link = await page.locator(".mail-body a[href*='/admin/']").first().getAttribute("href");
  await page.close();
  return link;
}

/** Checks a page: no serious finding of axe, nothing outside the screen, no violation of the policy. */
export async function sound(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} px wider than the screen`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  assert.deepEqual(serious.map(({ id, nodes }) => `${name}: ${id} ${nodes[0].target} ${nodes[0].failureSummary}`), []);
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/console-${name}.png`, fullPage: true });
}

/** Collects the browser's errors. */
export function complaints(page) {
  const heard = [];
  page.on("console", (message) => message.type() === "error" && !/status of (4|5)\d\d/.test(message.text()) && heard.push(message.text()));
  page.on("pageerror", (fault) => heard.push(String(fault)));
  return heard;
}
