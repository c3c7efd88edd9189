/** What ends the signing in without central at a desk: whatever tells the desk that she is let in no more (S9.9). */
import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { fail, type ErrorCode } from '../../shared/errors.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import { createLiveLink } from '../../electron/store/sync/live-link.ts'
import type { LiveEar } from '../../electron/store/sync/live-wire.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const password = 'x'
const asks = (store: StoreFixture, word = password, staffNo = '1003') =>
  store.askRaw('store.signIn', { staffNo, password: word })
const cuts = (store: StoreFixture) => {
  store.central.reachable = false
  store.central.signInFault = { code: 'centralUnreachable' }
}
const known = ({ db }: StoreFixture) =>
  db
    .prepare<[], { no: string }>('SELECT staff_no AS no FROM known_operators ORDER BY no')
    .all()
    .map(({ no }) => no)
const unknown = { ok: false, error: { code: 'offlineUnknown' } }
const letIn = { ok: true, value: { resume: { token: null } } }

/** 1003 and 1004 were let in by central here; nobody sits here now. */
async function twoKnown(): Promise<StoreFixture> {
  const store = await signedIn(await openFixture(), '1004')
  await store.ask('store.signOut', null)
  await signedIn(store)
  await store.ask('store.signOut', null)
  await store.settle()
  return store
}

async function oneSits(): Promise<StoreFixture> {
  const store = await twoKnown()
  return signedIn(store)
}

/** A central that gives each sign-in a token of its own. */
function numbersTokens({ central }: StoreFixture): void {
  const { signIn } = central
  let made = 0
  central.signIn = async (device, input, patienceMs) => {
    const answer = await signIn(device, input, patienceMs)
    made += 1
    return answer.ok ? { ok: true, value: { ...answer.value, token: `token-${made}` } } : answer
  }
}

const colleague = (over: Partial<DirectoryEntry & { role: string }>): DirectoryEntry =>
  ({
    ...{ kind: 'colleague', id: 'staff:1003', name: '张三', staffNo: '1003', extension: '1003', team: null },
    ...{ role: 'operator', ...over },
  }) as DirectoryEntry

describe('the answer to a sign-in', () => {
  test.each(['forbidden', 'codeRequired', 'codeWrong', 'codeNotEnrolled'] as const)(
    'S9.9 %s ends hers, whatever password she is known by, and nobody else’s',
    async (code) => {
      const store = await twoKnown()
      store.central.signInFault = { code }
      expect(await asks(store, 'her new one')).toMatchObject({ error: { code } })
      expect(known(store)).toEqual(['1004'])
      cuts(store)
      expect(await asks(store)).toEqual(unknown)
      expect(await asks(store, password, '1004')).toMatchObject(letIn)
    },
  )

  test('S9.9 a device that central does not know lets nobody in without it', async () => {
    const store = await twoKnown()
    store.central.knowsDevice = false
    expect(await asks(store)).toMatchObject({ error: { code: 'deviceUnknown' } })
    expect(known(store)).toEqual([])
  })

  test.each(['lockedOut', 'tooMany', 'protocolMismatch', 'invalidInput', 'centralFailed'] as const)(
    'S9.9 %s says nothing of her: it ends nothing',
    async (code) => {
      const store = await twoKnown()
      store.central.signInFault = { code }
      await asks(store)
      expect(known(store)).toEqual(['1003', '1004'])
    },
  )

  test('S9.9 whom the organisation’s account lets in as a monitor is known no more', async () => {
    const store = await twoKnown()
    const answer = { code: 'c', verifier: 'v', nonce: 'n', redirectUri: 'http://127.0.0.1/' }
    store.central.role = 'monitor'
    store.central.signInByIssuer = (device, { storeId }) =>
      store.central.signIn(device, { staffNo: '1003', password: '', storeId })
    expect(await store.askRaw('store.signInByIssuer', answer)).toMatchObject({ ok: true })
    expect(known(store)).toEqual(['1004'])
  })
})

