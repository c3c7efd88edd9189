/** What could not be sent, and units' systems, on the administration's pages, in a real Chromium over a real central. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createKeys } from '../../central/systems/keys.ts'
import {
  administrator,
  adminSeat,
  monitor,
  openView,
  oweMessages,
  signInWithCode,
  startAdminCentre,
} from './admin-fixture.ts'
import { openPage, type Centre } from './fixture.ts'
import { look } from './look.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startAdminCentre()
  await oweMessages(centre, await centre.dispatched('路灯不亮'))
})
afterAll(() => centre?.close())

/** What a unit's own system asks, once it is told of events at an address. */
async function subscribed(url: string) {
  const made = await createKeys(centre.db, centre.clock).add({ unit: 'U-CG', name: '综合平台' }, administrator)
  if (!made.ok) throw new Error(made.error.code)
  const system = (method: 'GET' | 'POST', path: string, payload?: object) =>
    centre.app.inject({
      ...{ method, url: path, headers: { authorization: `Bearer ${made.value.key}` } },
      ...(payload === undefined ? {} : { payload }),
    })
  expect((await system('POST', '/unit/webhooks', { url })).statusCode).toBe(200)
  return system
}

const audited = (action: string) =>
  centre.db.tx('owner', (sql) =>
    sql.query('select actor, detail from audit where action = $1::text order by seq', [action]),
  )

it('AP30 a monitor sees what was not delivered, not how the centre is set up, and sends it again', async () => {
  const { page, context, troubles } = await openPage(centre, { path: '/admin/' })
  await signInWithCode(centre, page, '1010')
  await page.getByRole('link', { name: '消息与推送' }).click()
  await page.getByRole('heading', { name: '没有送达' }).waitFor()
  const roads = await page.getByRole('navigation', { name: '管理页面' }).getByRole('link').allTextContents()
  for (const road of ['人员', '单位', '坐席设备', '接口', '审计']) expect(roads).not.toContain(road)
  await page.getByText('收件 138****5678').first().waitFor()
  await page.getByText('对方答复 HTTP 503').waitFor()
  expect(await page.content()).not.toContain('13812345678')
  const taken = page.getByRole('listitem').filter({ hasText: '受理短信' })
  await taken.getByRole('button', { name: '再发', exact: true }).click()
  await page.getByText('已排入发送：1 件').waitFor()
  expect(await audited('message.again')).toEqual([{ actor: '1010', detail: {} }])
  expect(troubles).toEqual([])
  await context.close()
})

it('AP30 what a newer message stands for is not sent again, and says so; who was told by telephone leaves this list, too', async () => {
  const { page, context, troubles } = await adminSeat(centre, { as: monitor })
  await page.getByRole('link', { name: '消息与推送' }).click()
  const answers = page.getByRole('listitem').filter({ hasText: '答复短信' })
  const old = answers.filter({ hasText: '已有更新的同类短信，不再发送' })
  await old.waitFor()
  expect(await answers.count()).toBe(2)
  const again = { name: '再发', exact: true } as const
  expect(await old.getByRole('button', again).count()).toBe(0)
  expect(await answers.getByRole('button', again).count()).toBe(1)
  await page.getByRole('button', { name: '答复短信全部再发（1 件）' }).waitFor()
  await look(page, 'outbox-superseded')
  await old.getByRole('button', { name: '已告知' }).click()
  await page.getByLabel('办理情况').fill('上午电话告知新的答复')
  await page.keyboard.press('Enter')
  await page.getByText('已记下').waitFor()
  await old.waitFor({ state: 'detached' })
  expect(await audited('message.settled')).toEqual([{ actor: monitor, detail: {} }])
  expect(troubles).toEqual([])
  await context.close()
})

it('AP30 who was told by telephone leaves the list with what was done; a bad rating stays until she was spoken with', async () => {
  const { page, context, troubles } = await adminSeat(centre)
  await page.getByRole('link', { name: '消息与推送' }).click()
  await page.getByRole('link', { name: /须电话告知/ }).click()
  await page.getByRole('button', { name: '已告知' }).click()
  await page.getByLabel('办理情况').fill('下午三点电话告知')
  await page.keyboard.press('Enter')
  await page.getByText('没有须电话告知的事项').waitFor()
  expect(await audited('message.settled')).toHaveLength(2)
  await openView(page, '#/outbox/ratings')
  await page.getByText('评价 1 分').waitFor()
  expect(troubles).toEqual([])
  await context.close()
})

