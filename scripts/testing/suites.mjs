// What `./scripts/test` runs, on what, and what it leaves out there. Suites start in this order unless another rule applies.
//
//   name       what it is called
//   on         combinations of a runtime and a database, one run each; or the one place where it runs
//   elsewhere  the combinations where it does not run, and why: every combination is in `on` or in here
//   needs      what must have succeeded before it, as `name: on`; a run on a combination also needs the builds of that combination
//   command    its words; `needs` and `command` may depend on the combination
//   builds     keeps every core busy: at most two at once, with a lower priority than the suites
//   tests      false for what counts no tests: it succeeds or fails as a whole
//   waits      mostly waits: runs at the same time as suites that compute
//   timed      measures seconds: at the same time run only suites that wait, and builds, which have a lower priority
//   holds      a lock, `debug` or `release`, the folders of `target` that Cargo locks: jobs with the same one run one after the other
//   browser    needs Chromium
//   minutes    how long it may take: 20, and 60 where it builds, since two builds and a suite share the cores of a slow machine

import { COMBINATIONS, isSpin } from '../world/combination.mjs';

export const runtimeOf = (on) => (isSpin(on) ? 'Spin' : 'Workers');

const scenario = (name) => `tests/e2e/${name}.test.mjs`;
const browser = (name) => `tests/browser/${name}.test.mjs`;
const node = (...files) => ['node', '--test', ...files];
/** Against one fresh system that the files share, one after the other. */
const onSystem = (...command) => ['node', 'scripts/world/with-system.mjs', '--seed', 'tests/e2e/world.sql', '--', ...command];
const oneByOne = (files) => node('--test-concurrency=1', ...files);

/** One run of Cargo: a part of the workspace would need other features of the same crates, and compile them again. */
const cargoTest = ['cargo', 'test', '--locked', '--quiet', '--workspace', '--exclude', 'livery-fn-*'];

/** What depends on how a runtime and a database keep their promises together: money, quotas, live, isolation. */
const ON_ALL = ['chat', 'live', 'live-events', 'live-poll', 'isolation'];
/** What stands on ports whose contract all four keep. */
const ON_TWO = ['resolution', 'sign-in', 'branding', 'serving', 'accounts', 'people', 'api-keys', 'lifecycle'];
/** What a runtime changes of the widget is its live channel. */
const WIDGET_LIVE = ['brand', 'conversation', 'live'];
const WIDGET = ['guest', 'keyboard', 'page'];
const CONSOLE = ['console-walk'];

export const SCENARIO_FILES = [...ON_ALL, ...ON_TWO, 'heartbeat', 'mail', 'killed-publishes', 'killed-reservations', 'unconfigured', 'frozen-database'].map(scenario);
export const BROWSER_FILES = [...WIDGET_LIVE, ...WIDGET, ...CONSOLE].map(browser);

const SAME_BYTES = 'the same bytes as on workers-d1';
const PORTS_HOLD = 'each port by its contract; both runtimes and three engines are in the others';
const NO_SOCKETS = 'no sockets there';
const NO_SERVER = 'no server of its own to freeze';

