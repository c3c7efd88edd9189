/** Scenes of a desk that is enrolled and signed in to, or is not let in. */
import { talk, world } from './hands.mjs'

async function signIn(page, staffNo) {
  await page.getByLabel(/工号|Staff/).fill(staffNo)
  await page.getByLabel(/密码|Password/).fill('x')
  await page.keyboard.press('Enter')
}

export const signInScenes = {
  enrol: { query: 'signedIn=0&device=none', play: (page) => page.keyboard.type('k7qwm-3x') },
  'enrol-wrong': {
    query: 'signedIn=0&device=none',
    play: async (page) => {
      await world(page, 'world.enrolFault = "wrongCode"')
      await page.keyboard.type('k7qwm3xpab')
      await page.keyboard.press('Enter')
    },
  },
  'enrol-unreachable': {
    query: 'signedIn=0&device=none',
    play: async (page) => {
      await world(page, 'world.enrolFault = "centralUnreachable"')
      await page.keyboard.type('k7qwm3xpab')
      await page.keyboard.press('Enter')
    },
  },
  'enrol-refused': { query: 'signedIn=0&device=refused', play: async () => {} },
  'sign-in-waiting': {
    query: 'signedIn=0',
    play: (page) =>
      world(page, 'world.emit("sync.changed", { ...world.sync, waiting: 3, waitingSince: Date.now() - 500000 })'),
  },
  'not-enrolled': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.emit("sync.changed", { ...world.sync, central: "notEnrolled", waiting: 3 })')
    },
  },
  'sign-in': { query: 'signedIn=0', play: async () => {} },
  'sign-in-wrong': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "centralUnreachable"')
      await signIn(page, '1003')
    },
  },
  'sign-in-clock': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "clockBehind"')
      await signIn(page, '1003')
    },
  },
  'sign-in-browser': {
    query: 'signedIn=0&issuer=1',
    play: (page) => page.getByRole('button', { name: /单位账号|organisation/ }).click(),
  },
  'sign-in-issuer': { query: 'signedIn=0&issuer=1', play: async () => {} },
  'sign-in-locked': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "lockedOut"')
      await signIn(page, '1003')
      await page.getByText(/12 分钟后再试|minutes to wait: 12/).waitFor()
    },
  },
  'sign-in-code': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.wantsCode = true')
      await signIn(page, '1010')
      await page.getByLabel(/动态验证码|One-time code/).waitFor()
      // The focus is there already.
      await page.keyboard.type('123 4')
    },
  },
  'sign-in-code-wrong': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.wantsCode = true')
      await signIn(page, '1010')
      await page.getByLabel(/动态验证码|One-time code/).waitFor()
      await page.keyboard.type('654321')
      await page.keyboard.press('Enter')
      await page.getByText(/已用过|was used/).waitFor()
    },
  },
  'sign-in-code-missing': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "codeNotEnrolled"')
      await signIn(page, '1010')
    },
  },
  'signed-in-offline': {
    play: async (page) => {
      await world(
        page,
        'world.complete = false; world.sync = { ...world.sync, central: "unreachable", signIn: "offline", unreachableSince: Date.now() - 600000, waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.getByTestId('sync-sign').click()
    },
  },
  'password-wanted': {
    play: async (page) => {
      await world(
        page,
        'world.signInFault = "wrongPassword"; world.sync = { ...world.sync, central: "signedOut", signIn: "passwordWanted", waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('Alt+0')
      await page.keyboard.press('Tab')
      await page.keyboard.type('x')
      await page.keyboard.press('Enter')
    },
  },
  'code-wanted': {
    play: async (page) => {
      await world(
        page,
        'world.wantsCode = true; world.sync = { ...world.sync, central: "signedOut", signIn: "passwordWanted" }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('Alt+0')
      await page.keyboard.press('Tab')
      await page.keyboard.type('x')
      await page.keyboard.press('Enter')
      await page.getByLabel(/动态验证码|One-time code/).waitFor()
      await page.keyboard.type('123456')
    },
  },
  'sign-in-refused': {
    play: async (page) => {
      await world(
        page,
        'world.sync = { ...world.sync, central: "signedOut", signIn: "refused", waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('Alt+0')
    },
  },
  'sign-in-offline-unknown': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "offlineUnknown"')
      await signIn(page, '1003')
    },
  },
}
