/** Scenes of a second call, of calling out and of handing over. */
import { ask, pickUp, rest, sounds, talk, world } from './hands.mjs'

export const besideScenes = {
  warned: {
    play: async (page) => {
      await talk(page)
      await sounds(page, {})
      await page.keyboard.press('Alt+a')
      await page.getByTestId('warnings').waitFor()
    },
  },
  'warned-thrice': {
    play: async (page) => {
      await talk(page)
      await sounds(page, {})
      for (const _ of [1, 2, 3]) {
        await page.keyboard.press('Alt+a')
        await rest(page)
      }
      await page.keyboard.press('F4')
      await page.keyboard.press('Alt+p')
      await page.getByTestId('recording-paused').waitFor()
    },
  },
  'held-sounds': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F11')
      await sounds(page, { bars: 1, trouble: 'notHeard' })
    },
  },
  'warned-before': {
    play: async (page) => {
      await world(
        page,
        'world.marks.set("old", { warnings: [Date.now() - 7200000, Date.now() - 7100000], recording: "r1" }); for (const draft of world.drafts.values()) draft.callId = "old"',
      )
      await page.reload()
      await page.locator('html[data-ready]').waitFor()
    },
  },
  held: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F11')
    },
  },
  knocking: {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.ring("13900139000", "", "call-2")')
    },
  },
  'second-citizen': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('停水')
      await world(page, 'world.ring("13900139000", "", "call-2")')
      await page.keyboard.press('F5')
    },
  },
  calls: {
    play: async (page) => {
      await page.keyboard.press('Alt+h')
      await page.getByTestId('call-list').waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  dial: { play: (page) => page.keyboard.press('Alt+d') },
  colleagues: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('10')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Control+d')
    },
  },
  directory: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('sjj')
      await page.getByRole('option').first().waitFor()
    },
  },
  'directory-long': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.directory.push(...world.longNames)')
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('c')
      await page.getByRole('option').nth(2).waitFor()
    },
  },
  redial: {
    play: async (page) => {
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('+86 138 0013 2210')
      await page.keyboard.press('Enter')
      await page.getByTestId('caller-card').waitFor()
      await world(
        page,
        'world.phone({ type: "sessionFailed", callId: world.call.caller.callId, status: 486, at: Date.now() }, "callEnded")',
      )
      await page.keyboard.press('Alt+d')
    },
  },
  dialling: {
    play: async (page) => {
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('0750-3500123')
      await page.keyboard.press('Enter')
    },
  },
  transfer: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('公安')
      await page.keyboard.press('Enter')
    },
  },
  emergency: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+e')
    },
  },
  keypad: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+k')
      await page.keyboard.type('12#')
    },
  },
  asking: { play: (page) => ask(page, '8001') },
  asked: {
    play: async (page) => {
      await ask(page, '8001')
      await pickUp(page)
    },
  },
  joined: {
    play: async (page) => {
      await ask(page, '110')
      await pickUp(page)
    },
  },
  'ask-busy': {
    play: async (page) => {
      await ask(page, '8001')
      await world(
        page,
        'world.phone({ type: "sessionFailed", callId: world.lines.beside.caller.callId, status: 486, at: Date.now() }); world.settleHolds()',
      )
    },
  },
  'not-through': {
    play: async (page) => {
      await ask(page, '020-83126000')
      await pickUp(page)
      await page.keyboard.press('Alt+t')
      await page.waitForTimeout(50)
      await world(page, 'world.phone({ type: "completeRefused", status: 503, at: Date.now() })')
    },
  },
  completing: {
    play: async (page) => {
      await ask(page, '8001', 'Shift+Enter')
      await pickUp(page)
    },
  },
}
