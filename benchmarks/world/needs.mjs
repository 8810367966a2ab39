// What the rows need in addition to the packages of the peers. Each row declares it: `needs` has the names of functions that are built for
// Workers
// (`functions`) and as components (`components`, which also need Spin or its test host), and whether there is a Postgres (`postgres`).
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What some rows need together. */
export function gathered(rows) {
  const all = { functions: new Set(), components: new Set(), postgres: false };
  for (const { name, needs } of rows) {
    if (!needs) throw new Error(`the row ${name} does not say what it needs`);
    const { functions = [], components = [], postgres = false } = needs;
    for (const one of functions) all.functions.add(one);
    for (const one of components) all.components.add(one);
    all.postgres ||= postgres;
  }
  return { functions: [...all.functions], components: [...all.components], postgres: all.postgres };
}

/** The commands that provide it. */
export function commandsFor({ functions, components, postgres }) {
  const setup = [...(postgres ? ["--postgres"] : []), ...(components.length ? ["--spin"] : [])];
  return [
    ...(setup.length ? [["scripts/setup", ...setup]] : []),
    ...(functions.length ? [["scripts/build", ...functions]] : []),
    ...(components.length ? [["scripts/build", "--spin", ...components]] : []),
  ];
}

/** Installs and builds it; ends this process if that fails, since the command has printed its error. */
export function provide(needs) {
  for (const [program, ...args] of commandsFor(needs)) {
    const { status } = spawnSync(program, args, { cwd: ROOT, stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
}
