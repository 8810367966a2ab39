// A theme to one stylesheet, as a team with PostCSS would do it: parsed once, checked and scoped, prefixed, minified, hashed.
import autoprefixer from "autoprefixer";
import cssnano from "cssnano";
import { createHash } from "node:crypto";
import postcss from "postcss";
import { sanitise } from "./sanitise.mjs";
import { printTokens } from "./tokens.mjs";

/** What the widget is built for. */
const BROWSERS = ["chrome >= 94", "edge >= 94", "firefox >= 93", "safari >= 15"];
const prefix = autoprefixer({ overrideBrowserslist: BROWSERS });
const minify = cssnano({ preset: ["default", { overrideBrowserslist: BROWSERS }] });

export const whole = postcss([sanitise(), prefix, minify]);
/** Without prefixes, which Livery does not add. */
export const unprefixed = postcss([sanitise(), minify]);

/** `{ css, hash }` of a draft, as JSON text. Throws where anything is refused. */
export async function publish(draft, processor = whole) {
  const { tokens, custom_css } = JSON.parse(draft);
  const sheet = `${printTokens(tokens)}\n${custom_css}`;
  const { css } = await processor.process(sheet, { from: undefined, map: false });
  return { css, hash: createHash("sha256").update(css).digest("base64url") };
}
