import assert from "node:assert/strict";
import { test } from "node:test";
import { complaints, linkTo, PLATFORM, signIn, sound } from "./console.mjs";
import { acme, PORT } from "./system.mjs";
import { setBrowser } from "./visitor.mjs";

const browser = setBrowser();
/** Each run registers a tenant of its own: a system is used by several tests. */
const fresh = () => "co" + Date.now().toString(36);
const SECRET = "zebra-lamp-river-7";

async function registered(context, key = fresh()) {
  const page = await context.newPage();
  await page.goto(PLATFORM + "/register?plan=standard");
  await page.getByLabel("Organisation").fill("Initech & Sons");
  await page.getByLabel("Subdomain").fill(key);
  await page.getByText("This subdomain is free.").waitFor();
  await page.getByLabel("Your name").fill("Bill Lumbergh");
  await page.getByLabel("Work e-mail").fill(`owner@${key}.test`);
  await page.getByLabel("Password", { exact: true }).fill(SECRET);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(`http://${key}.localhost:${PORT}/admin/sign-in?done=welcome`);
  const origin = `http://${key}.localhost:${PORT}`;
  await signIn(page, origin, `owner@${key}.test`, SECRET);
  return { page, key, origin };
}

test("from registration to an invited colleague, a key, the log, and a new password", async () => {
  const context = await browser.newContext();
  const { page, key, origin } = await registered(context);
  const heard = complaints(page);

  await page.getByRole("navigation", { name: "Team" }).getByRole("link", { name: "Invitations" }).click();
  await page.getByLabel("E-mail").fill(`new@${key}.test`);
  await page.getByLabel("Role").selectOption("manager");
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByText("The invitation is on its way.").waitFor();

  const colleague = await browser.newContext();
  const theirs = await colleague.newPage();
  await theirs.goto(await linkTo(context, `new@${key}.test`));
  await theirs.getByRole("heading", { name: "Join Initech & Sons" }).waitFor();
  assert.equal(new URL(theirs.url()).hash, "", "the code is in no address");
  await theirs.getByLabel("Your name").fill("Nora New");
  await theirs.getByLabel("New password").fill(SECRET);
  await theirs.getByRole("button", { name: "Join Initech & Sons" }).click();
  await theirs.waitForURL(/\/admin\/team/);

  await page.goto(origin + "/admin/team");
  await page.getByRole("link", { name: "Change Nora New" }).click();
  await page.getByLabel("Admin").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The role was changed.").waitFor();

  await page.getByRole("link", { name: "API keys" }).first().click();
  await page.getByRole("link", { name: "New API key" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Nightly export");
  await page.getByLabel("See the brand").check();
  await page.getByRole("button", { name: "Create key" }).click();
  const secret = (await page.locator("#secret").textContent()).trim();
  assert.match(secret, /^lvk_[\w-]{49}$/);
  await page.getByRole("link", { name: "I have kept it" }).click();
  await page.getByRole("link", { name: "Open Nightly export" }).click();
  await page.getByText("Revoke", { exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: "Revoke Nightly export?" });
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await page.getByText("Revoked.").waitFor();

  await page.getByRole("link", { name: "Audit log" }).first().click();
  const entries = page.getByRole("listitem");
  await entries.filter({ hasText: "Made an API key" }).first().waitFor();
  await page.getByLabel("What").selectOption({ label: "Revoked an API key" });
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/action=api_key\.revoked/);
  await entries.filter({ hasText: "Revoked an API key" }).waitFor();
  assert.equal(await entries.filter({ hasText: "Made an API key" }).count(), 0);
  await page.getByRole("button", { name: "Verify the log" }).click();
  await page.getByText("The log is whole").waitFor();

  await page.goto(origin + "/admin/forgot");
  await page.getByLabel("E-mail").fill(`owner@${key}.test`);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
  await page.goto(await linkTo(context, `owner@${key}.test`));
  await page.getByLabel("New password").fill(SECRET + "-again");
  await page.getByRole("button", { name: "Set the new password" }).click();
  await page.waitForURL(/sign-in\?done=password/);
  await signIn(page, origin, `owner@${key}.test`, SECRET + "-again");
  assert.deepEqual(heard, []);
});

test("one person in two tenants goes over and stays signed in where they were", async () => {
  const context = await browser.newContext();
  const { page, key, origin } = await registered(context);
  const other = fresh() + "b";
  await page.goto(PLATFORM + "/register");
  await page.getByLabel("Organisation").fill("Globex");
  await page.getByLabel("Subdomain").fill(other);
  await page.getByLabel("Your name").fill("Bill");
  await page.getByLabel("Work e-mail").fill(`owner@${key}.test`);
  await page.getByLabel("Password", { exact: true }).fill(SECRET);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(new RegExp(`${other}.localhost`));
  await page.goto(origin + "/admin/tenants");
  await page.getByRole("button", { name: "Go to Globex" }).click();
  await page.waitForURL(`http://${other}.localhost:${PORT}/admin/team`);
  await page.goto(origin + "/admin/team");
  assert.equal(page.url(), origin + "/admin/team");
});

test("without JavaScript one signs in, invites, and accepts by pasting the code", async () => {
  const { key, origin } = await registered(await browser.newContext());
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(origin + "/admin/sign-in");
  await page.getByLabel("E-mail").fill(`owner@${key}.test`);
  await page.getByLabel("Password").fill(SECRET);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.goto(origin + "/admin/team/invitations");
  await page.getByLabel("E-mail").fill(`plain@${key}.test`);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByText("The invitation is on its way.").waitFor();
  const link = await linkTo(context, `plain@${key}.test`);
  const theirs = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Code").fill(link.split("#")[1]);
  await theirs.getByRole("button", { name: "Continue" }).click();
  await theirs.getByLabel("Your name").fill("Paul Plain");
  await theirs.getByLabel("New password").fill(SECRET);
  await theirs.getByRole("button", { name: "Join" }).click();
  await theirs.waitForURL(/\/admin\/team/);
  await page.goto(origin + "/admin/team/invitations");
  await page.getByText("Accepted").first().waitFor();
});

test("the keyboard alone is enough for the team", async () => {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, acme.origin, acme.owner);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Invite/);
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(ring, "solid", "the focus can be seen");
  await page.keyboard.press("Enter");
  await page.waitForURL(/invitations/);
  await page.getByLabel("E-mail").focus();
  await page.keyboard.type("nobody");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className), "faults", "what is wrong has the focus");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "email");
});

