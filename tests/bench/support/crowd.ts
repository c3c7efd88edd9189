/** Many desks of one node, in teams that each follow one case, and the changes that they make. */
import { must } from '../../../shared/errors.ts'
import type { Ground } from './ground.ts'
import { haveAHand } from './live-ring.ts'
import { caseMutation, newCase } from './mutations.ts'
import { enrolDesk, followFeed, type ThinDesk } from './thin-desk.ts'

const TEAM = 12
/** As often as an idle desk asks by itself. */
const POLL_MS = 15_000

export type Crowd = {
  readonly desks: readonly ThinDesk[]
  /** All desks listen on this node, and ask now and then. Answers how to end that. */
  connect(url: string): Promise<() => void>
  /** Makes so many changes a second through this node, for a while; each is of one team's case. Answers their ms. */
  change(url: string, aSecond: number, forMs: number): Promise<number[]>
  /** How many pages the desks have pulled since the last question, and in how many ms each. */
  pulled(): number[]
}

export async function gatherCrowd(ground: Ground, url: string, count: number): Promise<Crowd> {
  const desks: ThinDesk[] = []
  const cases: { readonly caseId: string; last: string }[] = []
  for (let index = 0; index < count; index++) {
    const desk = await enrolDesk(url)
    desks.push(desk)
    if (index % TEAM === 0) {
      const { caseId, mutations } = newCase(desk.deskCode)
      await desk.sync(mutations)
      cases.push({ caseId, last: must(mutations.at(-1), 'a mutation').id })
    } else await haveAHand(desk, must(cases.at(-1), 'a case').caseId)
    await desk.pullAll()
  }
  let pulls: number[] = []
  let changes = 0

  return {
    desks,
    connect: async (node) => {
      const ends: (() => void)[] = []
      for (const [index, desk] of desks.entries()) {
        const { poke, close } = await followFeed(desk.at(node), (_answer, ms) => void pulls.push(ms))
        let timer: NodeJS.Timeout | undefined
        // Spread over the time between two questions, as desks are that were started by people.
        const first = setTimeout(() => (timer = setInterval(poke, POLL_MS)), (index / desks.length) * POLL_MS)
        ends.push(() => {
          clearTimeout(first)
          clearInterval(timer)
          close()
        })
      }
      const end = () => {
        for (const one of ends.splice(0)) one()
      }
      ground.closing(end)
      return end
    },
    change: async (node, aSecond, forMs) => {
      const took: Promise<number>[] = []
      const began = performance.now()
      for (let made = 1; performance.now() - began < forMs; made++) {
        changes += 1
        const team = changes % cases.length
        const one = must(cases[team], 'a case')
        const author = must(desks[team * TEAM], 'who opened it').at(node)
        const value = { district: '蓬江区', street: null, address: `白沙大道${changes}号` }
        const base = { mutation: one.last }
        const edits = [{ group: 'place', value }] as const
        const mutation = caseMutation({ type: 'case.edit', caseId: one.caseId, base, edits: [...edits] })
        one.last = mutation.id
        const before = performance.now()
        took.push(author.sync([mutation]).then(() => performance.now() - before))
        const left = began + (made / aSecond) * 1000 - performance.now()
        if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
      }
      return Promise.all(took)
    },
    pulled: () => {
      const all = pulls
      pulls = []
      return all
    },
  }
}
