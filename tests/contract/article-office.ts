/** A central with an editor, and two member units that propose articles. */
import { expect } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import type { ArticleFields } from '../../shared/kb/article-life-fields.ts'
import type { ArticleStep } from '../../shared/kb/article-life.ts'
import { articleDetailSchema, articleListSchema, madeArticleSchema } from '../../shared/kb/article-life-page.ts'
import * as given from './db-fixture.ts'
import { openUnitOffice } from './unit-office.ts'

const { nextId, UNIT } = given
export const articleFields: ArticleFields = {
  ...{ family: 'noise', title: '夜间施工噪音', body: '22:00 到次日 6:00 禁止施工。', source: '市生态环境局' },
  ...{ unit: UNIT, validUntil: '2027-12-31', district: null, questions: ['半夜施工怎么投诉'] },
}
export const edit = (part: Partial<ArticleFields> = {}): ArticleStep => ({
  type: 'edit',
  fields: { ...articleFields, ...part },
})
export const submit: ArticleStep = { type: 'submit', why: '' }
export const publish: ArticleStep = { type: 'publish', why: '' }

export type ArticleOffice = Awaited<ReturnType<typeof openArticleOffice>>

export async function openArticleOffice(db: Db) {
  const office = await openUnitOffice(db)
  const { app } = office.central
  let editor = (await given.tokenOf(app, 'editor')).token

  const asEditor = (url: string, payload?: object) =>
    app.inject({
      ...{ method: payload === undefined ? 'GET' : 'POST', url, headers: { authorization: `Bearer ${editor}` } },
      ...(payload === undefined ? {} : { payload }),
    })
  /** Sends a file, as the editor or with another token. */
  const sent = (url: string, payload: Buffer, token = editor) =>
    app.inject({
      ...{ method: 'POST', url, payload },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    })
  const asUnit = (cookie: string, url: string, payload?: object) =>
    office.ask(cookie, url, payload === undefined ? {} : { method: 'POST', payload })
  const begun = async (fields = articleFields, owner: string | null = UNIT) => {
    const answer = await asEditor('/kb/articles', { made: nextId(), fields, owner })
    expect(answer.statusCode, answer.body).toBe(200)
    return madeArticleSchema.parse(answer.json()).id
  }
  const read = async (id: string) => articleDetailSchema.parse((await asEditor(`/kb/articles/${id}`)).json())
  const tried = async (id: string, step: ArticleStep, edition?: number) =>
    asEditor(`/kb/articles/${id}/steps`, { edition: edition ?? (await read(id)).life.edition, step })
  const take = async (id: string, ...steps: ArticleStep[]) => {
    for (const step of steps) {
      const answer = await tried(id, step)
      expect(answer.statusCode, `${step.type}: ${answer.body}`).toBe(200)
    }
    return (await read(id)).life
  }
  const list = async (query: string) =>
    articleListSchema.parse((await asEditor(`/kb/articles?${query}`)).json()).articles.map(({ id }) => id)
  /** Lets days go by; the editor signs in anew. */
  const later = async (days: number) => {
    office.central.clock.time += days * 86_400_000
    editor = (await given.tokenOf(app, 'editor')).token
  }
  return { ...office, asEditor, sent, asUnit, begun, read, tried, take, list, later }
}
