// Runs jobs, as many at once as the limits allow, reports their progress, and returns the rows of the final table.
import { startJob } from './child.mjs';
import { next, nicenessOf } from './schedule.mjs';
import { resultOf } from './tally.mjs';

/** So often a line says what runs, where nothing else is printed. */
const SILENCE_MILLIS = 60_000;
/** Cargo's news; of no interest where it ended well. */
const NOISE = /^\s*(?:Compiling|Checking|Downloading|Downloaded|Updating|Finished|Locking|Blocking|Building|Running|Installing|Installed|Replacing|Replaced) /;

const list = (jobs) => jobs.map(({ id }) => id).join(' | ');
const failure = (why) => ({ passed: 0, failed: 1, skipped: 0, why });

/** Runs all of `jobs` and returns a row for each, in their order. `say` prints; `signal`, an AbortSignal, ends everything. */
export async function runAll(jobs, { limits, say = console.log, signal } = {}) {
  const from = performance.now();
  const seconds = (since = from) => Math.round((performance.now() - since) / 1000);
  const rows = new Map();
  const ended = new Map();
  const live = new Set();
  let waiting = [...jobs];
  let running = [];
  let said = performance.now();

  const tell = (text, before = '') => {
    said = performance.now();
    say(`${before}${String(seconds()).padStart(5)} s  ${text}`);
  };
  const record = (job, result, took = 0) => {
    ended.set(job.id, result.failed === 0);
    rows.set(job.id, { ...job, ...result, seconds: took });
  };
  const toItsEnd = async (job, niceness) => {
    let child;
    try {
      child = startJob(job, niceness);
      live.add(child);
      return await child.done;
    } catch (fault) {
      return { code: 127, output: fault.message };
    } finally {
      live.delete(child);
    }
  };
  const run = async (job, niceness) => {
    const since = performance.now();
    tell(`▸ ${job.id}`);
    const done = await toItsEnd(job, niceness);
    running = running.filter((other) => other !== job);
    const result = resultOf(job, done);
    record(job, result, seconds(since));
    const went = result.failed > 0 ? `✗ ${job.id}: ${result.why ?? `${result.failed} failed`}` : `✓ ${job.id}`;
    tell(`${went}, ${seconds(since)} s${running.length > 0 ? `; running: ${list(running)}` : ''}`, shown(job, done.output, result));
  };

  const quiet = setInterval(() => {
    if (performance.now() - said >= SILENCE_MILLIS) tell(`… ${list(running)}`);
  }, SILENCE_MILLIS / 4);
  signal?.addEventListener('abort', () => live.forEach((child) => child.end('stopped')));

  const work = new Set();
  while (!signal?.aborted) {
    const { starting, blocked } = next({ waiting, running, ended }, limits);
    for (const job of blocked) {
      const why = `not run, since '${job.lacking}' failed`;
      record(job, failure(why));
      tell(`✗ ${job.id}: ${why}`);
    }
    for (const job of starting) {
      const one = run(job, nicenessOf(job, running)).finally(() => work.delete(one));
      running.push(job);
      work.add(one);
    }
    waiting = waiting.filter((job) => !starting.includes(job) && !ended.has(job.id));
    if (work.size === 0) break;
    await Promise.race(work);
  }
  await Promise.all(work);
  clearInterval(quiet);
  for (const job of waiting) record(job, failure('never came to run'));
  return { rows: jobs.map(({ id }) => rows.get(id)), seconds: seconds() };
}

/** All that a job printed, in one piece, under its name. */
function shown({ id }, output, { failed }) {
  const lines = output.split('\n').filter((text) => failed > 0 || !NOISE.test(text));
  const text = lines.join('\n').trim();
  return `\n\x1b[1m${id}\x1b[0m\n${text ? `${text}\n` : ''}`;
}
