import { join } from 'node:path'
import { readSettings, type Settings } from '../shared/settings.ts'

/** What the launcher hands to the app: checked settings, and which runtime it runs on. */
export type Environment = {
  readonly settings: Settings
  readonly runtime: 'official' | 'override' | 'test'
  readonly sqliteBinding: string | null
  readonly dataDir: string
}

/** Reads the environment; `fallbackDir` is where data goes when no folder is set. Throws on wrong settings. */
export function readEnvironment(env: NodeJS.ProcessEnv, fallbackDir: string): Environment {
  const { settings, problems } = readSettings({}, env, {})
  if (settings === null) throw new Error(problems.map(({ where, problem }) => `${where}: ${problem}`).join('\n'))
  const kind = env['SANXIN_ELECTRON_KIND']
  return {
    settings,
    runtime: kind === 'test' || kind === 'override' ? kind : 'official',
    sqliteBinding: env['SANXIN_SQLITE_BINDING'] || null,
    dataDir: settings.dataDir ?? join(fallbackDir, 'data'),
  }
}
