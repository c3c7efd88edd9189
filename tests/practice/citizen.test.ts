import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { placeCall } from '../../central/practice/citizen-call.ts'
import type { CitizenEvent } from '../../central/practice/citizen-call.ts'
import { startExchange } from '../../central/practice/exchange-server.ts'
import { voiceDbfs } from '../../central/practice/ear.ts'
import { loadScenario } from '../../central/practice/scenario.ts'
import { startCitizen } from './support/citizen-process.ts'
import { startWebrtcAgent } from './support/webrtc-agent.ts'
import { until } from './support/until.ts'

const agents = [{ extension: '1001', password: 'secret' }]

test('a citizen without patience hangs up in the queue', { timeout: 20_000 }, async () => {
  const exchange = await startExchange({ agents })
  const events: CitizenEvent[] = []
  const result = await placeCall({
    exchange: exchange.url,
    scenario: { ...loadScenario('abandons'), patienceSeconds: 0.3 },
    onEvent: (event) => events.push(event),
  })
  expect(result).toMatchObject({ outcome: 'abandoned', endedBy: 'citizen', status: 487, asExpected: true })
  expect(events.map(({ event }) => event)).toEqual(['registered', 'queued', 'ended'])
  expect(exchange.stats().calls).toMatchObject([{ outcome: 'abandoned', from: '13900006688' }])
  await exchange.close()
})

test('a wrong password is an error with a reason', { timeout: 20_000 }, async () => {
  const exchange = await startExchange({ agents })
  await expect(
    placeCall({ exchange: exchange.url, scenario: loadScenario('abandons'), password: 'no' }),
  ).rejects.toThrow('not registered: 401')
  await exchange.close()
})

test(
  'the process hangs up on command, and exits with 1 when the scenario meant it otherwise',
  { timeout: 20_000 },
  async () => {
    const exchange = await startExchange({ agents })
    const citizen = startCitizen(['--exchange', exchange.url, '--scenario', 'bus-route', '--number', '+8613800002211'])
    await citizen.line('queued')
    citizen.command({ do: 'sing' })
    await citizen.line('notUnderstood')
    citizen.command({ do: 'hangUp' })
    expect(await citizen.line('ended')).toMatchObject({ by: 'citizen' })
    expect(await citizen.exit).toBe(1)
    expect(exchange.stats().calls).toMatchObject([{ from: '+8613800002211' }])
    await exchange.close()
  },
)

test('the process speaks its clips, hears the operator and thanks', { timeout: 40_000 }, async () => {
  const exchange = await startExchange({ agents })
  const agent = await startWebrtcAgent(exchange.url, '1001', 'secret', 0)
  const citizen = startCitizen(['--exchange', exchange.url, '--scenario', 'bus-route'])
  const call = await agent.answered
  agent.hum(700)
  await citizen.line('heard')
  await until(() => call.ear.last() !== null)
  await citizen.line('answered')
  // The greeting lasts until the citizen has heard a second of it.
  await until(async () => Number((await citizen.report()).heardMs) >= 1_200)
  agent.hum(0)
  expect(await citizen.line('speaking')).toMatchObject({ line: 'ask' })
  await until(() => call.ear.heardMs() > 1_000)
  expect(call.ear.loudest()?.dbfs).toBeGreaterThan(-25)
  citizen.command({ do: 'hangUp' })
  expect(await citizen.exit).toBe(0)
  await agent.stop()
  await exchange.close()
})

test('Q6 an operator on SIP.js who was busy once gets the same call again', { timeout: 20_000 }, async () => {
  const exchange = await startExchange({ agents })
  const agent = await startWebrtcAgent(exchange.url, '1001', 'secret', 1000, 1)
  const citizen = startCitizen(['--exchange', exchange.url, '--scenario', 'bus-route', '--tone', '440'])
  await agent.answered
  await citizen.line('heard')
  citizen.command({ do: 'hangUp' })
  expect(await citizen.exit).toBe(0)
  await until(() => exchange.stats().calls.length === 1)
  await agent.stop()
  await exchange.close()
})

test('who hums falls silent and hums again when told', { timeout: 20_000 }, async () => {
  const exchange = await startExchange({ agents })
  const agent = await startWebrtcAgent(exchange.url, '1001', 'secret', 1000)
  const citizen = startCitizen(['--exchange', exchange.url, '--scenario', 'bus-route', '--tone', '440'])
  const { ear } = await agent.answered
  const hears = (hz: number) => until(() => Math.abs((ear.last()?.dominantHz ?? 0) - hz) < 15)
  await hears(440)
  citizen.command({ do: 'hum', hz: 0 })
  await until(() => (ear.last()?.dbfs ?? 0) < voiceDbfs)
  citizen.command({ do: 'hum', hz: 620 })
  await hears(620)
  citizen.command({ do: 'hum', hz: 1 })
  await citizen.line('notUnderstood')
  citizen.command({ do: 'hangUp' })
  expect(await citizen.exit).toBe(0)
  await agent.stop()
  await exchange.close()
})

test('when the exchange dies in a call the citizen ends and says so', { timeout: 20_000 }, async () => {
  const exchange = await startExchange({ agents })
  const agent = await startWebrtcAgent(exchange.url, '1001', 'secret', 1000)
  const citizen = startCitizen(['--exchange', exchange.url, '--scenario', 'bus-route', '--tone', '440'])
  await agent.answered
  await citizen.line('heard')
  await exchange.close()
  expect(await citizen.line('ended')).toMatchObject({ by: 'exchange' })
  expect(await citizen.exit).toBe(1)
  await agent.stop()
})

test.each([
  [['--exchange', 'http://x', '--scenario', 'bus-route'], 'ws://'],
  [['--exchange', 'ws://127.0.0.1:1', '--scenario', 'nothing'], 'there are: abandons, abusive, bus-route'],
  [['--exchange', 'ws://127.0.0.1:1', '--scenario', 'bus-route'], ''],
])('bad settings are named: %j', { timeout: 20_000 }, async (args, reason) => {
  const citizen = startCitizen(args)
  expect((await citizen.line('failed')).reason).toContain(reason)
  expect(await citizen.exit).toBe(1)
})

test('the process of the exchange says where it listens, and stops on SIGTERM', { timeout: 20_000 }, async () => {
  const entry = join(import.meta.dirname, '../../central/practice/exchange.ts')
  const child = spawn(process.execPath, [entry, '--port', '0', '--agents', '1001:a,1002:b:c'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  expect(JSON.parse(line)).toMatchObject({
    event: 'listening',
    url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/),
  })
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})
