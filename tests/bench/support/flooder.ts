/**
 * One device that floods central: as many requests at once as it is told, in turn malformed, oversized, replayed and
 * forged. Begins and ends when its standard input says `{"do":"flood"}` and `{"do":"rest"}`.
 */
import { createInterface } from 'node:readline'
import { randomUUID } from 'node:crypto'
import { BATCH, PROTOCOL_VERSION, type Mutation } from '../../../shared/sync/protocol.ts'
import { callFacts, many } from './mutations.ts'

const [url = '', device = '', storeId = '', session = '', width = '16'] = process.argv.slice(2)
const OVERSIZED = JSON.stringify({ protocol: PROTOCOL_VERSION, padding: 'x'.repeat(3 * 1024 * 1024) })
const STRANGERS = `${randomUUID()}.${'A'.repeat(43)}`
const replayed = many(BATCH, callFacts)

/** What central last said that it took: without it nothing of a request is looked at. */
let last: string | null = null

const body = (mutations: readonly object[], more: object = {}) =>
  JSON.stringify({ protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, last, mutations, ...more })

type Attack = { readonly body: string; readonly as?: string }
const attacks: Readonly<Record<string, () => Attack>> = {
  'not JSON': () => ({ body: '{"protocol":' }),
  'strange request': () => ({ body: body([{ id: 'none' }]) }),
  'strange mutations': () => ({ body: body(Array.from({ length: BATCH }, () => ({ id: randomUUID(), at: 'never' }))) }),
  oversized: () => ({ body: OVERSIZED }),
  replayed: () => ({ body: body(replayed) }),
  'another store': () => ({ body: body([], { storeId: randomUUID() }) }),
  'another device': () => ({ body: body(replayed), as: STRANGERS }),
  // The session is somebody's, but not this author's.
  'another author': () => ({
    body: body(many(BATCH, callFacts).map((one): Mutation => ({ ...one, author: '1009', session }))),
  }),
}

const state = { flooding: false }
const counts: Record<string, number> = {}

async function strike(kind: string, make: () => Attack): Promise<void> {
  const { body: sent, as = device } = make()
  const headers = { 'content-type': 'application/json', authorization: `Device ${as}` }
  let outcome: string
  try {
    const response = await fetch(new URL('/sync', url), { method: 'POST', headers, body: sent })
    const answer = await response.text()
    if (response.ok) ({ last } = JSON.parse(answer) as { last: string | null })
    outcome = String(response.status)
  } catch {
    // Central may answer and close before it has heard all of an oversized request.
    outcome = 'cut'
  }
  const key = `${kind} ${outcome}`
  counts[key] = (counts[key] ?? 0) + 1
}

async function flood(): Promise<void> {
  const kinds = Object.entries(attacks)
  let turn = 0
  const work = async () => {
    while (state.flooding) {
      const [kind, make] = kinds[turn++ % kinds.length] ?? ['', () => ({ body: '' })]
      await strike(kind, make)
    }
  }
  await Promise.all(Array.from({ length: Number(width) }, work))
  process.stdout.write(`${JSON.stringify({ event: 'flooded', counts })}\n`)
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    state.flooding = (JSON.parse(line) as { do: string }).do === 'flood'
    if (state.flooding) void flood()
  })
  .on('close', () => process.exit(0))
process.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`)
