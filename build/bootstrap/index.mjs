// The bootstrap as a whole: says what is needed, gets what is missing, answers with the environment for the children.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureAsterisk } from './asterisk.mjs'
import { ensureChromium } from './chromium.mjs'
import { startDisplay } from './display.mjs'
import { ensureElectron } from './electron.mjs'
import { ensureNode24 } from './node24.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureSqlite } from './sqlite.mjs'
import { createSteps } from './steps.mjs'
import { ensureSystem, postgresBin } from './system.mjs'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')

/**
 * Makes sure of the parts asked for (`node24`, `packages`, `electron`, `sqlite`, `asterisk`, `chromium` are booleans; `system` is a list of
 * 'electron' 'display' 'fonts' 'postgres'; 'display' also starts one where there is none) and returns
 * { root, node, electron, sqliteBinding, asterisk, chromium, display, env, step, stop() }.
 * `base` is an earlier result: what it has is not looked at again. `moreSteps` are the caller's own, run by `step`.
 */
export async function ensure({ root = ROOT, base = {}, moreSteps = 0, ...asked }) {
  const found = { ...base, root }
  const system = asked.system ?? []
  const plan = [
    [
      'Node 24',
      (asked.node24 || asked.electron) && !base.node,
      async (progress) => {
        found.node = await ensureNode24(progress)
      },
    ],
    [
      'npm 依赖',
      (asked.packages || asked.electron) && !base.packages,
      async (progress) => {
        await ensurePackages({ root, progress })
        found.packages = true
      },
    ],
    [
      'Electron',
      asked.electron && !base.electron,
      async (progress) => {
        found.electron = await ensureElectron({ root, node: found.node, progress })
      },
    ],
    [
      '系统库',
      system.length > 0,
      async (progress) => {
        await ensureSystem(system, { progress, electron: found.electron?.path })
        if (system.includes('postgres')) found.postgres = postgresBin()
      },
    ],
    [
      'better-sqlite3',
      asked.sqlite && base.sqliteBinding === undefined,
      async (progress) => {
        found.sqliteBinding = await ensureSqlite({ root, electron: found.electron, progress })
      },
    ],
    [
      'Asterisk 22',
      asked.asterisk && !base.asterisk,
      async (progress) => {
        found.asterisk = await ensureAsterisk(progress)
      },
    ],
    [
      'Chromium',
      asked.chromium && !base.chromium,
      async (progress) => {
        found.chromium = await ensureChromium(progress)
      },
    ],
  ].filter(([, needed]) => needed)

  const steps = createSteps(plan.length + moreSteps)
  for (const [name, , work] of plan) await steps.step(name, work)
  if (system.includes('display') && !base.display) found.display = await startDisplay()
  return {
    ...found,
    step: (name, work) => steps.step(name, work),
    env: environment(found),
    stop: async () => found.display?.stop(),
  }
}

/** The variables to pass on; without a value where nothing was asked for. */
function environment({ node, electron, sqliteBinding, asterisk, chromium, display, postgres }) {
  const env = {
    ...process.env,
    ...display?.env,
    SANXIN_NODE: node,
    SANXIN_ELECTRON_PATH: electron?.path,
    SANXIN_ELECTRON_VERSION: electron?.version,
    SANXIN_ELECTRON_KIND: electron?.kind,
    // Empty: the binary that better-sqlite3 brings serves.
    SANXIN_SQLITE_BINDING: sqliteBinding === undefined ? undefined : (sqliteBinding ?? ''),
    SANXIN_ASTERISK: asterisk ?? process.env.SANXIN_ASTERISK,
    SANXIN_CHROMIUM: chromium ?? process.env.SANXIN_CHROMIUM,
    SANXIN_POSTGRES_BIN: postgres ?? process.env.SANXIN_POSTGRES_BIN,
    // electron-vite reads these two.
    ELECTRON_EXEC_PATH: electron?.path,
    ELECTRON_MAJOR_VER: electron && String(electron.major),
    // A child that calls "node" gets the same one.
    PATH: node ? `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` : process.env.PATH,
  }
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
}
