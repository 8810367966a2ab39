// docs/scale.md: computed, checked, or measured anew.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ON_WORKERS } from "../../scripts/functions/names.mjs";
import { provide } from "../world/needs.mjs";
import { document } from "./document.mjs";

const path = (name) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

export async function main(options) {
  if (options.measure) {
    provide({ functions: ON_WORKERS, components: [], postgres: false });
    const found = spawnSync(fileURLToPath(new URL("../../scripts/chromium", import.meta.url)), { encoding: "utf8" });
    if (found.status === 0) process.env.CHROMIUM_BIN = found.stdout.trim();
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
}
