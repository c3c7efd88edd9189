/** The words on the desk follow the call: what the operator does, who is put aside, who is heard. */
import { beforeEach, expect, test, vi } from 'vitest'
import { startFlow } from '../../renderer/desk/desk-flow.ts'
import { changeTongue, promptOf } from '../../renderer/desk/script/speaking.ts'
import { useActivity } from '../../renderer/desk/stores/activity-store.ts'
import { useCall } from '../../renderer/desk/stores/call-store.ts'
import { closeDial } from '../../renderer/desk/stores/dial-store.ts'
import { closeDrafts, edit, saver, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { scriptRulesNow } from '../../renderer/desk/stores/tables-store.ts'
import type { ReplyMode } from '../../shared/case/case-record.ts'
import { shippedBodies, type TableBodies } from '../../shared/tables/tables.ts'
import { rest } from './fake-window.ts'
import { openDesk } from './open-desk.ts'

const { world, callIn, press } = openDesk()
let callId = ''
beforeEach(() => {
  callId = callIn('speaking')
})

const SECOND = 1000
/** The prompt as it stands so many seconds from now. */
const shown = (seconds = 0) =>
  promptOf(
    {
      snapshot: useCall.getState().snapshot,
      activity: useActivity.getState(),
      open: useDraft.getState().open,
      script: scriptRulesNow().script,
    },
    'zh',
    Date.now() + seconds * SECOND,
  )

test('from the greeting by her acts to the farewell', async () => {
  world.takeCall(callId)
  expect(shown().moment).toBe('opening')
  edit({ content: '停水' })
  expect(shown().moment).toBe('listening')
  useActivity.setState({ lastAct: 'searching', lastActAt: Date.now() })
  expect([shown().moment, shown(31).moment]).toEqual(['searching', 'searchLong'])
  edit({ reply: '明早恢复' })
  expect(shown().moment).toBe('answering')
})

test('who is put aside is thanked when she is back, and asked back after a minute', async () => {
  world.takeCall(callId)
  edit({ content: '停水' })
  await press('hold')
  world.settleHolds()
  expect([shown().moment, shown(61).moment]).toEqual(['hold', 'holdLong'])
  world.calls = []
  await press('said')
  expect(world.calls).toEqual([])
  await press('hold')
  world.settleHolds()
  expect(shown().moment).toBe('backFromHold')
  await press('said')
  expect(world.calls.find(({ name }) => name === 'phone.said')?.input).toEqual({
    callId,
    sentence: 'back-from-hold',
    script: 0,
  })
  expect(shown().moment).toBe('listening')
})

test('who was never heard is asked as a silent call is; her first sound ends that', () => {
  world.takeCall(callId)
  world.emit('phone.levels', { citizen: 0.001, operator: 0.2 })
  expect([shown(5).moment, shown(7).moment]).toEqual(['opening', 'silentCall'])
  world.emit('phone.levels', { citizen: 0.05, operator: 0 })
  expect(shown(7).moment).toBe('opening')
  world.emit('phone.levels', { citizen: 0, operator: 0 })
  edit({ content: '停水' })
  expect([shown(11).moment, shown(13).moment]).toEqual(['listening', 'silence'])
})

test('looking for an emergency service brings its words, and they go with it', async () => {
  world.takeCall(callId)
  await press('emergency')
  expect(shown().moment).toBe('emergency')
  closeDial()
  expect(shown().moment).toBe('opening')
})

test('a danger in the content brings the words of an emergency, once for each', async () => {
  world.takeCall(callId)
  edit({ content: '楼下着火了' })
  expect(shown().moment).toBe('emergency')
  const services = () => useActivity.getState().danger?.words.map(({ service }) => service)
  expect(services()).toEqual(['119'])
  await press('said', 'said', 'said')
  expect(shown().moment).toBe('listening')
  edit({ content: '楼下着火了，有浓烟' })
  expect(shown().moment).toBe('listening')
  edit({ content: '楼下着火了，有人晕倒' })
  expect([shown().moment, services()]).toEqual(['emergency', ['120', '119']])
  edit({ content: '楼下着火了' })
  expect(services()).toEqual(['119'])
  edit({ content: '路灯不亮' })
  expect(shown().moment).toBe('listening')
})

test('a danger is found in a content that comes back with its call as well', async () => {
  world.takeCall(callId)
  edit({ content: '楼下着火了' })
  saver.flush()
  await rest()
  closeDrafts()
  await startFlow()
  expect(useDraft.getState().open?.form.content).toBe('楼下着火了')
  expect([shown().moment, useActivity.getState().danger?.words.length]).toEqual(['emergency', 1])
})

test('what was said of a danger is not to be said again when its service is looked for', async () => {
  world.takeCall(callId)
  edit({ content: '楼下着火了' })
  await press('said', 'said', 'said')
  useActivity.setState(({ danger }) => ({ danger: danger && { ...danger, since: danger.since - SECOND } }))
  useActivity.setState(({ said }) => ({ said: said.map((one) => ({ ...one, since: one.since - SECOND })) }))
  expect(shown().moment).toBe('listening')
  await press('emergency')
  expect(shown().moment).toBe('listening')
  closeDial()
  expect(shown().moment).toBe('listening')
})

test('CS15 only who waits for a unit’s reply is promised it, with the number of her case', () => {
  world.takeCall(callId)
  useDraft.setState(({ open }) => ({ open: open && { ...open, caseNo: 'JM20261123-A1-0417' } }))
  const closing = (replyMode: ReplyMode) => {
    edit({ replyMode })
    useActivity.setState({ lastAct: 'saved' })
    return shown().say
  }
  expect(closing('later')).toBe('您的工单号是JM20261123-A1-0417，承办单位会在答复时限内回复您。')
  expect([closing('atOnce'), closing('notWanted')]).toEqual(Array(2).fill('请问还有其他可以帮您的吗？'))
})

test('the next call starts afresh', async () => {
  world.takeCall(callId)
  changeTongue()
  await press('said')
  expect(useActivity.getState()).toMatchObject({ tongue: 'yue', said: [{ id: 'opening' }] })
  world.end(callId)
  await press('ready')
  world.takeCall(`${callId}-next`)
  expect(useActivity.getState()).toMatchObject({ tongue: null, said: [], wasHeard: false })
})

test('CS13 a script that comes in the call is spoken from once she goes on, and each mark names what was read', async () => {
  const words = structuredClone(shippedBodies.script)
  for (const { say } of words.sentences) say.zh = `新版：${say.zh}`
  const bring = async (version: number, body: TableBodies['script']) => {
    world.tables = [{ name: 'script', version, body }]
    world.emit('tables.changed', null)
    await vi.waitFor(() => expect(scriptRulesNow().script.version).toBe(version))
  }
  await bring(1, shippedBodies.script)
  world.takeCall(callId)
  const before = shown()
  await bring(2, words)
  expect(shown()).toEqual(before)
  await press('said')
  expect(shown().say).toMatch(/^新版：/)
  await press('said')
  const marks = world.calls.filter(({ name }) => name === 'phone.said').map(({ input }) => input)
  expect(marks).toMatchObject([{ script: 1 }, { script: 2 }])
  await bring(3, shippedBodies.script)
})
