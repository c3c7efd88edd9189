import { expect, test } from 'vitest'
import { startExchange } from '../../central/practice/exchange-server.ts'
import type { ExchangeEvent } from '../../central/practice/exchange-core.ts'
import { startCitizen } from './support/citizen-process.ts'
import { startWebrtcAgent } from './support/webrtc-agent.ts'
import { until } from './support/until.ts'

test('a citizen and an operator hear each other through the exchange', { timeout: 40_000 }, async () => {
  const events: ExchangeEvent[] = []
  const exchange = await startExchange({
    agents: [{ extension: '1001', password: 'secret' }],
    onEvent: (event) => events.push(event),
  })
  const agent = await startWebrtcAgent(exchange.url, '1001', 'secret', 1000)
  const citizen = startCitizen(['--exchange', exchange.url, '--scenario', 'bus-route', '--tone', '440'])

  const call = await agent.answered
  await citizen.line('answered')
  const queued = events.find((event) => event.event === 'queued')
  expect(call.header('X-Call-Id')).toBe(queued?.event === 'queued' ? queued.callId : '')
  expect(call.header('X-Queue')).toBe('12345')
  expect(call.invitation.remoteIdentity.uri.user).toBe('13800002210')
  expect(call.invitation.remoteIdentity.displayName).toBe('陈先生')

  const heard = await citizen.line('heard')
  expect(heard.dbfs).toBeGreaterThan(-30)
  await until(() => call.ear.heardMs() >= 1_000)
  expect(Math.abs((call.ear.last()?.dominantHz ?? 0) - 440)).toBeLessThan(15)

  const report = await citizen.report()
  expect(Math.abs(Number(report.dominantHz) - 1000)).toBeLessThan(15)
  expect(report.packetsReceived).toBeGreaterThan(20)
  expect(report.packetsSent).toBeGreaterThan(20)
  expect(report.maxGapMs).toBeLessThan(300)

  // The assertion can fail: another tone is heard as another tone.
  agent.hum(600)
  await until(async () => Math.abs(Number((await citizen.report()).dominantHz) - 600) < 15)

  await call.invitation.bye()
  expect(await citizen.line('ended')).toMatchObject({ by: 'operator' })
  expect(await citizen.exit).toBe(0)
  expect(exchange.stats().calls).toMatchObject([{ from: '13800002210', agent: '1001', outcome: 'answered' }])
  await agent.stop()
  await exchange.close()
})