describe('the answer to what is asked in her name', () => {
  const asked: readonly (readonly [string, (store: StoreFixture) => Promise<unknown>])[] = [
    [
      'the cases of a number',
      (store) => {
        store.central.ofCaller = () => Promise.resolve(fail('notSignedIn'))
        return store.askRaw('case.ofCaller', { phone: '1' })
      },
    ],
    [
      'the counts of cases',
      (store) => {
        store.central.cases = { ...store.central.cases, counts: () => Promise.resolve(fail('notSignedIn')) }
        return store.askRaw('case.counts', null)
      },
    ],
    [
      'another password',
      (store) => {
        store.central.changePassword = () => Promise.resolve(fail('notSignedIn'))
        return store.askRaw('session.changePassword', { old: password, fresh: 'another-one' })
      },
    ],
    [
      'signing out',
      (store) => {
        store.central.signOutFault = 'notSignedIn'
        return store.ask('store.signOut', null)
      },
    ],
  ]

  test.each(asked)('S9.9 a sign-in that central knows no more, heard by %s, ends hers alone', async (_, ask) => {
    const store = await oneSits()
    await ask(store)
    await store.settle()
    expect(known(store)).toEqual(['1004'])
    await store.ask('store.signOut', null)
    cuts(store)
    expect(await asks(store)).toEqual(unknown)
  })

  test('S9.9 it takes nothing of her work: she goes on, her words stay, and what she saves is sent as hers', async () => {
    const store = await oneSits()
    const form = { ...fullForm, content: '未说完' }
    const draft = { caseId: uuidv7(), callId: null, form, startedAt: 5, author: '1003' }
    await store.ask('draft.save', draft)
    store.central.changePassword = () => Promise.resolve(fail('notSignedIn'))
    await store.askRaw('session.changePassword', { old: password, fresh: 'another-one' })
    expect(known(store)).toEqual(['1004'])
    expect(await store.ask('draft.list', null)).toMatchObject([{ form: { content: '未说完' } }])
    const saved = await store.askRaw('case.save', { caseId: draft.caseId, callId: null, form })
    expect(saved).toMatchObject({ ok: true })
    await store.settle()
    expect(store.central.applied.map(({ author }) => author)).toEqual(['1003', '1003'])
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, signIn: 'passwordWanted' })
  })

  test('S9.9 a no to the old password that she changes, where it is the one that she is known by, ends hers', async () => {
    const store = await oneSits()
    store.central.changePassword = () => Promise.resolve(fail('wrongPassword'))
    await store.askRaw('session.changePassword', { old: 'mistyped', fresh: 'another-one' })
    expect(known(store)).toEqual(['1003', '1004'])
    await store.askRaw('session.changePassword', { old: password, fresh: 'another-one' })
    expect(known(store)).toEqual(['1004'])
  })

  test('S9.9 she who signs out herself is known still, also where a question of hers is answered after that', async () => {
    const store = await oneSits()
    const late = Promise.withResolvers<{ ok: false; error: { code: ErrorCode } }>()
    store.central.ofCaller = () => late.promise
    const asking = store.askRaw('case.ofCaller', { phone: '1' })
    await store.ask('store.signOut', null)
    late.resolve({ ok: false, error: { code: 'notSignedIn' } })
    await asking
    expect(known(store)).toEqual(['1003', '1004'])
    cuts(store)
    expect(await asks(store)).toMatchObject(letIn)
  })

  test('S9.9 what ends the sign-in before this one says nothing of who was let in anew', async () => {
    const store = await twoKnown()
    numbersTokens(store)
    await signedIn(store)
    const late = Promise.withResolvers<{ ok: false; error: { code: ErrorCode } }>()
    store.central.ofCaller = () => late.promise
    const asking = store.askRaw('case.ofCaller', { phone: '1' })
    await signedIn(store)
    late.resolve({ ok: false, error: { code: 'notSignedIn' } })
    await asking
    expect(known(store)).toEqual(['1003', '1004'])
    expect(await store.ask('sync.status', null)).toMatchObject({ signIn: 'central' })
  })

  test('S9.9 forbidden to a question is about the question', async () => {
    const store = await oneSits()
    store.central.cases = { ...store.central.cases, counts: () => Promise.resolve(fail('forbidden')) }
    await store.askRaw('case.counts', null)
    expect(known(store)).toEqual(['1003', '1004'])
  })
})

