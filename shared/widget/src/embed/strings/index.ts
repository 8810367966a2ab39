import { ar } from "./ar.ts";
import { en, type Strings } from "./en.ts";
import { ja } from "./ja.ts";

export type { Strings };

/** By language; a region takes its language's. */
export const STRINGS = { en, ja, ar } satisfies Record<string, Strings>;
