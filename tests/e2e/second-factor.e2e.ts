/** A monitor at the real app's first page: the code is asked for where she is, and opens once. */
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { untilReady } from '../../build/stack/drive.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import { openApp, statusSays } from './fixture.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test('H19.11 the code’s field comes with the focus, takes full-width digits, Enter sends; the same code opens no more', async () => {
  const app = await openApp({ stack, settings: { staffNo: null, password: null } })
  const desk = await app.desk()
  const said = (words: string) => desk.getByRole('status').filter({ hasText: words }).waitFor()
  const [password, code] = [desk.getByLabel('密码'), desk.getByLabel('动态验证码')]
  const totp = new TOTP({ secret: Secret.fromBase32(DEMO_TOTP_SECRET) })
  const focused = () => desk.evaluate(() => document.activeElement?.id ?? '')

  await desk.getByRole('textbox', { name: '工号' }).fill('1010')
  await password.fill(DEMO_PASSWORD)
  expect(await code.count()).toBe(0)
  await desk.keyboard.press('Enter')
  await code.waitFor()
  await said('请输入验证器上的六位动态验证码')
  expect(await focused()).toBe('one-time-code')
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
  expect(await password.inputValue()).toBe(DEMO_PASSWORD)

  // Half a code is not sent.
  await desk.keyboard.type('12345')
  expect(await desk.getByRole('button', { name: '登录' }).isDisabled()).toBe(true)
  await code.fill(totp.generate({ timestamp: Date.now() - 300_000 }))
  await desk.keyboard.press('Enter')
  await said('不对或已用过')
  expect([await focused(), await code.inputValue()]).toEqual(['one-time-code', ''])

  const right = totp.generate()
  const wide = right.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
  await desk.keyboard.insertText(`${wide.slice(0, 3)} ${wide.slice(3)}`)
  await desk.keyboard.press('Enter')
  await untilReady(desk)
  await statusSays(desk, '就绪')

  await desk.getByRole('button', { name: '工号 1010' }).click()
  await desk.getByRole('button', { name: '退出登录' }).click()
  await desk.getByRole('textbox', { name: '工号' }).fill('1010')
  await password.fill(DEMO_PASSWORD)
  await desk.keyboard.press('Enter')
  await code.waitFor()
  await code.fill(right)
  await desk.keyboard.press('Enter')
  await said('不对或已用过')
})
