/** Scenes of sound, status and of what fails. */
import { saved, sounds, talk, world } from './hands.mjs'

export const troubleScenes = {
  'echo-heard': {
    play: async (page) => {
      await page.keyboard.press('Alt+y')
      await page.getByTestId('echo-test').getByRole('button').click()
      await page.locator('[data-testid=echo-test][data-state=calling]').waitFor()
      await world(page, 'world.echo = { state: "up", heard: true, status: null }; world.phone(null)')
      await page.locator('[data-testid=echo-test][data-state=up]').waitFor()
      await world(page, 'world.emit("phone.echoLevels", { microphone: 0.1, ear: 0.06 })')
    },
  },
  'sound-numbers': {
    play: async (page) => {
      await talk(page)
      await sounds(page, {})
      await page.getByTestId('caller-card').getByTestId('quality').getByRole('button').click()
    },
  },
  sound: {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.emit("phone.quality", { callId: "call-1", mosIn: 4.1, mosOut: 3.8, lossIn: 0.004, lossOut: 0.031, jitterMs: 6, rttMs: 48, codecs: { in: "opus", out: "opus" }, bars: 2, trouble: null })',
      )
      await page.keyboard.press('Alt+y')
      await page.getByTestId('caller-card').getByTestId('quality').getByRole('button').click()
      await world(page, 'world.emit("phone.microphoneLevel", { level: 0.1 })')
    },
  },
  'sound-held': {
    query: 'may=nothing',
    play: (page) => page.keyboard.press('Alt+y'),
  },
  'one-way': {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.emit("phone.quality", { callId: "call-1", mosIn: 4.4, mosOut: null, lossIn: 0, lossOut: null, jitterMs: 6, rttMs: null, codecs: { in: "opus", out: "opus" }, bars: 3, trouble: "notHeard" })',
      )
    },
  },
  'headset-pulled': {
    play: async (page) => {
      await world(
        page,
        'world.plug({ microphones: ["内置麦克风"], speakers: ["音箱"], missing: ["microphone", "speaker"] })',
      )
      await page.keyboard.press('Alt+y')
    },
  },
  'wrap-up': {
    play: async (page) => {
      await saved(page)
      await world(page, 'world.emit("case.confirmed", { caseId: [...world.drafts.keys()].at(-1) }); world.end()')
      await page.getByLabel(/^(内容|Content)$/).press('End')
      await page.keyboard.type('补充。')
    },
  },
  'away-choice': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.end()')
      await page.keyboard.press('F8')
    },
  },
  away: {
    play: async (page) => {
      await page.keyboard.press('F8')
      await page.keyboard.press('2')
    },
  },
  'away-not-taken': {
    play: async (page) => {
      await world(page, 'world.queue = "refused"')
      await page.keyboard.press('F8')
      await page.keyboard.press('1')
    },
  },
  'wrap-up-over': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.end("call-1", Date.now() - 75000)')
    },
  },
  'store-down': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.store("down")')
      await page.keyboard.type('存储不在时继续打字')
      await page.keyboard.press('F3')
      await page.keyboard.type('公交')
    },
  },
  'central-down': {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.complete = false; world.sync = { ...world.sync, central: "unreachable", unreachableSince: Date.now() - 600000, waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.getByTestId('sync-sign').click()
    },
  },
  'phone-down': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('市民说到一半，电话断了')
      await world(page, 'world.killPhone()')
    },
  },
  'phone-down-idle': { play: (page) => world(page, 'world.killPhone()') },
  'lost-call': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('市民说到一半，电话断了')
      await world(page, 'world.killPhone(); world.revivePhone()')
    },
  },
  'lost-ring': { play: (page) => world(page, 'world.ring(); world.killPhone(); world.revivePhone()') },
  'close-held': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.emit("window.closeHeld", { why: "call" })')
    },
  },
  missed: { play: (page) => world(page, 'world.ring(); world.end()') },
}
