import { expect, onTestFinished } from 'vitest'
import { untilCitizenHears } from '../../../build/stack/citizen-hears.ts'
import { readCentral, until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot, phoneStats, untilPhase } from '../../../build/stack/drive.ts'
import { fillForm, lookUp, save, writeReply } from '../../../build/stack/hands.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import { CITIZEN_HZ, factsAtCentral, NUMBER, OPERATOR_HZ, statusSays, talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

export const wholeCallScenes: readonly Scene[] = [
  {
    name: 'a citizen calls, is heard and hears, and the case stands in central before the call is over',
    async play(shift) {
      const { app, desk } = await shift.desk()
      const citizen = shift.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: NUMBER })
      await statusSays(desk, '振铃')

      // The first ring of the day sounds without any click before it.
      const phone = await app.phone()
      await phone.waitForFunction(() => (window as unknown as { ringLevel(): number }).ringLevel() > 0.001)

      await desk.keyboard.press('F5')
      await statusSays(desk, '通话中')
      const heard = await until(async () => {
        const stats = await phoneStats(desk)
        return Math.abs(stats.citizen.peakHz - CITIZEN_HZ) < 15 ? stats : null
      }, 'the citizen’s tone at the phone')
      expect(heard.packetsReceived).toBeGreaterThan(0)
      expect(heard.packetsSent).toBeGreaterThan(0)
      expect(heard.remoteReports).toBeGreaterThan(0)
      const atCitizen = await untilCitizenHears(citizen, OPERATOR_HZ)
      expect(atCitizen.packetsReceived).toBeGreaterThan(0)

      await lookUp(desk, '白沙大道 江门站', '28 路')
      await desk.keyboard.press('Enter')
      const content = '市民咨询坐公交去江门站怎么走'
      await fillForm(desk, content)
      const caseNo = await save(desk)

      const reader = await readCentral(shift.central.url, '1001', demoOperator.password)
      const found = await until(
        async () => (await reader.casesOf(NUMBER)).find((one) => one.caseNo === caseNo),
        'the case in central',
      )
      const record = await reader.record(found.caseId)
      expect(record.groups.content.text).toBe(content)
      expect(record.groups.reply).toMatchObject({ mode: 'atOnce', articles: [{ id: 'KB-2041', version: 7 }] })
      expect(record.groups.reply.text).toContain('在白沙大道中坐 28 路直达江门站')
      expect(record).toMatchObject({ state: 'repliedAtOnce', openedBy: demoOperator.staffNo })

      // Still talking: nothing of all this touched the call.
      const later = await phoneStats(desk)
      expect(later.packetsReceived).toBeGreaterThan(heard.packetsReceived)
      await desk.keyboard.press('F12')
      expect(await citizen.said('ended')).toMatchObject({ by: 'operator' })
      await untilPhase(desk, 'ended')
    },
  },
  {
    name: 'a citizen who hangs up while it rings leaves a quiet phone, an operator away, and a fact',
    async play(shift) {
      const { app, desk, dataDir } = await shift.desk()
      const citizen = shift.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: '13900006688' })
      await statusSays(desk, '振铃')
      const callId = (await phoneSnapshot(desk)).call?.caller.callId ?? ''
      citizen.tell({ do: 'hangUp' })
      await untilPhase(desk, 'ended')
      await statusSays(desk, '未接来电')
      const phone = await app.phone()
      await phone.waitForFunction(() => (window as unknown as { ringLevel(): number }).ringLevel() === 0)
      await shift.exchange.child.said('callEnded', { callId })
      await until(async () => factsAtCentral(dataDir, callId).outcome === 'missed', 'the missed call in central')
      expect(factsAtCentral(dataDir, callId).kinds).toEqual(['offered', 'recorded', 'ended'])
      await desk.keyboard.press('F5')
      await statusSays(desk, '就绪')
    },
  },
  {
    name: 'an earlier case of the number is shown when it rings again, however it is spelt; a hostile name stays text',
    async play(shift) {
      const { desk } = await shift.desk()
      const first = await talk(shift, desk, { number: '07503500123' })
      await fillForm(desk, '东华一路近菜市场路灯不亮')
      await writeReply(desk, '已记录并当场答复')
      await save(desk)
      await desk.keyboard.press('F12')
      await first.said('ended')
      await statusSays(desk, '整理')
      await desk.keyboard.press('F5')
      await statusSays(desk, '就绪')

      let dialogs = 0
      const count = () => (dialogs += 1)
      desk.on('dialog', count)
      onTestFinished(() => void desk.off('dialog', count))
      const second = shift.call({ scenario: 'hostile-name', tone: CITIZEN_HZ, number: '+867503500123' })
      await statusSays(desk, '振铃')
      await desk.getByText('东华一路近菜市场路灯不亮').first().waitFor()
      const card = desk.getByTestId('caller-card')
      await card.filter({ hasText: '<img src=x onerror=alert(1)>' }).waitFor()
      expect(await desk.locator('img').count()).toBe(0)
      expect(await card.textContent()).not.toMatch(/[\u202a-\u202e]/)
      expect(dialogs).toBe(0)
      // Were a script to get in all the same, the window would not run it.
      expect(
        await desk.evaluate(() => {
          const script = document.createElement('script')
          script.textContent = 'document.title = "ran"'
          document.head.append(script)
          return document.title
        }),
      ).not.toBe('ran')
      await desk.keyboard.press('F6')
      await statusSays(desk, '已拒接')
      await second.stop()
    },
  },
]
