/** What desks send in the benches. */
import { uuidv7 } from 'uuidv7'
import type { OpenedGroups } from '../../../shared/case/case-record.ts'
import { caseNumber } from '../../../shared/case/case-number.ts'
import type { CaseCommand } from '../../../shared/case/commands.ts'
import type { Mutation } from '../../../shared/sync/protocol.ts'
import { caseTexts } from './texts.ts'

const AUTHOR = '1001'
let counter = 0

function mutation(body: Mutation['body']): Mutation {
  return { id: uuidv7(), at: Date.now(), author: AUTHOR, session: null, body }
}

export const caseMutation = (command: CaseCommand): Mutation => mutation({ kind: 'case', command, caller: null })

export type NewCase = { readonly caseId: string; readonly groups: OpenedGroups; readonly mutations: Mutation[] }

/** A case as an operator saves it: opened with its caller, and replied to at once. */
export function newCase(deskCode: string): NewCase {
  counter += 1
  const caseId = uuidv7()
  const callerId = uuidv7()
  const { content, reply, phone, address } = caseTexts(counter)
  const groups: OpenedGroups = {
    classification: { kind: 'help', code: '0101' },
    place: { district: '蓬江区', street: null, address },
    caller: { callerId },
    content: { text: content },
    reply: { mode: 'atOnce', text: reply, articles: [] },
  }
  const caseNo = caseNumber(Date.now(), deskCode, counter)
  const opened = mutation({
    kind: 'case',
    command: { type: 'case.open', caseId, caseNo, callId: null, groups },
    caller: { callerId, name: `来电人${counter}`, phone },
  })
  const base = { mutation: opened.id }
  return {
    caseId,
    groups,
    mutations: [opened, caseMutation({ type: 'case.reply', caseId, base, reply: groups.reply })],
  }
}

/** What a phone tells of one call: five facts. */
export function callFacts(): Mutation[] {
  counter += 1
  const callId = `bench-${counter}`
  const at = Date.now()
  return [
    mutation({
      kind: 'call',
      fact: { callId, kind: 'offered', at, number: caseTexts(counter).phone, queue: '12345' },
    }),
    mutation({ kind: 'call', fact: { callId, kind: 'answered', at: at + 1 } }),
    mutation({ kind: 'call', fact: { callId, kind: 'talking', at: at + 2 } }),
    mutation({ kind: 'call', fact: { callId, kind: 'ended', at: at + 3, outcome: 'completed' } }),
    mutation({ kind: 'call', fact: { callId, kind: 'settled', at: at + 4, outcome: 'silent', caseId: null } }),
  ]
}

/** As many mutations as asked for, out of what `make` gives. */
export function many(count: number, make: () => readonly Mutation[]): Mutation[] {
  const all: Mutation[] = []
  while (all.length < count) all.push(...make())
  return all.slice(0, count)
}

/** Cuts a list into pieces of at most `size`. */
export function pieces<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  )
}
