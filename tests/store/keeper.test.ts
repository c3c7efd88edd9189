import { expect, test } from 'vitest'
import { fail, ok } from '../../shared/errors.ts'
import { createStoreKeeper, type FromStore, type StoreProcess, type ToStore } from '../../electron/store/keeper.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const who = { staffNo: '1003', token: 'token', session: null, device: 'desk.secret', numberPlan: defaultNumberPlan }

/** Processes that live and die when the test says, and timers that fire when it says. */
function fixture() {
  type Child = { said: ToStore[]; killed: boolean; hear(message: FromStore): void; die(): void }
  const children: Child[] = []
  const waiting: { ms: number; run: () => void }[] = []
  const told: unknown[] = []
  const fork = (): StoreProcess => {
    const listeners: Record<string, (message: never) => void> = {}
    const child: Child = {
      said: [],
      killed: false,
      hear: (message) => listeners['message']?.(message as never),
      die: () => listeners['exit']?.(undefined as never),
    }
    children.push(child)
    return {
      postMessage: (message) => void child.said.push(message),
      kill: () => void (child.killed = true),
      on: (event: string, listener: (message: never) => void) => (listeners[event] = listener),
    }
  }
  const timers = {
    after: (ms: number, run: () => void) => {
      const timer = { ms, run }
      waiting.push(timer)
      return () => void (waiting.includes(timer) && waiting.splice(waiting.indexOf(timer), 1))
    },
  }
  const keeper = createStoreKeeper(fork, timers, {
    resume: () => who,
    up: (code) => void told.push(code ?? 'up'),
    down: () => void told.push('down'),
    event: () => {},
  })
  const child = () => {
    const last = children.at(-1)
    if (last === undefined) throw new Error('no process')
    return last
  }
  /** Fires the one timer; answers what it waited. */
  const wait = () => {
    const [timer] = waiting.splice(0)
    timer?.run()
    return timer?.ms
  }
  const ready = (code: 'diskFull' | null = null) => child().hear({ type: 'ready', code })
  return { keeper, child, children, wait, waiting, told, ready }
}

const resume = { id: 0, name: 'store.resume', input: who }

test('S8.1 a store that dies soon after it was ready, again and again, is started more and more slowly', () => {
  const { keeper, child, wait, ready } = fixture()
  keeper.start()
  const waited = Array.from({ length: 8 }, () => {
    ready()
    child().die()
    return wait()
  })
  expect(waited).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 5_000])
})

test('one that lived for a while after it was ready is started at once again', () => {
  const { keeper, child, wait, ready } = fixture()
  keeper.start()
  ready()
  child().die()
  wait()
  ready()
  expect(wait()).toBe(10_000)
  child().die()
  expect(wait()).toBe(50)
})

test('a store that is ready a second time hears who is signed in, and main hears that it is well', async () => {
  const { keeper, child, told, ready, waiting } = fixture()
  keeper.start()
  const early = keeper.ask('sync.status', null)
  ready('diskFull')
  expect(child().said).toEqual([resume, { id: 1, name: 'sync.status', input: null }])
  ready()
  expect(child().said.slice(2)).toEqual([resume])
  expect(told).toEqual(['diskFull', 'up'])
  expect(waiting).toHaveLength(1)
  child().hear({ type: 'reply', id: 1, result: ok('late') })
  expect(await early).toEqual(ok('late'))
})

test('commands under way when it dies fail, and those that come before the next is started', async () => {
  const { keeper, child, told, ready } = fixture()
  keeper.start()
  ready()
  const answer = keeper.ask('sync.status', null)
  child().die()
  expect(await answer).toEqual(fail('storeDown'))
  expect(await keeper.ask('sync.status', null)).toEqual(fail('storeDown'))
  expect(told).toEqual(['up', 'down'])
})

test('S8.1 stopping gives it what it was asked, closes it, kills it when it does not go, and starts none again', async () => {
  const { keeper, child, children, wait, waiting } = fixture()
  keeper.start()
  void keeper.ask('draft.list', null)
  const stopped = keeper.stop()
  expect(child().said).toEqual([{ id: 1, name: 'draft.list', input: null }, 'close'])
  expect(wait()).toBe(20_000)
  expect(child().killed).toBe(true)
  child().die()
  await stopped
  expect([children.length, waiting]).toEqual([1, []])
})
