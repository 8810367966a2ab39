// Compiles drafts with PostCSS, in a process of its own: `load FILE`, `print`, `whole N`, `unprefixed N`.
import { readFileSync } from "node:fs";
import { listen } from "../../lines.mjs";
import { timed } from "../timed.mjs";
import { publish, unprefixed, whole } from "./compile.mjs";

let draft = "";
await listen(async (command, argument) => {
  switch (command) {
    case "load":
      draft = readFileSync(argument, "utf8");
      return {};
    case "print":
      return publish(draft);
    case "whole":
      return timed(argument, async () => (await publish(draft, whole)).css);
    case "unprefixed":
      return timed(argument, async () => (await publish(draft, unprefixed)).css);
    default:
      throw new Error(`no command ${command}`);
  }
});
