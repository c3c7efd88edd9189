/** A central that sends messages: into a list, by a worker that goes when it is told to. */
import { type Messaging, messageCarrier } from '../../central/messages/carrier.ts'
import type { Handed, OutMessage } from '../../central/messages/gateway.ts'
import { shippedTemplates } from '../../central/messages/templates.ts'
import { updateChannels } from '../../central/outbox/sql.ts'
import { createWorker } from '../../central/outbox/worker.ts'
import type { Db } from '../../central/db/db.ts'
import type { ReplyMode } from '../../shared/case/case-record.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { must } from '../../shared/errors.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import * as given from './db-fixture.ts'
import { openUnitOffice } from './unit-office.ts'

export const INBOUND_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

export type MessageOffice = Awaited<ReturnType<typeof openMessageOffice>>
export type TakenCase = { readonly caseId: string; readonly caseNo: string; readonly mutations: readonly Mutation[] }

/** What a citizen raises, as the desk's mutations at this moment. */
function mutationsOf(at: number, phone: string, mode: ReplyMode, kind: 'help' | 'report', words: string): TakenCase {
  const { caseId, mutation } = given.openCase(phone)
  const { body } = mutation
  if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('a case')
  const { command } = body
  const groups = { ...command.groups, classification: { kind, code: '0101' } }
  const opened: Mutation = { ...mutation, at, body: { ...body, command: { ...command, groups } } }
  const reply = { mode, text: words, articles: [] }
  const base = { mutation: mutation.id }
  const replied = given.caseMutation({ type: 'case.reply', caseId, base, reply }, '1001', at)
  return { caseId, caseNo: command.caseNo, mutations: [opened, replied] }
}

export async function openMessageOffice(db: Db) {
  const sent: OutMessage[] = []
  /** What the gateway answers; a message that it takes is in the list. */
  let answer: (message: OutMessage) => Handed | Promise<Handed> = () => ({ became: 'sent' })
  const messaging: Messaging = {
    gateway: {
      name: 'http',
      inboundSecret: INBOUND_SECRET,
      async send(message) {
        const handed = await answer(message)
        if (handed.became === 'sent') sent.push(message)
        return handed
      },
      close: () => Promise.resolve(),
    },
    templates: shippedTemplates(),
    publicUrl: new URL('https://12345.example'),
  }
  const office = await openUnitOffice(db, { messages: messaging, trustedProxies: '127.0.0.1/32' })
  const { central } = office
  const { clock } = central
  await db.tx('owner', (sql) => updateChannels(sql, true))
  const log = (event: string, data?: unknown) => void central.logged.push({ event, data })
  const newWorker = () => createWorker({ db, clock, log, carriers: [messageCarrier(messaging)], random: () => 0.5 })
  const worker = newWorker()
  const desk = await given.signIn(central.app, '1001')

  /** A case that the desk takes now. */
  async function take(
    phone = '13800138000',
    mode: ReplyMode = 'later',
    { kind = 'help', words = '' }: { kind?: 'help' | 'report'; words?: string } = {},
  ): Promise<TakenCase> {
    const taken = mutationsOf(clock.time, phone, mode, kind, words)
    await desk.sync(taken.mutations)
    return taken
  }
  /** The case goes to the unit, which answers it. */
  async function answerBy(caseId: string, text = '路灯已修好'): Promise<void> {
    await office.centreSteps(caseId, { type: 'dispatch', unit: given.UNIT })
    const cookie = await office.signIn()
    await office.steps(cookie, caseId, { type: 'sign' })
    await office.steps(cookie, caseId, { type: 'answer', text })
  }
  /** A step of the monitor; the answer whatever it is. */
  const tryStep = (caseId: string, step: CaseStep, token = office.monitor) =>
    given.post(central.app, `/cases/${caseId}/steps`, { id: given.nextId(), step }, token)
  const rowsOf = (caseId: string) =>
    db.tx('owner', (sql) =>
      sql.query<{ id: string; kind: string; status: string; reason: string | null; tries: number; data: unknown }>(
        'select id, kind, status, reason, tries, data from outbox where case_id = $1::uuid order by revision, kind',
        [caseId],
      ),
    )
  const list = async (which: 'dead' | 'by-voice') =>
    (
      await central.app.inject({ url: `/messages/${which}`, headers: { authorization: `Bearer ${office.monitor}` } })
    ).json<{ messages: { id: string; caseId: string; kind: string; reason: string }[] }>().messages
  /** The token of the last message that has a link to rate. */
  const lastToken = () =>
    must(
      sent.map(({ text }) => /\/rate\/([\w-]+)/.exec(text)?.[1]).findLast((one) => one !== undefined),
      'a link',
    )

  return {
    ...office,
    ...{ desk, sent, messaging, worker, newWorker, take, answerBy, tryStep, rowsOf, list, lastToken },
    gatewayAnswers: (next: typeof answer) => void (answer = next),
  }
}
