import type { HostOptions } from "../protocol.ts";

export interface Options extends HostOptions {
  autoBoot?: boolean;
  /** `true`, or the number of milliseconds to wait after `ready`. */
  autoOpen?: boolean | number;
  hideLauncher?: boolean;
  zIndex?: number;
  /** Set by `identify`; stays in this page. */
  identity?: unknown;
}

/** Only what the embed knows: anything else in the page's object (a function, say) could not cross the port. */
export function forEmbed({ position, size, theme, locale }: Options): HostOptions {
  return JSON.parse(JSON.stringify({ position, size, theme, locale }));
}
