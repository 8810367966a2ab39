import type { Message } from "../message.ts";
import type { Draft } from "../thread.ts";
import type { Bubble } from "./bubble.ts";

export type Entry = { is: "day"; key: string; day: Date } | { is: "bubble"; key: string; bubble: Bubble };

const SAME_RUN = 5 * 60_000;

/** Messages and drafts as they are shown: a line per day, and runs of one author drawn together. */
export function timeline(messages: readonly Message[], drafts: readonly Draft[]): Entry[] {
  const bubbles: Bubble[] = [
    ...messages.map(({ id, author, text, created_at }): Bubble => ({ key: id, author, text, created_at, state: "sent", head: true, tail: true })),
    ...drafts.map(({ key, text, state, created_at }): Bubble => ({ key, author: "visitor", text, created_at, state, head: true, tail: true })),
  ];
  const entries: Entry[] = [];
  let before: Bubble | undefined;
  for (const bubble of bubbles) {
    const day = startOfDay(bubble.created_at);
    const newDay = day && (!before || startOfDay(before.created_at)?.getTime() !== day.getTime());
    if (newDay) entries.push({ is: "day", key: "day:" + day.getTime(), day });
    else if (before && continues(before, bubble)) {
      bubble.head = false;
      before.tail = false;
    }
    entries.push({ is: "bubble", key: bubble.key, bubble });
    before = bubble;
  }
  return entries;
}

function continues(before: Bubble, bubble: Bubble): boolean {
  const apart = Date.parse(bubble.created_at) - Date.parse(before.created_at);
  return before.author === bubble.author && before.state === bubble.state && apart < SAME_RUN;
}

function startOfDay(moment: string): Date | undefined {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setHours(0, 0, 0, 0);
  return date;
}
