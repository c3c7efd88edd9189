import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDoor, type Answer, type Opened } from '../../electron/store/door.ts'
import { storageFailure } from '../../electron/store/failure.ts'
import { openStore } from '../../electron/store/open.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'

/** A door whose file opens when the test says; a try takes `takes` ms of a clock that the test sets. */
function fixture(first: Result<Opened> = fail('diskFull')) {
  const heard: [string, unknown][] = []
  const answer: Answer = (name, input) => {
    heard.push([name, input])
    if (name === 'kb.search') return Promise.reject(new TypeError('words of a citizen'))
    return Promise.resolve(ok(name))
  }
  const world = { time: 0, takes: 0, tries: 0, next: first, open: ok({ answer, code: null }) }
  const said: unknown[] = []
  const logged: unknown[] = []
  const door = createDoor({
    open: () => {
      world.tries += 1
      world.time += world.takes
      return Promise.resolve(world.next)
    },
    elapsed: () => world.time,
    ready: (code) => void said.push(code),
    log: (...line) => void logged.push(line),
  })
  return { world, door, heard, said, logged }
}

const status = ['sync.status', null] as const

test('S8.3 a store that could not open says why, tries again at a command, at most once a second, and is ready again', async () => {
  const { world, door, heard, said } = fixture()
  await door.start()
  expect(said).toEqual(['diskFull'])
  world.time = 999
  expect(await door.answer(...status)).toEqual(fail('diskFull'))
  expect(world.tries).toBe(1)
  world.time = 1_000
  world.next = fail('diskFailed')
  expect(await door.answer(...status)).toEqual(fail('diskFailed'))
  expect([world.tries, said]).toEqual([2, ['diskFull']])
  world.time = 2_000
  world.next = world.open
  expect(await Promise.all([door.answer(...status), door.answer(...status)])).toEqual([
    ok('sync.status'),
    ok('sync.status'),
  ])
  expect([world.tries, said, heard.length]).toEqual([3, ['diskFull', null], 2])
})

test('a file that takes long to try is tried more rarely', async () => {
  const { world, door } = fixture()
  world.takes = 3_000
  await door.start()
  world.time += 29_999
  await door.answer(...status)
  expect(world.tries).toBe(1)
  world.time += 1
  await door.answer(...status)
  expect(world.tries).toBe(2)
})

test('a file from a newer program is not tried again', async () => {
  const { world, door } = fixture(fail('databaseFromFuture'))
  await door.start()
  world.time = 1e9
  expect(await door.answer(...status)).toEqual(fail('databaseFromFuture'))
  expect(world.tries).toBe(1)
})

test('S8.3 who is signed in is known when the file opens at last, and who signed out meanwhile is not', async () => {
  const { world, door, heard } = fixture()
  await door.start()
  const who = { staffNo: '1003', token: 'token' }
  await door.answer('store.resume', who)
  world.time = 1_000
  world.next = world.open
  await door.answer('case.save', null)
  expect(heard).toEqual([
    ['store.resume', who],
    ['case.save', null],
  ])

  const other = fixture()
  await other.door.start()
  await other.door.answer('store.resume', who)
  await other.door.answer('store.signOut', null)
  other.world.time = 1_000
  other.world.next = other.world.open
  await other.door.answer('case.save', null)
  expect(other.heard).toEqual([['case.save', null]])
})

test('S8.2 an unexpected error is an answer, and its words are not in the log', async () => {
  const { world, door, logged } = fixture()
  world.next = world.open
  await door.start()
  expect(await door.answer('kb.search', { query: 'x' })).toEqual(fail('internal'))
  expect(logged).toMatchObject([['commandFailed', { command: 'kb.search', name: 'TypeError' }]])
  expect(JSON.stringify(logged)).not.toContain('citizen')
  expect(await door.answer(...status)).toEqual(ok('sync.status'))
})

test('an open store hears a command before anything that is said after it', async () => {
  const { world, door, heard } = fixture()
  world.next = world.open
  await door.start()
  void door.answer(...status)
  expect(heard).toEqual([[...status]])
})

test('closing waits for a try that is under way, and for what it was to answer', async () => {
  const { world, door, heard } = fixture()
  await door.start()
  world.time = 1_000
  world.next = world.open
  void door.answer(...status)
  await door.idle()
  expect(heard).toEqual([[...status]])
})

test('with real files: what stands in the way goes, and the store opens', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-door-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const inTheWay = join(dir, 'store.sqlite')
  mkdirSync(inTheWay)
  let time = 0
  const said: unknown[] = []
  const door = createDoor({
    open: async () => {
      try {
        const { db } = await openStore({ dir, nativeBinding: null, now: 1 })
        return ok({ answer: () => Promise.resolve(ok(db.close())), code: null })
      } catch (error) {
        return fail(storageFailure(error)?.code ?? 'internal')
      }
    },
    elapsed: () => time,
    ready: (code) => void said.push(code),
    log: () => {},
  })
  await door.start()
  rmdirSync(inTheWay)
  time = 1_000
  expect(await door.answer(...status)).toMatchObject({ ok: true })
  expect(said).toEqual(['diskFailed', null])
})
