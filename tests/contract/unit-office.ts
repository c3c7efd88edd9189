/** A central with two member units and their people, as their page meets it over HTTP. */
import type { LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import type { AppDeps } from '../../central/app.ts'
import type { Db } from '../../central/db/db.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { hashPassword } from '../../central/people/hash-password.ts'
import { insertStaff } from '../../central/people/sql.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import type { Attachment } from '../../shared/unit/attachment.ts'
import type { Draft } from '../../shared/unit/unit-page.ts'
import * as given from './db-fixture.ts'

const { nextId, post, staffNoOf, tokenOf, UNIT } = given
/** The other unit: 3002 is of it. Of UNIT are the one of each role, and 3001. */
export const OTHER = 'U-SW'
/** What a page of central's own sends along. */
export const PAGE = { host: 'localhost', origin: 'http://localhost', 'x-sanxin-page': '1' }
export const PNG: Buffer = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(40, 1),
])
/** Who of UNIT the tests look at first. */
export const mine = staffNoOf('unitMember')

type Asked = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  payload?: object | Buffer
  headers?: Record<string, string>
}
export type UnitOffice = Awaited<ReturnType<typeof openUnitOffice>>

/** The status and the body of an answer. */
export const said = (answer: LightMyRequestResponse) => [answer.statusCode, answer.json<object>()]
/** `name=value` of the cookie that an answer sets. */
export const cookieOf = (answer: LightMyRequestResponse): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

async function addUnits(db: Db): Promise<void> {
  const rest = { numbers: [{ number: '3500201', words: '' }], hours: '', district: null }
  const entries = [UNIT, OTHER].map((id) => ({ kind: 'unit' as const, id, name: id, ...rest }))
  await publishDirectory(db, entries, false)
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const person = (staffNo: string, unit: string) => ({
    ...{ staffNo, name: `经办 ${staffNo}`, role: 'unitMember' as const, unit },
    ...{ passwordHash, totpSecret: null, line: null },
  })
  await db.tx('sanxin_people', async (sql) => {
    for (const one of [person('3001', UNIT), person('3002', OTHER)]) await insertStaff(sql, one)
  })
}

/** Central with all of it, and what people do there. */
export async function openUnitOffice(db: Db, more: Partial<AppDeps> = {}) {
  const central = await given.startCentral(db, more)
  await given.addOfEachRole(central.db)
  await addUnits(central.db)
  const monitor = (await tokenOf(central.app, 'monitor')).token

  const tried = (payload: object, headers: Record<string, string> = PAGE) =>
    central.app.inject({ method: 'POST', url: '/unit/sign-in', payload, headers })
  const signIn = async (staffNo = mine) => {
    const answer = await tried({ staffNo, password: DEMO_PASSWORD })
    expect(answer.statusCode, answer.body).toBe(200)
    return cookieOf(answer)
  }
  const ask = (cookie: string, url: string, { method = 'GET', payload, headers = {} }: Asked = {}) =>
    central.app.inject({
      ...{ method, url, headers: { ...PAGE, cookie, ...headers } },
      ...(payload === undefined ? {} : { payload }),
    })

  /** A case that UNIT has in hand. */
  async function inHand(): Promise<string> {
    const desk = await given.signIn(central.app, '1001')
    const { caseId, mutation } = given.openCase()
    const reply = { mode: 'later' as const, text: '', articles: [] }
    await desk.sync([
      mutation,
      given.caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply }),
    ])
    await centreSteps(caseId, { type: 'dispatch', unit: UNIT })
    await steps(await signIn(), caseId, { type: 'sign' })
    return caseId
  }
  const centreSteps = async (caseId: string, step: CaseStep) => {
    const answer = await post(central.app, `/cases/${caseId}/steps`, { id: nextId(), step }, monitor)
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const steps = (cookie: string, caseId: string, step: CaseStep) =>
    ask(cookie, `/cases/${caseId}/steps`, { method: 'POST', payload: { id: nextId(), step } })
  const put = (cookie: string, caseId: string, bytes: Buffer, name = '现场.png', id = nextId()) =>
    ask(cookie, `/cases/${caseId}/attachments/${id}`, {
      method: 'PUT',
      payload: bytes,
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
    })
  const files = async (cookie: string, caseId: string) =>
    (await ask(cookie, `/cases/${caseId}/attachments`)).json<{ attachments: Attachment[] }>().attachments
  const drafts = async (cookie: string, caseId: string) =>
    (await ask(cookie, `/unit/drafts/${caseId}`)).json<{ drafts: Draft[] }>().drafts
  const close = async () => {
    await central.app.close()
    await central.db.close()
  }
  return { central, monitor, tried, signIn, ask, inHand, centreSteps, steps, put, files, drafts, close }
}
