/** A database URL as PostgreSQL takes it, also of several hosts with ports (`postgres://user@db1:5432,db2:5432/name`). */

const shape = /^(postgres(?:ql)?:\/\/[^/?]*)\/([^?]*)(\?.*)?$/

function split(url: string): { server: string; name: string; options: string } {
  const [, server, name, options = ''] = shape.exec(url) ?? []
  if (server === undefined || name === undefined || name === '') throw new Error('a database URL names its database')
  return { server, name, options }
}

/** The name of the database. */
export function databaseName(url: string): string {
  return decodeURIComponent(split(url).name)
}

/** The URL of another database on the same server. */
export function onServer(url: string, name: string): string {
  const { server, options } = split(url)
  return `${server}/${encodeURIComponent(name)}${options}`
}

/** For PostgreSQL's own tools: of several hosts the primary, for a standby may hang behind. */
export function atPrimary(url: string): string {
  const { options } = split(url)
  return `${url}${options === '' ? '?' : '&'}target_session_attrs=primary`
}
