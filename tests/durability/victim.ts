/**
 * The desk's store as a process of its own under load, to be killed and traced from outside: it types drafts,
 * saves cases and records facts as fast as it can, and says each acknowledgement on standard output, after it.
 * Arguments: folder, first number, how many (0: until killed), and OFF to plant the bug `synchronous = OFF`, or PAGES
 * to hear of something new before each save.
 */
import { writeSync } from 'node:fs'
import { uuidv7 } from 'uuidv7'
import { openStore } from '../../electron/store/open.ts'
import { createStore } from '../../electron/store/store.ts'
import type { LivePage } from '../../electron/store/sync/live-page.ts'
import type { CentralClient } from '../../electron/store/sync/central-client.ts'
import { emptyForm, type CaseForm } from '../../shared/case/case-form.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/ipc.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { noCases, noLedger } from '../store/no-cases.ts'
import { quickKey } from '../store/quick-key.ts'

const [dir = '.', first = '0', count = '0', how = 'FULL'] = process.argv.slice(2)
const STAFF = '1003'
const EPOCH = 'first'
const fullForm: CaseForm = {
  ...emptyForm('0750-3500123'),
  kind: 'consult',
  classification: '0101',
  district: '蓬江区',
  replyMode: 'atOnce',
  reply: '乘 28 路',
}

/** Central knows the operator and then is away: everything stays on this disk. */
const central: CentralClient = {
  cases: noCases,
  ledger: noLedger,
  changePassword: () => Promise.resolve(fail('centralUnreachable')),
  enrol: () => Promise.resolve(ok({ deviceId: 'desk', secret: 'secret', deskCode: 'A1' })),
  signIn: () =>
    Promise.resolve(
      ok({
        token: 'token',
        session: '01890a5d-ac96-4000-8000-000000000001',
        expiresAt: 0,
        operator: { staffNo: STAFF, name: STAFF, role: 'operator' as const },
        deskCode: 'A1',
        numberPlan: defaultNumberPlan,
        line: { extension: STAFF, password: 'x', domain: 'x' },
      }),
    ),
  issuer: () => Promise.resolve(fail('notFound')),
  signInByIssuer: () => Promise.resolve(fail('notFound')),
  desk: () => Promise.resolve(fail('centralUnreachable')),
  signOut: () => Promise.resolve(fail('centralUnreachable')),
  ofCaller: () => Promise.resolve(fail('centralUnreachable')),
  answeredCalls: () => Promise.resolve(fail('centralUnreachable')),
  sync: () => Promise.resolve(fail('centralUnreachable')),
}

const { db } = await openStore({ dir, nativeBinding: null, now: Date.now() })
if (how === 'OFF') db.pragma('synchronous = OFF')
let hear: (page: LivePage) => void = () => {}
/** Called when an exchange with central is over, in vain. */
let rests = () => {}
const answer = createStore({
  db,
  client: central,
  live: (onNews) => {
    hear = onNews
    return { open: () => {}, close: () => {}, sendStatus: () => {} }
  },
  clock: { now: () => Date.now() },
  ids: { next: uuidv7 },
  derive: quickKey,
  timers: { after: () => () => {} },
  publish: () => {},
  exchanged: () => rests(),
})

/** Central brings something new along with its sign, just behind where this desk stands. */
async function hearPage(n: number): Promise<void> {
  const stands = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE key = 'cursor'`)
  const from = Number(stands.get()?.value)
  for (;;) {
    const rested = new Promise<void>((resolve) => (rests = resolve))
    hear({ epoch: EPOCH, from, head: from + 1, changes: [{ kind: 'articleWithdrawn', seq: from + 1, id: `KB-${n}` }] })
    // It is taken once the names' initials are there, in a turn of its own.
    await new Promise((resolve) => setImmediate(resolve))
    if (Number(stands.get()?.value) === from + 1) return say(`page ${n}`)
    // A page that comes while central is being asked is let go.
    await rested
  }
}

/** The store's answer; where it said why not, that is passed on, and the work goes on. */
async function ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>> {
  const result = await answer(name, input)
  if (!result.ok) say(`refused ${name} ${result.error.code} ${result.error.detail ?? ''}`)
  return result as Result<CommandOutput<N>>
}

/** Straight to the descriptor: nothing waits in a buffer of this process when it is killed. */
function say(line: string): void {
  writeSync(1, `${line}\n`)
}

await ask('device.enrol', { code: 'x' })
if (how === 'PAGES') {
  const stand = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)')
  for (const [key, value] of Object.entries({ epoch: EPOCH, cursor: '1' })) stand.run(key, value)
  db.prepare(`DELETE FROM meta WHERE key = 'gathering'`).run()
}
await ask('store.signIn', { staffNo: STAFF, password: 'x' })
say('ready')
const until = count === '0' ? Number.MAX_SAFE_INTEGER : Number(first) + Number(count)
for (let n = Number(first); n < until; n++) {
  const caseId = uuidv7()
  const callId = `call-${n}`
  const form = { ...fullForm, content: `第 ${n} 件` }
  const fact = { callId, kind: 'offered', at: n, number: '13800002210', queue: '12345' } as const
  if (how === 'PAGES') await hearPage(n)
  const recorded = await ask('call.record', { fact, author: STAFF })
  if (recorded.ok) say(`fact ${callId}`)
  const kept = await ask('draft.save', { caseId, callId, form, startedAt: n, author: STAFF })
  if (kept.ok) say(`draft ${caseId} ${n}`)
  const saved = await ask('case.save', { caseId, callId, form })
  if (saved.ok) say(`case ${caseId} ${saved.value.caseNo}`)
}
say('done')
process.exit(0)
