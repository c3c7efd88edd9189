/** A phone that was started again, and the queue that follows its operator. */
import { describe, expect, test } from 'vitest'
import { connection, fixture, ready } from './support/phone-fixture.ts'

describe('a phone that was started again', () => {
  /** What a phone says when it dies, and what its successor makes of that. */
  async function succeed(until: (phone: Awaited<ReturnType<typeof ready>>) => void | Promise<void>) {
    const before = await ready()
    await until(before)
    const after = fixture()
    const left = before.last()
    if (left === undefined) throw new Error('nothing said')
    await after.handlers['phone.restore'](left)
    return after
  }

  test('takes up an answered call as lost, tells its facts again, and leaves the operator in wrap-up', async () => {
    const after = await succeed(async (phone) => {
      phone.ring()
      await phone.handlers['phone.answer']({ callId: 'a' })
      await phone.turn()
      phone.sip.established('a')
      phone.confirm()
    })
    expect(after.last()).toMatchObject({
      operator: { status: 'wrapUp', registered: false },
      call: { phase: 'ended', outcome: 'lost', caller: { callId: 'a' } },
    })
    expect(after.facts.map(({ kind }) => kind)).toEqual(['offered', 'answered', 'ended'])
    after.sip.line('registered', null)
    expect(after.last()?.operator.status).toBe('wrapUp')
    await after.handlers['phone.wrapUpDone'](null)
    expect(after.last()?.operator.status).toBe('ready')
  })

  test('takes up a ringing call as lost, and the operator is away', async () => {
    const after = await succeed((phone) => phone.ring())
    expect(after.last()).toMatchObject({ operator: { status: 'away' }, call: { phase: 'ended', outcome: 'lost' } })
  })

  test('takes up a wrap-up and its call as they were', async () => {
    const after = await succeed(async (phone) => {
      phone.ring()
      await phone.handlers['phone.answer']({ callId: 'a' })
      await phone.turn()
      phone.sip.established('a')
      phone.sip.over('a', false, null)
    })
    expect(after.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { outcome: 'completed' } })
    expect(after.facts.filter(({ kind }) => kind === 'ended')).toHaveLength(1)
  })

  test('is not ready before it has registered itself', async () => {
    const after = await succeed(() => undefined)
    expect(after.last()?.operator).toMatchObject({ status: 'offline', registered: false })
    after.sip.line('registered', null)
    expect(after.last()?.operator.status).toBe('ready')
  })

  test('tells on what the one before had not told, each under its own author', async () => {
    const after = await succeed(async (phone) => {
      const line = { extension: '1003', password: 'x', domain: 'x' }
      await phone.handlers['phone.connect']({ ...connection, line })
      phone.untold.push({ author: '1001', fact: { callId: 'old', kind: 'answered', at: 3 } })
      phone.ring()
    })
    expect(after.facts.map(({ callId, kind }) => `${callId} ${kind}`)).toEqual(['old answered', 'a offered', 'a ended'])
    expect(after.authors).toEqual(['1001', '1003', '1003'])
  })
})

test('the queue of the exchange is told of ready, away and wrap-up, of nothing while a call is up, and of signing out', async () => {
  const phone = fixture()
  const line = { extension: '1003', password: 'x', domain: 'x' }
  const queue = { login: '*45', pause: '*47', unpause: '*48', logout: '*46' }
  await phone.handlers['phone.connect']({ ...connection, line, queue })
  const dialled = () => phone.asked.filter((what) => what.startsWith('feature')).join(' ')
  phone.sip.line('registered', null)
  await phone.turn()
  expect(dialled()).toBe('feature *45 feature *48')
  phone.ring()
  await phone.handlers['phone.answer']({ callId: 'a' })
  await phone.turn()
  phone.sip.established('a')
  await phone.turn()
  expect(dialled()).toBe('feature *45 feature *48')
  phone.sip.over('a', false, null)
  await phone.turn()
  expect(dialled()).toBe('feature *45 feature *48 feature *47')
  expect(phone.last()?.queue).toBe('agreed')
  await phone.handlers['phone.away']({ reason: 'meal' })
  expect(phone.last()?.operator).toMatchObject({ status: 'away', away: 'meal' })
  await phone.handlers['phone.disconnect'](null)
  expect(dialled()).toBe('feature *45 feature *48 feature *47 feature *46')
})
