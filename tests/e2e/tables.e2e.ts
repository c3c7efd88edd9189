/** An administrator publishes a table: every desk has it within seconds, and nothing changes under the hand (S15). */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../build/stack/central-reader.ts'
import { freshDemo } from '../../build/stack/loaded-demo.ts'
import { AS_LOADED, startStack, type Stack } from '../../build/stack/stack.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import { must } from '../../shared/errors.ts'
import { officeSignInResponseSchema } from '../../shared/sync/protocol.ts'
import { shippedBodies, type TableBodies } from '../../shared/tables/tables.ts'
import { addOfEachRole, staffNoOf } from '../contract/db-fixture.ts'
import { freshFolder, openApp, readyDesk } from './fixture.ts'

let stack: Stack
let token: string

/** Makes an administrator on the data of a central that does not run yet. */
async function addAdministrator(databaseUrl: string): Promise<void> {
  const db = openPostgres(databaseUrl)
  await addOfEachRole(db)
  await db.close()
}

async function ask(method: string, path: string, body: object): Promise<unknown> {
  const answer = await fetch(new URL(path, stack.central.url), {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

beforeAll(async () => {
  const databaseUrl = await freshDemo()
  await addAdministrator(databaseUrl)
  stack = await startStack({ databaseUrl, central: AS_LOADED })
  const code = new TOTP({ secret: Secret.fromBase32(DEMO_TOTP_SECRET) }).generate()
  const who = { staffNo: staffNoOf('administrator'), password: DEMO_PASSWORD, code, storeId: null }
  const answer = await ask('POST', '/sign-in', who)
  token = officeSignInResponseSchema.parse(answer).token
})
afterAll(() => stack.stop())

const field = (desk: Page) => desk.getByRole('combobox', { name: '分类', exact: true })
const options = (desk: Page) => desk.getByRole('option').allTextContents()

/** Types into the class field of a desk, until the list shows something. */
async function look(desk: Page, words: string): Promise<void> {
  await field(desk).focus()
  await desk.keyboard.insertText(words)
}

/** Until the store of a desk holds a version of the classes: what it holds its window was told. */
const holds = (dataDir: string, version: number) =>
  until(() => {
    const db = new DatabaseSync(join(dataDir, 'store.sqlite'), { readOnly: true })
    try {
      return Promise.resolve(
        db.prepare(`SELECT 1 FROM rule_tables WHERE name = 'classes' AND version = ?`).get(version) !== undefined,
      )
    } finally {
      db.close()
    }
  }, `version ${version} at the desk`)

test('S15.1 S15.4 two desks have a class by its new name at once; what one of them was about to press stays', async () => {
  const dataDir = freshFolder()
  const desk = await readyDesk(await openApp({ stack, dataDir }))
  const other = await readyDesk(await openApp({ stack, settings: { staffNo: '1004' } }))
  await look(desk, '公共')
  await desk.getByRole('option').filter({ hasText: '公共交通' }).waitFor()
  const before = await options(desk)

  const body: TableBodies['classes'] = structuredClone(shippedBodies.classes)
  must(body[0]?.children[0], '0101').name = '地面公交'
  await ask('PUT', '/tables/classes', { base: 0, body, why: '改名' })
  await holds(dataDir, 1)
  // The other one was not looking: there it is at once. A cursor in the field keeps what stood when it came.
  await until(async () => {
    await field(other).blur()
    await field(other).fill('地面公交')
    return (await options(other)).some((text) => text.includes('地面公交'))
  }, 'the new name at the other desk')

  expect(await options(desk)).toEqual(before)
  await desk.keyboard.press('Enter')
  expect(await field(desk).inputValue()).toBe('交通运输 › 公共交通')
  await desk.keyboard.press('Tab')
  await until(async () => (await field(desk).inputValue()) === '交通运输 › 地面公交', 'the new name in the form')
})
