// The end of the output: what ran where with which result, what is left out on purpose, and the line that CI reads.

const WIDTHS = [36, 26, 7, 7, 8, 8];
const line = (cells) => cells.map((cell, at) => (at < 2 ? String(cell).padEnd(WIDTHS[at]) : String(cell).padStart(WIDTHS[at]))).join(' ').trimEnd();

/** `rows` are `{name, on, tests, passed, failed, skipped, seconds, why}`, in the order of the declaration. */
export function table(rows, seconds) {
  const told = rows.map(({ name, on, tests, passed, failed, skipped, seconds: took, why }) => {
    const counts = tests ? [passed, failed, skipped] : ['', failed || '', ''];
    return line([name, on, ...counts, took]) + (why ? `  ${why}` : '');
  });
  return [line(['suite', 'on', 'passed', 'failed', 'skipped', 'seconds']), ...told, line(['everything, side by side', '', '', '', '', seconds])].join('\n');
}

/** One line for each suite and reason. */
export function leftOutLines(leftOut) {
  const places = new Map();
  for (const { name, on, why } of leftOut) {
    const key = `${name}|${why}`;
    places.set(key, [...(places.get(key) ?? []), on]);
  }
  return [...places].map(([key, on]) => {
    const [name, why] = key.split('|');
    return `${name.padEnd(WIDTHS[0])} not on ${on.join(', ')}: ${why}`;
  });
}

export function closingLine(rows) {
  const sum = (what) => rows.reduce((total, row) => total + row[what], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
