import os from 'node:os'
import path from 'node:path'

/** The folder that keeps what the bootstrap fetched: $SANXIN_CACHE, else the system's place for caches. */
export function cacheFolder(env = process.env) {
  if (env.SANXIN_CACHE) return path.resolve(env.SANXIN_CACHE)
  if (process.platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'), 'sanxin')
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'sanxin')
}
