import { uuidv7 } from 'uuidv7'
import { DEMO_ENROLMENT, DEMO_PASSWORD } from '../../central/people/demo.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import {
  enrolResponseSchema,
  PROTOCOL_VERSION,
  signInResponseSchema,
  syncResponseSchema,
} from '../../shared/sync/protocol.ts'

/** An operator at another desk, who speaks to the real central as her desk would. */
export type Colleague = {
  readonly staffNo: string
  /** Does something to a case; fails where central does not take it. */
  does(command: CaseCommand): Promise<void>
}

/** Enrols another desk and signs in there. */
export async function openColleague(url: string, staffNo: string): Promise<Colleague> {
  async function post(path: string, body: unknown, authorization?: string): Promise<unknown> {
    const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) }
    const response = await fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  const storeId = uuidv7()
  const { deviceId, secret } = enrolResponseSchema.parse(await post('/enrol', { code: DEMO_ENROLMENT, storeId }))
  const device = `Device ${deviceId}.${secret}`
  const signIn = await post('/sign-in', { staffNo, password: DEMO_PASSWORD, storeId }, device)
  const { session } = signInResponseSchema.parse(signIn)
  let epoch: string | null = null
  let cursor = 0
  let last: string | null = null
  return {
    staffNo,
    does: async (command) => {
      const body = { kind: 'case', command, caller: null }
      const mutation = { id: uuidv7(), at: Date.now(), author: staffNo, session, body }
      const request = { protocol: PROTOCOL_VERSION, storeId, epoch, cursor, last, mutations: [mutation] }
      const answer = syncResponseSchema.parse(await post('/sync', request, device))
      epoch = answer.epoch
      cursor = answer.cursor
      last = answer.last
      const status = answer.answers[0]?.status
      if (status !== 'applied') throw new Error(`${command.type}: ${status ?? 'not answered'}`)
    },
  }
}
