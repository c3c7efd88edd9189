/**
 * The questions by which the search of articles is measured (`npm run bench -- answers`).
 *
 * Where they come from: written from the field alone, in the words of callers and as an operator types them, by
 * somebody who had not read the articles; then mapped by reading titles and bodies, never by searching. So they say
 * nothing of how the search works. The first id is the article that an operator would open first; others stand
 * beside it only where they answer as well. Left out are ways by bus with a change (the tables of lines answer
 * those, no single article does) and what needs more than the question says. The articles KB-7001 to KB-7019 came
 * after the questions, for needs that had no article.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const kinds = ['short', 'long', 'everyday', 'dialect', 'typo', 'pinyin', 'mixed'] as const
const question = z.strictObject({
  q: z.string().min(1),
  kind: z.enum(kinds),
  ids: z.array(z.string()).min(1).max(3),
})
const family = z.object({ articles: z.array(z.object({ id: z.string(), questions: z.array(z.string()) })) })

const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'))
const questions = z.array(question).parse(readJson(new URL('questions.json', import.meta.url)))
const folder = new URL('../../central/seed/articles/', import.meta.url)
const articles = readdirSync(folder).flatMap((file) => family.parse(readJson(new URL(file, folder))).articles)

const repeated = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at)

test('every question is answered by articles that exist, none named twice', () => {
  const known = new Set(articles.map(({ id }) => id))
  expect(questions.filter(({ ids }) => !ids.every((id) => known.has(id)))).toEqual([])
  expect(questions.filter(({ ids }) => repeated(ids).length > 0)).toEqual([])
})

test('there are three hundred questions or more, each once, and no kind is rare', () => {
  expect(questions.length).toBeGreaterThanOrEqual(300)
  expect(repeated(questions.map(({ q }) => q))).toEqual([])
  const rare = kinds.filter((kind) => questions.filter((asked) => asked.kind === kind).length < 20)
  expect(rare).toEqual([])
})

/** Short phrases coincide; more than that would mean that an article was written after the measure. */
test('hardly any question stands word for word in an article', () => {
  const own = new Set(articles.flatMap((article) => article.questions))
  expect(questions.filter(({ q }) => own.has(q)).length).toBeLessThanOrEqual(questions.length / 50)
})
