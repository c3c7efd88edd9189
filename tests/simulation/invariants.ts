/** What must hold when all is quiet: nothing lost, nothing twice, legal states only, every replica equal. */
import { must } from '../../shared/errors.ts'
import { KEEP_MS } from '../../shared/sync/keep.ts'
import { foldCase } from '../../shared/case/decide.ts'
import type { CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import { checkParticulars } from './particular-rules.ts'
import type { Oracle } from './oracle.ts'
import { tablesOf } from './desk-tables.ts'
import type { SimCentral } from './sim-central.ts'
import type { SimDesk } from './sim-desk.ts'
import { sorted } from './sorted.ts'
import { coveredUnseen } from './unseen.ts'

type EventRow = {
  caseId: string
  revision: number
  mutationId: string
  storeId: string
  type: string
  event: CaseEvent
}
type RawEvent = Omit<EventRow, 'event'> & { data: object; at: number; by: string }
type OutboxRow = { id: string; seq: number; state: string; mutation: string; case_id: string | null }

/** Reads all of central at once: what the checks below look at. */
async function readCentral({ db }: SimCentral, now: number) {
  return db.tx('owner', async (sql) => ({
    events: (
      await sql.query<RawEvent>(
        `select case_id as "caseId", revision, mutation_id as "mutationId", store_id as "storeId", type, data, at, by
         from case_events order by case_id, revision`,
      )
    ).map(({ data, at, by, ...row }): EventRow => ({
      ...row,
      event: { type: row.type, ...data, at, by } as CaseEvent,
    })),
    mutations: new Map(
      (await sql.query<{ id: string; status: string }>('select id::text, status from mutations')).map((row) => [
        row.id,
        row.status,
      ]),
    ),
    quarantine: await sql.query<{ id: string; reason: string; raw: string }>(
      'select mutation_id::text as id, reason, raw from quarantine',
    ),
    facts: await sql.query<{ mutationId: string; callId: string; kind: string }>(
      'select mutation_id::text as "mutationId", call_id as "callId", kind from call_facts',
    ),
    calls: new Map(
      (await sql.query<{ callId: string }>('select call_id as "callId" from calls')).map((row) => [row.callId, row]),
    ),
    cases: await sql.query<{ caseId: string; caseNo: string; state: string; revision: number; changedAt: number }>(
      'select case_id as "caseId", case_no as "caseNo", state, revision, changed_at as "changedAt" from cases',
    ),
    // What each store follows now: its own and what it asked for, and what its team's shift opened.
    scopes: await sql.query<{ caseId: string; storeId: string }>(
      `select case_id as "caseId", store_id as "storeId" from case_scopes where until is null or until > $1::bigint
       union select case_id, store_id from cases join devices using (team) where shift_until > $1::bigint`,
      [now],
    ),
  }))
}

/** Whether a case says as many events as there are, and is found by what it says. */
function isFoundAsItStands(
  row: { readonly case_no: string; readonly state: string; readonly late: number },
  events: number,
  { caseNo, state, late, revision }: CaseRecord,
): boolean {
  return revision === events && row.case_no === caseNo && row.state === state && row.late === late.length
}

function outboxOf({ db }: SimDesk): OutboxRow[] {
  return db.prepare('SELECT id, seq, state, mutation, case_id FROM outbox ORDER BY seq').all() as OutboxRow[]
}

/** How far a desk's clock may have been off when it said when something happened. */
const CLOCKS_MS = 2 * 86_400_000

const stateOf = { atOnce: 'repliedAtOnce', later: 'toDispatch', notWanted: 'noReplyWanted', none: null }
/** Whoever works in a world is there for all of it, and each desk says who did what. */
const authorCodes = new Set(['strangeAuthor', 'unknownAuthor', 'authorMayNot'])
const states = new Set(['accepted', 'repliedAtOnce', 'toDispatch', 'noReplyWanted'])

/** Every rule that is broken, in words; empty when all is well. */
export async function violations(
  central: SimCentral,
  desks: readonly SimDesk[],
  oracle: Oracle,
  now: number,
): Promise<string[]> {
  const broken: string[] = []
  const say = (rule: string, what: string) => void broken.push(`${rule}: ${what}`)
  const truth = await readCentral(central, now)
  const changedAt = new Map(truth.cases.map((one) => [one.caseId, one.changedAt]))
  const eventsOf = Map.groupBy(truth.events, ({ caseId }) => caseId)
  const orderOf = new Map(
    truth.events.map(({ storeId, mutationId, revision }) => [`${storeId} ${mutationId}`, revision]),
  )

  // Nothing waits, and each mutation of each desk is known to central once.
  for (const desk of desks) {
    const rows = outboxOf(desk)
    for (const { id, state, mutation } of rows) {
      if (state === 'pending') say('all is sent', `desk ${desk.index} still holds ${id}`)
      const known = truth.mutations.get(id)
      if (known === undefined) say('nothing is lost', `central does not know ${id} of desk ${desk.index} (${state})`)
      else if (known !== state && state !== 'pending')
        say('one answer', `${id}: ${state} at the desk, ${known} at central`)
      if (known !== undefined && known !== 'applied') {
        const kept = truth.quarantine.some((one) => one.id === id && one.raw.length > 0)
        if (!kept) say('what is not applied is kept', `${id} of ${mutation.slice(0, 60)}`)
      }
    }
    // The order of a desk's own work on a case; what a copy of its file sent before it came in another's.
    const storeId = (desk.db.prepare(`SELECT value FROM meta WHERE key = 'storeId'`).get() as { value: string }).value
    const last = new Map<string, number>()
    for (const { id, case_id: caseId } of rows) {
      if (caseId === null) continue
      const revision = orderOf.get(`${storeId} ${id}`)
      if (revision === undefined) continue
      if (revision < (last.get(caseId) ?? 0)) say('order in a case', `${id} of desk ${desk.index} came too late`)
      last.set(caseId, revision)
    }
  }

  // Every word that was said to be saved stands: in a case, kept beside it, or set aside.
  const words = `${truth.events.map(({ event }) => JSON.stringify(event)).join('\n')}\n${truth.quarantine.map(({ raw }) => raw).join('\n')}`
  for (const { mark, caseNo, desk } of oracle.saved) {
    if (!words.includes(mark)) say('no word is lost', `${mark} of ${caseNo}, desk ${desk}`)
  }
  const eventsByCase = new Map([...eventsOf].map(([caseId, rows]) => [caseId, rows.map(({ event }) => event)]))
  await checkParticulars(central, eventsByCase, truth.quarantine.map(({ raw }) => raw).join('\n'), oracle, say)
  // A choice that was made is made at central, or was refused there and is kept.
  const settled = new Set(
    truth.events.flatMap(({ event }) =>
      event.type === 'lateEditSettled' ? [`${event.late.mutation} ${event.late.group}`] : [],
    ),
  )
  const refusedChoices = truth.quarantine.filter(({ raw }) => raw.includes('"case.settle"'))
  for (const { mutation, group, desk } of oracle.choices) {
    const refused = refusedChoices.some(({ raw }) => raw.includes(mutation) && raw.includes(`"${group}"`))
    if (!settled.has(`${mutation} ${group}`) && !refused) say('no choice is lost', `${mutation} at desk ${desk}`)
  }
  const told = new Set(truth.facts.map(({ callId, kind }) => `${callId} ${kind}`))
  for (const { callId, kind, desk } of oracle.facts) {
    if (!told.has(`${callId} ${kind}`)) say('no fact is lost', `${kind} of ${callId}, desk ${desk}`)
    if (!truth.calls.has(callId)) say('every call is known', callId)
  }
  const once = new Set<string>()
  for (const { mutationId, callId, kind } of truth.facts) {
    if (once.has(mutationId)) say('nothing is applied twice', `${kind} of ${callId}`)
    once.add(mutationId)
  }

  for (const what of coveredUnseen(eventsOf, oracle.seen)) say('what nobody saw is not covered', what)

  // Drafts stay where they were typed, under their author's name.
  for (const [caseId, { desk, author, mark }] of oracle.drafts) {
    const row = desks[desk]?.db.prepare('SELECT form, author FROM drafts WHERE case_id = ?').get(caseId) as
      | { form: string; author: string }
      | undefined
    if (row === undefined || row.author !== author || !row.form.includes(mark))
      say('no draft is lost', `${mark} of ${author} at desk ${desk}`)
  }

  // Cases: opened once, by legal steps, as the table says; numbers are nobody else's.
  const numbers = new Map<string, string>()
  for (const { caseId, caseNo, state, revision } of truth.cases) {
    const own = eventsOf.get(caseId) ?? []
    if (own.filter(({ type }) => type === 'caseOpened').length !== 1) say('a case opens once', caseNo)
    if (own.some((row, index) => row.revision !== index + 1)) say('no revision is skipped', caseNo)
    const record = foldCase(
      null,
      caseId,
      own.map(({ event }) => event),
    )
    if (record?.state !== state || record.revision !== revision || !states.has(state)) say('legal states only', caseNo)
    const reply = record?.groups.reply
    if (record && record.state !== 'accepted' && record.state !== stateOf[record.groups.reply.mode ?? 'none'])
      say('the state goes with the reply', caseNo)
    if (reply !== undefined && !reply.text.endsWith(` ${reply.mode}`))
      say('what belongs together stays together', caseNo)
    const other = numbers.get(caseNo)
    if (other !== undefined && other !== caseId) say('a number names one case', caseNo)
    numbers.set(caseNo, caseId)
    // A desk's words for one group come once, however often they were sent.
    const marks = own.flatMap(({ event }) => JSON.stringify(event).match(/"text":"[^"]*〔\d+〕[^"]*"/g) ?? [])
    const joined = own.flatMap(({ event }) => (event.type === 'callJoined' ? [event.call.callerId] : []))
    if (new Set(joined).size !== joined.length) say('nothing is applied twice', `${caseNo}: a call`)
    const contents = own.filter(({ event }) => event.type === 'groupEdited' && event.edit.group === 'content')
    if (new Set(contents.map(({ event }) => JSON.stringify(event))).size !== contents.length && marks.length > 0)
      say('nothing is applied twice', caseNo)
  }
  for (const { caseNo, caseId } of oracle.saved) {
    const other = numbers.get(caseNo)
    if (other !== undefined && other !== caseId) say('a number names one case', caseNo)
  }
  for (const { reason, raw } of truth.quarantine) {
    if (authorCodes.has(reason)) say('each thing under its author’s name', raw.slice(0, 120))
    if (reason === 'caseNoTaken') say('a number names one case', raw.slice(0, 120))
  }

  // Replicas: each desk holds of its cases exactly what central holds.
  for (const desk of desks) {
    const storeId = (desk.db.prepare(`SELECT value FROM meta WHERE key = 'storeId'`).get() as { value: string }).value
    const mine = new Set(truth.scopes.filter((scope) => scope.storeId === storeId).map(({ caseId }) => caseId))
    const { cases } = tablesOf(desk)
    const held = new Map(
      (
        desk.db.prepare('SELECT case_id, events, case_no, state, late FROM cases').all() as {
          case_id: string
          events: string
          case_no: string
          state: string
          late: number
        }[]
      ).map((row) => [row.case_id, row]),
    )
    const hanging = new Set(
      (
        desk.db
          .prepare(`SELECT case_id FROM drafts UNION SELECT case_id FROM outbox WHERE state <> 'applied'`)
          .all() as {
          case_id: string
        }[]
      ).map((row) => row.case_id),
    )
    // By the desk that did the last to it, or by central: their clocks may differ widely.
    const isOld = (caseId: string) =>
      Math.min(eventsOf.get(caseId)?.at(-1)?.event.at ?? now, changedAt.get(caseId) ?? now) < now - KEEP_MS + CLOCKS_MS
    for (const caseId of mine) {
      if (!held.has(caseId) && eventsOf.has(caseId) && !isOld(caseId))
        say('replicas are equal', `desk ${desk.index} lacks a case of its scope`)
    }
    for (const [caseId, row] of held) {
      const own = (eventsOf.get(caseId) ?? []).map(({ event }) => event)
      const has = JSON.parse(row.events) as unknown[]
      if (has.length === 0)
        say('replicas are equal', `desk ${desk.index} shows a case that central does not have: ${row.case_no}`)
      // What left the scope, or did not change for long when the desk began anew, is gone, or kept as it was then for
      // the words that hang on it.
      if ((!mine.has(caseId) || isOld(caseId)) && hanging.has(caseId)) continue
      const where = `case ${caseId} at desk ${desk.index}${mine.has(caseId) ? '' : ', out of its scope'}`
      if (JSON.stringify(sorted(has)) !== JSON.stringify(sorted(own)))
        say('replicas are equal', `${has.length} of ${own.length} events of ${where}`)
      else if (!isFoundAsItStands(row, own.length, must(cases.get(caseId), 'a case of the desk').record))
        say('replicas are equal', `record of ${where}`)
    }
  }
  return broken
}
