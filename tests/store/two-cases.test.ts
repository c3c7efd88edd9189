/** Who called about two cases that are here: what becomes of her identity (S11.6, S14.4). */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { formToGroups } from '../../shared/case/case-form.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import type { CaseKind } from '../../shared/case/case-kind.ts'
import { hear, saveForm } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const named = ({ db }: StoreFixture) =>
  (db.prepare('SELECT name FROM callers ORDER BY name').all() as { name: string }[]).map(({ name }) => name)

/** A case as it was opened, and who opened it. */
function opened(name: string, kind: CaseKind = 'help') {
  const caseId = uuidv7()
  const { groups, caller } = formToGroups({ ...fullForm, kind, callerName: name }, uuidv7())
  const event: CaseEvent = {
    ...{ type: 'caseOpened', caseNo: `JM20261123-B2-${caseId.slice(-4)}`, callId: null, groups },
    ...{ at: 1, by: '1004' },
  }
  return { caseId, groups, caller, events: [event] }
}
type Opened = Omit<ReturnType<typeof opened>, 'events'> & { readonly events: CaseEvent[] }

/** What joined it: her call is one about this case, too. */
const withCaller = (into: Opened, { caseId: from, groups, caller }: Omit<Opened, 'events'>): CaseEvent[] => [
  ...into.events,
  {
    ...{ type: 'callJoined', groups, at: 2, by: '1004' },
    call: { callerId: caller.callerId, callId: null, takenBy: '1003', at: 1, kind: 'help', wantsReply: true, from },
  },
]

const changeOf = (seq: number, { caseId, events }: Pick<Opened, 'caseId' | 'events'>, callers: Opened['caller'][]) => ({
  ...{ kind: 'case' as const, seq, caseId, events, callers },
})

test('S11.6 the case that hers was joined into leaves the desk: her own keeps its caller, written here or brought', async () => {
  const store = await signedIn(await openFixture())
  const own = uuidv7()
  await saveForm(store, own, fullForm)
  await hear(store)
  const written = store.db.prepare('SELECT caller_id AS id FROM callers').get() as { id: string }
  const mine = {
    caseId: own,
    groups: formToGroups(fullForm, written.id).groups,
    caller: { ...formToGroups(fullForm, written.id).caller, callerId: written.id },
  }
  const [theirs, goesOn] = [opened('别人记的'), opened('并入的')]
  const all = withCaller({ ...goesOn, events: withCaller(goesOn, mine) }, theirs)
  store.central.push(changeOf(71, theirs, [theirs.caller]))
  store.central.push(changeOf(72, { ...goesOn, events: all }, [goesOn.caller, mine.caller, theirs.caller]))
  await hear(store)
  expect(named(store)).toEqual([fullForm.callerName, '别人记的', '并入的'].toSorted())
  store.central.push({ kind: 'caseLeft', seq: 73, caseId: goesOn.caseId })
  await hear(store)
  expect(named(store)).toEqual([fullForm.callerName, '别人记的'].toSorted())
  // With the last case that names her she goes.
  store.central.push({ kind: 'caseLeft', seq: 74, caseId: theirs.caseId })
  await hear(store)
  expect(named(store)).toEqual([fullForm.callerName])
})

test('S11.6 who called about a case that was here before goes with it, not with her own', async () => {
  const store = await signedIn(await openFixture())
  const [theirs, goesOn] = [opened('别人记的'), opened('并入的')]
  store.central.push(changeOf(71, theirs, [theirs.caller]))
  store.central.push(changeOf(72, goesOn, [goesOn.caller]))
  await hear(store)
  const joined = { ...goesOn, events: withCaller(goesOn, theirs) }
  store.central.push(changeOf(73, joined, [goesOn.caller, theirs.caller]))
  await hear(store)
  store.central.push({ kind: 'caseLeft', seq: 74, caseId: theirs.caseId })
  await hear(store)
  expect(named(store)).toEqual(['别人记的', '并入的'].toSorted())
  store.central.push({ kind: 'caseLeft', seq: 75, caseId: goesOn.caseId })
  await hear(store)
  expect(named(store)).toEqual([])
})

test('S14.4 where the case that hers was joined into is a report, her own keeps its caller; where hers is one, she goes with the last that told her', async () => {
  const store = await signedIn(await openFixture())
  const [theirs, report, other] = [opened('别人记的'), opened('举报人', 'report'), opened('并入的')]
  store.central.push(changeOf(71, theirs, [theirs.caller]))
  store.central.push(changeOf(72, { ...report, events: withCaller(report, theirs) }, []))
  await hear(store)
  expect(named(store)).toEqual(['别人记的'])
  const joined = { ...other, events: withCaller(other, theirs) }
  store.central.push(changeOf(73, joined, [other.caller, theirs.caller]))
  await hear(store)
  // Hers becomes a report: neither tells who she is any more, nor is hers found by her number.
  store.central.push(changeOf(74, theirs, []))
  await hear(store)
  store.central.push(changeOf(75, joined, [other.caller]))
  await hear(store)
  expect(named(store)).toEqual(['并入的'])
  const found = await store.ask('case.ofCaller', { phone: fullForm.callerPhone })
  expect(found.cases.map(({ caseId }) => caseId)).toEqual([other.caseId])
})
