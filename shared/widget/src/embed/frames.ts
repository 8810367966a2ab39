import { isObject, readRelease, type Release } from "./release.ts";
import { readMessage, type Message } from "./message.ts";

/** What a frame of the live connection means, given the revision that this page already has. */
export type Meaning =
  /** The newest revision that the server knows. */
  | { is: "hello"; rev: number }
  | { is: "release"; release: Release }
  | { is: "message"; conversation: string; message: Message }
  /** The tenant is not open to visitors any more. */
  | { is: "suspended" }
  | { is: "nothing" };

const NOTHING: Meaning = { is: "nothing" };

export function readFrame(text: string, rev: number): Meaning {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return NOTHING;
  }
  if (!isObject(frame)) return NOTHING;
  switch (frame["type"]) {
    case "hello":
      return { is: "hello", rev: typeof frame["rev"] === "number" ? frame["rev"] : 0 };
    case "release":
    case "snapshot": {
      const release = readRelease(frame);
      return release && release.rev > rev ? { is: "release", release } : NOTHING;
    }
    case "message": {
      const message = readMessage(frame["message"]);
      const conversation = frame["conversation_id"];
      return message && typeof conversation === "string" ? { is: "message", conversation, message } : NOTHING;
    }
    case "suspended":
      return { is: "suspended" };
    default:
      return NOTHING;
  }
}
