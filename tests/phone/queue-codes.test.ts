import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createQueueCodes, noQueueCodes, queueWanted, type QueueWant } from '../../renderer/phone/queue-codes.ts'
import { signedOff } from '../../shared/call/operator-status.ts'

const codes = { login: '*45', pause: '*47', unpause: '*48', logout: '*46' }

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** A queue of an exchange that answers each code when the test says so. */
function fixture(use = codes) {
  const sent: string[] = []
  const open: ((taken: boolean) => void)[] = []
  let later: (() => void) | null = null
  const world = { most: 0, member: false, paused: false, changes: 0 }
  const effect: Record<string, () => void> = {
    '*45': () => Object.assign(world, world.member ? {} : { member: true, paused: false }),
    '*46': () => void (world.member = false),
    '*47': () => void (world.paused = world.member),
    '*48': () => void (world.paused = false),
  }
  const queue = createQueueCodes({
    send: (code) => {
      sent.push(code)
      const answer = Promise.withResolvers<boolean>()
      open.push((taken) => {
        if (taken) effect[code]?.()
        answer.resolve(taken)
      })
      world.most = Math.max(world.most, open.length)
      return answer.promise
    },
    changed: () => void world.changes++,
    again: { schedule: (run) => void (later = run), stop: () => void (later = null) },
  })
  queue.use(use)
  const answer = async (taken = true) => {
    open.shift()?.(taken)
    await settle()
  }
  const answerAll = async () => {
    while (open.length > 0) await answer()
  }
  /** The time comes to try again; answers whether that is waited for. */
  const tryAgain = () => {
    const run = later
    later = null
    run?.()
    return run !== null
  }
  return { queue, sent, world, answer, answerAll, tryAgain }
}

test('Q5 after a line that was lost all is said anew: the exchange may have been started anew', async () => {
  const { queue, sent, answerAll } = fixture()
  queue.want('in')
  await answerAll()
  queue.forget()
  queue.want(null)
  queue.want('in')
  await answerAll()
  expect(sent).toEqual(['*45', '*48', '*45', '*48'])
})

test('Q5 a pause whose answer was lost may stand: ready again says that it is over', async () => {
  const { queue, sent, answer, answerAll } = fixture()
  queue.want('in')
  await answerAll()
  queue.want('paused')
  await answer(false)
  queue.want(null)
  queue.want('in')
  await answerAll()
  expect(sent).toEqual(['*45', '*48', '*47', '*48'])
})

test('Q1 ready logs in and ends a pause, away pauses, ready again only ends it', async () => {
  const { queue, sent, answerAll } = fixture()
  queue.want('in')
  expect(queue.word()).toBe('pending')
  await answerAll()
  expect(queue.word()).toBe('agreed')
  queue.want('paused')
  await answerAll()
  queue.want('in')
  await answerAll()
  expect(sent).toEqual(['*45', '*48', '*47', '*48'])
})

test('Q1 the last wanted state wins: what was wanted while a code was under way is left out', async () => {
  const { queue, sent, answerAll } = fixture()
  queue.want('in')
  await answerAll()
  queue.want('paused')
  queue.want('in')
  queue.want('paused')
  queue.want('in')
  await answerAll()
  expect(sent).toEqual(['*45', '*48', '*47', '*48'])
  expect(queue.word()).toBe('agreed')
})

test('Q2 a code that fails is said, and tried again at the next change', async () => {
  const { queue, sent, world, answer, answerAll } = fixture()
  queue.want('in')
  await answerAll()
  queue.want('paused')
  const changes = world.changes
  await answer(false)
  expect(queue.word()).toBe('refused')
  expect(world.changes).toBe(changes + 1)
  queue.want('paused')
  await settle()
  expect(sent.filter((code) => code === '*47')).toHaveLength(1)
  queue.want(null)
  queue.want('paused')
  await answerAll()
  expect(sent.filter((code) => code === '*47')).toHaveLength(2)
  expect(queue.word()).toBe('agreed')
})