const PAGES = ["team", "team/invitations", "team/roles", "team/roles/new", "keys", "keys/new", "audit", "profile", "tenants", "nothing"];

for (const { width, colorScheme, locale } of [
  { width: 1280, colorScheme: "light", locale: "en" },
  { width: 375, colorScheme: "dark", locale: "en" },
  { width: 375, colorScheme: "light", locale: "ja" },
  { width: 1280, colorScheme: "dark", locale: "ja" },
]) {
  test(`every page is sound at ${width} px, ${colorScheme}, in ${locale}`, async () => {
    const { origin } = acme;
    const context = await browser.newContext({ viewport: { width, height: 812 }, colorScheme, locale });
    const page = await context.newPage();
    const heard = complaints(page);
    const shot = (name) => sound(page, `${name.replaceAll("/", "-")}-${width}-${colorScheme}-${locale}`);
    for (const path of ["/register", "/sign-in", "/outbox"]) {
      await page.goto(PLATFORM + path);
      await shot(path.slice(1));
    }
    for (const path of ["sign-in", "forgot", "reset", "invitation"]) {
      await page.goto(`${origin}/admin/${path}`);
      await shot("door-" + path);
    }
    await signIn(page, origin, acme.owner);
    for (const path of PAGES) {
      await page.goto(`${origin}/admin/${path}`);
      assert.equal(await page.evaluate(() => document.documentElement.lang), locale);
      await shot(path);
    }
    assert.deepEqual(heard, []);
  });
}
