// One run, for eyes and for programs.

const figure = (number) => (number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number >= 1 ? number.toFixed(2) : number.toPrecision(2));
const verdict = ({ ratio, goal }) => (goal === null ? "" : ratio >= goal ? "met" : "missed");
const cells = (row) => [
  row.row,
  row.limit ? `${row.peer} (limit)` : row.peer,
  figure(row.ratio),
  `${figure(row.spread[0])} – ${figure(row.spread[1])}`,
  row.goal === null ? "" : figure(row.goal),
  verdict(row),
  `${figure(row.ours)} / ${figure(row.theirs)} ${row.unit}`,
];

/** Rows for a terminal. */
export const asTable = (rows) =>
  rows
    .map(cells)
    .map(([row, peer, ratio, spread, goal, met, both]) => `  ${row.padEnd(44)} ${peer.padEnd(30)} ${ratio.padStart(6)}  [${spread}]${goal && `  goal ${goal} ${met}`}  ${both}`)
    .join("\n");

/** The whole run: `rows` have name, peer, ratio, spread and goal. */
export function asJson({ sections, ...rest }) {
  const rows = sections.flatMap(({ name, rows }) => rows.map((row) => ({ ...row, name: `${name}: ${row.row}`, section: name })));
  const notes = Object.fromEntries(sections.map(({ name, notes }) => [name, notes]));
  const failed = sections.filter(({ failed }) => failed).map(({ name, failed }) => ({ name, failed }));
  return JSON.stringify({ ...rest, rows, notes, failed }, null, 2) + "\n";
}

/** docs/benchmarks.md */
export function asMarkdown({ date, commit, machine, versions, command, sections }) {
  const lines = [
    "# Benchmarks",
    "",
    "Written by `./scripts/bench --record`; edits are lost with the next run. How the rows are measured, what they mean and what was changed",
    "for their sake: [speed.md](speed.md). What they cost at scale: [scale.md](scale.md).",
    "",
    `${date}, commit ${commit}; ${machine}. \`${command}\`.`,
    "",
    "Each ratio is the median of interleaved rounds with the least and the most of them; above 1 Livery is ahead of the peer. A limit is what the",
    "runtime itself allows: nobody gets past it. The last column has both sides' medians, Livery's first.",
    "",
    `Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")}.`,
  ];
  for (const { title, rows, notes, failed } of sections) {
    lines.push("", `## ${title}`, "");
    if (failed) lines.push(`This row ended with a fault: ${failed}`, "");
    if (rows.length) lines.push("| what | peer | ratio | spread | goal | | ours / theirs |", "|---|---|---:|---|---:|---|---|");
    for (const row of rows) lines.push(`| ${cells(row).join(" | ")} |`);
    if (notes.length) lines.push("", ...notes.map((note) => `- ${note}`));
  }
  return lines.join("\n") + "\n";
}
