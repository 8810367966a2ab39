import { page } from "./page.ts";

const ADDRESS = /\/(widget|w\/.+)\.js(\?|$)/;

/** The tenant's origin: where this very script came from. A module has no current script, so its tag is looked for. */
export function scriptOrigin(): string | undefined {
  const script = (page.currentScript as HTMLScriptElement | null) || [...page.scripts].find(({ src }) => ADDRESS.test(src));
  return script?.src && new URL(script.src).origin;
}
