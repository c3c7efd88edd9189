/** Whoever asks the app to go in a call is answered by words on the desk; the citizen is not cut off. */
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, test } from 'vitest'
import { citizenHears } from '../../build/stack/citizen-hears.ts'
import { until } from '../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../build/stack/drive.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { factsAtCentral, freshFolder, openApp, processIds, readyDesk, statusSays, talk } from './fixture.ts'

/** Leave of the exchange is taken within 2 s, and then there is nothing to wait for. */
const GONE_MS = 30_000

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test.each(['a signal', 'the menu'] as const)(
  'Q1: %s in a call is held and said, the citizen goes on hearing; after the call it is obeyed',
  async (how) => {
    const dataDir = freshFolder()
    const app = await openApp({ stack, dataDir })
    const desk = await readyDesk(app)
    const citizen = await talk(stack, desk)
    const callId = (await phoneSnapshot(desk)).call?.caller.callId ?? ''
    const electron = app.electron.process()
    const gone = once(electron, 'exit')
    const quit = () => app.electron.evaluate(({ app: running }) => running.quit())

    if (how === 'a signal') process.kill((await processIds(app)).main, 'SIGTERM')
    else await quit()
    await desk.getByTestId('notices').getByText('通话中不能关闭工作台').waitFor()
    await citizenHears(citizen)
    await statusSays(desk, '通话中')

    await desk.keyboard.press('F12')
    await citizen.said('ended')
    await until(async () => factsAtCentral(dataDir, callId).outcome === 'completed', 'the end of the call in central')
    await quit().catch(() => undefined)
    // An app that stays has its reason, and says it.
    const went = await Promise.race([gone, pause(GONE_MS, null, { ref: false })])
    if (went === null) throw new Error(`it stays: ${await desk.getByTestId('notices').innerText()}`)
  },
)

test('Q2: the end of the session hangs up: the citizen is not left in a silence', async () => {
  const app = await openApp({ stack })
  const desk = await readyDesk(app)
  const citizen = await talk(stack, desk)
  const gone = once(app.electron.process(), 'exit')
  await app.close()
  await citizen.said('ended')
  await gone
})
