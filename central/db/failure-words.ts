/** What is said of a failure of the database, or of a file, to who runs central. */
import { sqlState } from './db.ts'

const UNREACHABLE = '连不上数据库 · the database cannot be reached'
const BROKEN =
  '与数据库的连接断了，做没做成并不确定 · the connection to the database broke: whether it was done is not known'
const NO_TABLES = '这里还没有中心的表，先启动一个节点 · central has no tables here yet: start a node first'
const CERTIFICATE = '数据库的证书不可信 · the certificate of the database is not trusted'
const NO_URL = '数据库地址写得不对，应如 postgres://用户@主机/库名 · not the URL of a database'

const each = (codes: readonly string[], words: string) => Object.fromEntries(codes.map((code) => [code, words]))

const known: Readonly<Record<string, string>> = {
  // PostgreSQL
  '28000': '数据库不许这个账号连接 · the database does not let this login in',
  '28P01': '数据库的账号或密码不对 · the login of the database, or its password, is wrong',
  '3D000': '没有这个数据库 · there is no such database',
  '42P01': NO_TABLES,
  '53300': '数据库的连接已用完 · the database has no connection left',
  '57P03': '数据库正在启动或关闭，稍后再试 · the database starts or closes: try again later',
  // the way to it
  ...each(['CONNECT_TIMEOUT', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'], UNREACHABLE),
  ...each(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED', 'ECONNRESET', 'EPIPE'], BROKEN),
  ...each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'], CERTIFICATE),
  ...each(['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'], CERTIFICATE),
  dbUnavailable: '没有可写的主库应答 · no primary of the database answers',
  stalePrimary: '这个主库已被另一个取代 · another primary has taken the place of this one',
  // files
  EACCES: '没有权限 · no permission',
  EISDIR: '这是文件夹，不是文件 · a folder, not a file',
  ENOENT: '没有这个文件或文件夹 · no such file or folder',
  ENOSPC: '磁盘已满 · the disk is full',
  EPERM: '没有权限 · no permission',
  EROFS: '磁盘是只读的 · the disk can only be read',
}

/** Of these nothing more is said: what Node says beside may be of the address, and that has the password. */
const bare: Readonly<Record<string, string>> = {
  ...each(['EAI_AGAIN', 'ENOTFOUND'], UNREACHABLE),
  ...each(['ERR_INVALID_URL', 'URIError'], NO_URL),
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : error.name)

/**
 * What to say of a failure to who runs a command; null where no words are known for it. Of a value that PostgreSQL could
 * not read it is silent, for that may be a citizen's.
 */
export function wordsOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const state = sqlState(error)
  // The role of a transaction, which a server has from its first node on.
  if (state === '22023' && error.message.startsWith('role "')) return `${NO_TABLES}: ${error.message}`
  if (state?.startsWith('22') === true) return `PostgreSQL ${state}`
  const code = state ?? codeOf(error)
  if (bare[code] !== undefined) return `${bare[code]} (${code})`
  // Where each of several addresses failed Node's own message is empty.
  if (known[code] !== undefined) return `${known[code]}: ${error.message || code}`
  return state === null ? null : `PostgreSQL ${state}: ${error.message}`
}
