import type { SyncRequest } from './protocol.ts'

type Sent = Omit<SyncRequest, 'mutations'> & { readonly mutations: readonly unknown[] }

/** A request as it goes over the wire: JSON, with each mutation on a line of its own, so that central reads each by itself. */
export function requestText({ mutations, ...head }: Sent): string {
  return `${JSON.stringify(head).slice(0, -1)},"mutations":[\n${linesOf(mutations)}]}`
}

/** The lines of these mutations; nothing where there are none. */
export function linesOf(mutations: readonly unknown[]): string {
  return mutations.length === 0 ? '' : `${mutations.map((one) => JSON.stringify(one)).join(',\n')}\n`
}
