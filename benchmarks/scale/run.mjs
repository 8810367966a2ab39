// docs/scale.md: computed, checked, or measured anew.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { document } from "./document.mjs";

const path = (name) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
let options;
try {
  options = parseArgs({ options: { measure: { type: "boolean" }, check: { type: "boolean" }, help: { type: "boolean", short: "h" } } }).values;
} catch (fault) {
  console.error(fault.message);
  process.exit(2);
}
if (options.help) {
  console.log(`usage: ./scripts/scale [--measure | --check]
             computes docs/scale.md from docs/scale.json
  --measure  builds, counts what the system asks of the platform, and writes docs/scale.json first: five minutes
  --check    writes nothing; fails where docs/scale.md is not what docs/scale.json gives`);
  process.exit(0);
}
if (options.measure) {
  // Only this needs workerd and what the peers are measured with.
  const { measure } = await import("./measure.mjs");
  writeFileSync(path("scale.json"), JSON.stringify({ measured: await measure() }, null, 2) + "\n");
}
const text = document(JSON.parse(readFileSync(path("scale.json"), "utf8")));
if (options.check) {
  if (!existsSync(path("scale.md")) || readFileSync(path("scale.md"), "utf8") !== text) {
    console.error("docs/scale.md is not what docs/scale.json, the prices and the assumptions give: run ./scripts/scale");
    process.exit(1);
  }
} else {
  writeFileSync(path("scale.md"), text);
}
