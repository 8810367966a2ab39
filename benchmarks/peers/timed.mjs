/** Does `work`, which answers a text, `times` times: microseconds of CPU time (all threads: the collector's too) and of the clock for one, `bytes` of the result. */
export async function timed(times, work) {
  let bytes = 0;
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
  for (let n = 0; n < times; n++) bytes = Buffer.byteLength(await work());
  const { user, system } = process.cpuUsage(cpuFrom);
  return { cpu: (user + system) / times, wall: ((performance.now() - from) * 1000) / times, bytes };
}
