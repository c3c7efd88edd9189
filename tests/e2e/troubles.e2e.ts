/** Trouble around the desk is said in words, and nothing is lost by it. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCentral, until } from '../../build/stack/central-reader.ts'
import { phoneSnapshot, phoneStats, untilReady } from '../../build/stack/drive.ts'
import { fillForm, save, writeReply } from '../../build/stack/hands.ts'
import { freshDemo } from '../../build/stack/loaded-demo.ts'
import {
  AS_LOADED,
  demoOperator,
  startCentral,
  startExchange,
  startStack,
  type Stack,
} from '../../build/stack/stack.ts'
import { CITIZEN_HZ, freshFolder, NUMBER, openApp, readyDesk, statusSays, talk } from './fixture.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test('central goes down during the call: the desk saves all the same, and drains by itself when it is back', async () => {
  // As `npm start` has it, on a folder: all others stand on a database.
  const dataDir = join(freshFolder(), 'central')
  const central = await startCentral({ dataDir })
  const app = await openApp({ stack: { central, exchange: stack.exchange } })
  const desk = await readyDesk(app)
  const citizen = await talk(stack, desk)
  await central.child.stop('SIGKILL')

  await fillForm(desk, '中心不可达时记录的内容')
  await writeReply(desk, '已当场答复')
  const caseNo = await save(desk)
  await desk.getByTestId('sync-sign').filter({ hasText: '不可达' }).waitFor()
  expect((await phoneSnapshot(desk)).call?.phase).toBe('talking')
  await desk.keyboard.press('F12')
  await citizen.said('ended')

  const again = await startCentral({ dataDir, centralPort: Number(new URL(central.url).port) })
  try {
    await desk.getByTestId('sync-sign').filter({ hasText: '已同步' }).waitFor({ timeout: 60_000 })
    const reader = await readCentral(again.url, '1001', demoOperator.password)
    const found = (await reader.casesOf(NUMBER)).filter((one) => one.caseNo === caseNo)
    expect(found).toHaveLength(1)
  } finally {
    await app.close()
    await again.child.stop()
  }
})

test('central is away at the start of the shift: who worked here today signs in, saves, and it arrives afterwards', async () => {
  const databaseUrl = await freshDemo()
  const dataDir = freshFolder()
  const central = await startCentral({ databaseUrl, central: AS_LOADED })
  const around = { central, exchange: stack.exchange }
  const before = await openApp({ stack: around, dataDir })
  await readyDesk(before)
  await before.close()
  await central.child.stop('SIGKILL')

  const app = await openApp({ stack: around, dataDir })
  const desk = await readyDesk(app)
  await desk.getByTestId('sync-sign').filter({ hasText: '离线登录' }).waitFor()
  const citizen = await talk(stack, desk)
  await fillForm(desk, '离线登录后记录的内容')
  await writeReply(desk, '已当场答复')
  const caseNo = await save(desk)
  await desk.keyboard.press('F12')
  await citizen.said('ended')

  const again = await startCentral({
    databaseUrl,
    central: AS_LOADED,
    centralPort: Number(new URL(central.url).port),
  })
  try {
    await desk.getByTestId('sync-sign').filter({ hasText: '已同步' }).waitFor({ timeout: 60_000 })
    const reader = await readCentral(again.url, '1001', demoOperator.password)
    const found = (await reader.casesOf(NUMBER)).filter((one) => one.caseNo === caseNo)
    expect(found).toHaveLength(1)
    expect(await reader.record(found[0]?.caseId ?? '')).toMatchObject({ openedBy: demoOperator.staffNo })
  } finally {
    await app.close()
    await again.child.stop()
  }
})

test('a wrong password is said in words, what was typed stays, and the right one opens the desk', async () => {
  const app = await openApp({ stack, settings: { staffNo: null, password: null } })
  const desk = await app.desk()
  await desk.getByLabel('工号', { exact: true }).fill('1003')
  await desk.getByLabel('密码', { exact: true }).fill('not-the-password')
  await desk.keyboard.press('Enter')
  await desk.getByRole('status').filter({ hasText: '密码' }).waitFor()
  expect(await desk.getByLabel('工号', { exact: true }).inputValue()).toBe('1003')
  await desk.getByLabel('密码', { exact: true }).fill(demoOperator.password)
  await desk.keyboard.press('Enter')
  await untilReady(desk)
})

test('who signs out stays out, and the next operator signs in at the same desk', async () => {
  const app = await openApp({ stack })
  const desk = await readyDesk(app)
  await desk.getByRole('button', { name: `工号 ${demoOperator.staffNo}` }).click()
  await desk.getByRole('button', { name: '退出登录' }).click()
  await desk.getByLabel('工号', { exact: true }).fill('1004')
  await desk.getByLabel('密码', { exact: true }).fill(demoOperator.password)
  await desk.keyboard.press('Enter')
  await untilReady(desk)
  await desk.getByRole('button', { name: '工号 1004' }).waitFor()
  await statusSays(desk, '就绪')
})

test('central cannot be reached by a new desk: said in words, and trying again enrols it once it is there', async () => {
  const central = await startCentral({})
  await central.child.stop()
  const app = await openApp({ stack: { central, exchange: stack.exchange } })
  const desk = await app.desk()
  await desk.getByRole('status').filter({ hasText: '中心' }).waitFor()
  const again = await startCentral({ centralPort: Number(new URL(central.url).port) })
  try {
    await desk.getByLabel('登记码', { exact: true }).press('Enter')
    await untilReady(desk)
  } finally {
    await app.close()
    await again.child.stop()
  }
})

test('without a microphone the desk starts, says so, rings, and the citizen is heard', async () => {
  const app = await openApp({ stack, microphone: 'none' })
  const desk = await readyDesk(app)
  await desk.getByText('没有找到麦克风').first().waitFor()
  const citizen = await talk(stack, desk)
  expect((await phoneSnapshot(desk)).microphone).toBe('missing')
  await until(async () => Math.abs((await phoneStats(desk)).citizen.peakHz - CITIZEN_HZ) < 15, 'the citizen is heard')
  await until(
    async () => (await phoneStats(desk)).packetsSent > 50,
    'silence is sent, so that the line is up there too',
  )
  await desk.keyboard.press('F12')
  await citizen.said('ended')
})

test('the exchange goes away and comes back: the status tells the truth both times', async () => {
  const exchange = await startExchange({})
  const app = await openApp({ stack: { central: stack.central, exchange } })
  const desk = await readyDesk(app)
  await exchange.child.stop('SIGKILL')
  await until(async () => (await phoneSnapshot(desk)).operator.status === 'offline', 'offline')
  const again = await startExchange({ exchangePort: Number(new URL(exchange.url).port) })
  try {
    await again.child.said('registered')
    await until(async () => (await phoneSnapshot(desk)).operator.status === 'ready', 'ready again')
  } finally {
    await app.close()
    await again.child.stop()
  }
})

test('a new desk is enrolled by hand, in any spelling; the shift changes, and what was unsent goes under its author’s name', async () => {
  const databaseUrl = await freshDemo()
  const central = await startCentral({ databaseUrl, central: AS_LOADED })
  const app = await openApp({
    stack: { central, exchange: stack.exchange },
    settings: { staffNo: null, password: null, enrolment: null },
  })
  const desk = await app.desk()
  const field = desk.getByLabel('登记码', { exact: true })
  await field.fill('AAAAA-AAAAA')
  await desk.keyboard.press('Enter')
  await desk.getByRole('status').filter({ hasText: '登记码不对' }).waitFor()
  await field.fill(demoOperator.enrolment.toLowerCase().replace('-', ''))
  await desk.keyboard.press('Enter')
  const enter = async (staffNo: string) => {
    await desk.getByLabel('工号', { exact: true }).fill(staffNo)
    await desk.getByLabel('密码', { exact: true }).fill(demoOperator.password)
    await desk.keyboard.press('Enter')
    await untilReady(desk)
  }
  await enter('1003')
  await statusSays(desk, '就绪')
  await central.child.stop('SIGKILL')
  await desk.keyboard.press('F10')
  await desk.getByLabel('电话', { exact: true }).fill(NUMBER)
  await fillForm(desk, '下班前没传出的')
  await writeReply(desk, '已当场答复')
  const caseNo = await save(desk)
  await desk.getByRole('button', { name: '工号 1003' }).click()
  await desk.getByRole('button', { name: '退出登录' }).click()
  await desk.getByTestId('sync-sign').filter({ hasText: '不可达' }).waitFor()

  const again = await startCentral({
    databaseUrl,
    central: AS_LOADED,
    centralPort: Number(new URL(central.url).port),
  })
  try {
    // Nobody is signed in: the desk sends all the same.
    await desk.getByTestId('sync-sign').filter({ hasText: '已同步' }).waitFor({ timeout: 60_000 })
    await enter('1004')
    const reader = await readCentral(again.url, '1001', demoOperator.password)
    const found = (await reader.casesOf(NUMBER)).find((one) => one.caseNo === caseNo)
    expect((await reader.record(found?.caseId ?? '')).openedBy).toBe('1003')
  } finally {
    await app.close()
    await again.child.stop()
  }
})
