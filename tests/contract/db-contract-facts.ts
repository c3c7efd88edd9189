/** Facts are never refused (R3): what is strange is set aside, what is told in any order adds up. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { must } from '../../shared/errors.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import * as given from './db-fixture.ts'

const { callMutation, count, editContent, nextId, openCase, signIn } = given

export function factContract(centralOf: () => given.Central, stored: (caseId: string) => Promise<CaseRecord>): void {
  describe('facts', () => {
    let desk: given.Desk
    beforeAll(async () => {
      desk = await signIn(centralOf().app)
    })

    it('R3.1 one strange mutation is set aside word for word and stops no other', async () => {
      const one = openCase()
      const two = openCase()
      const tooLong = openCase('1', '字'.repeat(10_001))
      const strange = [{ id: nextId(), body: { kind: 'unheard' } }, { id: nextId() }, tooLong.mutation]
      const { answers } = await desk.sync([one.mutation, ...strange, two.mutation])
      expect(answers.map(({ status }) => status)).toEqual([
        'applied',
        'quarantined',
        'quarantined',
        'quarantined',
        'applied',
      ])
      const [row] = await centralOf().db.tx('owner', (sql) =>
        sql.query<{ raw: string }>('select raw from quarantine where mutation_id = $1::uuid', [tooLong.mutation.id]),
      )
      expect(JSON.parse(must(row, 'the raw text').raw)).toEqual(tooLong.mutation)
    })

    it('R3.6 says of a call that one desk owes whether another answered it since, or a later call of that citizen', async () => {
      const other = await signIn(centralOf().app, '1002')
      const offered = (callId: string, at: number, number: string) =>
        callMutation({ callId, kind: 'offered', at, number, queue: '12345' })
      await desk.sync([
        ...['rings-on', 'calls-again', 'waits', 'was-lost', 'just-lost', 'came-back'].map((callId, index) =>
          offered(callId, 100, `1390013900${index}`),
        ),
        callMutation({ callId: 'was-lost', kind: 'answered', at: 110 }),
        callMutation({ callId: 'was-lost', kind: 'ended', at: 120, outcome: 'lost' }),
        // That it was lost again is still on its way.
        callMutation({ callId: 'just-lost', kind: 'answered', at: 110 }),
        callMutation({ callId: 'came-back', kind: 'ended', at: 130, outcome: 'missed' }),
      ])
      await other.sync([
        offered('rings-on', 130, '13900139000'),
        callMutation({ callId: 'rings-on', kind: 'answered', at: 140 }),
        offered('another', 150, '0086-13900139001'),
        callMutation({ callId: 'another', kind: 'answered', at: 160 }),
        offered('came-back', 140, '13900139005'),
        callMutation({ callId: 'came-back', kind: 'answered', at: 150 }),
        callMutation({ callId: 'came-back', kind: 'ended', at: 160, outcome: 'transferred' }),
      ])
      // Handed back into the queue, she rang at the first desk again, and was not answered there.
      await desk.sync([
        offered('came-back', 170, '13900139005'),
        callMutation({ callId: 'came-back', kind: 'ended', at: 190, outcome: 'missed' }),
      ])
      const callIds = ['rings-on', 'calls-again', 'waits', 'was-lost', 'just-lost', 'came-back', 'unheard-of']
      const answer = await given.postAs(centralOf().app, '/calls/answered', { callIds }, desk.device)
      expect(answer.json()).toEqual({ answered: ['calls-again', 'rings-on'] })
    })

    it('R3.2 keeps what was typed for a case that never came, and a number that is taken', async () => {
      const orphan = editContent(nextId(), { revision: 1 }, '打了很久的字')
      const one = openCase()
      const twin = openCase()
      const { command } = twin.mutation.body as Extract<typeof twin.mutation.body, { kind: 'case' }>
      const { command: first } = one.mutation.body as Extract<typeof one.mutation.body, { kind: 'case' }>
      if (command.type === 'case.open' && first.type === 'case.open') command.caseNo = first.caseNo
      const { answers } = await desk.sync([orphan, one.mutation, twin.mutation])
      expect(answers.map(({ status, code }) => code ?? status)).toEqual(['unknownCase', 'applied', 'caseNoTaken'])
      expect(await count(centralOf().db, `quarantine where raw like '%打了很久的字%'`)).toBe(1)
    })

    it('R3.3 counts the warnings of a call and keeps the name of its recording, in whatever order they come', async () => {
      const callId = 'call-warned'
      const told = [
        callMutation({ callId, kind: 'warningWithdrawn', at: 93, count: 2 }),
        callMutation({ callId, kind: 'warned', at: 92, count: 2 }),
        callMutation({ callId, kind: 'recorded', at: 90, recording: '1700.42' }),
        callMutation({ callId, kind: 'recordingPaused', at: 94 }),
        callMutation({ callId, kind: 'said', at: 96, sentence: 'closing-farewell', script: 2 }),
        callMutation({ callId, kind: 'recordingResumed', at: 95, why: 'ended' }),
      ]
      await desk.sync(told)
      const first = callMutation({ callId, kind: 'warned', at: 91, count: 1 })
      expect((await desk.sync([first])).answers).toMatchObject([{ status: 'applied' }])
      const read = (text: string) =>
        centralOf().db.tx('owner', (sql) => sql.query<Record<string, unknown>>(text, [callId]))
      expect(await read('select warnings, recording from calls where call_id = $1')).toEqual([
        { warnings: 1, recording: '1700.42' },
      ])
      const kept = await read('select kind, detail from call_facts where call_id = $1 order by at')
      expect(kept.map(({ kind, detail }) => [kind, detail])).toEqual([
        ['recorded', { recording: '1700.42' }],
        ['warned', { count: 1 }],
        ['warned', { count: 2 }],
        ['warningWithdrawn', { count: 2 }],
        ['recordingPaused', null],
        ['recordingResumed', { why: 'ended' }],
        ['said', { sentence: 'closing-farewell', script: 2 }],
      ])
    })

    it('R3.3 keeps how a call sounded beside the other facts of it', async () => {
      const callId = 'call-sounded'
      const sounded = {
        ...{ mosIn: 4.4, mosOut: null, lossIn: 0.01, lossOut: null, jitterMs: 4, rttMs: null },
        longestGapMs: 60,
      }
      const told = [callMutation({ callId, kind: 'quality', at: 81, ...sounded })]
      expect((await desk.sync(told)).answers).toMatchObject([{ status: 'applied' }])
      const rows = await centralOf().db.tx('owner', (sql) =>
        sql.query('select kind, detail from call_facts where call_id = $1', [callId]),
      )
      expect(rows).toEqual([{ kind: 'quality', detail: sounded }])
    })

    it('R3.3 tells a call by its facts, in any order, over all desks that it was offered to', async () => {
      const callId = 'call-r33'
      const { caseId } = openCase()
      const facts = [
        { callId, kind: 'settled', at: 90, outcome: 'newCase', caseId },
        { callId, kind: 'ended', at: 80, outcome: 'completed' },
        { callId, kind: 'ended', at: 20, outcome: 'missed' },
        { callId, kind: 'answered', at: 30 },
        { callId, kind: 'talking', at: 31 },
        { callId, kind: 'offered', at: 25, number: '13800138000', queue: '12345' },
        { callId, kind: 'offered', at: 10, number: '13800138000', queue: '12345' },
      ] as const
      const { answers } = await desk.sync(facts.map((fact) => callMutation(fact)))
      expect(answers.every(({ status }) => status === 'applied')).toBe(true)
      const [call] = await centralOf().db.tx('sanxin_desk', (sql) =>
        sql.query('select * from calls where call_id = $1::text', [callId]),
      )
      expect(call).toMatchObject({
        number: '13800138000',
        phone_key: '8613800138000',
        offered_at: 10,
        answered_at: 30,
        ended_at: 80,
        outcome: 'completed',
        settled_outcome: 'newCase',
        case_id: caseId,
      })
    })

    it('R3.5 an estimated end gives way to the real one of the same desk, whichever comes first', async () => {
      const other = await signIn(centralOf().app, '1007')
      const facts = (callId: string) =>
        [
          { callId, kind: 'offered', at: 10, number: '13800138000', queue: '12345' },
          { callId, kind: 'answered', at: 30 },
          { callId, kind: 'ended', at: 30, outcome: 'lost', estimated: true },
          { callId, kind: 'ended', at: 90, outcome: 'completed' },
        ] as const
      const [offered, answered, estimated, real] = facts('call-r35-1')
      const outcomeOf = async (callId: string) => {
        const [call] = await centralOf().db.tx('sanxin_desk', (sql) =>
          sql.query<object>('select outcome, ended_at from calls where call_id = $1::text', [callId]),
        )
        return call
      }
      await desk.sync([offered, answered, estimated].map((fact) => callMutation(fact)))
      expect(await outcomeOf('call-r35-1')).toEqual({ outcome: 'lost', ended_at: 30 })
      await desk.sync([callMutation({ ...real, at: 40, outcome: 'failed' })])
      expect(await outcomeOf('call-r35-1')).toEqual({ outcome: 'failed', ended_at: 40 })
      await desk.sync(
        facts('call-r35-2')
          .toReversed()
          .map((fact) => callMutation(fact)),
      )
      expect(await outcomeOf('call-r35-2')).toEqual({ outcome: 'completed', ended_at: 90 })
      // What another desk saw of the ring says nothing about the end of the talk.
      await desk.sync(
        facts('call-r35-3')
          .slice(0, 3)
          .map((fact) => callMutation(fact)),
      )
      await other.sync([callMutation({ callId: 'call-r35-3', kind: 'ended', at: 35, outcome: 'missed' })])
      expect(await outcomeOf('call-r35-3')).toEqual({ outcome: 'lost', ended_at: 35 })
    })

    it('R3.4 stores hostile text, and never fails on it', async () => {
      const hostile = [
        `'; drop table cases; --`,
        '"\\\'$1 %s {}',
        'NUL\u0000NUL',
        '\ud800 lone \udc00',
        '\u202Eأمر',
        '字'.repeat(10_000),
      ]
      for (const text of hostile) {
        const { caseId, mutation } = openCase(text.slice(0, 60), text, text.slice(0, 40))
        const { answers } = await desk.sync([mutation])
        expect(answers).toMatchObject([{ status: 'applied', revision: 1 }])
        const kept = text.toWellFormed().replaceAll('\u0000', '\ufffd')
        expect((await stored(caseId)).groups.content.text).toBe(kept)
      }
      const raw = {
        id: nextId(),
        '\u0000key': '\ud800',
        __proto__: null,
        body: { kind: 'call', fact: { callId: '\u0000'.repeat(9999) } },
      }
      const deep = `{"id":"${nextId()}","body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
      const envelope = JSON.stringify({
        protocol: PROTOCOL_VERSION,
        storeId: desk.storeId,
        epoch: desk.epoch,
        cursor: desk.cursor,
        last: desk.last,
        mutations: [raw],
      })
      const payload = envelope.replace(/\]\}$/, `,${deep}]}`)
      const headers = { authorization: `Device ${desk.device}`, 'content-type': 'application/json' }
      const answer = await centralOf().app.inject({ method: 'POST', url: '/sync', payload, headers })
      expect(answer.json()).toMatchObject({ answers: [{ status: 'quarantined' }, { status: 'quarantined' }] })
    })
  })
}
