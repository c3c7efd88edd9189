/**
 * A centre as its units meet it: central on a real PostgreSQL, listening, with the built page; cases come to it as
 * desks bring them. Its clock is the test's, from now on.
 */
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { copyDatabase } from '../../build/stack/loaded-demo.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { builtPage } from '../../central/http/built-page.ts'
import type { CaseKind } from '../../shared/case/case-kind.ts'
import type { Values } from '../../shared/case/particulars.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { must } from '../../shared/errors.ts'
import * as given from '../contract/db-fixture.ts'
import type { people } from './units.ts'

export type StaffNo = (typeof people)[number]['staffNo']

export type Centre = given.Central & {
  readonly url: string
  readonly browser: Browser
  /** A matter that a citizen raised and that waits at the unit; answers its id. */
  dispatched(
    text?: string,
    more?: {
      readonly at?: number
      readonly unit?: string
      readonly kind?: CaseKind
      /** What the form asked beyond the fixed fields: with the case, and with its caller. */
      readonly particulars?: Values
      readonly papers?: Values
    },
  ): Promise<string>
  /** The same, signed for by somebody. */
  inHand(text?: string, more?: { readonly at?: number; readonly by?: StaffNo }): Promise<string>
  /** A step of the centre. */
  step(caseId: string, step: CaseStep): Promise<void>
  /** A step of somebody of a unit, not by this browser. */
  stepBy(staffNo: StaffNo, caseId: string, step: CaseStep): Promise<void>
  /** As after twelve hours: what somebody is signed in with opens nothing any more. */
  expire(staffNo: StaffNo): Promise<void>
  close(): Promise<void>
}

/** The variable that names the database with the units by its URL: each file has a copy. */
export const PORTAL_DATABASE = 'SANXIN_PORTAL_DATABASE'

let launched: Promise<Browser> | undefined

/** Chromium as the bootstrap found it: one for all files of this process, and for no other's, for it has a clipboard. */
function openBrowser(): Promise<Browser> {
  const executablePath = process.env['SANXIN_CHROMIUM'] ?? '/usr/bin/chromium'
  launched ??= chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  return launched
}

/** Starts all of it but the server of the database, which stands. */
export async function startCentre(): Promise<Centre> {
  const browser = await openBrowser()
  const db = openPostgres(await copyDatabase(must(process.env[PORTAL_DATABASE], PORTAL_DATABASE)))
  const central = await given.startCentral(db, { unitPage: builtPage })
  central.clock.time = Date.now()
  await central.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = central.app.server.address() as AddressInfo
  const acts = await createActs(central)
  return {
    ...central,
    ...acts,
    url: `http://127.0.0.1:${port}`,
    browser,
    async expire(staffNo) {
      await db.tx('owner', (sql) =>
        sql.query('update sessions set expires_at = 0 where staff_no = $1::text', [staffNo]),
      )
    },
    async close() {
      await Promise.all(browser.contexts().map((context) => context.close()))
      await central.app.close()
      await db.close()
    },
  }
}

async function createActs(central: given.Central) {
  const { app, clock } = central
  const { caseMutation, nextId, post, secondFactor } = given
  const desk = await given.signIn(app, '1001')
  const monitorDesk = await given.signIn(app, '1010')
  const take = async (token: string, caseId: string, step: CaseStep) => {
    const answer = await post(app, `/cases/${caseId}/steps`, { id: nextId(), step }, token)
    if (answer.statusCode !== 200) throw new Error(`${step.type}: ${answer.statusCode} ${answer.body}`)
  }
  const tokenOf = async (staffNo: string) => {
    const who = { staffNo, password: DEMO_PASSWORD, ...secondFactor(app, staffNo), storeId: null }
    const answer = await app.inject({ method: 'POST', url: '/sign-in', payload: who })
    return answer.json<{ token: string }>().token
  }
  const step = (caseId: string, one: CaseStep) => take(monitorDesk.token, caseId, one)
  const stepBy = async (staffNo: StaffNo, caseId: string, one: CaseStep) => take(await tokenOf(staffNo), caseId, one)
  const dispatched: Centre['dispatched'] = async (
    text = '路灯不亮',
    { at = clock.time, unit = 'U-CG', kind = 'help', particulars = {}, papers = {} } = {},
  ) => {
    const { caseId, mutation } = given.openCase('13812345678', text, '张三丰')
    const reply = { mode: 'later' as const, text: '', articles: [] }
    const replied = caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply }, '1001', at)
    const edits = [
      { group: 'classification' as const, value: { kind, code: '0101' } },
      { group: 'particulars' as const, value: { version: 0, values: particulars } },
    ]
    const edited = caseMutation({ type: 'case.edit', caseId, base: { mutation: mutation.id }, edits }, '1001', at)
    const { body } = mutation
    if (body.kind !== 'case' || body.caller === null) throw new Error('no caller')
    const opened = { ...mutation, at, body: { ...body, caller: { ...body.caller, papers } } }
    await desk.sync([opened, edited, replied])
    await step(caseId, { type: 'dispatch', unit })
    return caseId
  }
  const inHand: Centre['inHand'] = async (text, { at, by = '3001' } = {}) => {
    const caseId = await dispatched(text, at === undefined ? {} : { at })
    await stepBy(by, caseId, { type: 'sign' })
    return caseId
  }
  return { dispatched, inHand, step, stepBy }
}

export const wide = { width: 1366, height: 768 } as const
export const phone = { width: 390, height: 844 } as const

/** A browser of its own, with what went wrong in it. */
export type Seat = { readonly context: BrowserContext; readonly page: Page; readonly troubles: string[] }

/** Opens the page for somebody; whoever signs in has a browser of her own. */
export async function openPage(
  { browser, url }: Centre,
  {
    viewport = wide,
    dark = false,
    insecure = false,
    path = '/unit/',
  }: {
    viewport?: { width: number; height: number }
    dark?: boolean
    insecure?: boolean
    path?: '/unit/' | '/admin/'
  } = {},
): Promise<Seat> {
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: viewport.width < 900,
    ignoreHTTPSErrors: insecure,
  })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    // What central refuses the page says in its own words; that the browser notes it as well is no trouble.
    const { text, type } = { text: message.text(), type: message.type() }
    if (type === 'error' && !text.startsWith('Failed to load resource')) troubles.push(text)
  })
  await page.goto(`${url}${path}`)
  return { context, page, troubles }
}

/** Signs in on an open page. */
export async function signIn(page: Page, staffNo: string, password: string = DEMO_PASSWORD): Promise<void> {
  await page.getByLabel('工号').fill(staffNo)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** The page of somebody who is signed in. */
export async function seatOf(
  centre: Centre,
  staffNo: StaffNo,
  how: Parameters<typeof openPage>[1] = {},
): Promise<Seat> {
  const seat = await openPage(centre, how)
  await signIn(seat.page, staffNo)
  await seat.page.getByRole('tab', { name: /待签收/ }).waitFor()
  return seat
}

/** Opens a case by its address, as a link in the list does. */
export async function openCase({ page }: Seat, caseId: string): Promise<void> {
  await page.evaluate((id) => (window.location.hash = `#/cases/${id}`), caseId)
  await page.getByTestId('state').waitFor()
}
