// The messages between the loader (in the customer's page) and the embed (in the tenant's origin) over one MessagePort. The two are built
// together, but a page may have an older loader than the embed it opens: both ignore unknown messages.

export type Position = "bottom-right" | "bottom-left" | "top-right" | "top-left";
export type ThemeChoice = "auto" | "light" | "dark";
export type Size = "compact" | "standard" | "large" | { width?: number; height?: number };

/** The part of `chatWidgetConfig` that the embed acts on. */
export interface HostOptions {
  position?: Position;
  size?: Size;
  theme?: ThemeChoice;
  locale?: string;
}

/** What only the customer's page can see: the embed's own viewport is the iframe. */
export interface HostView {
  narrow: boolean;
  dark: boolean;
}

export type ToEmbed =
  | { t: "init"; session: string; options: HostOptions; view: HostView; read: string | undefined; lang: string; open: boolean; focus: boolean }
  | { t: "session"; session: string | null }
  | { t: "options"; options: HostOptions }
  | { t: "view"; view: HostView }
  | { t: "read"; read: string }
  | { t: "open"; open: boolean; focus: boolean };

export type FrameSize = [width: number, height: number];

/**
 * What the frame never exceeds, in CSS pixels: 24 for shadow and focus ring, at most 60 of distance from the corner, and a launcher
 * of at most 100 or a panel of at most 600 × 900. The loader holds the embed to it, `base.css` what it draws; the theme compiler
 * refuses a brand's longer lengths.
 */
export const LARGEST_CLOSED: FrameSize = [184, 184];
export const LARGEST_OPEN: FrameSize = [684, 984];

export type ToHost =
  | { t: "layout"; closed: FrameSize; open: FrameSize; position: Position; title: string }
  | { t: "ready" }
  | { t: "open"; open: boolean }
  | { t: "session" }
  /** How far the visitor has read, for the page to keep. */
  | { t: "read"; read: string }
  | { t: "event"; type: string; data: unknown }
  | { t: "stop"; code: string };

/** The only window message; everything after it is sent over the port that it transfers. */
export const HELLO = { livery: 1 } as const;
