/** Events to systems outside (W): what they are told, in which order, and that none is lost; over real HTTP on this machine. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readNetworks } from '../../central/outbox/networks.ts'
import { systemsPageSchema } from '../../shared/admin/systems-page.ts'
import { createSeal } from '../../central/people/seal.ts'
import { demoKeys, demoSeal } from '../../central/people/secret-keys.ts'
import { resealSecrets, SecretsRefused, settleSecrets } from '../../central/people/secrets-at-rest.ts'
import { openSecret } from '../../central/webhooks/secret.ts'
import { verifiedId } from '../../central/outbox/signature.ts'
import { createWorker } from '../../central/outbox/worker.ts'
import { webhookBodySchema } from '../../central/webhooks/body.ts'
import { webhookCarrier } from '../../central/webhooks/carrier.ts'
import { MOST_WEBHOOKS } from '../../central/webhooks/service.ts'
import { must } from '../../shared/errors.ts'
import { startReceiver } from '../central/support/receiver.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openUnitOffice, OTHER, type UnitOffice } from './unit-office.ts'

const { nextId, UNIT } = given
const loopback = must(readNetworks('127.0.0.0/8'), 'networks')
type Hook = { readonly webhookId: string; readonly secret: string }

export function webhookContract(openDb: OpenDb): void {
  describe('events to systems outside', () => {
    let office: UnitOffice
    let receiver: Awaited<ReturnType<typeof startReceiver>>
    let administrator: string
    let [mine, others] = ['', '']
    let base: string
    beforeAll(async () => {
      office = await openUnitOffice(await openDb(), { webhookNetworks: loopback })
      receiver = await startReceiver()
      base = `http://127.0.0.1:${receiver.port}`
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
      mine = await newKey(UNIT)
      others = await newKey(OTHER)
    })
    afterAll(async () => {
      await receiver.stop()
      await office.close()
    })
    beforeEach(async () => {
      // Each begins with nobody told of anything.
      await office.central.db.tx('owner', (sql) => sql.query('update webhooks set ended_at = 1 where ended_at is null'))
      receiver.answers(() => ({ status: 204 }))
      receiver.received.length = 0
    })

    const newKey = async (unit: string) =>
      (await given.post(office.central.app, '/systems/keys', { unit, name: 'x' }, administrator)).json<{
        key: string
      }>().key
    const ask = (token: string, method: string, url: string, payload?: object) =>
      office.central.app.inject({
        ...{ method: method as 'GET', url, headers: { authorization: `Bearer ${token}` } },
        ...(payload === undefined ? {} : { payload }),
      })
    async function subscribe(token: string, path: string, events: string[] | null = null): Promise<Hook> {
      const where = token === administrator ? '/systems/webhooks' : '/unit/webhooks'
      const answer = await ask(token, 'POST', where, { url: `${base}${path}`, events })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Hook>()
    }
    const newWorker = () => {
      const { db, clock, logged } = office.central
      const log = (event: string, data?: unknown) => void logged.push({ event, data })
      return createWorker({ db, clock, log, carriers: [webhookCarrier(loopback, demoSeal)], random: () => 0.5 })
    }
    const bodies = (path: string) =>
      receiver.received.filter((one) => one.path === path).map(({ body }) => webhookBodySchema.parse(JSON.parse(body)))
    const dead = async (token: string, { webhookId }: Hook) =>
      (await ask(token, 'GET', `/unit/webhooks/${webhookId}/dead`)).json<{
        dead: { id: string; kind: string; reason: string; tries: number }[]
      }>().dead
    const rows = (status: string) =>
      given.count(office.central.db, `outbox where channel = 'webhook' and status = $1::text`, [status])

    it('W1.1 a unit hears of its cases, each event signed and in order, and of no word and nobody in them', async () => {
      const { secret } = await subscribe(mine, '/mine')
      const caseId = await office.inHand()
      await office.steps(await office.signIn(), caseId, { type: 'answer', text: '已修复路灯' })
      await newWorker().round()
      expect(bodies('/mine').map(({ type }) => type)).toEqual(['case.dispatch', 'case.sign', 'case.answer'])
      const told = bodies('/mine').map(({ data }) => data)
      expect(told).toMatchObject([{ caseId, yours: true, state: 'toSign', unit: UNIT }, {}, { state: 'answered' }])
      const revisions = told.map(({ revision }) => revision)
      expect(revisions).toEqual(revisions.toSorted((one, other) => one - other))
      const now = office.central.clock.time / 1000
      for (const { headers, body } of receiver.received) {
        expect(verifiedId(secret, headers, body, now)).toBe(headers['webhook-id'])
        expect(body).not.toMatch(/路灯|138|来电人|3001|monitor/)
      }
      const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
      expect(new Set(ids).size).toBe(3)
      for (const id of ids) expect(z.uuid().safeParse(id).success, String(id)).toBe(true)
      expect(JSON.stringify(office.central.logged)).not.toMatch(/\/mine|路灯/)
    })

    it('W1.2 another unit hears nothing; one that lost the case hears that, and no more of it', async () => {
      await subscribe(mine, '/mine')
      await subscribe(others, '/others')
      const caseId = await office.inHand()
      await newWorker().round()
      expect(bodies('/others')).toEqual([])
      receiver.received.length = 0
      await office.centreSteps(caseId, { type: 'redispatch', unit: OTHER, reason: '职责在水务' })
      await office.centreSteps(caseId, { type: 'supervise', reason: '超期' })
      await newWorker().round()
      expect(bodies('/mine')).toEqual([
        expect.objectContaining({
          type: 'case.redispatch',
          data: { caseId, caseNo: expect.any(String), revision: expect.any(Number), yours: false },
        }),
      ])
      expect(bodies('/others').map(({ type, data }) => [type, data.yours])).toEqual([
        ['case.redispatch', true],
        ['case.supervise', true],
      ])
    })

    it('W1.3 the platform above hears of all cases, of the events that it asked for', async () => {
      await subscribe(administrator, '/above', ['case.opened', 'case.replied'])
      await office.inHand()
      await newWorker().round()
      expect(bodies('/above').map(({ type }) => type)).toEqual(['case.opened', 'case.replied'])
      const answer = await ask(mine, 'POST', '/unit/webhooks', { url: `${base}/x`, events: ['case.nothing'] })
      expect([answer.statusCode, answer.json()]).toEqual([400, { code: 'invalidInput', detail: 'events.0' }])
    })

    it('W2.1 who does not take it is asked again, ever later, and the case waits; then it is dead, and is sent again under its id', async () => {
      const hook = await subscribe(mine, '/mine')
      const caseId = await office.inHand()
      receiver.answers(() => ({ status: 503 }))
      const worker = newWorker()
      for (let tries = 1; tries <= 12; tries += 1) {
        await worker.round()
        // Only the first of the case: the second waits for it, until it is given up.
        const told = Array.from({ length: tries }, () => 'case.dispatch')
        expect(bodies('/mine').map(({ type }) => type)).toEqual(tries < 12 ? told : [...told, 'case.sign'])
        if (tries === 12) break
        await worker.round()
        expect(receiver.received).toHaveLength(tries)
        office.central.clock.time += 7 * 3_600_000
      }
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
      mine = await newKeyAfterLong()
      const [first] = await dead(mine, hook)
      expect(first).toMatchObject({ kind: 'case.dispatch', reason: 'http503', tries: 12 })
      receiver.answers(() => ({ status: 200 }))
      receiver.received.length = 0
      office.central.clock.time += 7 * 3_600_000
      await worker.round()
      expect(bodies('/mine').map(({ type }) => type)).toEqual(['case.sign'])
      const id = must(first, 'a dead one').id
      const again = () => ask(mine, 'POST', `/unit/webhooks/${hook.webhookId}/dead/${id}/again`, {})
      expect((await again()).statusCode).toBe(200)
      expect((await again()).statusCode).toBe(404)
      await worker.round()
      expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(id)
      expect(bodies('/mine').at(-1)).toMatchObject({ type: 'case.dispatch', data: { caseId } })
      expect(await dead(mine, hook)).toEqual([])
    })

    /** Keys last; the sessions of people do not, over so long a time. */
    async function newKeyAfterLong(): Promise<string> {
      office.central.clock.time += 1000
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
      return newKey(UNIT)
    }

    it('W2.2 410 is for good; who asks to be left alone is; a webhook that ended is told nothing more', async () => {
      office = Object.assign(office, { monitor: (await given.tokenOf(office.central.app, 'monitor')).token })
      const hook = await subscribe(mine, '/mine')
      await dispatched()
      receiver.answers(() => ({ status: 410 }))
      await newWorker().round()
      expect(await dead(mine, hook)).toMatchObject([{ reason: 'http410', tries: 1 }])
      await dispatched()
      receiver.answers(() => ({ status: 429, headers: { 'retry-after': '600' } }))
      receiver.received.length = 0
      await newWorker().round()
      office.central.clock.time += 599_000
      await newWorker().round()
      expect(receiver.received).toHaveLength(1)
      office.central.clock.time += 1000
      await newWorker().round()
      expect(receiver.received).toHaveLength(2)
      expect((await ask(mine, 'DELETE', `/unit/webhooks/${hook.webhookId}`)).statusCode).toBe(200)
      office.central.clock.time += 3_600_000
      await newWorker().round()
      expect(receiver.received).toHaveLength(2)
      expect(await rows('pending')).toBe(0)
    })

    /** A case that UNIT has just got. */
    async function dispatched(): Promise<string> {
      const desk = await given.signIn(office.central.app, '1001')
      const { caseId, mutation } = given.openCase()
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const replied = given.caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply })
      await desk.sync([mutation, replied])
      const monitor = (await given.tokenOf(office.central.app, 'monitor')).token
      const step = { type: 'dispatch', unit: UNIT }
      const answer = await given.post(office.central.app, `/cases/${caseId}/steps`, { id: nextId(), step }, monitor)
      expect(answer.statusCode, answer.body).toBe(200)
      return caseId
    }

    it('W2.3 a node that dies while it delivers loses nothing, and the id stays the same; many nodes deliver each once', async () => {
      await subscribe(mine, '/mine')
      await dispatched()
      const arrived = Promise.withResolvers<void>()
      receiver.answers(() => {
        arrived.resolve()
        return null
      })
      const dying = newWorker().round()
      await arrived.promise
      receiver.answers(() => ({ status: 200 }))
      office.central.clock.time += 60_000
      await newWorker().round()
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
      expect(receiver.received).toHaveLength(2)
      receiver.hangUp()
      await dying
      expect(await rows('pending')).toBe(0)
      receiver.received.length = 0
      for (let made = 0; made < 8; made += 1) await dispatched()
      await Promise.all([newWorker().round(), newWorker().round(), newWorker().round()])
      await newWorker().round()
      expect(receiver.received).toHaveLength(8)
    })

    it('W4.6 no address is taken that central may not reach, and none is reached that a name turns out to be', async () => {
      for (const url of [
        ...[
          'http://example.com/',
          'https://10.0.0.8/',
          'https://[::1]/',
          'https://169.254.169.254/',
          'ftp://example.com/',
        ],
        ...['https://a:b@example.com/', 'https://example.com/#x', 'nonsense', `https://example.com/${'x'.repeat(500)}`],
      ])
        expect((await ask(mine, 'POST', '/unit/webhooks', { url })).statusCode, url).toBe(400)
      const { db, clock } = office.central
      const strict = createWorker({
        ...{ db, clock, log: () => undefined, random: () => 0.5 },
        carriers: [webhookCarrier(must(readNetworks(''), 'none'), demoSeal)],
      })
      const hook = await subscribe(mine, '/mine')
      await dispatched()
      await strict.round()
      expect(receiver.received).toEqual([])
      expect(await dead(mine, hook)).toMatchObject([{ reason: 'foreignAddress', tries: 1 }])
    })

    it('W3.4 a secret stands sealed; what stood in clear is sealed at the start, and a node without its key does not start', async () => {
      const { db } = office.central
      const [hook, gone] = [await subscribe(mine, '/mine'), await subscribe(mine, '/gone')]
      const stored = async () => {
        const found = await db.tx('owner', (sql) =>
          sql.query<{ secret: string }>('select secret from webhooks where webhook_id = $1::uuid', [hook.webhookId]),
        )
        return must(found[0], 'a webhook').secret
      }
      expect(await stored()).toMatch(/^v1\.practice\.[\w-]+$/)
      expect(openSecret(demoSeal, await stored(), hook.webhookId)).toBe(hook.secret)
      expect(() => openSecret(demoSeal, hook.secret, hook.webhookId)).toThrow('in clear')
      const put = ({ webhookId, secret }: typeof hook) =>
        db.tx('owner', (sql) =>
          sql.query('update webhooks set secret = $2::text where webhook_id = $1::uuid', [webhookId, secret]),
        )
      await expect(put(hook)).rejects.toMatchObject({ code: '23514' })
      // As a database of before stands.
      await db.tx('owner', (sql) => sql.script('alter table webhooks drop constraint webhook_secret_sealed'))
      for (const one of [hook, gone]) await put(one)
      // One that is ended tells nobody anything: its secret keeps no node from starting.
      await db.tx('owner', (sql) =>
        sql.query('update webhooks set ended_at = 1 where webhook_id = $1::uuid', [gone.webhookId]),
      )
      await db.tx('owner', (sql) =>
        sql.script(`alter table webhooks add constraint webhook_secret_sealed check (secret like 'v1.%') not valid`),
      )
      // Others stand sealed: the keys are missing that there were.
      await expect(settleSecrets(db, createSeal([]))).rejects.toThrow('start with the keys as they were')
      // A centre that never had a key is told how one is made.
      await db.tx('owner', (sql) =>
        sql.script('create table kept as select staff_no, totp_secret from staff; update staff set totp_secret = null'),
      )
      const asked = settleSecrets(db, createSeal([]))
      await expect(asked).rejects.toThrow(SecretsRefused)
      await expect(asked).rejects.toThrow('secret-keys.ts new ID，写入 · into SANXIN_CENTRAL_SECRET_KEYS')
      await db.tx('owner', (sql) =>
        sql.script(`update staff set totp_secret = kept.totp_secret from kept where kept.staff_no = staff.staff_no;
          drop table kept`),
      )
      expect(await settleSecrets(db, demoSeal)).toMatchObject({ sealed: 1 })
      expect(openSecret(demoSeal, await stored(), hook.webhookId)).toBe(hook.secret)
      await dispatched()
      await newWorker().round()
      const [got] = receiver.received
      expect(verifiedId(hook.secret, got?.headers ?? {}, got?.body ?? '', office.central.clock.time / 1000)).not.toBe(
        null,
      )
      const other = { id: 'other', key: randomBytes(32) }
      await expect(resealSecrets(db, createSeal([other]))).rejects.toThrow('no key practice')
      await resealSecrets(db, createSeal([other, ...demoKeys]))
      expect(await stored()).toMatch(/^v1\.other\./)
      await resealSecrets(db, createSeal([...demoKeys, other]))
    })

    it('W6.1 the platform’s is tried with an event of no case, is paused so that all waits, and goes on in order', async () => {
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
      const hook = await subscribe(administrator, '/above', ['case.opened', 'case.dispatch'])
      const act = async (which: string, id = hook.webhookId, token = administrator) => {
        const answer = await ask(token, 'POST', `/systems/webhooks/${id}/${which}`, {})
        return [answer.statusCode, answer.json<unknown>()]
      }
      expect(await act('test')).toEqual([200, { reason: null }])
      const [test] = receiver.received
      expect(JSON.parse(test?.body ?? '')).toMatchObject({ type: 'webhook.test', data: {} })
      const now = office.central.clock.time / 1000
      expect(verifiedId(hook.secret, test?.headers ?? {}, test?.body ?? '', now)).not.toBe(null)
      receiver.answers(() => ({ status: 500 }))
      expect(await act('test')).toEqual([200, { reason: 'http500' }])
      receiver.answers(() => ({ status: 204 }))
      receiver.received.length = 0
      expect((await act('pause'))[0]).toBe(200)
      await dispatched()
      await newWorker().round()
      expect(receiver.received).toEqual([])
      const page = async () => {
        const answer = await ask(administrator, 'GET', '/admin/systems')
        expect(answer.body).not.toContain(hook.secret)
        return systemsPageSchema.strict().parse(answer.json())
      }
      const shown = async () => (await page()).webhooks.find(({ webhookId }) => webhookId === hook.webhookId)
      expect(await shown()).toMatchObject({ unit: null, waiting: 2, pausedAt: expect.any(Number), results: [] })
      expect((await act('resume'))[0]).toBe(200)
      await newWorker().round()
      expect(bodies('/above').map(({ type }) => type)).toEqual(['case.opened', 'case.dispatch'])
      expect(await shown()).toMatchObject({
        ...{ waiting: 0, pausedAt: null },
        results: [{ status: 'sent', tries: 1 }, { status: 'sent' }],
      })
      const units = await subscribe(mine, '/mine')
      expect(await act('test', units.webhookId)).toEqual([404, { code: 'notFound' }])
      expect((await page()).webhooks.map(({ unit }) => unit)).toEqual([null, UNIT])
      const audited = `audit where action in ('webhook.tested', 'webhook.paused', 'webhook.resumed') and object = $1::text`
      expect(await given.count(office.central.db, audited, [hook.webhookId])).toBe(4)
    })

    it('W6.2 a unit’s own is paused by an administrator alone: its system sees that, all waits, nothing is lost, and it goes on in order', async () => {
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
      const { webhookId } = await subscribe(mine, '/mine')
      await subscribe(others, '/others')
      const act = async (which: string, token = administrator) =>
        (await ask(token, 'POST', `/systems/webhooks/${webhookId}/${which}`, {})).statusCode
      const seen = async (token: string) =>
        (await ask(token, 'GET', '/unit/webhooks')).json<{ webhooks: { pausedAt: number | null }[] }>().webhooks
      expect(await act('pause', mine)).toBe(403)
      expect(await act('pause')).toBe(200)
      expect(await seen(mine)).toMatchObject([{ pausedAt: office.central.clock.time }])
      expect(await seen(others)).toMatchObject([{ pausedAt: null }])
      const caseId = await dispatched()
      await office.steps(await office.signIn(), caseId, { type: 'sign' })
      await office.steps(await office.signIn(), caseId, { type: 'answer', text: '已修好' })
      // However long it rests, no try is spent.
      for (let days = 0; days < 3; days += 1) {
        await newWorker().round()
        office.central.clock.time += 86_400_000
      }
      expect(receiver.received).toEqual([])
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
      const shown = systemsPageSchema.parse((await ask(administrator, 'GET', '/admin/systems')).json()).webhooks
      const tenses = shown.map(({ unit, pausedAt, waiting }) => [unit, pausedAt !== null, waiting])
      expect(tenses.toSorted()).toEqual(
        [
          [UNIT, true, 3],
          [OTHER, false, 0],
        ].toSorted(),
      )
      expect(await act('resume')).toBe(200)
      expect(await seen(mine)).toMatchObject([{ pausedAt: null }])
      await newWorker().round()
      expect(bodies('/mine').map(({ type }) => type)).toEqual(['case.dispatch', 'case.sign', 'case.answer'])
      const audited = `audit where action in ('webhook.paused', 'webhook.resumed') and object = $1::text`
      expect(await given.count(office.central.db, audited, [webhookId])).toBe(2)
    })

    it('W5.1 a unit sees, ends and sends again its own alone, and has so many at most; nobody sees a secret again', async () => {
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
      const hook = await subscribe(mine, '/mine')
      const listed = await ask(mine, 'GET', '/unit/webhooks')
      expect(listed.json()).toMatchObject({ webhooks: [{ webhookId: hook.webhookId, events: null }] })
      expect(listed.body).not.toContain(hook.secret)
      for (const [method, path] of [
        ['DELETE', ''],
        ['GET', '/dead'],
        ['POST', `/dead/${nextId()}/again`],
      ] as const) {
        expect((await ask(others, method, `/unit/webhooks/${hook.webhookId}${path}`)).statusCode, path).toBe(404)
        expect((await ask(administrator, method, `/systems/webhooks/${hook.webhookId}${path}`)).statusCode).toBe(404)
      }
      expect((await ask(others, 'GET', '/unit/webhooks')).json()).toMatchObject({ webhooks: [] })
      for (let made = 1; made < MOST_WEBHOOKS; made += 1) await subscribe(mine, '/more')
      const full = await ask(mine, 'POST', '/unit/webhooks', { url: `${base}/x` })
      expect(full.json()).toEqual({ code: 'invalidInput', detail: 'tooMany' })
    })
  })
}
