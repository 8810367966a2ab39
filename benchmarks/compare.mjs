// Ratios from interleaved rounds: all sides in each round, one after the other, each time in another order.

/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Measures `sides` (name to an async function that answers one number) in `rounds` rounds and compares the first with each
 * other one. Every ratio is written so that higher is better for the first: `better` says which of the numbers is.
 * Returns one row per peer: `{ row, peer, unit, ratio, spread: [least, most], goal, limit, ours, theirs, rounds }`.
 */
export async function compare({ row, unit, better, sides, goals = {}, limits = [] }, rounds, tell = () => {}) {
  if (better !== "lower" && better !== "higher") throw new Error(`${row}: better is "lower" or "higher"`);
  const names = Object.keys(sides);
  const measured = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < names.length; place++) {
      const name = names[(round + place) % names.length];
      const value = await sides[name]();
      if (!(value > 0)) throw new Error(`${row}: ${name} measured ${value}`);
      measured[name].push(value);
      tell(`${row}: ${name} ${value.toPrecision(4)} ${unit}`);
    }
  }
  const [ours, ...peers] = names;
  return peers.map((peer) => {
    const ratios = measured[ours].map((value, round) => (better === "lower" ? measured[peer][round] / value : value / measured[peer][round]));
    return {
      row,
      peer,
      unit,
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      goal: goals[peer] ?? null,
      limit: limits.includes(peer),
      ours: median(measured[ours]),
      theirs: median(measured[peer]),
      rounds,
    };
  });
}
