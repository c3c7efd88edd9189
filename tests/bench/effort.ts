/**
 * How many keys a call costs at the real desk, from the ring until she is ready again. The words that are typed count
 * nothing, every other key or chord counts one. What is missing the desk itself leads to (Ctrl ↵), as it does for an operator.
 */
import type { Page } from 'playwright-core'
import { untilPhase } from '../../build/stack/drive.ts'
import { until } from '../../build/stack/central-reader.ts'
import type { Stack } from '../../build/stack/stack.ts'
import { must } from '../../shared/errors.ts'
import type { Figure } from './figures.ts'
import { statusSays, withReadyApp } from './support/ready-app.ts'

type Matter = {
  readonly name: string
  readonly scenario: string
  readonly most: number
  /** 1–6, as the kinds stand in the form. */
  readonly kind: string
  readonly content: string
  readonly address: string
  /** What is looked up while the citizen waits, and the article that answers it. */
  readonly lookUp: { readonly words: string; readonly title: string } | null
}

const matters: readonly Matter[] = [
  {
    ...{ name: 'the bus route', scenario: 'bus-route', most: 12, kind: '1', address: '白沙大道' },
    content: '市民在白沙大道，咨询坐公交车去江门站怎么走，赶高铁。',
    lookUp: { words: '白沙大道 江门站', title: '28 路' },
  },
  {
    ...{ name: 'a noise complaint', scenario: 'noise', most: 20, kind: '3', address: '礼乐街道威东路新楼盘' },
    content: '市民反映威东路新楼盘工地夜间施工，晚上十一点还在打桩，小孩无法入睡，要求制止并回复。',
    lookUp: null,
  },
  {
    ...{ name: 'a report', scenario: 'report', most: 20, kind: '4', address: '会城中心南路某餐馆' },
    content: '市民举报新会会城一家餐厅卫生差，上周在后厨看见使用过期食品的肉，有照片，要求保密。',
    lookUp: null,
  },
]

type Stroke = { readonly key: string; readonly what: string }

function createHands(desk: Page) {
  const strokes: Stroke[] = []
  return {
    strokes,
    press: async (key: string, what: string) => {
      strokes.push({ key, what })
      await desk.keyboard.press(key)
    },
    /** Words: they have to be said, whatever the desk is like. */
    type: (words: string) => desk.keyboard.insertText(words),
  }
}
type Hands = ReturnType<typeof createHands>

/** The field that has the focus, by its id; '' where none has. */
const fieldWithFocus = (desk: Page) =>
  desk.evaluate(() => document.activeElement?.closest('[id^="field-"],[id^="particular-"]')?.id ?? '')

/** Fills in what the desk has led to. */
async function fillIn(desk: Page, hands: Hands, field: string, { kind, address, lookUp }: Matter): Promise<void> {
  const chosen = async (letters: string, what: string) => {
    await hands.type(letters)
    await desk.getByRole('option').filter({ hasText: letters }).first().waitFor()
    await hands.press('Enter', what)
  }
  switch (field) {
    case 'field-kind':
      return hands.press(kind, 'the kind')
    case 'field-district':
      return chosen('蓬江', 'the district')
    case 'field-address':
      return hands.type(address)
    case 'field-replyMode':
      return hands.press(lookUp === null ? '2' : '1', 'how to reply')
    default:
      break
  }
  const isChoice = await desk.locator(`#${field}`).evaluate((box) => box.getAttribute('aria-haspopup') === 'listbox')
  if (!isChoice) return hands.type('不详')
  await hands.press('ArrowDown', `a choice: ${field}`)
  await hands.press('Enter', `the choice: ${field}`)
}

/** Saves; where something is missing fills it in and saves again. */
async function saveIt(desk: Page, hands: Hands, matter: Matter): Promise<void> {
  const saved = desk.getByTestId('save-state').filter({ hasText: '✓' })
  for (let tries = 0; tries < 12; tries += 1) {
    const before = await fieldWithFocus(desk)
    await hands.press('Control+Enter', 'save')
    const led = await until(
      async () => {
        if ((await saved.count()) > 0) return { saved: true, field: '' }
        const field = await fieldWithFocus(desk)
        return field === '' || field === before ? null : { saved: false, field }
      },
      `what is missing after ${JSON.stringify(hands.strokes)}, at ${before}`,
    )
    if (led.saved) return
    await fillIn(desk, hands, led.field, matter)
  }
  throw new Error(`not saved: ${JSON.stringify(hands.strokes)}`)
}

async function oneCall(stack: Stack, desk: Page, matter: Matter): Promise<Figure> {
  const hands = createHands(desk)
  const citizen = stack.call({ scenario: matter.scenario, tone: 440 })
  await untilPhase(desk, 'ringing')
  await hands.press('F5', 'answer')
  await untilPhase(desk, 'talking')
  await until(async () => ((await fieldWithFocus(desk)) === 'field-content' ? true : null), 'the cursor in the content')
  await hands.type(matter.content)
  await desk.getByTestId('class-suggestions').waitFor()
  await hands.press('Alt+c', 'the class that the words suggest')
  if (matter.lookUp !== null) {
    await hands.press('F3', 'search the knowledge base')
    await hands.type(matter.lookUp.words)
    await desk.getByRole('article').filter({ hasText: matter.lookUp.title }).first().waitFor()
    await hands.press('Enter', 'the answer into the reply')
  }
  await saveIt(desk, hands, matter)
  await hands.press('F12', 'hang up')
  await untilPhase(desk, 'ended')
  await citizen.stop()
  await hands.press('F5', 'ready')
  await statusSays(desk, '就绪')
  const { strokes } = hands
  console.log(`${matter.name}: ${strokes.length} keys`)
  for (const { key, what } of strokes) console.log(`  ${must(key, 'a key').padEnd(14)} ${what}`)
  return {
    ...{ name: matter.name, unit: 'keys', value: strokes.length, baseline: matter.most },
    ...{ ratio: Math.round((strokes.length / matter.most) * 100) / 100, target: `≤ ${matter.most} keys` },
    ok: strokes.length <= matter.most,
  }
}

/** `npm run bench -- effort`. */
export function benchEffort(): Promise<Figure[]> {
  return withReadyApp(async ({ stack, desk }) => {
    const figures: Figure[] = []
    for (const matter of matters) figures.push(await oneCall(stack, desk, matter))
    return figures
  })
}
