// Which jobs start now: a pure function; run.mjs runs them.

/** Each has a system of its own, of up to a gigabyte. */
const MOST = 6;

/**
 * How many of a kind run at once on a machine with so many cores. Two builds, since at the end of one often a single crate or a linker uses
 * a single core; they have the lowest priority, so suites that run at the same time have nearly the whole machine.
 */
export const limitsOn = (cores) => ({ build: 2, suite: Math.min(cores, MOST), wait: Math.min(Math.max(2, cores), MOST) });

/**
 * The jobs to start, and those that never can, given the `waiting` ones in their order, those `running`, and how each that has ended
 * did: `ended` maps ids to true where all went well. A job with `timed` has no other suite beside it: the suites behind it in the order
 * wait until it has begun and ended, so that it comes to run.
 */
export function next({ waiting, running, ended }, limits) {
  const blocked = [];
  const starting = [];
  const isRoom = (job) => {
    const others = [...running, ...starting].filter(({ kind }) => kind === job.kind);
    if (job.kind === 'suite' && others.length > 0 && (job.timed || others.some(({ timed }) => timed))) return false;
    return others.length < limits[job.kind];
  };
  const isHeld = (what) => what !== undefined && [...running, ...starting].some((job) => job.holds === what);
  const fails = (id) => ended.get(id) === false || blocked.some((job) => job.id === id);
  let isTimedNext = false;
  for (const job of waiting) {
    const lacking = job.needs.find(fails);
    if (lacking !== undefined) {
      blocked.push({ ...job, lacking });
      continue;
    }
    if (!job.needs.every((id) => ended.get(id) === true) || isHeld(job.holds)) continue;
    if (job.kind === 'suite' && isTimedNext) continue;
    if (isRoom(job)) starting.push(job);
    else if (job.timed) isTimedNext = true;
  }
  return { starting, blocked };
}

/** Builds have a lower priority than suites, and a second build a lower one than the first. */
export const nicenessOf = (job, running) => (job.kind !== 'build' ? 0 : running.some(({ kind }) => kind === 'build') ? 15 : 8);
