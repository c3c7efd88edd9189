/** A desk where reports are taken, one of another team, and whoever else reads cases. */
import { expect } from 'vitest'
import { selectEventsOf } from '../../central/cases/sql.ts'
import type { PageCall } from '../../shared/case/case-calls.ts'
import { wholeGroups, type CaseRecord } from '../../shared/case/case-record.ts'
import { baseOf } from '../../shared/case/history.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { Db } from '../../central/db/db.ts'
import * as given from './db-fixture.ts'
import { startWithRoles } from './roles-fixture.ts'

const { caseMutation, nextId, post } = given
/** Of who reports something. */
export const papers = { idCard: '440703199001011234', otherPhone: '13900001111' }

export async function openSecrecyOffice(db: Db) {
  const office = await startWithRoles(db)
  const { central, taker } = office
  const stranger = await given.signInWithTeam(central, 'B', '1002')

  const hers = ({ staffNo: author, session }: given.Desk, mutation: Mutation): Mutation => ({
    ...mutation,
    ...{ at: central.clock.now(), author, session },
  })

  async function takeReport(phone: string, callId: string | null = null) {
    const { mutation, ...opened } = given.openCase(phone, '举报某店偷排', '举报人')
    const { body } = mutation
    if (body.kind !== 'case' || body.command.type !== 'case.open' || body.caller === null) throw new Error('no case')
    const groups = { ...body.command.groups, classification: { kind: 'report' as const, code: '0405' } }
    const whole = { ...body, caller: { ...body.caller, papers }, command: { ...body.command, callId, groups } }
    await taker.sync([
      hers(taker, { ...mutation, body: whole }),
      hers(taker, given.replyLater(opened.caseId, mutation.id)),
    ])
    return opened
  }

  /** Somebody calls about a case, a desk says. */
  function callAbout(caseId: string, phone: string, kind: 'report' | null = null, callId: string | null = null) {
    const callerId = nextId()
    const groups = { ...wholeGroups(given.someGroups(callerId)), classification: { kind, code: null } }
    const reply = { ...groups.reply, mode: 'later' as const }
    const mutation = caseMutation({ type: 'case.call', caseId, callId, groups: { ...groups, reply } })
    return {
      callerId,
      mutation: { ...mutation, body: { ...mutation.body, caller: { callerId, name: '再来电', phone } } },
    }
  }

  const read = async (token: string, caseId: string) =>
    (await central.app.inject({ url: `/cases/${caseId}`, headers: { authorization: `Bearer ${token}` } })).json<{
      record: CaseRecord
      caller: { name: string } | null
      calls: PageCall[]
    }>()
  const eventsOf = async (caseId: string) =>
    (await central.db.tx('sanxin_desk', (sql) => selectEventsOf(sql, [caseId]))).get(caseId) ?? []
  const editCaller = async (caseId: string, callerId: string) =>
    caseMutation({
      ...{ type: 'case.edit', caseId, base: baseOf(await eventsOf(caseId)) },
      edits: [{ group: 'caller', value: { callerId } }],
    })
  const steps = async (caseId: string, step: object, token: string) => {
    const answer = await post(central.app, `/cases/${caseId}/steps`, { id: nextId(), step }, token)
    expect(answer.statusCode, answer.body).toBe(200)
  }

  /** A matter of somebody whom all may know, at another desk. */
  async function takeOpenly(phone: string, callId: string | null = null) {
    const { mutation, ...opened } = given.openCase(phone, '偷排', '来电人')
    const { body } = mutation
    if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
    const whole = { ...mutation, body: { ...body, command: { ...body.command, callId } } }
    await stranger.sync([hers(stranger, whole), hers(stranger, given.replyLater(opened.caseId, mutation.id))])
    return opened
  }
  /** Who took it makes of a case a report, or none any more. */
  const makeOf = async (caseId: string, kind: 'help' | 'report') => {
    const edits = [{ group: 'classification' as const, value: { kind, code: '0405' } }]
    const base = baseOf(await eventsOf(caseId))
    const edit = caseMutation({ type: 'case.edit', caseId, base, edits })
    expect((await taker.sync([hers(taker, edit)])).answers).toMatchObject([{ status: 'applied' }])
  }
  const callsOf = async (caseId: string) =>
    (await eventsOf(caseId)).flatMap((event) => (event.type === 'callJoined' ? [event.call] : []))

  return {
    ...{ ...office, stranger, hers, takeReport, callAbout, takeOpenly, makeOf },
    ...{ read, eventsOf, callsOf, editCaller, steps },
  }
}
export type SecrecyOffice = Awaited<ReturnType<typeof openSecrecyOffice>>
