/** What the tests of the ledger do: an exchange tells, a desk tells, and whoever may reads. */
import { expect } from 'vitest'
import { createDevices } from '../../central/devices/service.ts'
import type { CallFact } from '../../shared/call/call-fact.ts'
import type { LedgerEntry } from '../../shared/ledger/entry.ts'
import type { LegBatch, LegEvent } from '../../shared/ledger/leg-event.ts'
import { OUTCOME_MS } from '../../shared/ledger/outcome.ts'
import { staffRoles, type StaffRole } from '../../shared/people/staff-role.ts'
import * as given from './db-fixture.ts'

const { callMutation, tokenOf } = given
const HOUR = 3_600_000

let files = 0
/** The name of a file that nobody has told of. */
export function newSource(): string {
  files += 1
  return files.toString(16).padStart(64, '0')
}

export const batchOf = (events: readonly LegEvent[], from = 0, more: Partial<LegBatch> = {}): LegBatch => ({
  ...{ source: newSource(), from, to: from + 100, events: [...events], strange: [] },
  ...more,
})

/** A central with one person of each role, an exchange and a desk at which 1003 sits. */
export async function startLedger(central: given.Central) {
  await given.addOfEachRole(central.db)
  const tokens = new Map<StaffRole, string>()
  const signInAll = async () => {
    for (const role of staffRoles) tokens.set(role, (await tokenOf(central.app, role)).token)
  }
  await signInAll()
  const { credential } = await createDevices(central.db, central.clock).addExchange('hall')
  const desk = await given.signIn(central.app, '1003')
  const ask = async (role: StaffRole, path: string) => {
    const authorization = `Bearer ${tokens.get(role) ?? ''}`
    const answer = await central.app.inject({ url: path, headers: { authorization } })
    return { status: answer.statusCode, body: answer.json<{ rows: LedgerEntry[]; open: number; code?: string }>() }
  }
  const open = async () => (await ask('monitor', '/ledger?open')).body.rows
  const openLegs = async () => (await open()).map(({ leg }) => leg)
  const send = async (payload: object, authorization = `Exchange ${credential}`) => {
    const answer = await central.app.inject({
      ...{ method: 'POST', url: '/ledger/events', payload, headers: { authorization } },
    })
    return { status: answer.statusCode, body: answer.json<unknown>() }
  }
  const tell = async (events: readonly LegEvent[]) =>
    expect(await send(batchOf(events))).toMatchObject({ status: 200, body: { taken: true } })
  const told = (...facts: CallFact[]) => desk.sync(facts.map((fact) => callMutation(fact, '1003')))
  const rowOf = async (name: string) => {
    const from = central.clock.time - HOUR
    const { rows } = (await ask('monitor', `/ledger?from=${from}&until=${from + 2 * HOUR}`)).body
    return rows.find((row) => row.leg === name)
  }

  /** A leg that ended eleven minutes ago: nobody answered it, or 1003 did. */
  function endedLeg(name: string, number: string, answered = false): LegEvent[] {
    const ended = central.clock.time - OUTCOME_MS - 60_000
    const events: LegEvent[] = [
      { kind: 'began', leg: name, at: ended - 60_000, number, called: '12345' },
      { kind: 'queued', leg: name, at: ended - 59_000, queue: '12345' },
      { kind: 'ended', leg: name, at: ended, by: 'citizen' },
    ]
    const line = { leg: name, line: `${name}-line`, extension: '1003' }
    if (answered) events.push({ kind: 'spoke', ...line, at: ended - 30_000 })
    return events
  }
  const offered = (callId: string, number: string): CallFact => ({
    ...{ callId, kind: 'offered', at: central.clock.time - 800_000, number, queue: '12345' },
  })
  const dialled = (callId: string, number: string, paysBack?: string): CallFact => ({
    ...{ callId, kind: 'dialled', at: central.clock.time - 1000, number, purpose: 'citizen' },
    ...(paysBack === undefined ? {} : { paysBack }),
  })
  const over = (callId: string, outcome: Extract<CallFact, { kind: 'ended' }>['outcome']): CallFact => ({
    ...{ callId, kind: 'ended', at: central.clock.time, outcome },
  })
  const answered = (callId: string): CallFact => ({ callId, kind: 'answered', at: central.clock.time - 500 })

  return {
    central,
    tokens,
    signInAll,
    credential,
    desk,
    ask,
    open,
    openLegs,
    send,
    tell,
    told,
    rowOf,
    endedLeg,
    offered,
    dialled,
    over,
    answered,
  }
}
export type Ledger = Awaited<ReturnType<typeof startLedger>>
