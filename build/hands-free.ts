/** `npm start -- --hands-free`: one whole call in the real app, played by the keyboard alone, judged at both ends. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Settings } from '../shared/settings.ts'
import { must } from '../shared/errors.ts'
import { appFolder } from './stack/app.ts'
import { readCentral, until } from './stack/central-reader.ts'
import type { Child } from './stack/child.ts'
import { citizenHears, untilCitizenHears } from './stack/citizen-hears.ts'
import { launchApp, phoneStats, untilPhase, untilReady, type DrivenApp } from './stack/drive.ts'
import { fillForm, lookUp, save } from './stack/hands.ts'
import { placeCall } from './stack/stack.ts'
import { writeTone } from './stack/tone.ts'

const SPEAKER_HZ = 1000
/** Root mean square (0 to 1) above which a voice is heard. */
const HEARD_LEVEL = 0.01
const QUERY = '白沙大道 江门站'
const CONTENT = '市民在白沙大道，咨询坐公交去江门站怎么走，赶 17:30 的高铁，希望尽快告知路线和大约时间。'
const NUMBER = '13800002210'
const folder = join(appFolder, '.demo')

type Figures = Record<'ringMs' | 'answerMs' | 'twoWayAudioMs' | 'searchMs' | 'saveMs' | 'centralMs', number>

const startedAt = performance.now()

function tell(step: string): void {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}`)
}

/** Runs a step and answers its length in whole ms. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return Math.round(performance.now() - from)
}

let pictures = 0
async function picture(desk: Page, name: string): Promise<void> {
  pictures += 1
  await desk.screenshot({ path: join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`) })
}

type Judgement = { readonly caseNo: string; readonly figures: Figures; readonly faults: string[] }

async function playCall(app: DrivenApp, settings: Settings, call: () => Child): Promise<Judgement> {
  const desk = await app.desk()
  await desk.setViewportSize({ width: 1366, height: 768 }).catch(() => undefined)
  await untilReady(desk)
  tell('工作台就绪 · the desk is ready')
  await until(async () => (await desk.getByTestId('status').textContent())?.includes('就绪'), 'REGISTER 200')
  await picture(desk, 'ready')

  const citizen = call()
  await citizen.said('registered')
  const ringMs = await timed(() => untilPhase(desk, 'ringing'))
  await picture(desk, 'ringing')
  tell(`来电振铃 · ringing after ${ringMs} ms`)

  const answeredFrom = performance.now()
  await desk.keyboard.press('F5')
  await untilPhase(desk, 'connected', 'talking')
  const answerMs = Math.round(performance.now() - answeredFrom)
  tell(`接通 · answered after ${answerMs} ms`)
  await untilPhase(desk, 'talking')
  const twoWayAudioMs = Math.round(performance.now() - answeredFrom)
  tell(`双方听到 · both sides heard after ${twoWayAudioMs} ms`)
  // The citizen speaks between pauses: the voice itself must come, not only packets.
  await until(async () => {
    const { level } = (await phoneStats(desk)).citizen
    return level > HEARD_LEVEL && level
  }, 'the citizen’s voice at the operator')
  await picture(desk, 'talking')

  const searchMs = await timed(() => lookUp(desk, QUERY, '28 路'))
  await picture(desk, 'found')
  await desk.keyboard.press('Enter')
  tell(`查到答案 · found after ${searchMs} ms`)
  await fillForm(desk, CONTENT)
  await picture(desk, 'filled')

  let caseNo = ''
  const saveMs = await timed(async () => (caseNo = await save(desk)))
  tell(`已保存 ${caseNo} · saved after ${saveMs} ms`)
  const reader = await readCentral(
    must(settings.central, 'central'),
    must(settings.staffNo, 'staffNo'),
    must(settings.password, 'password'),
    must(settings.enrolment, 'enrolment'),
  )
  const faults: string[] = []
  let record = null
  const centralMs = await timed(async () => {
    const found = await until(
      async () => (await reader.casesOf(NUMBER)).find((one) => one.caseNo === caseNo),
      'the case in central',
    )
    record = await reader.record(found.caseId)
  })
  const { groups } = must<import('../shared/case/case-record.ts').CaseRecord>(record, 'record')
  if (groups.content.text !== CONTENT) faults.push('content differs in central')
  if (groups.classification.kind !== 'consult' || groups.classification.code !== '0101')
    faults.push('kind or classification differs in central')
  if (groups.place.district !== '蓬江区') faults.push('district differs in central')
  if (groups.reply.mode !== 'atOnce') faults.push('the way to reply differs in central')
  if (!groups.reply.text.includes('白沙大道中') || groups.reply.articles[0]?.id !== 'KB-2041')
    faults.push('reply differs in central')
  tell(`已在中心库 · in central after ${centralMs} ms`)
  await picture(desk, 'saved')

  const stats = await phoneStats(desk)
  if (stats.packetsReceived === 0 || stats.remoteReports === 0) faults.push('RTP counters stand still')
  const report = await untilCitizenHears(citizen, SPEAKER_HZ).catch(() => citizenHears(citizen))
  if (Math.abs(report.dominantHz - SPEAKER_HZ) > 40) faults.push(`the citizen hears ${report.dominantHz} Hz`)
  tell(`市民听到 ${report.dominantHz} Hz，坐席收到 ${stats.packetsReceived} 包 · heard in both directions`)

  await desk.keyboard.press('F12')
  await citizen.said('ended')
  await untilPhase(desk, 'ended')
  await picture(desk, 'ended')
  tell('通话结束 · the call has ended')
  return { caseNo, figures: { ringMs, answerMs, twoWayAudioMs, searchMs, saveMs, centralMs }, faults }
}

/** Plays the call against a desk with these settings; answers the exit code. */
export async function playHandsFree(settings: Settings): Promise<number> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tone = join(folder, 'operator.wav')
  writeTone(tone, SPEAKER_HZ)
  const app = await launchApp({ settings, fakeMicrophone: tone })
  let citizen: Child | null = null
  try {
    const call = () =>
      (citizen = placeCall(must(settings.sip?.[0], 'sip'), {
        scenario: settings.scenario ?? 'bus-route',
        number: NUMBER,
      }))
    const { caseNo, figures, faults } = await playCall(app, settings, call)
    for (const fault of faults) console.error(`✗ ${fault}`)
    console.log(JSON.stringify({ ok: faults.length === 0, caseNo, ...figures }))
    return faults.length === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    await app
      .desk()
      .then((desk) => picture(desk, 'failed'))
      .catch(() => undefined)
    console.log(JSON.stringify({ ok: false, caseNo: null }))
    return 1
  } finally {
    await (citizen as Child | null)?.stop()
    await app.close()
  }
}