test('Q2 what failed is tried again after a while, and is said until it is taken', async () => {
  const { queue, sent, answer, tryAgain } = fixture()
  queue.want('in')
  await answer()
  await answer(false)
  expect([sent, queue.word()]).toEqual([['*45', '*48'], 'refused'])
  for (const taken of [false, true]) {
    expect(tryAgain()).toBe(true)
    expect(queue.word()).toBe('refused')
    await answer(taken)
  }
  expect([sent, queue.word()]).toEqual([['*45', '*48', '*48', '*48'], 'agreed'])
  expect(tryAgain()).toBe(false)
})

test('Q2 Q3 nothing is tried again that is not wanted any more, or not now', async () => {
  const { queue, sent, answer, tryAgain } = fixture()
  for (const next of [null, 'paused'] as const) {
    queue.want('in')
    await answer(false)
    queue.want(next)
    expect(tryAgain()).toBe(false)
  }
  await answer(false)
  const left = queue.leave()
  await answer(false)
  await left
  expect(tryAgain()).toBe(false)
  expect(sent).toEqual(['*45', '*45', '*47', '*46'])
})

test('Q3 nothing is sent while a call is up or without a registration', async () => {
  const { queue, sent, answer, answerAll } = fixture()
  queue.want('in')
  queue.want(null)
  await answer()
  expect(sent).toEqual(['*45'])
  queue.want('paused')
  await answerAll()
  expect(sent).toEqual(['*45', '*47'])
  const ready = { ...signedOff, status: 'ready', registered: true } as const
  expect(queueWanted(ready, false)).toBe('in')
  expect(queueWanted(ready, true)).toBeNull()
  expect(queueWanted({ ...ready, status: 'wrapUp' }, false)).toBe('paused')
  expect(queueWanted({ ...ready, status: 'away', registered: false }, false)).toBeNull()
  expect(queueWanted({ ...ready, status: 'talking' }, false)).toBeNull()
})

test('Q4 without codes nothing is sent and nothing is said of a queue', async () => {
  const none = fixture({ ...codes, ...noQueueCodes } as unknown as typeof codes)
  none.queue.want('in')
  await none.queue.leave()
  expect(none.sent).toEqual([])
  expect(none.queue.word()).toBe('none')
})

test('Q5 a pause that was said before the login is said again after it', async () => {
  const { queue, sent, world, answerAll } = fixture()
  queue.want('paused')
  await answerAll()
  queue.want('in')
  queue.want('paused')
  await answerAll()
  expect(sent).toEqual(['*47', '*45', '*47'])
  expect(world).toMatchObject({ member: true, paused: true })
})

test('leaving logs out, and is over also when the exchange refuses', async () => {
  const { queue, sent, answer, answerAll } = fixture()
  queue.want('in')
  await answerAll()
  const left = queue.leave()
  await answer(false)
  await left
  expect(sent.at(-1)).toBe('*46')
  expect(queue.word()).toBe('none')
})

test('Q1 Q5 whatever is wanted and whichever codes fail, one is under way at a time and an agreed queue is as wanted', async () => {
  const act = fc.oneof(
    fc.record({ want: fc.constantFrom<QueueWant | null>('in', 'paused', 'out', null) }),
    fc.record({ taken: fc.boolean() }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 40 }),
      fc.constantFrom<QueueWant>('in', 'paused', 'out'),
      async (acts, last) => {
        const { queue, world, answer, answerAll } = fixture()
        for (const each of acts) {
          if ('want' in each) queue.want(each.want)
          else await answer(each.taken)
        }
        queue.want(null)
        queue.want(last)
        await settle()
        await answerAll()
        expect(world.most).toBeLessThanOrEqual(1)
        expect(queue.word()).toBe('agreed')
        if (last === 'in') expect(world).toMatchObject({ member: true, paused: false })
        else if (last === 'out') expect(world.member).toBe(false)
        else expect(world.member && !world.paused).toBe(false)
      },
    ),
  )
})
