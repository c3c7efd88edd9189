/** Sixty desks that hear of a change, and the bare broadcast under it. */
import WebSocket from 'ws'
import { must } from '../../../shared/errors.ts'
import type { Ground } from './ground.ts'
import { caseMutation, newCase } from './mutations.ts'
import { enrolDesk, followFeed, type ThinDesk } from './thin-desk.ts'

/** So many, that in a whole bench each is changed about as often as one in an office. */
const CASES = 13

export type Ring = {
  /** From the change on one desk until the last of the others has it, in ms. */
  change(): Promise<number>
  /** The same sign by a bare broadcast, and then one pull, by a desk that is told of nothing, of the change before. */
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
    if (index > 0)
      socket.on('message', (data: Buffer) => {
        // As a desk does: what is heard is read.
        JSON.parse(data.toString())
        heard()
      })
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

/** A case that is changed now and then, and what stands of it. */
type Changing = { readonly caseId: string; last: string; revision: number }

async function openCase(author: ThinDesk): Promise<Changing> {
  const { caseId, mutations } = newCase(author.deskCode)
  const { answers } = await author.sync(mutations)
  return {
    caseId,
    last: must(mutations.at(-1), 'a mutation').id,
    revision: must(answers.at(-1)?.revision, 'the revision'),
  }
}

/**
 * Cases in their turn, one desk that changes them, and `count` others that follow them on /live. Of several, for a case
 * that is changed sixty times is told with sixty changes each time: no case in an office has so many.
 */
export async function openRing(ground: Ground, url: string, count: number): Promise<Ring> {
  const author = await enrolDesk(url)
  const cases: Changing[] = []
  while (cases.length < CASES) cases.push(await openCase(author))
  let edits = 0
  let wanted: Changing | null = null
  let missing = 0
  let arrived = () => {}
  const follower = async (): Promise<ThinDesk> => {
    const desk = await enrolDesk(url)
    for (const { caseId } of cases) await haveAHand(desk, caseId)
    await desk.pullAll()
    return desk
  }

  const listeners: { close(): void }[] = []
  for (let index = 0; index < count; index++) {
    const listening = await followFeed(await follower(), ({ changes }) => {
      const has = changes.some(
        (one) => one.kind === 'case' && one.caseId === wanted?.caseId && one.events.length >= wanted.revision,
      )
      if (!has) return
      missing -= 1
      if (missing === 0) arrived()
    })
    listeners.push(listening)
  }

  const edit = (one: Changing) => {
    edits += 1
    const value = { district: '蓬江区', street: null, address: `白沙大道${edits}号` }
    const base = { mutation: one.last }
    const edited = [{ group: 'place', value }] as const
    const mutation = caseMutation({ type: 'case.edit', caseId: one.caseId, base, edits: [...edited] })
    one.last = mutation.id
    one.revision += 1
    return mutation
  }
  const reader = await follower()
  const bare = await openFloor(ground, count)
  const close = () => {
    for (const listening of listeners) listening.close()
    bare.close()
  }
  ground.closing(close)
  return {
    change: async () => {
      const one = must(cases[edits % CASES], 'a case')
      const mutation = edit(one)
      wanted = one
      missing = count
      const all = new Promise<void>((resolve) => (arrived = resolve))
      const before = performance.now()
      void author.sync([mutation])
      await all
      return performance.now() - before
    },
    floor: async () => {
      const before = performance.now()
      await bare.broadcast()
      const { changes } = await reader.sync()
      const took = performance.now() - before
      must(changes.length === Math.min(edits, 1) || null, 'one change')
      return took
    },
    close,
  }
}
