/** Which tables hold, of some that are named: the newest of each, or the one that comes with the program. Pure. */
import type { RuleTable } from '../sync/protocol.ts'

/** What is read of a table to know which holds. */
type Readable = {
  readonly schema: { safeParse(body: unknown): { readonly success: boolean; readonly data?: unknown } }
  readonly shipped: unknown
}

export type Bodies<T extends Readonly<Record<string, Readable>>> = { readonly [N in keyof T]: T[N]['shipped'] }

/** Tables that hold together, each with its version: 0 for what comes with the program. */
export type Holding<B> = {
  readonly bodies: B
  readonly versions: { readonly [N in keyof B]: number }
}

/** Those that come with the program, and `take`: those that hold where some are newer. */
export function createHolding<T extends Readonly<Record<string, Readable>>>(tables: T) {
  const names = Object.keys(tables)
  const mapNames = (of: (name: string) => unknown) => Object.fromEntries(names.map((name) => [name, of(name)]))
  const shipped = {
    bodies: mapNames((name) => tables[name]?.shipped),
    versions: mapNames(() => 0),
  } as Holding<Bodies<T>>

  /** One that this program does not understand leaves what comes with it, and is told. */
  function take(newer: readonly RuleTable[], strange: (table: RuleTable) => void): Holding<Bodies<T>> {
    const byName = new Map(newer.map((one) => [one.name, one]))
    const read = names.flatMap((name) => {
      const found = byName.get(name)
      if (found === undefined) return []
      const parsed = tables[name]?.schema.safeParse(found.body)
      if (parsed?.success !== true) {
        strange(found)
        return []
      }
      return [{ name, body: parsed.data, version: found.version }]
    })
    return {
      bodies: { ...shipped.bodies, ...Object.fromEntries(read.map(({ name, body }) => [name, body])) },
      versions: { ...shipped.versions, ...Object.fromEntries(read.map(({ name, version }) => [name, version])) },
    }
  }

  return { shipped, take }
}
