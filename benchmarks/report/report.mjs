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

/** A run: `rows` have name, peer, ratio, spread and goal; `sections` say when, on what and by which command each was measured. */
export function asJson(sections) {
  const rows = sections.flatMap(({ name, rows }) => rows.map((row) => ({ name: `${name}: ${row.row}`, section: name, ...row })));
  const told = sections.map(({ rows: _, ...section }) => section);
  return JSON.stringify({ rows, sections: told }, null, 2) + "\n";
}

/** What `asJson` was given. */
export function fromJson(text) {
  const { rows, sections } = JSON.parse(text);
  return sections.map((section) => ({ ...section, rows: rows.filter((row) => row.section === section.name).map(({ name: _, section: __, ...row }) => row) }));
}

/** `old` with each section of `more` in the place of what it was, in the order of `names`. */
export function withRows(old, more, names) {
  const all = new Map([...old, ...more].map((section) => [section.name, section]));
  return names.filter((name) => all.has(name)).map((name) => all.get(name));
}

/** docs/benchmarks.md */
export function asMarkdown(sections) {
  const [{ machine, versions }] = sections;
  const lines = [
    "# Benchmarks",
    "",
    "Written by `./scripts/bench --record`; edits are lost with the next run. How the rows are measured, what they mean and what was changed",
    "for their sake: [speed.md](speed.md). What they cost at scale: [scale.md](scale.md).",
    "",
    "Each ratio is the median of interleaved rounds with the least and the most of them; above 1 Livery is ahead of the peer. A limit is what the",
    "runtime itself allows: nobody gets past it. The last column has both sides' medians, Livery's first.",
    "",
    `${machine}. Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")}.`,
  ];
  for (const { title, rows, notes, failed, date, commit, command } of sections) {
    lines.push("", `## ${title}`, "", `${date}, commit ${commit}, \`${command}\`.`, "");
    if (failed) lines.push(`This row ended with a fault: ${failed}`, "");
    if (rows.length) lines.push("| what | peer | ratio | spread | goal | | ours / theirs |", "|---|---|---:|---|---:|---|---|");
    for (const row of rows) lines.push(`| ${cells(row).join(" | ")} |`);
    if (notes.length) lines.push("", ...notes.map((note) => `- ${note}`));
  }
  return lines.join("\n") + "\n";
}
