/** The wire between desks and central, flushed by hand: nothing arrives before the simulation says so, and how. */
import type { Random } from './random.ts'

export type Sent = {
  readonly desk: number
  readonly path: string
  readonly authorization: string | null
  readonly body: string
}
export type Answer = { readonly status: number; readonly body: string }

type Packet = Sent & { settle(answer: Answer | null): void }

export type Network = {
  /** `fetch` for one desk; the desk that crashed meanwhile never hears of its answers. */
  fetchFor(desk: number, isAlive: () => boolean): typeof fetch
  waiting(): readonly Sent[]
  /** Delivers one request: whole, not at all, twice, cut, or with its answer lost. Healthy, always whole. */
  deliver(index: number, healthy: boolean): Promise<void>
  /** Delivers an old request once more, long after its desk has given it up. */
  deliverGhost(): Promise<void>
  forget(): void
}

const fates = ['whole', 'whole', 'whole', 'whole', 'dropped', 'answerLost', 'answerLost', 'twice', 'cut'] as const
const GHOSTS = 200

export function createNetwork(random: Random, central: (request: Sent) => Promise<Answer | null>): Network {
  let packets: Packet[] = []
  let ghosts: Sent[] = []

  async function carry(packet: Packet, fate: (typeof fates)[number]): Promise<Answer | null> {
    if (fate === 'dropped') return null
    if (fate === 'cut') {
      await central({ ...packet, body: packet.body.slice(0, random.int(packet.body.length)) })
      return null
    }
    const answer = await central(packet)
    if (fate === 'twice') return (await central(packet)) ?? answer
    return fate === 'answerLost' ? null : answer
  }

  return {
    fetchFor: (desk, isAlive) => (input, init) =>
      new Promise((resolve, reject) => {
        const headers = new Headers(init?.headers)
        packets.push({
          desk,
          path: new URL(input instanceof Request ? input.url : input).pathname,
          authorization: headers.get('authorization'),
          body: typeof init?.body === 'string' ? init.body : '',
          settle: (answer) => {
            if (!isAlive()) return
            if (answer === null) reject(new TypeError('fetch failed'))
            else resolve(new Response(answer.body, { status: answer.status }))
          },
        })
      }),
    waiting: () => packets,
    deliver: async (index, healthy) => {
      const packet = packets[index]
      if (packet === undefined) return
      packets.splice(index, 1)
      ghosts = [...ghosts.slice(-GHOSTS), packet]
      packet.settle(await carry(packet, healthy ? 'whole' : (random.pick(fates) ?? 'whole')))
    },
    deliverGhost: async () => {
      const ghost = random.pick(ghosts)
      if (ghost !== undefined) await central(ghost)
    },
    forget: () => {
      packets = []
      ghosts = []
    },
  }
}
