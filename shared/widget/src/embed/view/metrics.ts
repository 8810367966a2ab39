import type { FrameSize } from "../../protocol.ts";
import { element } from "./element.ts";

/** Room around launcher and panel for their shadows and focus rings. */
const SHADE = 24;

/** What the lengths of the tokens depend on, besides the viewport, and the tokens themselves. */
const TAKEN = ["font-family", "font-size", "line-height", "--livery-launcher-size", "--livery-offset", "--livery-width", "--livery-height"];

/**
 * How large the iframe has to be, closed and open, as the brand's tokens say.
 * Measured on elements that are never seen: a token may be given in any CSS unit. They stand before the body, which is `.livery`,
 * since a tenant's own CSS styles nothing but what is in it; `base.css` bounds them.
 */
export class Metrics {
  private readonly launcher = element("div", { class: "livery-gauge livery-gauge--launcher", "aria-hidden": "true" });
  private readonly panel = element("div", { class: "livery-gauge livery-gauge--panel", "aria-hidden": "true" });

  constructor() {
    document.body.before(this.launcher, this.panel);
  }

  measure(): { closed: FrameSize; open: FrameSize } {
    const brand = getComputedStyle(document.body);
    for (const gauge of [this.launcher, this.panel]) {
      for (const name of TAKEN) gauge.style.setProperty(name, brand.getPropertyValue(name));
    }
    const launcher = getComputedStyle(this.launcher);
    const panel = getComputedStyle(this.panel);
    // A length that is none, which custom CSS may write, measures nothing.
    const pixels = (length: string, fallback: number) => Number.parseFloat(length) || fallback;
    const around = pixels(launcher.height, 0) + SHADE;
    const size = Math.ceil(pixels(launcher.width, 60) + around);
    return {
      closed: [size, size],
      open: [Math.ceil(pixels(panel.width, 380) + around), Math.ceil(pixels(panel.height, 640) + around)],
    };
  }
}
