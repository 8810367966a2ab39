// Turns the declared suites into jobs, one for each place where a suite runs. Nothing here starts a process.
import { COMBINATIONS, isPostgres, isSpin } from '../world/combination.mjs';

const isCombination = (on) => COMBINATIONS.includes(on);
const given = (value, on) => (typeof value === 'function' ? value(on) : value);

/** The builds that a system on a combination needs. */
function madeOf(on) {
  if (!isCombination(on)) return [];
  const runtime = isSpin(on) ? ['compiled components: test host'] : ['functions: Workers'];
  return isPostgres(on) ? [...runtime, 'packages: host'] : runtime;
}

/** `build` keeps every core busy, `wait` next to none. */
const kindOf = ({ builds, waits }) => (builds ? 'build' : waits ? 'wait' : 'suite');

/**
 * One job for each place of each suite: `{id, name, on, kind, needs, holds, timed, tests, browser, minutes, command, env}`. What runs on
 * Spin runs on the test host, and again on Spin itself where `spin` names an installed one.
 */
export function jobsOf(suites, { spin } = {}) {
  const jobs = suites.flatMap((suite) => [suite.on].flat().flatMap((on) => {
    const { name, tests = true, browser = false, timed = false, holds, minutes = suite.builds ? 60 : 20 } = suite;
    const needs = [...madeOf(on), ...(given(suite.needs, on) ?? [])];
    const job = {
      id: `${name}: ${on}`, name, on, kind: kindOf(suite), needs, holds, timed, tests, browser, minutes,
      command: given(suite.command, on), env: isCombination(on) ? { LIVERY_ON: on } : {},
    };
    if (!isCombination(on) || !isSpin(on)) return [job];
    const onHost = { ...job, env: { ...job.env, LIVERY_SPIN: 'host' } };
    return spin ? [onHost, { ...job, id: `${job.id}, ${spin}`, on: `${on}, ${spin}`, env: { ...job.env, LIVERY_SPIN: '' } }] : [onHost];
  }));
  const faults = faultsOf(suites, jobs);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return jobs;
}

function faultsOf(suites, jobs) {
  const ids = jobs.map(({ id }) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is there twice`);
  const unknown = jobs.flatMap(({ id, needs }) => needs.filter((need) => !ids.includes(need)).map((need) => `${id} needs '${need}', which is not there`));
  const untold = suites.filter(({ on }) => [on].flat().some(isCombination)).flatMap(({ name, on, elsewhere = {} }) =>
    COMBINATIONS.filter((each) => on.includes(each) === (each in elsewhere)).map((each) => `${name}: ${each} is to be either in 'on' or in 'elsewhere', with the reason`));
  return [...twice, ...unknown, ...untold];
}

/** The jobs that have one of `words` in their id, and all that they need, in order. */
export function chosen(jobs, words) {
  if (words.length === 0) return jobs;
  const wanted = new Set(jobs.filter(({ id }) => words.some((word) => id.includes(word))).map(({ id }) => id));
  for (const id of wanted) for (const need of jobs.find((job) => job.id === id).needs) wanted.add(need);
  return jobs.filter(({ id }) => wanted.has(id));
}

/** What is left out on purpose, and why: `{name, on, why}`. */
export const leftOut = (suites) => suites.flatMap(({ name, elsewhere = {} }) => Object.entries(elsewhere).map(([on, why]) => ({ name, on, why })));
