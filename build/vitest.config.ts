import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const durability = 'tests/durability/**/*.test.ts'
const simulation = 'tests/simulation/**/*.test.ts'
const root = new URL('..', import.meta.url).pathname
/** What is waited for comes in its own time: vitest's second for a poll would time the machine. */
const common = { root, expect: { poll: { timeout: 20_000 } } }

/** What runs longest, the longest first: minutes, and half a minute or more. */
const LONG = [
  /\/tests\/contract\/|\/admin-views\.portal/,
  /\/(?:promotion|two-primaries|ledger-command|server|nodes|restore-[a-z]+)\.pg|\/(?:articles|trouble|admin-tables|views)\.portal/,
]
const turnOf = ({ moduleId }: TestSpecification) => {
  const turn = LONG.findIndex((one) => one.test(moduleId))
  return turn < 0 ? LONG.length : turn
}

/** Vitest begins with large files, and those that run longest are small here: last, each would run alone for minutes. */
class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => turnOf(a) - turnOf(b)))
  }
}

/** Those of what lives as long as its page or its process, as the desk's stores: each file has a process of its own. */
const alone = 'tests/{desk,phone,practice}/**/*.test.ts'

/**
 * `unit` and `unit-alone` need nothing, `pg` a PostgreSQL server, `durability` strace and patience, `simulation` patience
 * alone, `portal` Chromium besides PostgreSQL, `e2e` the real Electron besides it, `pbx` an Asterisk besides both. What
 * waits for windows and sound runs one file at a time, all else two.
 */
export default defineConfig({
  root,
  test: {
    // By itself vitest leaves one core free, which on two cores is half of them.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          ...common,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.pg.test.ts', 'tests/e2e/**', alone, durability, simulation],
          testTimeout: 30_000,
          // To start a process for each, and to read the same modules anew, takes longer than they do.
          isolate: false,
        },
      },
      {
        test: {
          name: 'unit-alone',
          ...common,
          include: [alone],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pg',
          ...common,
          include: ['tests/**/*.pg.test.ts'],
          globalSetup: 'tests/support/prepare-postgres.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'durability',
          ...common,
          include: [durability],
          testTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'simulation',
          ...common,
          include: [simulation],
          testTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'pbx',
          ...common,
          include: ['tests/pbx/**/*.pbx.ts'],
          globalSetup: 'tests/support/load-demo.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'portal',
          ...common,
          include: ['tests/portal/**/*.portal.ts'],
          globalSetup: 'tests/portal/prepare.ts',
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          ...common,
          include: ['tests/e2e/**/*.e2e.ts'],
          globalSetup: 'tests/support/load-demo.ts',
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
