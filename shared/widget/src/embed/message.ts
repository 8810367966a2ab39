import { isObject } from "./release.ts";

export interface Message {
  id: string;
  seq: number;
  author: "visitor" | "team";
  text: string;
  created_at: string;
}

export const LONGEST_TEXT = 4000;

/** Characters as the server counts them: code points, not UTF-16 units. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

export function readMessage(value: unknown): Message | undefined {
  if (!isObject(value)) return undefined;
  const { id, seq, author, text, created_at } = value;
  if (typeof id !== "string" || typeof text !== "string" || !Number.isSafeInteger(seq)) return undefined;
  return {
    id,
    seq: seq as number,
    // Every author other than the visitor is the team.
    author: author === "visitor" ? "visitor" : "team",
    text,
    created_at: typeof created_at === "string" ? created_at : new Date().toISOString(),
  };
}
