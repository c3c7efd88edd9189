/** A database URL as PostgreSQL takes it, also of several hosts with ports (`postgres://user@db1:5432,db2:5432/name`). */

const shape = /^(postgres(?:ql)?:\/\/[^/?]*)\/([^?]*)(\?.*)?$/

function split(url: string): { server: string; name: string; options: string } {
  const [, server, name, options = ''] = shape.exec(url) ?? []
  if (server === undefined || name === undefined || name === '')
    throw new Error('数据库地址里没有库名 · a database URL names its database')
  return { server, name, options }
}

/** The name of the database; throws where the URL names none. */
export function databaseName(url: string): string {
  return decodeURIComponent(split(url).name)
}

/** The name of the database, or null where the URL leaves it to the login's. */
export function namedDatabase(url: string): string | null {
  const name = shape.exec(url)?.[2] ?? ''
  return name === '' ? null : decodeURIComponent(name)
}

/** The URL of another database on the same server. */
export function onServer(url: string, name: string): string {
  const { server, options } = split(url)
  return `${server}/${encodeURIComponent(name)}${options}`
}

const hostsShape = /^([a-z]+:\/\/(?:[^/?]*@)?)([^/?]*)(.*)$/

/** A URL for each of the hosts. */
export function eachHost(url: string): string[] {
  const [, before = '', hosts = '', behind = ''] = hostsShape.exec(url) ?? []
  return hosts.split(',').map((host) => `${before}${host}${behind}`)
}

/** The URL with those of its hosts alone whose place among them is wanted. */
export function onHosts(url: string, isWanted: (index: number) => boolean): string {
  const [, before = '', hosts = '', behind = ''] = hostsShape.exec(url) ?? []
  const wanted = hosts.split(',').filter((_, index) => isWanted(index))
  return `${before}${wanted.join(',')}${behind}`
}

/**
 * For PostgreSQL's own tools: of several hosts the primary, for a standby may hang behind; and the password apart, for
 * whoever is on the machine can read a command line.
 */
export function forTools(url: string): { readonly dbname: string; readonly env: Readonly<Record<string, string>> } {
  const { server, name, options } = split(url)
  const [, scheme = '', user = '', inUser, hosts = ''] =
    /^([a-z]+:\/\/)(?:([^:@]*)(?::([^@]*))?@)?(.*)$/.exec(server) ?? []
  const parts = options.slice(1).split('&')
  const named = parts.find((part) => part.startsWith('password='))?.slice('password='.length)
  const kept = parts.filter((part) => part !== '' && !part.startsWith('password='))
  const password = named ?? inUser
  return {
    dbname: `${scheme}${user === '' ? '' : `${user}@`}${hosts}/${name}?${[...kept, 'target_session_attrs=primary'].join('&')}`,
    env: password === undefined ? {} : { PGPASSWORD: decodeURIComponent(password) },
  }
}
