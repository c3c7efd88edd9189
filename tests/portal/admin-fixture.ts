/** A centre as its administrators and its auditor meet it: the units' centre, and these people besides. */
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import { hashPassword } from '../../central/people/hash-password.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { insertStaff } from '../../central/people/sql.ts'
import { STEP_MS } from '../../central/people/totp.ts'
import { codeAt, nextId } from '../contract/db-fixture.ts'
import { openPage, signIn, startCentre, type Centre, type Seat } from './fixture.ts'

export const administrator = '9001'
export const auditor = '9003'
/** The demo's, who is at central already. */
export const monitor = '1010'

/** Starts all of it. */
export async function startAdminCentre(): Promise<Centre> {
  const centre = await startCentre()
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const person = { unit: null, passwordHash, line: null }
  await centre.db.tx('sanxin_people', async (sql) => {
    const totpSecret = demoSeal.seal(DEMO_TOTP_SECRET, administrator)
    await insertStaff(sql, { ...person, staffNo: administrator, name: '管理员一', role: 'administrator', totpSecret })
    await insertStaff(sql, { ...person, staffNo: auditor, name: '审计员一', role: 'auditor', totpSecret: null })
  })
  return centre
}

/** What an authenticator shows next; each code opens once, so central's clock goes on by a step. */
export function nextCode({ clock }: Centre, secret = DEMO_TOTP_SECRET): string {
  clock.time += STEP_MS
  return codeAt(clock.time, secret)
}

/** Signs in with the second factor on an open page. */
export async function signInWithCode(centre: Centre, page: Page, staffNo = administrator): Promise<void> {
  await signIn(page, staffNo)
  await page.getByLabel('动态验证码').fill(nextCode(centre))
  await page.getByRole('button', { name: '登录' }).click()
}

/** The page of the administrator, of the auditor or of a monitor, signed in. */
export async function adminSeat(
  centre: Centre,
  how: Parameters<typeof openPage>[1] & { readonly as?: typeof auditor | typeof monitor } = {},
): Promise<Seat> {
  const { as, ...rest } = how
  const seat = await openPage(centre, { ...rest, path: '/admin/' })
  if (as === auditor) await signIn(seat.page, as)
  else await signInWithCode(centre, seat.page, as)
  await seat.page.getByRole('heading', { name: '系统管理', exact: true }).waitFor()
  return seat
}

/** Of a case a message that was given up, two answers of which the newer one holds, one that must be said by telephone, and a bad rating. */
export async function oweMessages({ db, clock }: Centre, caseId: string): Promise<void> {
  const insert = `insert into outbox (id, channel, kind, case_id, revision, at, status, reason, tries, next_at, done_at)
    values ($1::uuid, 'message', $2::text, $3::uuid, $8::int, $4::bigint, $5::text, $6::text, $7::int, 1, $4::bigint)`
  await db.tx('owner', async (sql) => {
    await sql.query(insert, [nextId(), 'accepted', caseId, clock.time, 'dead', 'http503', 8, 1])
    for (const revision of [2, 3])
      await sql.query(insert, [nextId(), 'answered', caseId, clock.time + revision, 'dead', 'http422', 1, revision])
    await sql.query(insert, [nextId(), 'extended', caseId, clock.time, 'byVoice', 'notMobile', 0, 1])
    await sql.query('insert into ratings_owed (case_id, rating, at) values ($1::uuid, 1, $2::bigint)', [
      caseId,
      clock.time,
    ])
  })
}

/** Opens a view by its address, as a link does. */
export async function openView(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (window.location.hash = to), hash)
}
