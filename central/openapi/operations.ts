/** What a unit's own system may ask, route by route, with the schemas that the routes themselves read by. */
import { z } from 'zod'
import { caseCountsSchema, caseListSchema, caseQuerySchema, memberUnitSchema } from '../../shared/case/case-line.ts'
import { attachmentSchema, attachmentTypes } from '../../shared/unit/attachment.ts'
import { draftSchema, meSchema, unitWorkSchema } from '../../shared/unit/unit-page.ts'
import { caseParams, stepRequestSchema } from '../cases/routes.ts'
import { fileParams } from '../portal/attachment-routes.ts'
import { draftBody, draftParams } from '../portal/routes.ts'
import {
  deadListSchema,
  deliveryParams,
  webhookAnswerSchema,
  webhookListSchema,
  webhookParams,
  webhookRequestSchema,
} from '../webhooks/routes.ts'
import { casePageShape, stepTakenShape } from './case-schemas.ts'

/** A file as its bytes. */
export type Binary = { readonly binary: readonly string[] }
export type Operation = {
  readonly id: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: z.ZodType | Binary
  readonly answer: z.ZodType | Binary
}

const nothing = z.object({})
const octets: Binary = { binary: ['application/octet-stream'] }

/** By method and route, as the server has them. */
export const operations: Readonly<Record<string, Operation>> = {
  'GET /unit/me': { id: 'me', summary: '密钥所属单位 · whose key this is', answer: meSchema },
  'GET /unit/work': {
    ...{ id: 'work', summary: '已退回的、签收人、在办督办数 · given back, who signed, supervised' },
    answer: unitWorkSchema,
  },
  'GET /units': {
    ...{ id: 'units', summary: '成员单位编号与名称 · ids and names of the member units' },
    answer: z.object({ units: z.array(memberUnitSchema) }),
  },
  'POST /cases/find': {
    ...{ id: 'findCases', summary: '查本单位工单 · find cases of the unit, in pages' },
    ...{ body: caseQuerySchema, answer: caseListSchema },
  },
  'GET /cases/counts': {
    ...{ id: 'countCases', summary: '各状态工单数 · how many cases stand where', answer: caseCountsSchema },
  },
  'GET /cases/:caseId': {
    ...{ id: 'readCase', summary: '读一件工单 · a case with its steps and deadlines' },
    ...{ params: caseParams, answer: casePageShape },
  },
  'POST /cases/:caseId/steps': {
    ...{
      id: 'takeStep',
      summary: '签收、反馈、退回、申请延期、会办 · sign, answer, return, ask for time, invite, contribute',
    },
    ...{ params: caseParams, body: stepRequestSchema, answer: stepTakenShape },
  },
  'POST /cases/:caseId/printed': {
    ...{ id: 'notePrinted', summary: '登记打印 · record that it is taken away on paper' },
    ...{ params: caseParams, answer: nothing },
  },
  'GET /cases/:caseId/attachments': {
    ...{ id: 'listFiles', summary: '附件列表 · files of a case', params: caseParams },
    answer: z.object({ attachments: z.array(attachmentSchema) }),
  },
  'GET /cases/:caseId/attachments/:attachmentId': {
    ...{ id: 'readFile', summary: '下载附件 · the bytes of a file', params: fileParams },
    answer: { binary: attachmentTypes },
  },
  'PUT /cases/:caseId/attachments/:attachmentId': {
    ...{
      id: 'addFile',
      summary: '上传附件，随反馈发出 · add a file, which goes along with the answer',
      params: fileParams,
    },
    headers: { 'x-file-name': '文件名，百分号编码 · the name, percent-encoded' },
    ...{ body: octets, answer: attachmentSchema },
  },
  'DELETE /cases/:caseId/attachments/:attachmentId': {
    ...{ id: 'takeBackFile', summary: '撤回未发出的附件 · take back a file that was not sent' },
    ...{ params: fileParams, answer: nothing },
  },
  'GET /unit/drafts/:caseId': {
    ...{ id: 'readDrafts', summary: '草稿 · words that were begun', params: caseParams },
    answer: z.object({ drafts: z.array(draftSchema) }),
  },
  'PUT /unit/drafts/:caseId/:kind': {
    ...{ id: 'keepDraft', summary: '保存草稿 · keep words that were begun', params: draftParams },
    ...{ body: draftBody, answer: nothing },
  },
  'GET /unit/webhooks': {
    ...{ id: 'listWebhooks', summary: '事件订阅 · where the system is told of events', answer: webhookListSchema },
  },
  'POST /unit/webhooks': {
    ...{ id: 'addWebhook', summary: '新增订阅；密钥只显示一次 · subscribe; the secret is told once' },
    ...{ body: webhookRequestSchema, answer: webhookAnswerSchema },
  },
  'DELETE /unit/webhooks/:webhookId': {
    ...{ id: 'endWebhook', summary: '取消订阅 · end a subscription', params: webhookParams, answer: nothing },
  },
  'GET /unit/webhooks/:webhookId/dead': {
    ...{
      id: 'listDead',
      summary: '未送达 · what could not be delivered',
      params: webhookParams,
      answer: deadListSchema,
    },
  },
  'POST /unit/webhooks/:webhookId/dead/:deliveryId/again': {
    ...{ id: 'deliverAgain', summary: '重新送达 · deliver again', params: deliveryParams, answer: nothing },
  },
}

/** What only a person of a unit does, on the page: a key is refused, or it means nothing to one. */
export const ofPersons: readonly string[] = [
  'POST /sign-out',
  'POST /password',
  'POST /unit/sign-out',
  'PUT /unit/deputy',
  'DELETE /unit/deputy',
  'GET /unit/articles',
  'GET /unit/articles/:articleId',
  'GET /unit/articles/:articleId/editions/:edition',
  'POST /unit/articles',
  'POST /unit/articles/:articleId/steps',
]
