/** The units' own systems (S): by a key they are their unit, at its routes alone; and the description of these (OpenAPI 3.1). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLetIn } from '../../central/http/access.ts'
import { pathOf } from '../../central/openapi/document.ts'
import { ofPersons } from '../../central/openapi/operations.ts'
import { MOST_A_MINUTE } from '../../central/systems/keys.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { must } from '../../shared/errors.ts'
import { breaks } from '../support/json-schema.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openUnitOffice, OTHER, PNG, type UnitOffice } from './unit-office.ts'

const { nextId, UNIT } = given
type Answered = { readonly status: number; readonly body: unknown }
type Described = {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema?: object }>> }>>
}
type OpenApi = {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}

export function systemContract(openDb: OpenDb): void {
  describe('the units’ own systems', () => {
    let office: UnitOffice
    let administrator: string
    let key: string
    let keyId: string
    beforeAll(async () => {
      office = await openUnitOffice(await openDb())
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
      ;({ key, keyId } = await newKey())
    })
    afterAll(() => office.close())

    async function newKey(unit = UNIT) {
      const answer = await given.post(
        office.central.app,
        '/systems/keys',
        { unit, name: '城管综合平台' },
        administrator,
      )
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<{ keyId: string; key: string }>()
    }
    async function ask(token: string, method: string, url: string, payload?: object | Buffer, headers = {}) {
      const bytes = Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream' } : {}
      const answer = await office.central.app.inject({
        ...{ method: method as 'GET', url },
        headers: { authorization: `Bearer ${token}`, ...bytes, ...headers },
        ...(payload === undefined ? {} : { payload }),
      })
      const type = String(answer.headers['content-type'])
      return { status: answer.statusCode, body: type.includes('json') ? answer.json<unknown>() : answer.body }
    }
    const takes = (token: string, caseId: string, step: CaseStep) =>
      ask(token, 'POST', `/cases/${caseId}/steps`, { id: nextId(), step })

    it('S1.1 an administrator makes a key for a unit that there is; it is told once and kept as its hash, in the audit', async () => {
      expect(key).toMatch(/^sxk_[\da-f]{32}_[\w-]{43}$/)
      const rows = await office.central.db.tx('owner', (sql) =>
        sql.query('select api_keys::text as row from api_keys union all select audit::text from audit'),
      )
      expect(JSON.stringify(rows)).not.toContain(key.slice(-43))
      expect(
        await given.count(office.central.db, `audit where action = 'key.added' and object = $1::text`, [keyId]),
      ).toBe(1)
      const none = await ask(administrator, 'POST', '/systems/keys', { unit: 'U-NONE', name: 'x' })
      expect(none).toEqual({ status: 400, body: { code: 'invalidInput', detail: 'unit' } })
      expect((await ask(administrator, 'GET', '/systems/keys')).body).toMatchObject({ keys: [{ keyId, unit: UNIT }] })
      expect((await ask(office.monitor, 'POST', '/systems/keys', { unit: UNIT, name: 'x' })).status).toBe(403)
    })

    it('S1.2 it does its unit’s work: finds, reads, answers with a file, under its own name in the history', async () => {
      const caseId = await office.inHand()
      expect((await ask(key, 'GET', '/unit/me')).body).toMatchObject({
        unit: UNIT,
        staffNo: `api-${keyId.slice(0, 8)}`,
      })
      expect((await ask(key, 'POST', '/cases/find', {})).body).toMatchObject({ cases: [{ caseId }] })
      const file = nextId()
      const name = { 'x-file-name': 'a.png' }
      expect((await ask(key, 'PUT', `/cases/${caseId}/attachments/${file}`, PNG, name)).status).toBe(200)
      expect((await takes(key, caseId, { type: 'answer', text: '已修复' })).body).toMatchObject({ state: 'answered' })
      const read = await ask(key, 'GET', `/cases/${caseId}`)
      expect(read.body).toMatchObject({ steps: [{}, {}, { by: `api-${keyId.slice(0, 8)}`, unit: UNIT }] })
      const audited = `audit where action = 'case.read' and actor = $1::text`
      expect(await given.count(office.central.db, audited, [`api-${keyId.slice(0, 8)}`])).toBe(1)
    })

    it('S1.3 of another unit’s cases it sees nothing and does nothing', async () => {
      const other = (await newKey(OTHER)).key
      const caseId = await office.inHand()
      for (const [method, url, body] of [
        ['GET', `/cases/${caseId}`],
        ['POST', `/cases/${caseId}/printed`, {}],
        ['PUT', `/unit/drafts/${caseId}/answer`, { text: 'x' }],
        ['PUT', `/cases/${caseId}/attachments/${nextId()}`, PNG],
      ] as const)
        expect((await ask(other, method, url, body, { 'x-file-name': 'a.png' })).status, url).toBe(404)
      expect((await takes(other, caseId, { type: 'answer', text: 'x' })).status).toBe(404)
      expect((await ask(other, 'POST', '/cases/find', {})).body).toMatchObject({ cases: [] })
      expect((await ask(other, 'POST', '/cases/find', { unit: UNIT })).body).toMatchObject({ cases: [] })
      expect((await ask(other, 'GET', `/cases/${caseId}/attachments`)).body).toEqual({ attachments: [] })
      expect((await ask(key, 'GET', `/cases/${caseId}`)).status).toBe(200)
    })

    it('S1.4 it is let in where its unit is and nowhere else, and does nothing that is a person’s', async () => {
      for (const { method, url, access } of office.central.app.routeEntries) {
        if (access === 'public' || access === 'device' || access === 'exchange') continue
        const path = url.replaceAll(/:\w+Id/g, () => nextId())
        const { status, body } = await ask(key, method, path, method === 'GET' ? undefined : {})
        const isDenied = status === 403 && (body as { detail?: string }).detail === undefined
        expect(isDenied, `${method} ${url}`).toBe(access !== 'system' && !isLetIn('unitMember', access))
      }
      const deputy = { deputy: '3001', fromDay: '2026-11-23', untilDay: '2026-11-24' }
      expect((await ask(key, 'PUT', '/unit/deputy', deputy)).body).toEqual({ code: 'forbidden', detail: 'person' })
    })

    it('S1.5 wrong keys and revoked ones are nobody, at once', async () => {
      const { key: short, keyId: id } = await newKey()
      expect((await ask(short, 'GET', '/unit/me')).status).toBe(200)
      const wrong = `${short.slice(0, -1)}${short.endsWith('A') ? 'B' : 'A'}`
      expect(await ask(wrong, 'GET', '/unit/me')).toEqual({ status: 401, body: { code: 'notSignedIn' } })
      expect((await ask(administrator, 'DELETE', `/systems/keys/${id}`)).status).toBe(200)
      expect((await ask(administrator, 'DELETE', `/systems/keys/${id}`)).status).toBe(404)
      expect(await ask(short, 'GET', '/unit/me')).toEqual({ status: 401, body: { code: 'notSignedIn' } })
      expect((await ask(short, 'GET', '/unit/webhooks')).body).toEqual({ code: 'deviceUnknown' })
    })

    it('S1.6 one that asks too much waits for the next minute, and nobody else does', async () => {
      const [eager, calm] = [(await newKey()).key, (await newKey()).key]
      office.central.clock.time += 60_000
      const answers = []
      for (let asked = 0; asked <= MOST_A_MINUTE; asked += 1) answers.push((await ask(eager, 'GET', '/unit/me')).status)
      expect(answers.filter((status) => status === 429)).toHaveLength(1)
      expect(answers.at(-1)).toBe(429)
      expect((await ask(calm, 'GET', '/unit/me')).status).toBe(200)
      office.central.clock.time += 60_000
      expect((await ask(eager, 'GET', '/unit/me')).status).toBe(200)
    })

    async function described(): Promise<OpenApi> {
      return (await office.central.app.inject('/openapi.json')).json<OpenApi>()
    }

    it('S2.1 the description is OpenAPI 3.1: one id an operation, its parameters those of its path, each with an answer', async () => {
      const { openapi, paths } = await described()
      expect(openapi).toBe('3.1.0')
      const all = Object.entries(paths).flatMap(([path, methods]) =>
        Object.values(methods).map((operation) => ({ path, operation })),
      )
      expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length)
      for (const { path, operation } of all) {
        const inPath = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)
        expect(inPath.toSorted(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted())
        expect(Object.keys(operation.responses), path).toEqual(['200', 'default'])
      }
    })

    it('S2.2 it has every route at which a unit’s system is let in, and no other', async () => {
      const expected = office.central.app.routeEntries
        .filter(
          ({ access }) =>
            access === 'system' || (!['public', 'signedIn'].includes(access) && isLetIn('unitMember', access)),
        )
        .map(({ method, url }) => `${method} ${url}`)
        .filter((route) => !ofPersons.includes(route))
        .map((route) => route.replace(/ .*/, (url) => pathOf(url)))
      const { paths } = await described()
      const there = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      )
      // What is for whoever is signed in is described where a unit's system has a use for it.
      expect(there.toSorted()).toEqual([...expected, 'GET /units'].toSorted())
    })

    it('S2.3 what is answered is as it is described, to the last field', async () => {
      const { paths } = await described()
      const caseId = await office.inHand()
      await office.steps(await office.signIn(), caseId, { type: 'askExtension', days: 2, reason: '等配件' })
      await office.put(await office.signIn(), caseId, PNG)
      await ask(key, 'PUT', `/unit/drafts/${caseId}/answer`, { text: '还在查' })
      const gone = await office.inHand()
      await takes(key, gone, { type: 'return', reason: '不属本单位' })
      const like = (method: string, path: string, { status, body }: Answered) => {
        expect(status, path).toBe(200)
        const operation = must(paths[path]?.[method.toLowerCase()], `${method} ${path}`)
        const schema = must(operation.responses['200']?.content?.['application/json']?.schema, 'a schema')
        expect(breaks(schema as Record<string, unknown>, body), `${method} ${path}`).toEqual([])
        return body
      }
      for (const path of ['/unit/me', '/unit/work', '/units', '/cases/counts', '/unit/webhooks'])
        like('GET', path, await ask(key, 'GET', path))
      for (const path of ['/cases/{caseId}', '/cases/{caseId}/attachments', '/unit/drafts/{caseId}'])
        like('GET', path, await ask(key, 'GET', path.replace('{caseId}', caseId)))
      like('POST', '/cases/find', await ask(key, 'POST', '/cases/find', {}))
      const answered = await takes(key, caseId, { type: 'answer', text: '已修复' })
      like('POST', '/cases/{caseId}/steps', answered)
      expect(breaks({ type: 'object', properties: {}, additionalProperties: false }, answered.body)).not.toEqual([])
    })
  })
}
