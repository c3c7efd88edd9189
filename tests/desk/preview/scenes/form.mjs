/** Scenes of a call, its form and its prompts. */
import { fill, rest, saved, search, talk, world } from './hands.mjs'

export const formScenes = {
  'own-password': {
    play: async (page) => {
      await page.getByRole('button', { name: /^(工号|Staff) / }).click()
      await page.getByRole('button', { name: /更改密码|Change password/ }).click()
      await page.getByLabel(/原密码|Present password/).waitFor()
    },
  },
  'class-suggested': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F2')
      await page.keyboard.type('市民反映楼上每天晚上唱歌，噪音很大，小区物业也不管')
      await page.getByTestId('class-suggestions').waitFor()
    },
  },
  'auto-answer': {
    play: async (page) => {
      await world(page, 'world.autoAnswerAt = Date.now() + 3000; world.ring()')
    },
  },
  'reply-marked': {
    play: async (page) => {
      await talk(page)
      await page
        .getByLabel(/^(答复|Reply)$/)
        .or(page.getByLabel('Reply', { exact: true }))
        .first()
        .fill('您好，路灯的事我不知道，不归我管，您找城管局。\n值班电话见内部通讯录，请您另打。')
    },
  },
  'danger-words': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F2')
      await page.keyboard.type('楼下着火了，有人晕倒')
    },
  },
  idle: { play: async () => {} },
  ringing: { play: (page) => world(page, 'world.ring()') },
  hostile: {
    play: (page) =>
      world(
        page,
        'world.ring("+86 750 3500123", "<img src=x onerror=alert(1)>\\u202Eevil 名字很长很长很长很长很长很长很长")',
      ),
  },
  restored: { query: 'call=up', play: (page) => page.keyboard.type('接着写') },
  answered: { play: talk },
  'wrong-refused': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('市民 440703199003071231 说不对')
      await page.keyboard.press('Enter')
    },
  },
  'wrong-noted': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('末班车已经改到 23:30')
      await page.keyboard.press('Enter')
      await page.getByTestId('wrong-noted').waitFor()
    },
  },
  missing: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('市民反映')
      await page.keyboard.press('Control+Enter')
    },
  },
  promise: {
    play: async (page) => {
      await talk(page)
      await page.getByRole('radio', { name: /投诉|Complaint/ }).check()
      await page.getByRole('radio', { name: /转办后回复|After dispatch/ }).check()
    },
  },
  particulars: {
    play: async (page) => {
      const type = (id, words) => page.locator(`#${id}`).fill(words)
      await talk(page)
      await page.locator('#field-kind input').nth(2).check()
      await page.locator('#field-classification').click()
      await page.keyboard.type('拖欠工资')
      await page.keyboard.press('Enter')
      await page.locator('#field-district').click()
      await page.keyboard.type('蓬江')
      await page.keyboard.press('Enter')
      await type('field-address', '新会区会城街道')
      await type('field-callerPhone', '1380000221')
      await type('field-content', '工地做了三个月没有发工资')
      await type('particular-employer', '某某建筑公司')
      await type('particular-wagesFrom', '2026年8月')
      await type('particular-wagesUntil', '2026年3月')
      await type('particular-workers', '12人')
      await type('particular-happenedAt', '2027-02-30')
    },
  },
  saved: { play: saved },
  'no-matter': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.end()')
      await rest(page)
      await page.keyboard.press('F9')
    },
  },
  select: {
    play: async (page) => {
      await talk(page)
      await page.getByLabel(/^(分类|Subject)$/).click()
      await page.keyboard.type('公')
    },
  },
  keys: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F1')
    },
  },
}
