import type { FrameSize, Position } from "../protocol.ts";

export interface Placement {
  size: FrameSize;
  position: Position;
  zIndex: number;
  visible: boolean;
  /** Fills the screen, as an open panel does on a phone. */
  full: boolean;
}

/** An iframe that the page's own style rules cannot reach, and that is nowhere to be seen yet. */
export function createFrame(base: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = base + "/embed";
  frame.title = "Chat";
  frame.referrerPolicy = "strict-origin";
  frame.allow = "";
  return frame;
}

/** Styles through CSSOM only: a strict `style-src` on the page allows it, a style attribute it would not. */
export function placeFrame(frame: HTMLIFrameElement, { size, position, zIndex, visible, full }: Placement): void {
  const [vertical, horizontal] = position.split("-") as [string, string];
  const style: Record<string, string> = {
    all: "initial",
    position: "fixed",
    border: "0",
    background: "transparent",
    // A scheme other than the embedded document's would make the browser paint an opaque box behind it.
    "color-scheme": "light",
    "z-index": "" + zIndex,
    "max-width": "100%",
    "max-height": "100%",
    visibility: visible ? "visible" : "hidden",
    width: full ? "100%" : size[0] + "px",
    // The visual viewport ends where the on-screen keyboard begins.
    height: full ? (window.visualViewport ? visualViewport!.height + "px" : "100%") : size[1] + "px",
    [full ? "top" : vertical]: full && window.visualViewport ? visualViewport!.offsetTop + "px" : "0",
    [full ? "left" : horizontal]: "0",
  };
  for (const name in style) frame.style.setProperty(name, style[name]!, "important");
}
