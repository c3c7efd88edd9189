/** How often the knowledge search has the right article first, or among the first three: the shipped articles, asked as callers ask. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { articlesFolder } from '../../central/kb/seed.ts'
import { articleSchema, type Article } from '../../shared/sync/protocol.ts'
import type { Figure } from './figures.ts'
import { progress } from './support/ground.ts'
import { fillLibrary, openLibrary } from './support/library.ts'

/** A question in a caller's words, or as an operator types it, and the articles that answer it. */
const questionSchema = z.object({ q: z.string().min(1), kind: z.string(), ids: z.array(z.string()).min(1) })
export type Question = z.infer<typeof questionSchema>

const questionsFile = join(import.meta.dirname, '../kb/questions.json')
const LIMIT = 8
const TODAY = '2026-11-26'

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

export const readQuestions = (path = questionsFile): Question[] => z.array(questionSchema).parse(readJson(path))

/** All articles that come with the product. */
export function seedArticles(): Article[] {
  const familySchema = z.object({ family: z.string(), articles: z.array(z.looseObject({})) })
  return readdirSync(articlesFolder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => {
      const { family, articles } = familySchema.parse(readJson(join(articlesFolder, name)))
      return articles.map((article) => articleSchema.parse({ ...article, family }))
    })
}

/** The place of the first right article, 1 the best; null where none is among those shown. */
type Asked = { readonly question: Question; readonly place: number | null }

const share = (asked: readonly Asked[], is: (place: number) => boolean) =>
  asked.filter(({ place }) => place !== null && is(place)).length / asked.length

const reciprocal = (asked: readonly Asked[]) =>
  asked.reduce((sum, { place }) => sum + (place === null ? 0 : 1 / place), 0) / asked.length

const rounded = (value: number) => Math.round(value * 1000) / 1000

function figuresOf(name: string, asked: readonly Asked[], least: readonly [number, number] | null): Figure[] {
  const figure = (what: string, value: number, target: number | null): Figure => ({
    ...{ name: `${name}: ${what}`, value: rounded(value), unit: `of ${asked.length}` },
    ...{ baseline: target ?? 1, ratio: rounded(value / (target ?? 1)) },
    ...{ target: target === null ? 'none' : `≥ ${target}`, ok: target === null || value >= target },
  })
  return [
    figure(
      'recall at 1',
      share(asked, (place) => place === 1),
      least?.[0] ?? null,
    ),
    figure(
      'recall at 3',
      share(asked, (place) => place <= 3),
      least?.[1] ?? null,
    ),
    figure('mean reciprocal rank', reciprocal(asked), null),
  ]
}

/** `npm run bench -- answers`; SANXIN_BENCH_QUESTIONS for a file of other questions. */
export async function benchAnswers(): Promise<Figure[]> {
  const articles = seedArticles()
  const questions = readQuestions(process.env['SANXIN_BENCH_QUESTIONS'] ?? questionsFile)
  const library = await openLibrary()
  try {
    await fillLibrary(library, articles.length, (index) => {
      const article = articles[index]
      if (article === undefined) throw new Error(`no article ${index}`)
      return article
    })
    progress(`${articles.length} articles, ${questions.length} questions`)
    const asked = questions.map((question): Asked => {
      const { hits } = library.articles.search(question.q, LIMIT, TODAY)
      const place = hits.findIndex(({ id }) => question.ids.includes(id)) + 1
      if (place === 0 || place > 1) progress(`${place || 'not found'}: ${question.q} (${question.ids.join(', ')})`)
      return { question, place: place === 0 ? null : place }
    })
    const kinds = [...new Set(questions.map(({ kind }) => kind))].toSorted()
    return [
      ...figuresOf('all', asked, [0.8, 0.95]),
      ...kinds.flatMap((kind) =>
        figuresOf(
          kind,
          asked.filter(({ question }) => question.kind === kind),
          null,
        ),
      ),
    ]
  } finally {
    library.close()
  }
}
