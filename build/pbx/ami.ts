import { once } from 'node:events'
import { connect } from 'node:net'
import { createAmiReader, writeAction, type AmiMessage } from './ami-message.ts'
import { createHearing, type Heard, type Hearing } from './hearing.ts'

type Fields = Readonly<Record<string, string>>

/** A signed-in connection to Asterisk's manager interface. */
export type Ami = {
  /** Does one action; answers its response. Throws what Asterisk says where it refuses (`Response: Error`). */
  act(action: string, fields?: Fields): Promise<AmiMessage>
  /** An action that answers by a list of events (`EventList: start` … `EventList: Complete`): those events. */
  list(action: string, fields?: Fields): Promise<readonly AmiMessage[]>
  /** Events from now on. */
  listen(): Hearing
  close(): Promise<void>
}

type Open = {
  resolve(messages: readonly AmiMessage[]): void
  reject(error: Error): void
  readonly list: boolean
  readonly got: AmiMessage[]
}

/**
 * Connects to 127.0.0.1:`port` and signs in. Answers when Asterisk has told that it is fully booted, which it tells
 * to whoever signs in (event FullyBooted).
 */
export async function connectAmi(port: number, user: string, secret: string): Promise<Ami> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  const open = new Map<string, Open>()
  const listeners = new Set<Heard>()
  let serial = 0

  /** Events that belong to an action are its answer; all others are for those who listen. */
  function told(message: AmiMessage): void {
    const id = message['ActionID']
    const action = id === undefined ? undefined : open.get(id)
    if (action === undefined || id === undefined) {
      if (message['Event'] !== undefined) for (const listener of listeners) listener.tell(message)
      return
    }
    action.got.push(message)
    const refused = message['Response'] === 'Error'
    if (action.list && !refused && message['EventList'] !== 'Complete') return
    open.delete(id)
    if (refused) action.reject(new Error(message['Output'] ?? message['Message'] ?? 'refused'))
    else action.resolve(action.got)
  }

  function send(action: string, fields: Fields, list: boolean): Promise<readonly AmiMessage[]> {
    const id = String(++serial)
    const text = writeAction(action, id, fields)
    return new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(new Error('the manager connection is over'))
      open.set(id, { resolve, reject, list, got: [] })
      socket.write(text)
    })
  }

  function over(why: Error): void {
    for (const action of open.values()) action.reject(why)
    open.clear()
    for (const listener of listeners) listener.end(why)
  }

  function listen(): Hearing {
    const heard = createHearing()
    listeners.add(heard)
    if (socket.destroyed) heard.end(new Error('the manager connection is over'))
    return heard.hearing
  }

  const greeted = new Promise<void>((resolve, reject) => {
    socket.on('data', createAmiReader({ greeted: () => resolve(), told }))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the manager connection closed without a greeting')))
  })
  socket.on('error', over)
  socket.once('close', () => over(new Error('the manager connection closed')))

  await greeted
  const booted = listen().until('FullyBooted')
  // One that is refused below is never waited for.
  booted.catch(() => undefined)
  const act = async (action: string, fields: Fields = {}): Promise<AmiMessage> =>
    (await send(action, fields, false))[0] ?? {}
  try {
    await act('Login', { Username: user, Secret: secret })
  } catch (error) {
    socket.destroy()
    throw error
  }
  await booted
  return {
    act,
    list: async (action, fields = {}) => {
      const messages = await send(action, fields, true)
      return messages.filter(({ Event, EventList }) => Event !== undefined && EventList !== 'Complete')
    },
    listen,
    close: async () => {
      if (socket.destroyed) return
      const closed = once(socket, 'close')
      socket.end()
      socket.destroySoon()
      await closed
    },
  }
}
