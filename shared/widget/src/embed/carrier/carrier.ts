/** The ways that frames come, the best first; as `/v1/capabilities` names them. */
export const TRANSPORTS = ["websocket", "sse", "poll"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Why a carrier brings nothing any more. */
export type Loss =
  /** The server ended it as planned: go on where it was. */
  | "ended"
  /** Broken off, or never made. */
  | "failed"
  /** What the server sends is held back on its way. */
  | "withheld"
  /** The session is over: another first. */
  | "expired"
  /** The tenant is suspended: do not come back. */
  | "suspended"
  /** The server asks to be left alone for a while. */
  | "busy";

/** What a carrier is told, and whom it tells. None of it is called while the carrier is being made. */
export interface Line {
  host: string;
  secure: boolean;
  rev: () => number;
  token: string;
  /** How far an earlier carrier came. */
  cursor: string | undefined;
  /** The server speaks. */
  onOpen: () => void;
  /** A frame, as JSON. */
  onText: (text: string) => void;
  /** What came before this need not be heard again. */
  onCursor: (cursor: string) => void;
  /** The last that is heard of this carrier. */
  onLost: (loss: Loss) => void;
}

/** One connection, of whatever kind. */
export interface Carrier {
  /** The browser says that the network or the visitor is back: make sure that this still works. */
  probe: () => void;
  close: () => void;
}

export type Carriers = Record<Transport, (line: Line) => Carrier>;
