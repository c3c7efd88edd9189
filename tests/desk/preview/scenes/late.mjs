/** Scenes of what came late, what others changed, and what central refused. */
import { meet, refuse, saved, talk, world } from './hands.mjs'

export const lateScenes = {
  'other-record': {
    play: async (page) => {
      await talk(page)
      await page.getByRole('radio', { name: /投诉|Complaint/ }).check()
      await page.getByLabel('被反映对象').fill('某歌厅')
      await page.getByRole('radio', { name: /咨询|Consult/ }).check()
    },
  },
  refused: {
    play: async (page) => {
      await talk(page)
      await refuse(page)
      await page.keyboard.press('Alt+0')
      await page.keyboard.press('Tab')
    },
  },
  'refused-unreadable': {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.refuse(world.refusedExamples[1], { ...world.refusedExamples[2], code: "unreadable", what: "unreadable" })',
      )
      await page.keyboard.press('Alt+0')
      await page.keyboard.press('Tab')
    },
  },
  'refused-done': {
    play: async (page) => {
      await talk(page)
      await refuse(page)
      await page.keyboard.press('Alt+0')
      await page
        .getByRole('button', { name: /取回到草稿|Back to drafts/ })
        .first()
        .click()
      await page
        .getByRole('button', { name: /知道了|Seen/ })
        .last()
        .click()
    },
  },
  'refused-failed': {
    play: async (page) => {
      await refuse(page)
      await world(page, 'world.storeFault = "internal"')
      await page.keyboard.press('Alt+0')
    },
  },
  late: {
    play: async (page) => {
      await saved(page)
      await page.getByLabel(/^(内容|Content)$/).focus()
      await meet(page, 'content')
      await page.getByTestId('late-strip').waitFor()
    },
  },
  'late-reply': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'reply')
      await page.getByTestId('late-strip').waitFor()
    },
  },
  'late-place': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'place', 'classification', 'caller')
      await page.getByTestId('late-strip').waitFor()
    },
  },
  'late-english': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'classification', 'reply')
      await page.getByTestId('late-strip').waitFor()
      await page.getByRole('button', { name: 'EN', exact: true }).click()
      await page.keyboard.press('Alt+0')
    },
  },
  'late-kept': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'content')
      await page.getByTestId('late-strip').waitFor()
      await page.keyboard.press('Alt+ArrowLeft')
      await page.getByTestId('form-note').waitFor()
    },
  },
  'late-changed': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'content')
      await page.getByTestId('late-strip').waitFor()
      await world(page, 'world.stands.settleFault = { code: "illegalTransition", detail: "late.changed" }')
      await page.keyboard.press('Alt+ArrowRight')
      await page.getByRole('alert').waitFor()
    },
  },
  'late-list': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'place', 'content', 'reply')
      await page.keyboard.press('Alt+0')
      await page
        .getByRole('region', { name: /^(晚到的改动|Late edits)$/ })
        .getByRole('button')
        .nth(3)
        .focus()
    },
  },
  'late-list-done': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'place', 'content')
      await refuse(page)
      await page.keyboard.press('Alt+0')
      await page
        .getByRole('region', { name: /^(晚到的改动|Late edits)$/ })
        .getByRole('button')
        .first()
        .focus()
      await page.keyboard.press('Alt+ArrowRight')
    },
  },
  followed: {
    play: async (page) => {
      await saved(page)
      await world(
        page,
        'world.stands.changeElsewhere([...world.drafts.keys()].at(-1), { address: "白沙大道西 28 号", district: "江海区" }); world.tellLists()',
      )
      await page.getByTestId('form-note').waitFor()
    },
  },
  'followed-not': {
    play: async (page) => {
      await saved(page)
      await page.getByLabel(/^(内容|Content)$/).press('End')
      await page.keyboard.type('补充。')
      await world(
        page,
        'world.stands.changeElsewhere([...world.drafts.keys()].at(-1), { content: "同事改了内容" }); world.tellLists()',
      )
      await page.getByTestId('form-note').waitFor()
    },
  },
}
