/** What is said of a failure of the database, or of a file, to who runs central. */
import { sqlState } from './db.ts'

const UNREACHABLE = '连不上数据库 · the database cannot be reached'
const NO_TABLES = '这个库里还没有中心的表，先启动一个节点 · central has no tables here yet: start a node first'

const known: Readonly<Record<string, string>> = {
  // PostgreSQL
  '28000': '数据库不许这个账号连接 · the database does not let this login in',
  '28P01': '数据库的账号或密码不对 · the login of the database, or its password, is wrong',
  '3D000': '没有这个数据库 · there is no such database',
  '42P01': NO_TABLES,
  '53300': '数据库的连接已用完 · the database has no connection left',
  '57P03': '数据库正在启动或关闭，稍后再试 · the database starts or closes: try again later',
  // the way to it
  ...Object.fromEntries(
    ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'].map((code) => [
      code,
      UNREACHABLE,
    ]),
  ),
  CONNECT_TIMEOUT: UNREACHABLE,
  CONNECTION_CLOSED: UNREACHABLE,
  dbUnavailable: UNREACHABLE,
  EADDRINUSE: '端口已被占用 · the port is taken',
  EADDRNOTAVAIL: '本机没有这个地址 · this machine has no such address',
  // Its own message quotes it, with the password.
  ERR_INVALID_URL: '数据库地址写得不对，应如 postgres://用户@主机/库名 · not the URL of a database',
  // files
  EACCES: '没有权限 · no permission',
  EISDIR: '这是文件夹，不是文件 · a folder, not a file',
  ENOENT: '没有这个文件或文件夹 · no such file or folder',
  ENOSPC: '磁盘已满 · the disk is full',
  EPERM: '没有权限 · no permission',
  EROFS: '磁盘是只读的 · the disk can only be read',
}

/**
 * What to say of a failure to who runs a command; null where it is none of theirs but a bug of ours. Of a value that
 * PostgreSQL could not read it is silent, for that may be a citizen's.
 */
export function wordsOf(error: unknown): string | null {
  const state = sqlState(error)
  if (state?.startsWith('22') === true) return `PostgreSQL ${state}`
  if (!(error instanceof Error)) return null
  const code = state ?? ('code' in error && typeof error.code === 'string' ? error.code : '')
  const words = known[code]
  // Where each of several addresses failed Node's own message is empty.
  if (words !== undefined) return code === 'ERR_INVALID_URL' ? words : `${words}: ${error.message || code}`
  return state === null ? null : `PostgreSQL ${state}: ${error.message}`
}
