/** Sixty desks that hear of a change, and the bare broadcast under it. */
import WebSocket from 'ws'
import { must } from '../../../shared/errors.ts'
import type { Ground } from './ground.ts'
import { caseMutation, newCase } from './mutations.ts'
import { enrolDesk, followFeed, type ThinDesk } from './thin-desk.ts'

export type Ring = {
  /** From the change on one desk until the last of the others has it, in ms. */
  change(): Promise<number>
  /** The same sign by a bare broadcast, and then one pull of one change. */
  floor(): Promise<number>
  close(): void
}

/** Lets a desk have a hand in a case of newCase(), without a change to it: from then on it is told of the case. */
export async function haveAHand(desk: ThinDesk, caseId: string): Promise<void> {
  const edit = { group: 'classification', value: { kind: 'help', code: '0101' } } as const
  await desk.sync([caseMutation({ type: 'case.edit', caseId, base: { revision: 1 }, edits: [edit] })])
}

async function openFloor(ground: Ground, count: number) {
  const { port } = await ground.helper('broadcaster.ts').said('listening')
  const sockets: WebSocket[] = []
  let heard = () => {}
  for (let index = 0; index <= count; index++) {
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}`)
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    if (index > 0) socket.on('message', () => heard())
    sockets.push(socket)
  }
  return {
    broadcast: () =>
      new Promise<void>((resolve) => {
        let missing = count
        heard = () => {
          missing -= 1
          if (missing === 0) resolve()
        }
        must(sockets[0], 'who says it').send(JSON.stringify({ type: 'changed', head: 1 }))
      }),
    close: () => {
      for (const socket of sockets) socket.terminate()
    },
  }
}

/** A case, one desk that changes it, and `count` others that follow it on /live. */
export async function openRing(ground: Ground, url: string, count: number): Promise<Ring> {
  const author = await enrolDesk(url)
  const { caseId, mutations } = newCase(author.deskCode)
  const { answers } = await author.sync(mutations)
  let revision = must(answers.at(-1)?.revision, 'the revision')
  let last = must(mutations.at(-1), 'a mutation').id
  let edits = 0
  let wanted = Number.MAX_SAFE_INTEGER
  let missing = 0
  let arrived = () => {}

  const listeners: { close(): void }[] = []
  for (let index = 0; index < count; index++) {
    const desk = await enrolDesk(url)
    await haveAHand(desk, caseId)
    await desk.pullAll()
    const listening = await followFeed(desk, ({ changes }) => {
      const has = changes.some((one) => one.kind === 'case' && one.caseId === caseId && one.events.length >= wanted)
      if (!has) return
      missing -= 1
      if (missing === 0) arrived()
    })
    listeners.push(listening)
  }

  const edit = () => {
    edits += 1
    const value = { district: '蓬江区', street: null, address: `白沙大道${edits}号` }
    const base = { mutation: last }
    const mutation = caseMutation({ type: 'case.edit', caseId, base, edits: [{ group: 'place', value }] })
    last = mutation.id
    return mutation
  }
  const bare = await openFloor(ground, count)
  const close = () => {
    for (const listening of listeners) listening.close()
    bare.close()
  }
  ground.closing(close)
  return {
    change: async () => {
      revision += 1
      wanted = revision
      missing = count
      const all = new Promise<void>((resolve) => (arrived = resolve))
      const before = performance.now()
      void author.sync([edit()])
      await all
      return performance.now() - before
    },
    floor: async () => {
      const before = performance.now()
      await bare.broadcast()
      await author.sync()
      return performance.now() - before
    },
    close,
  }
}
