/**
 * What it costs to type into a reply of 4,000 characters while 2,000 listed words are looked for and marked in it, in the
 * real app, against the same field without marks in the same run.
 */
import type { Page } from 'playwright-core'
import type { ForbiddenWord } from '../../shared/script/forbidden.ts'
import { openMonitorPage } from '../support/monitor-page.ts'
import { percentile, plainFigure, type Figure } from './figures.ts'
import { progress } from './support/ground.ts'
import { withReadyApp } from './support/ready-app.ts'

const WORDS = 2000
const CHARACTERS = 4000
const KEYS = 300

const han = (index: number) => String.fromCodePoint(0x4e00 + (index % 20_000))
/** Listed words of three characters, no two alike; `used` of them stand in the reply. */
const words: readonly ForbiddenWord[] = Array.from({ length: WORDS }, (_, index) => ({
  ...{ word: `${han(index * 7)}${han(index * 13 + 5)}${han(index)}`, better: '我为您核实', except: [] },
  why: index % 5 === 0 ? 'secret' : 'never',
}))

function text(): string {
  let all = ''
  for (let index = 0; all.length < CHARACTERS; index += 1)
    all += `您反映的第 ${index} 件事已转给相关单位处理，${words[(index * 37) % WORDS]?.word ?? ''}，请保持电话畅通。`
  return all.slice(0, CHARACTERS)
}

type Keys = { readonly blocked: number[]; readonly painted: number[] }

/** Types in the middle of the text: how long each key blocks the window, and until it was painted, in ms. */
async function type(desk: Page): Promise<Keys> {
  await desk.locator('#field-reply').fill(text())
  await desk.locator('#field-reply').focus()
  return desk.evaluate(async (keys) => {
    const field = document.querySelector<HTMLTextAreaElement>('#field-reply')
    if (field === null) throw new Error('no reply')
    const painted = () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.addEventListener('message', resolve)
          channel.port1.start()
          channel.port2.postMessage(null)
        })
      })
    field.setSelectionRange(2000, 2000)
    await painted()
    const found = { blocked: [] as number[], painted: [] as number[] }
    for (let key = 0; key < keys; key += 1) {
      const before = performance.now()
      document.execCommand('insertText', false, '字')
      found.blocked.push(performance.now() - before)
      await painted()
      found.painted.push(performance.now() - before)
    }
    return found
  }, KEYS)
}

/** `npm run bench -- words`. */
export function benchWords(): Promise<Figure[]> {
  return withReadyApp(async ({ stack, desk }) => {
    const page = await openMonitorPage(stack.central.url)
    await page.publish('forbiddenWords', 0, { words: [...words] })
    await desk.keyboard.press('F10')
    await desk.locator('#field-reply').fill(words[0]?.word ?? '')
    const marks = desk.getByTestId('marks').locator('mark')
    await marks.first().waitFor()
    await type(desk)
    progress(`${await marks.count()} of ${WORDS} words are marked in ${CHARACTERS} characters`)
    const marked = await type(desk)
    await page.publish('forbiddenWords', 1, { words: [] })
    await marks.first().waitFor({ state: 'detached' })
    await desk.addStyleTag({ content: '[data-testid=marks] { display: none }' })
    await type(desk)
    const bare = await type(desk)
    return (['blocked', 'painted'] as const).flatMap((what) =>
      ([0.5, 0.99] as const).map((share) =>
        plainFigure(
          `${what === 'blocked' ? 'a key blocks the window' : 'a key until it is painted'}, p${share * 100}`,
          'ms',
          percentile(marked[what], share),
          percentile(bare[what], share),
        ),
      ),
    )
  })
}
