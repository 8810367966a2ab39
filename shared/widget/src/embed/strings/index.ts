import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en, type Strings } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { ja } from "./ja.ts";

export type { Strings };

/** By language; a region takes its language's. */
export const STRINGS = { en, ja, ar, de, es, fr } satisfies Record<string, Strings>;
