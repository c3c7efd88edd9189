/** Which objects there are, by the parameters of the routes that name them, and who finds whose (P7). */
import type { StaffRole } from '../../shared/people/staff-role.ts'
import { nextId } from './db-fixture.ts'
import { PNG } from './unit-office.ts'

/** `own`: opened by the operator of the matrix, in the hands of her unit; `others`: another operator's, of no unit. */
export const owners = ['own', 'others', 'otherUnits', 'none'] as const
export type Owner = (typeof owners)[number]
/** The objects of one owner, by the parameter that names them. */
export type Objects = {
  readonly caseId: string
  readonly attachmentId: string
  readonly messageId: string
  readonly staffNo: string
  readonly unit: string
  readonly deviceId: string
  readonly keyId: string
  readonly webhookId: string
  readonly deliveryId: string
  readonly articleId: string
  readonly taskId: string
}

/** Whether somebody of a role who is let in finds the object; who is of a unit is of the one that has `own` in hand. */
type Reach = (role: StaffRole, owner: Owner) => boolean
const isThere: Reach = (_role, owner) => owner !== 'none'
export const ofUnit: Reach = (role, owner) => (role === 'unitMember' ? owner === 'own' : owner !== 'none')
// Not sent yet they are the unit's alone.
const file: Reach = (role, owner) => role === 'unitMember' && owner === 'own'

// A unit's system has the unit's, the administrator the platform's, which stand for somebody else's here.
const ofManager: Reach = (role, owner) => owner === (role === 'administrator' ? 'others' : 'own')

/** By the last parameter of a route that names an object. */
const reaches: Readonly<Record<keyof Objects, Reach>> = {
  ...{ caseId: ofUnit, attachmentId: file, messageId: isThere },
  // Who is let in there administers them all.
  ...{ staffNo: isThere, unit: isThere, deviceId: isThere, keyId: isThere },
  ...{ webhookId: ofManager, deliveryId: ofManager },
  // A unit has its own articles.
  ...{ articleId: ofUnit, taskId: isThere },
}
/** By a route where it is another: the administrator pauses the webhooks of units, too. */
const reachesThere: Readonly<Record<string, Reach>> = { 'POST /systems/webhooks/:webhookId/:act': isThere }
export const reachOf = (route: string, object: keyof Objects): Reach => reachesThere[route] ?? reaches[object]

/** What names nothing that is anybody's, by route: why. */
export const shared: Readonly<Record<string, string>> = {
  'GET /unit/assets/:name': 'a file of the page, public',
  'GET /admin/assets/:name': 'a file of the page, public',
  'GET /rate/:token': 'public: the token is the right',
  'POST /rate/:token': 'public: the token is the right',
  'GET /tables/:name': 'the same tables for all',
  'GET /tables/:name/versions': 'the same tables for all',
  'PUT /tables/:name': 'the same tables for all',
}
// Upon another state than was seen: whoever finds the article is told so, and it stays as it is.
const step = () => ({ payload: { edition: 99, step: { type: 'submit', why: '' } } })
const fields = { name: '单位', numbers: [{ number: '3500201', words: '' }], hours: '', district: null }
/** What is sent, so that nothing but the object is in the way. */
export const bodies: Readonly<Record<string, () => { payload: object | Buffer; headers?: Record<string, string> }>> = {
  'POST /kb/articles/:articleId/steps': step,
  'POST /unit/articles/:articleId/steps': step,
  'POST /kb/tasks/:taskId/close': () => ({ payload: { why: '已更正' } }),
  'POST /cases/:caseId/printed': () => ({ payload: {} }),
  'POST /cases/:caseId/steps': () => ({ payload: { id: nextId(), step: { type: 'sign' } } }),
  'PUT /unit/drafts/:caseId/:kind': () => ({ payload: { text: '写了一半' } }),
  'PUT /cases/:caseId/attachments/:attachmentId': () => ({
    payload: PNG,
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.png' },
  }),
  'PUT /admin/people/:staffNo': () => ({ payload: { name: '改过的名字' } }),
  'POST /admin/people/:staffNo/:act': () => ({ payload: {} }),
  'POST /admin/devices/:deviceId/revoke': () => ({ payload: {} }),
  'PUT /admin/units/:unit': () => ({ payload: { base: fields, fields } }),
  'POST /admin/units/:unit/:act': () => ({ payload: {} }),
  'POST /unit/webhooks/:webhookId/dead/:deliveryId/again': () => ({ payload: {} }),
  'POST /systems/webhooks/:webhookId/dead/:deliveryId/again': () => ({ payload: {} }),
  'POST /systems/webhooks/:webhookId/:act': () => ({ payload: {} }),
  'POST /messages/:messageId/again': () => ({ payload: {} }),
  'POST /messages/:messageId/settle': () => ({ payload: { reason: '已电话告知' } }),
}
/** Another parameter, by route: what is done, or which draft. */
const rest: Readonly<Record<string, string>> = {
  'GET /kb/articles/:articleId/editions/:edition': '1',
  'GET /unit/articles/:articleId/editions/:edition': '1',
  'POST /admin/people/:staffNo/:act': 'unlock',
  'POST /admin/units/:unit/:act': 'restore',
  'POST /systems/webhooks/:webhookId/:act': 'pause',
  'PUT /unit/drafts/:caseId/:kind': 'answer',
}
export const pathOf = (route: string, named: Objects) =>
  (route.split(' ')[1] ?? '').replaceAll(/:(\w+)/g, (all, name: string) =>
    isObject(name) ? named[name] : (rest[route] ?? all),
  )
/** Whoever makes an object names it anew: none is no less than one's own case. */
export const makes = new Set(['PUT /cases/:caseId/attachments/:attachmentId'])

export const parametersOf = (route: string) => [...route.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
export const isObject = (name: string): name is keyof Objects => name in reaches
export const isBare = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object' && value !== null && Object.values(value).every(isBare)

/** All that a request could have changed, but for who looked. */
export const state = `select json_build_object(
  'cases', (select json_agg(json_build_array(case_id, revision, state) order by case_id) from cases),
  'events', (select count(*) from case_events), 'feed', (select head from feed_head),
  'files', (select json_agg(json_build_array(attachment_id, case_id, sha256, sent_at) order by attachment_id) from attachments),
  'drafts', (select json_agg(json_build_array(staff_no, case_id, kind, text) order by staff_no, case_id, kind) from unit_drafts),
  'people', (select json_agg(json_build_array(staff_no, name, active, unit, role) order by staff_no) from staff),
  'devices', (select json_agg(json_build_array(device_id, revoked_at) order by device_id) from devices),
  'keys', (select json_agg(json_build_array(key_id, revoked_at) order by key_id) from api_keys),
  'webhooks', (select json_agg(json_build_array(webhook_id, ended_at, paused_at) order by webhook_id) from webhooks),
  'directory', (select json_agg(json_build_array(id, entry) order by id) from directory),
  'articles', (select json_agg(json_build_array(article_id, edition) order by article_id) from kb_lives),
  'tasks', (select json_agg(json_build_array(id, done_at) order by id) from kb_tasks),
  'messages', (select json_agg(json_build_array(id, status, reason) order by id) from outbox),
  'follows', (select count(*) from case_scopes))::text as state`
