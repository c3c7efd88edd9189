import { uuidv7 } from 'uuidv7'
import { createCases } from '../../electron/store/db/cases.ts'
import type { CaseRecord, GroupValue } from '../../shared/case/case-record.ts'
import { baseOf } from '../../shared/case/history.ts'
import type { CaseForm } from '../../shared/case/case-form.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import type { CallerIdentity } from '../../shared/case/case-record.ts'
import { must } from '../../shared/errors.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { PROTOCOL_VERSION, type Mutation } from '../../shared/sync/protocol.ts'
import type { StoreFixture } from './store-fixture.ts'

/** A colleague at another desk says something to central; answers the name of her mutation. */
export async function tellCentral(
  { central }: StoreFixture,
  command: CaseCommand,
  { caller = null, author = '1004', at = 2_000 }: { caller?: CallerIdentity | null; author?: string; at?: number } = {},
): Promise<string> {
  const mutation: Mutation = { id: uuidv7(), at, author, session: null, body: { kind: 'case', command, caller } }
  await central.sync('another', {
    protocol: PROTOCOL_VERSION,
    storeId: uuidv7(),
    epoch: null,
    cursor: 0,
    last: null,
    mutations: [mutation],
  })
  return mutation.id
}

/** A colleague edits a case upon a revision that she saw, of the history that stands at central. */
export function editElsewhere(
  store: StoreFixture,
  caseId: string,
  revision: number,
  ...edits: GroupValue[]
): Promise<string> {
  const base = baseOf(store.central.eventsOf(caseId).slice(0, revision))
  return tellCentral(store, { type: 'case.edit', caseId, base, edits })
}

/** This desk hears what is new. */
export async function hear(store: StoreFixture): Promise<void> {
  await store.ask('call.record', { fact: { callId: uuidv7(), kind: 'answered', at: 1 }, author: '1003' })
  await store.settle()
}

/** Writes a draft and saves it as the desk does. */
export async function saveForm(store: StoreFixture, caseId: string, form: CaseForm): Promise<void> {
  await type(store, caseId, form)
  await store.ask('case.save', { caseId, callId: null, form })
  await store.settle()
}

/** Writes a draft. */
export async function type(store: StoreFixture, caseId: string, form: CaseForm): Promise<void> {
  await store.ask('draft.save', { caseId, callId: null, form, startedAt: 1, author: '1003' })
}

/** The case as this desk shows it. */
export function recordOf({ db }: StoreFixture, caseId: string): CaseRecord {
  return must(createCases(db, () => defaultNumberPlan.areaCode).get(caseId), 'the case').record
}

export const content = (text: string): GroupValue => ({ group: 'content', value: { text } })
