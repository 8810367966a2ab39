// The theme compiler as wasm in V8, in a process of its own: `load FILE`, `print`, `livery N`. Its module is the first argument.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { listen } from "../lines.mjs";
import { timed } from "../peers/timed.mjs";

const { publish } = createRequire(import.meta.url)(process.argv[2]);

let draft = "";
await listen(async (command, argument) => {
  switch (command) {
    case "load":
      draft = readFileSync(argument, "utf8");
      return {};
    case "print":
      return { css: publish(draft) };
    case "livery":
      return timed(argument, async () => publish(draft));
    default:
      throw new Error(`no command ${command}`);
  }
});
