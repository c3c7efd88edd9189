/** A central with objects of several owners, for the matrix of who finds which (P7). */
import { expect } from 'vitest'
import { madeArticleSchema } from '../../shared/kb/article-life-page.ts'
import { createKeys } from '../../central/systems/keys.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { articleFields } from './article-office.ts'
import * as given from './db-fixture.ts'
import type { Objects, Owner } from './object-rules.ts'
import { cookieOf, mine, OTHER, PNG, type UnitOffice } from './unit-office.ts'

const { nextId, staffNoOf, UNIT } = given

/** Makes what the matrix asks for: cases, files, messages, people, desks, keys and webhooks of several owners. */
export async function makeObjects(office: UnitOffice): Promise<Readonly<Record<Owner, Objects>>> {
  const { app, db, clock } = office.central
  const insert = (text: string, params: readonly (string | null)[]) => db.tx('owner', (sql) => sql.query(text, params))
  const desks = { own: await given.signIn(app, staffNoOf('operator')), others: await given.signIn(app, '1001') }
  const opened = async (desk: given.Desk, unit: string | null) => {
    const { caseId, mutation } = given.openCase()
    const reply = { mode: 'later' as const, text: '', articles: [] }
    const base = { mutation: mutation.id }
    const by = { ...mutation, author: desk.staffNo }
    await desk.sync([by, given.caseMutation({ type: 'case.reply', caseId, base, reply }, desk.staffNo)])
    if (unit !== null) await office.centreSteps(caseId, { type: 'dispatch', unit })
    return caseId
  }
  const signed = async (staffNo: string, caseId: string) => {
    const cookie = cookieOf(await office.tried({ staffNo, password: DEMO_PASSWORD }))
    await office.steps(cookie, caseId, { type: 'sign' })
    const attachmentId = nextId()
    expect((await office.put(cookie, caseId, PNG, 'a.png', attachmentId)).statusCode).toBe(200)
    return attachmentId
  }
  const owed = async (channel: 'message' | 'webhook', caseId: string, target = '') => {
    const id = nextId()
    await insert(
      `insert into outbox (id, channel, target, kind, case_id, revision, at, status, next_at)
       values ($1::uuid, $2::text, $3::text, 'settled', $4::uuid, 1, 1, 'dead', 1)`,
      [id, channel, target, caseId],
    )
    return id
  }
  const webhookOf = async (unit: string | null, caseId: string) => {
    const webhookId = nextId()
    await insert(
      `insert into webhooks (webhook_id, unit, url, secret, created_at, created_by)
       values ($1::uuid, $2::text, 'https://unit.example', 'v1.none.x', 1, 'tests')`,
      [webhookId, unit],
    )
    return { webhookId, deliveryId: await owed('webhook', caseId, webhookId) }
  }
  const keyOf = async (unit: string) => {
    const added = await createKeys(db, clock).add({ unit, name: unit }, 'tests')
    return added.ok ? added.value.keyId : ''
  }
  const { token: editor } = await given.tokenOf(app, 'editor')
  const articleOf = async (owner: string | null) => {
    const payload = { made: nextId(), fields: { ...articleFields, title: `${articleFields.title} ${nextId()}` }, owner }
    const headers = { authorization: `Bearer ${editor}` }
    const answer = await app.inject({ method: 'POST', url: '/kb/articles', payload, headers })
    return madeArticleSchema.parse(answer.json()).id
  }
  const taskOf = async (articleId: string) => {
    const taskId = nextId()
    await insert(
      `insert into kb_tasks (id, article_id, version, words, staff_no, at) values ($1::uuid, $2::text, 1, '电话错了', '1003', 1)`,
      [taskId, articleId],
    )
    return taskId
  }
  const written = async (owner: string | null) => {
    const articleId = await articleOf(owner)
    return { articleId, taskId: await taskOf(articleId) }
  }
  const deviceOf = async () => (await given.enrol(app)).split('.')[0] ?? ''
  const [own, others, ofOther] = [
    await opened(desks.own, UNIT),
    await opened(desks.others, null),
    await opened(desks.others, OTHER),
  ]
  const beside = async (caseId: string, staffNo: string, unit: string, manager: string | null) => ({
    ...{ caseId, staffNo, unit, deviceId: await deviceOf(), keyId: await keyOf(unit) },
    ...{ messageId: await owed('message', caseId), ...(await webhookOf(manager, caseId)) },
  })
  return {
    own: {
      ...(await beside(own, '3001', UNIT, UNIT)),
      ...(await written(UNIT)),
      attachmentId: await signed(mine, own),
    },
    others: { ...(await beside(others, '1002', OTHER, null)), ...(await written(null)), attachmentId: nextId() },
    otherUnits: {
      ...(await beside(ofOther, '3002', OTHER, OTHER)),
      ...(await written(OTHER)),
      attachmentId: await signed('3002', ofOther),
    },
    none: {
      ...{ caseId: nextId(), attachmentId: nextId(), messageId: nextId(), deviceId: nextId(), keyId: nextId() },
      ...{ webhookId: nextId(), deliveryId: nextId(), staffNo: '9999', unit: 'U-NONE' },
      ...{ articleId: 'KB-NONE', taskId: nextId() },
    },
  }
}