export const suites = [
  { name: 'tools', on: 'host', builds: true, tests: false, command: ['scripts/setup', '--only', 'tools'] },
  { name: 'packages', on: 'host', waits: true, tests: false, command: ['scripts/setup', '--only', 'packages'] },
  { name: 'widget', on: 'host', tests: false, command: ['node', 'shared/widget/build.mjs'] },

  { name: 'scripts', on: 'host', command: node('scripts/*/*.test.mjs') },
  { name: 'entry of the Workers', on: 'host', command: node('shared/platform-workers/test/*.test.mjs') },
  { name: 'tests of the host', on: 'host', builds: true, tests: false, holds: 'debug', command: [...cargoTest, '--no-run'] },
  // Some of them measure milliseconds: they run with the priority of suites.
  { name: 'rules, routes, contract in memory', on: 'host', holds: 'debug', needs: ['tests of the host: host'], command: cargoTest },
  { name: 'schema and migrations', on: 'both engines', needs: ['packages: host', 'functions: Workers'], command: node('--test-concurrency=2', 'tests/schema/*.test.mjs') },
  { name: 'widget against a mock', on: 'Chromium', needs: ['packages: host', 'widget: host'], browser: true, command: ['node', 'shared/widget/test.mjs', '--browser'] },

  { name: 'functions', on: 'Workers', builds: true, tests: false, holds: 'release', needs: ['tools: host', 'widget: host'], command: ['scripts/build'] },
  { name: 'spin host', on: 'host', builds: true, tests: false, command: ['scripts/setup', '--only', 'spin'] },
  { name: 'components', on: 'Spin', builds: true, tests: false, holds: 'release', needs: ['widget: host'], command: ['scripts/build', '--spin'] },
  // Wasmtime keeps what it compiled: suites that begin at once would each compile all of it.
  { name: 'compiled components', on: 'test host', builds: true, tests: false, needs: ['components: Spin', 'spin host: host'],
    command: ['env', 'LIVERY_ON=spin-sqlite', 'LIVERY_SPIN=host', ...onSystem('true')] },
  { name: 'app of the contract', on: 'Workers', builds: true, tests: false, holds: 'release', needs: ['functions: Workers'], command: ['node', 'tests/contract-workers/run.mjs', '--build'] },
  { name: 'app of the contract', on: 'Spin', builds: true, tests: false, holds: 'release', needs: ['components: Spin'], command: ['node', 'tests/contract-spin/run.mjs', '--build'] },
  { name: 'checks', on: 'host', builds: true, tests: false, holds: 'debug', needs: ['packages: host', 'widget: host'], command: ['scripts/check'] },

  // Most of it is waiting for a page to be silent for 90 s.
  { name: 'a page that falls silent', on: ['workers-d1'], waits: true, command: onSystem(...oneByOne([scenario('heartbeat')])),
    elsewhere: { 'workers-postgres': 'the hub is the same object', 'spin-sqlite': NO_SOCKETS, 'spin-postgres': NO_SOCKETS } },
  // Both run a thousand writers against a timeout of seconds: with another suite at the same time, a slow machine refuses some of them.
  { name: 'kills', on: COMBINATIONS, timed: true,
    command: oneByOne(['killed-publishes', 'killed-reservations'].map(scenario)) },
  { name: 'frozen database', on: ['workers-postgres', 'spin-postgres'], waits: true, command: node(scenario('frozen-database')),
    elsewhere: { 'workers-d1': NO_SERVER, 'spin-sqlite': NO_SERVER } },
  { name: 'mail', on: ['workers-d1', 'spin-postgres'], waits: true, command: node(scenario('mail')),
    elsewhere: { 'workers-postgres': PORTS_HOLD, 'spin-sqlite': PORTS_HOLD } },
  { name: 'without keys', on: ['workers-d1', 'spin-postgres'], command: node(scenario('unconfigured')),
    elsewhere: { 'workers-postgres': PORTS_HOLD, 'spin-sqlite': PORTS_HOLD } },

  { name: 'scenarios: quotas, live, isolation', on: COMBINATIONS, timed: true,
    command: onSystem(...oneByOne(ON_ALL.map(scenario))) },
  { name: 'scenarios', on: ['workers-d1', 'spin-postgres'], command: onSystem(...oneByOne(ON_TWO.map(scenario))),
    elsewhere: { 'workers-postgres': PORTS_HOLD, 'spin-sqlite': PORTS_HOLD } },
  { name: 'OpenAPI, by Schemathesis', on: ['workers-d1'], needs: ['packages: host'], command: onSystem('node', 'tests/schemathesis/run.mjs'),
    elsewhere: { 'workers-postgres': 'the same handlers', 'spin-sqlite': 'the same handlers', 'spin-postgres': 'the same handlers' } },
  { name: "browser: the widget's live channel", on: ['workers-d1', 'spin-postgres'], needs: ['packages: host'], browser: true, timed: true,
    command: onSystem(...oneByOne(WIDGET_LIVE.map(browser))),
    elsewhere: { 'workers-postgres': SAME_BYTES, 'spin-sqlite': 'the same bytes as on spin-postgres' } },
  { name: 'browser: widget and console', on: ['workers-d1'], needs: ['packages: host'], browser: true, timed: true,
    command: onSystem(...oneByOne([...WIDGET, ...CONSOLE].map(browser))),
    elsewhere: { 'workers-postgres': SAME_BYTES, 'spin-sqlite': SAME_BYTES, 'spin-postgres': SAME_BYTES } },
  { name: 'contract', on: COMBINATIONS, needs: (on) => [`app of the contract: ${runtimeOf(on)}`],
    command: (on) => { const [runtime, database] = on.split('-'); return ['node', `tests/contract-${runtime}/run.mjs`, '--built', '--database', database]; } },

  { name: 'sizes', on: 'Workers', tests: false, needs: ['functions: Workers'], command: ['scripts/check-sizes'] },
  { name: 'sizes', on: 'Spin', tests: false, needs: ['components: Spin'], command: ['scripts/check-sizes', '--spin'] },
  { name: 'start of the functions', on: 'Workers', tests: false, timed: true, needs: ['functions: Workers'], command: ['scripts/check-startup'] },
];
