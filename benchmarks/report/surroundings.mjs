// The machine and versions of a measurement, which are needed to repeat it.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { WORKERD } from "../workerd.mjs";

const require = createRequire(import.meta.url);
const said = (program, ...args) => {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
};

/** `{ date, commit, machine, versions }` */
export function surroundings() {
  const { dependencies } = require("../package.json");
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const changed = said("git", "-C", root, "status", "--porcelain", "--", "shared", "functions", "benchmarks") ? " with changes" : "";
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: said("git", "-C", root, "rev-parse", "--short", "HEAD") + changed,
    machine: `${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    versions: { workerd: said(WORKERD, "--version").replace("workerd ", ""), node: process.versions.node, rustc: said("rustc", "--version").split(" ")[1] ?? "", ...dependencies },
  };
}
