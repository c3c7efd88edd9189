import { defineConfig } from 'vitest/config'

const slow = ['tests/durability/**/*.test.ts', 'tests/simulation/**/*.test.ts']
const root = new URL('..', import.meta.url).pathname

/**
 * `unit` needs nothing, `pg` a PostgreSQL server, `durability` strace and patience, `e2e` the real Electron, `pbx` an Asterisk
 * besides;
 * all but `unit` run one file at a time.
 */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          root,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.pg.test.ts', 'tests/e2e/**', ...slow],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pg',
          root,
          include: ['tests/**/*.pg.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'durability',
          root,
          include: slow,
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'pbx',
          root,
          include: ['tests/pbx/**/*.pbx.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'portal',
          root,
          include: ['tests/portal/**/*.portal.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          root,
          include: ['tests/e2e/**/*.e2e.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
