import type { FrameSize } from "../../protocol.ts";
import { element } from "./element.ts";

/** Room around launcher and panel for their shadows and focus rings. */
const SHADE = 24;

/**
 * How large the iframe has to be, closed and open, as the brand's tokens say.
 * Measured on elements that are never seen: a token may be given in any CSS unit.
 */
export class Metrics {
  private readonly launcher = element("div", { class: "livery-gauge livery-gauge--launcher", "aria-hidden": "true" });
  private readonly panel = element("div", { class: "livery-gauge livery-gauge--panel", "aria-hidden": "true" });
  readonly nodes = [this.launcher, this.panel];

  measure(): { closed: FrameSize; open: FrameSize } {
    const launcher = getComputedStyle(this.launcher);
    const panel = getComputedStyle(this.panel);
    const pixels = (length: string, fallback: number) => {
      const value = Number.parseFloat(length);
      return Number.isFinite(value) ? value : fallback;
    };
    const offset = pixels(launcher.paddingTop, 20);
    const size = pixels(launcher.width, 60) + offset + SHADE;
    return {
      closed: [Math.ceil(size), Math.ceil(size)],
      open: [Math.ceil(pixels(panel.width, 380) + offset + SHADE), Math.ceil(pixels(panel.height, 640) + offset + SHADE)],
    };
  }
}
