import type { Mutation, SyncRequest } from './protocol.ts'

/** A request as it goes over the wire: JSON, with each mutation on a line of its own, so that central reads each by itself. */
export function requestText({ mutations, ...head }: SyncRequest): string {
  return `${JSON.stringify(head).slice(0, -1)},"mutations":[\n${linesOf(mutations)}]}`
}

/** The lines of these mutations; nothing where there are none. */
export function linesOf(mutations: readonly Mutation[]): string {
  return mutations.length === 0 ? '' : `${mutations.map((one) => JSON.stringify(one)).join(',\n')}\n`
}
