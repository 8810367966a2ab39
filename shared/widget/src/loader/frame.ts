import type { FrameSize, Position } from "../protocol.ts";

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
  for (const name in rules) frame.style.setProperty(name, "" + rules[name], "important");
}

export function createFrame(base: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = base + "/embed";
  frame.title = "Chat";
  frame.referrerPolicy = "strict-origin";
  frame.allow = "";
  style(frame, {
    all: "initial",
    position: "fixed",
    border: 0,
    // Any other scheme than the embedded document's would make the browser paint an opaque box behind it.
    "color-scheme": "light",
    "max-width": "100%",
    "max-height": "100%",
  });
  return frame;
}

export function placeFrame(frame: HTMLIFrameElement, { size, position, zIndex, visible, full }: Placement): void {
  const edge = (name: string) => (position.includes(name) ? 0 : "auto");
  // The visual viewport ends where the on-screen keyboard begins.
  const screen = window.visualViewport;
  style(frame, {
    "z-index": zIndex,
    visibility: visible ? "visible" : "hidden",
    width: full ? "100%" : size[0] + "px",
    height: full ? (screen ? screen.height + "px" : "100%") : size[1] + "px",
    top: full ? (screen ? screen.offsetTop + "px" : 0) : edge("top"),
    bottom: full ? "auto" : edge("bottom"),
    left: full ? 0 : edge("left"),
    right: full ? "auto" : edge("right"),
  });
}
