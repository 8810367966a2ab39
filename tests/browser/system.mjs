// The running system of these tests: LIVERY_BASE_PORT is its port, the customer's pages are on the next one.
import { call as send } from "../../scripts/world/client.mjs";

export const PORT = Number(process.env.LIVERY_BASE_PORT);
if (!PORT) throw new Error("LIVERY_BASE_PORT is not set: run scripts/test, or scripts/world/with-system.mjs");
export const CUSTOMER = `http://localhost:${PORT + 1}`;

const PASSWORD = process.env.LIVERY_DEMO_PASSWORD ?? "livery-demo";

/** A tenant of the development data, by its key. */
export function tenant(key) {
  return { key, host: `${key}.localhost:${PORT}`, origin: `http://${key}.localhost:${PORT}`, owner: `owner@${key}.test` };
}

export const acme = tenant("acme");
export const globex = tenant("globex");
/** Its plan allows so few messages that a test can use them up. */
export const tiny = tenant("tiny");

export async function bytes(of, path) {
  return (await send(PORT, `${of.key}.localhost`, "GET", path)).bytes;
}

/** One call of a tenant's API. */
export async function call(of, method, path, { token, body, headers = {} } = {}) {
  const credentials = token ? { authorization: "Bearer " + token } : {};
  const answer = await send(PORT, `${of.key}.localhost`, method, path, { headers: { ...credentials, ...headers }, body });
  return { ...answer, body: answer.text ? answer.json() : undefined };
}

const tokens = new Map();

/** The tenant's owner, signed in. */
export async function signIn(of) {
  if (!tokens.has(of.key)) {
    const { status, body } = await call(of, "POST", "/v1/auth/login", { body: { email: of.owner, password: PASSWORD } });
    if (status !== 200) throw new Error(`signing in at ${of.host} was answered ${status}: ${JSON.stringify(body)}`);
    tokens.set(of.key, body.access_token);
  }
  return tokens.get(of.key);
}

/** Changes the draft and publishes it, as the tenant's admin would. */
export async function publish(of, patch) {
  const token = await signIn(of);
  const draft = await call(of, "GET", "/v1/branding", { token });
  const changed = await call(of, "PATCH", "/v1/branding", {
    token,
    body: patch,
    headers: { "content-type": "application/merge-patch+json", "if-match": draft.headers.etag },
  });
  if (changed.status !== 200) throw new Error(`changing the draft was answered ${changed.status}: ${JSON.stringify(changed.body)}`);
  const published = await call(of, "POST", "/v1/branding/publish", { token });
  if (published.status >= 300) throw new Error(`publishing was answered ${published.status}: ${JSON.stringify(published.body)}`);
  return published.body;
}

/** The colours that most of a widget is painted with, in both modes, so that a test need not care which one shows. */
export function colors(hex) {
  const palette = { primary: hex, header: hex, launcher: hex, visitor_bubble: hex };
  return { tokens: { color: { light: palette, dark: palette } } };
}