it('AP31 a key is told once, opens what is its unit’s, and opens nothing once it is revoked', async () => {
  const { page, context, troubles } = await adminSeat(centre)
  await page.getByRole('link', { name: '接口' }).click()
  await page.getByRole('button', { name: '发放密钥' }).click()
  await page.getByLabel('成员单位').selectOption('U-CG')
  await page.getByLabel('系统名称').fill('城管综合平台')
  await page.getByRole('button', { name: '发放密钥' }).last().click()
  const key = (await page.getByTestId('secret').textContent()) ?? ''
  const opens = async () =>
    (await centre.app.inject({ url: '/unit/me', headers: { authorization: `Bearer ${key}` } })).statusCode
  expect(await opens()).toBe(200)
  await page.getByRole('button', { name: '已交出，不再显示' }).click()
  expect(await page.content()).not.toContain(key)
  await page.getByRole('link', { name: /城管综合平台/ }).click()
  await page.getByRole('button', { name: '吊销密钥' }).click()
  await page.getByRole('button', { name: '吊销密钥 · 确定' }).click()
  await page.getByText('已吊销').first().waitFor()
  expect(await opens()).toBe(401)
  expect(troubles).toEqual([])
  await context.close()
})

it('AP32 where events go is said with its secret once, is paused and goes on; an address inside is refused', async () => {
  const { page, context, troubles } = await adminSeat(centre)
  await openView(page, '#/systems/%20webhook')
  await page.getByLabel('接收地址').fill('https://10.0.0.8/')
  await page.getByRole('button', { name: '新增推送地址' }).last().click()
  await page.getByText(/地址不可用/).waitFor()
  await page.getByLabel('接收地址').fill('https://12345.example/events?k=1')
  await page.getByLabel('全部事件').uncheck()
  await page.getByLabel('case.opened').check()
  await page.getByRole('button', { name: '新增推送地址' }).last().click()
  expect(await page.getByTestId('secret').textContent()).toMatch(/^whsec_/)
  await page.getByRole('link', { name: /12345\.example/ }).click()
  await page.getByRole('button', { name: '暂停推送' }).click()
  await page.getByRole('button', { name: '暂停推送 · 确定' }).click()
  await page.getByRole('button', { name: '恢复推送' }).click()
  await page.getByRole('button', { name: '暂停推送' }).waitFor()
  expect(await audited('webhook.paused')).toHaveLength(1)
  expect(troubles).toEqual([])
  await context.close()
})

it('AP33 a unit’s own receiver is paused and goes on; it is neither tried nor ended there', async () => {
  const { page, context, troubles } = await adminSeat(centre)
  const system = await subscribed('https://cg.example/events')
  const pausedAt = async () =>
    (await system('GET', '/unit/webhooks')).json<{ webhooks: { pausedAt: number | null }[] }>().webhooks[0]?.pausedAt
  await openView(page, '#/systems')
  await page.getByRole('link', { name: /cg\.example/ }).click()
  await page.getByText(/由单位的系统自行设置/).waitFor()
  for (const name of ['试发一条', '终止推送']) expect(await page.getByRole('button', { name }).count()).toBe(0)
  await page.getByRole('button', { name: '暂停推送' }).click()
  await page.getByRole('button', { name: '暂停推送 · 确定' }).click()
  await page
    .getByRole('link', { name: /cg\.example/ })
    .getByText('已暂停')
    .waitFor()
  await look(page, 'systems-paused')
  expect(await pausedAt()).toBe(centre.clock.time)
  await page.getByRole('button', { name: '恢复推送' }).click()
  await page.getByRole('button', { name: '暂停推送' }).waitFor()
  expect(await pausedAt()).toBeNull()
  expect((await audited('webhook.resumed')).at(-1)).toEqual({ actor: administrator, detail: {} })
  expect(troubles).toEqual([])
  await context.close()
})
