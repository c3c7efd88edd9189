import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

/** Three projects: `unit` needs nothing, `pg` a PostgreSQL server, `e2e` the real Electron, one test at a time. */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          root,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.pg.test.ts', 'tests/e2e/**'],
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
