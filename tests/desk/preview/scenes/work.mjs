/** Scenes of the search in all cases, their pages, my work and the ledger. */
import { findCases, openCase, rest, saved, similar, talk, world } from './hands.mjs'

export const workScenes = {
  similar: { play: (page) => similar(page, false) },
  'similar-event': { play: (page) => similar(page, true) },
  'similar-open': {
    play: async (page) => {
      await similar(page, true)
      await page.keyboard.press('Alt+m')
      await page.getByTestId('similar-list').waitFor()
    },
  },
  'similar-joined': {
    play: async (page) => {
      await similar(page, true)
      await page.keyboard.press('Alt+m')
      await page.keyboard.press('Enter')
      await page.getByTestId('similar-done').waitFor()
    },
  },
  'similar-no-number': {
    play: async (page) => {
      await similar(page, true)
      await world(page, 'world.joinFault = { code: "invalidInput", detail: "callerPhone" }')
      await page.keyboard.press('Alt+m')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await rest(page)
    },
  },
  'several-cases': {
    play: async (page) => {
      await saved(page)
      await page.keyboard.press('F10')
      await page.keyboard.press('F2')
      await page.keyboard.type('还有一件事：小区门口路灯不亮')
      await page.getByTestId('call-cases').waitFor()
    },
  },
  'case-calls': {
    play: async (page) => {
      await findCases(page, '路灯')
      await openCase(page, '1')
    },
  },
  'case-take-out': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '路灯')
      await openCase(page, '1')
      await page.getByRole('button', { name: /移出来电|Take a call out/ }).click()
      await page.getByTestId('step-form').waitFor()
      await rest(page)
    },
  },
  'case-event': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '树枝')
      await openCase(page)
      await page.getByRole('button', { name: /设为事件|Make an event/ }).click()
      await page.getByTestId('step-form').waitFor()
      await rest(page)
    },
  },
  'find-cases': { play: (page) => findCases(page) },
  'find-export': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page)
      await page.keyboard.press('Control+e')
      await rest(page)
    },
  },
  'find-in-call': {
    play: async (page) => {
      await talk(page)
      await findCases(page, '大排档')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Control+s')
      await page.keyboard.type('大排档')
    },
  },
  'find-away': {
    play: async (page) => {
      await world(page, 'world.work.away = true')
      await findCases(page)
    },
  },
  'find-nothing': {
    play: async (page) => {
      await page.keyboard.press('Alt+f')
      await page.keyboard.type('没有这个词')
      await page.getByTestId('case-hits-empty').waitFor()
    },
  },
  'case-dispatch': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '树枝')
      await openCase(page, '1')
    },
  },
  'case-visit': {
    play: async (page) => {
      await findCases(page, '路灯')
      await openCase(page, '1')
      await page.keyboard.press('1')
      await rest(page)
      await page.keyboard.press('Control+Enter')
    },
  },
  'case-in-hand': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '大排档')
      await openCase(page)
    },
  },
  'case-too-late': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '树枝')
      await openCase(page, '1')
      await world(page, 'world.work.stepFault = { code: "illegalTransition", detail: "toSign" }')
      await page.keyboard.press('Control+Enter')
      await page.getByTestId('step-outcome').waitFor()
    },
  },
  ledger: {
    query: 'role=monitor',
    play: async (page) => {
      await page.keyboard.press('Alt+u')
      await page.getByTestId('ledger-list').getByRole('option').first().waitFor()
    },
  },
  'ledger-name': {
    query: 'role=monitor',
    play: async (page) => {
      await page.keyboard.press('Alt+u')
      await page.getByTestId('ledger-list').getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('3')
      await page.keyboard.press('2')
      await page.keyboard.type('听了录音，无人说话')
    },
  },
  'ledger-empty': {
    query: 'role=monitor',
    play: async (page) => {
      await world(page, 'world.ledger.rows = []')
      await page.keyboard.press('Alt+u')
      await page.getByTestId('ledger-empty').waitFor()
    },
  },
  'my-work': { query: 'role=monitor', play: (page) => page.keyboard.press('Alt+w') },
  'my-work-operator': { play: (page) => page.keyboard.press('Alt+w') },
}
