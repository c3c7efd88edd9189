import type { Connection } from './connection.ts'
import type { Timers } from './timers.ts'
import { parseUri } from './sip-address.ts'

/** Where a user is reached now. */
export interface Binding {
  user: string
  connection: Connection
  contact: string
  instance: string
  until: number
  sipCallId: string
  sequence: number
}

/** One contact a user: the newest registration wins, whatever socket it came by. */
export interface Registrar {
  /** Null when the request is older than what is bound, or the table is full. */
  bind(binding: Omit<Binding, 'until'>, expiresSeconds: number): Binding | null
  /** Removes the user's binding if the contact (or `*`) is the bound one. */
  unbind(user: string, contact: string): boolean
  lookup(user: string): Binding | null
  /** Removes and returns the users of a socket that died. */
  dropConnection(connection: Connection): string[]
  /** Removes and returns the users whose time is over. */
  sweep(): string[]
  users(): string[]
}

/** Makes an empty registrar. */
export function createRegistrar(timers: Timers, bindingsMax = 1000): Registrar {
  const bindings = new Map<string, Binding>()

  function bind(binding: Omit<Binding, 'until'>, expiresSeconds: number): Binding | null {
    const old = bindings.get(binding.user)
    if (
      old &&
      old.sipCallId === binding.sipCallId &&
      old.connection === binding.connection &&
      old.sequence >= binding.sequence
    )
      return null
    if (!old && bindings.size >= bindingsMax) return null
    const bound = { ...binding, until: timers.now() + expiresSeconds * 1000 }
    bindings.set(binding.user, bound)
    return bound
  }

  function unbind(user: string, contact: string): boolean {
    const old = bindings.get(user)
    // A phone that was replaced says goodbye late: that must not take its successor off the list.
    if (!old || (contact !== '*' && !sameContact(contact, old.contact))) return false
    return bindings.delete(user)
  }

  function remove(which: (binding: Binding) => boolean): string[] {
    const gone = [...bindings.values()].filter(which).map((binding) => binding.user)
    for (const user of gone) bindings.delete(user)
    return gone
  }

  return {
    bind,
    unbind,
    lookup: (user) => {
      const binding = bindings.get(user)
      return binding && binding.until > timers.now() && binding.connection.open ? binding : null
    },
    dropConnection: (connection) => remove((binding) => binding.connection === connection),
    sweep: () => remove((binding) => binding.until <= timers.now()),
    users: () => [...bindings.keys()],
  }
}

/** Whether two contact URIs name the same telephone: same user, same host. */
export function sameContact(a: string, b: string): boolean {
  const left = parseUri(a)
  const right = parseUri(b)
  return left !== null && right !== null && left.user === right.user && left.host === right.host
}
