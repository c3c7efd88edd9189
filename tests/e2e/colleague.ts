import { uuidv7 } from 'uuidv7'
import { DEMO_ENROLMENT, DEMO_PASSWORD } from '../../central/people/demo.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import {
  enrolResponseSchema,
  PROTOCOL_VERSION,
  signInResponseSchema,
  syncResponseSchema,
  type Mutation,
  type SyncResponse,
} from '../../shared/sync/protocol.ts'

/** An operator at another desk, who speaks to the real central as her desk would. */
export type Colleague = {
  readonly staffNo: string
  /** Opens a case as it stands at central: what she has seen of it is what she then goes upon. */
  sees(caseId: string): Promise<Base>
  /** Does something to a case; fails where central does not take it. */
  does(command: CaseCommand): Promise<void>
}

/** Enrols another desk and signs in there. */
export async function openColleague(url: string, staffNo: string): Promise<Colleague> {
  async function ask(method: string, path: string, authorization?: string, body?: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(new URL(path, url), { method, headers, ...sent })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  const post = (path: string, body: unknown, authorization?: string) => ask('POST', path, authorization, body)
  const storeId = uuidv7()
  const { deviceId, secret } = enrolResponseSchema.parse(await post('/enrol', { code: DEMO_ENROLMENT, storeId }))
  const device = `Device ${deviceId}.${secret}`
  const signIn = await post('/sign-in', { staffNo, password: DEMO_PASSWORD, storeId }, device)
  const { session, token } = signInResponseSchema.parse(signIn)
  let epoch: string | null = null
  let cursor = 0
  let last: string | null = null
  const shown = new Map<string, readonly CaseEvent[]>()

  async function sync(...mutations: Mutation[]): Promise<SyncResponse> {
    const request = { protocol: PROTOCOL_VERSION, storeId, epoch, cursor, last, mutations }
    const answer = syncResponseSchema.parse(await post('/sync', request, device))
    ;({ epoch, cursor, last } = answer)
    for (const change of answer.changes) if (change.kind === 'case') shown.set(change.caseId, change.events)
    return answer
  }

  return {
    staffNo,
    sees: async (caseId) => {
      // What is asked for at a desk comes to it.
      await ask('GET', `/cases/${caseId}`, `Bearer ${token}`)
      while ((await sync()).more);
      return baseOf(must(shown.get(caseId), 'the case'))
    },
    does: async (command) => {
      const body = { kind: 'case' as const, command, caller: null }
      const answer = await sync({ id: uuidv7(), at: Date.now(), author: staffNo, session, body })
      const status = answer.answers[0]?.status
      if (status !== 'applied') throw new Error(`${command.type}: ${status ?? 'not answered'}`)
    },
  }
}
