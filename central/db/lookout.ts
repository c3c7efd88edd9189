/** Looks at all hosts of a URL, for a pool that has found its primary asks no other, and another may have been promoted. */
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import type { Value } from './db.ts'
import { eachHost, onHosts } from './database-url.ts'
import { createDialer, type Dialer } from './dialer.ts'
import { createPrimaries, selectPrimary, type Primaries, type Primary } from './primary.ts'

const LOOK_MS = 5000
const CONNECT_S = 2

export type Lookout = {
  /** When each host was looked at for the first time. */
  readonly first: Promise<void>
  /** Whether this one of the hosts was, when it was looked at last, a primary that another has taken the place of. */
  isStale(index: number): boolean
  hasStale(): boolean
  close(): Promise<void>
}

/**
 * Looks at the host of each URL at once and every `everyMs` (5000), by one connection each, and tells `primaries`. A host that does not answer, and a standby, are none.
 */
export function createLookout(urls: readonly string[], primaries: Primaries, everyMs: number = LOOK_MS): Lookout {
  /** Ends the wait for each host: it hung up, and the library would go on asking. */
  const hangUps: (() => void)[] = []
  const connectTo = (url: string, index: number): postgres.Sql => {
    // A server that hangs up on whoever comes is asked once a look.
    const dialer = createDialer(1, undefined, everyMs)
    const options = {
      max: 1,
      connect_timeout: CONNECT_S,
      onnotice: () => undefined,
      connection: { application_name: 'sanxin-lookout', statement_timeout: CONNECT_S * 1000 },
      socket: async (to: Parameters<Dialer['dial']>[0]) =>
        (await dialer.dial(to)).once('close', () => hangUps[index]?.()),
    }
    return postgres(url, options)
  }
  const hosts = urls.map(connectTo)
  const seen: (Primary | null)[] = []
  let closed = false
  const ask = (host: postgres.Sql): Promise<Primary | null> => {
    const query = async <Row>(text: string, params: readonly Value[] = []) =>
      [...(await host.unsafe(text, [...params]))] as unknown as Row[]
    return selectPrimary({ query }).catch(() => null)
  }
  const asked: (Promise<void> | undefined)[] = []
  const look = async (host: postgres.Sql, index: number): Promise<void> => {
    // Where there was no answer yet nothing more is asked.
    asked[index] ??= ask(host).then((primary) => {
      asked[index] = undefined
      seen[index] = primary
      if (primary !== null) primaries.saw(primary)
    })
    const hungUp = new Promise<void>((resolve) => void (hangUps[index] = resolve))
    await Promise.race([asked[index], hungUp, pause(CONNECT_S * 1000, undefined, { ref: false })])
  }
  const isStale = (index: number) => {
    const primary = seen[index] ?? null
    return primary !== null && primaries.isStale(primary)
  }
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<void> => {
    await Promise.all(hosts.map(look))
    if (!closed) timer = setTimeout(() => void round(), everyMs).unref()
  }
  return {
    first: round(),
    isStale,
    hasStale: () => hosts.some((_, index) => isStale(index)),
    close: async () => {
      closed = true
      clearTimeout(timer)
      await Promise.all(hosts.map((host) => host.end({ timeout: 1 })))
    },
  }
}

/** For tools that take whichever primary answers first: the URL without the hosts of those that another has taken the place of. */
export async function withoutStale(url: string): Promise<string> {
  const hosts = eachHost(url)
  if (hosts.length === 1) return url
  const lookout = createLookout(hosts, createPrimaries())
  try {
    await lookout.first
    return onHosts(url, (index) => !lookout.isStale(index))
  } finally {
    await lookout.close()
  }
}
