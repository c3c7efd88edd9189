/** The organisation's account: a real OpenID provider, the system's browser played by the test, the real app. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { untilReady, type DrivenApp } from '../../build/stack/drive.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { CLIENT, startIssuer, type Issuer } from '../central/support/issuer.ts'
import { openApp, statusSays } from './fixture.ts'

let issuer: Issuer
let stack: Stack
beforeAll(async () => {
  issuer = await startIssuer()
  stack = await startStack({
    central: {
      SANXIN_CENTRAL_OIDC_ISSUER: issuer.url,
      SANXIN_CENTRAL_OIDC_CLIENT_ID: CLIENT.clientId,
      SANXIN_CENTRAL_OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    },
  })
})
afterAll(async () => {
  await stack.stop()
  await issuer.close()
})

/** The address that the app opens in the system's browser next. */
function nextOpened(app: DrivenApp): Promise<string> {
  return app.electron.evaluate(
    ({ shell }) =>
      new Promise<string>((resolve) => {
        shell.openExternal = (url) => Promise.resolve(resolve(url))
      }),
  )
}

test('H17.6 who signs in at the issuer is at her desk, under her own number; who turns back is nobody', async () => {
  const app = await openApp({ stack, settings: { staffNo: null, password: null } })
  const desk = await app.desk()
  const button = desk.getByRole('button', { name: '用单位账号登录' })

  const left = nextOpened(app)
  await button.click()
  await left
  await desk.getByRole('status').filter({ hasText: '请在浏览器里登录' }).waitFor()
  await desk.keyboard.press('Escape')
  await button.waitFor()
  expect(await desk.getByRole('status').textContent()).toBe('')

  const strange = nextOpened(app)
  await button.click()
  await fetch(await issuer.browse(await strange, 'a-stranger'))
  await desk.getByRole('status').filter({ hasText: '没有对应的工号' }).waitFor()

  const opened = nextOpened(app)
  await button.click()
  const page = await fetch(await issuer.browse(await opened, 'staff-1004'))
  expect(await page.text()).toContain('回到三心')
  await untilReady(desk)
  await desk.getByRole('button', { name: '工号 1004' }).waitFor()
  await statusSays(desk, '就绪')
})
