import type { FrameSize, Position } from "../protocol.ts";
import { page } from "./page.ts";

export interface Placement {
  size: FrameSize;
  position: Position;
  zIndex: number;
  visible: boolean;
  /** Fills the screen, as an open panel does on a phone. */
  full: boolean;
}

/** Through CSSOM: a strict `style-src` on the page allows it, a style attribute it would not. Important: no rule of the page wins. */
function style(frame: HTMLIFrameElement, rules: Record<string, string | number>): void {
  for (const name in rules) frame.style.setProperty(name, rules[name] as string, "important");
}

// The visual viewport ends where the on-screen keyboard begins.
export const viewport: Partial<VisualViewport> = window.visualViewport || {};

/** What the embed says of its size, held to `largest`: it may say anything, and the widget is a guest on the page. */
export function within(largest: FrameSize, said: unknown): FrameSize {
  return largest.map((most, axis) => Math.max(0, Math.min(most, Number((said as FrameSize)[axis]) || 0))) as FrameSize;
}

export function createFrame(base: string): HTMLIFrameElement {
  const frame = page.createElement("iframe");
  frame.src = base + "/embed";
  frame.title = "Chat";
  frame.referrerPolicy = "strict-origin";
  frame.allow = "";
  style(frame, {
    all: "initial",
    position: "fixed",
    // Any other scheme than the embedded document's would make the browser paint an opaque box behind it.
    "color-scheme": "light",
    "max-width": "100%",
    "max-height": "100%",
  });
  return frame;
}

export function placeFrame(frame: HTMLIFrameElement, { size, position, zIndex, visible, full }: Placement): void {
  const edge = (name: string) => (position.includes(name) ? 0 : "auto");
  style(frame, {
    "z-index": zIndex,
    visibility: visible ? "visible" : "hidden",
    width: full ? "100%" : size[0] + "px",
    height: full ? (viewport.height ? viewport.height + "px" : "100%") : size[1] + "px",
    top: full ? (viewport.offsetTop || 0) + "px" : edge("top"),
    bottom: full ? "auto" : edge("bottom"),
    left: full ? 0 : edge("left"),
    right: full ? "auto" : edge("right"),
  });
}