describe('what the desk hears as a device', () => {
  test('S9.9 a desk that is revoked hears it by its exchange: nobody signs in there without central', async () => {
    const store = await twoKnown()
    store.central.knowsDevice = false
    await store.settle()
    expect(known(store)).toEqual([])
    store.central.knowsDevice = true
    cuts(store)
    expect(await asks(store)).toEqual(unknown)
  })

  test('S9.9 … and by what it asks of the calls that it owes', async () => {
    const store = await twoKnown()
    store.central.answeredCalls = () => Promise.resolve(fail('deviceUnknown'))
    const fact = { callId: 'rang on', at: store.clock.time }
    const offered = { ...fact, kind: 'offered', number: '13800132210', queue: '12345' } as const
    await store.ask('call.record', { fact: offered, author: '' })
    await store.ask('call.record', { fact: { ...fact, kind: 'ended', outcome: 'missed' }, author: '' })
    await store.settle()
    expect(known(store)).toEqual([])
  })

  test('S9.9 an exchange that fails, for another file, another version or too many, ends nothing', async () => {
    const store = await twoKnown()
    const { sync } = store.central
    for (const code of ['forbidden', 'protocolMismatch', 'tooMany', 'centralFailed', 'centralUnreachable'] as const) {
      store.central.sync = () => Promise.resolve(fail(code))
      await store.settle()
    }
    store.central.sync = sync
    expect(known(store)).toEqual(['1003', '1004'])
  })

  test('S9.9 where /live is closed because the device is not known, the exchange asks at once', () => {
    let ear: LiveEar | undefined
    let news = 0
    const dial = (given: LiveEar) => {
      ear = given
      return { send: () => {}, close: () => {} }
    }
    const link = createLiveLink(dial, { after: () => () => {} }, () => (news += 1))
    link.open('id.secret', null, 'store')
    const closes = (code: number) => ear?.closed(code)
    closes(1001)
    expect(news).toBe(0)
    link.open('id.secret', null, 'store')
    closes(4401)
    expect(news).toBe(1)
  })

  test('S9.9 who leaves the directory, or stands in it with another role, is let in by central alone', async () => {
    for (const tell of [
      ({ central }: StoreFixture) => central.unlist('staff:1003'),
      ...staffRoles
        .filter((role) => role !== 'operator')
        .map(
          (role) =>
            ({ central }: StoreFixture) =>
              central.list(colleague({ role })),
        ),
    ]) {
      const store = await twoKnown()
      store.central.list(colleague({ name: '张三丰' }))
      store.central.list(colleague({ id: 'old', extension: '2003' }))
      store.central.unlist('old')
      await store.settle()
      expect(known(store)).toEqual(['1003', '1004'])
      tell(store)
      await store.settle()
      expect(known(store)).toEqual(['1004'])
    }
  })
})

test('S9.9 a disk that takes nothing keeps nobody known, and forgets her when it can', async () => {
  const store = await twoKnown()
  store.db.exec(`CREATE TEMP TRIGGER full BEFORE DELETE ON known_operators BEGIN SELECT RAISE(ABORT, 'full'); END`)
  store.central.signInFault = { code: 'forbidden' }
  expect(await asks(store)).toMatchObject({ error: { code: 'forbidden' } })
  cuts(store)
  expect(await asks(store)).toEqual(unknown)
  expect(known(store)).toEqual(['1003', '1004'])
  store.db.exec('DROP TRIGGER full')
  await store.settle()
  expect(known(store)).toEqual(['1004'])
})
