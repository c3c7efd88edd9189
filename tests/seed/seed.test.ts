import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Article {
  id: string
  version: number
  title: string
  body: string
  source: string
  unit: string
  validUntil: string
  district: string | null
  questions: string[]
  words?: string[]
  related?: string[]
  validFrom?: string
}
interface Family {
  family: string
  name: string
  articles: Article[]
}
interface Division {
  code: string
  name: string
  streets: string[]
}
interface TreeNode {
  code: string
  name: string
  children?: TreeNode[]
}
const articlesUrl = new URL('../../central/seed/articles/', import.meta.url)
const sharedUrl = new URL('../../shared/', import.meta.url)

function readJson<T>(url: URL): T {
  return JSON.parse(readFileSync(url, 'utf8')) as T
}

const files = readdirSync(articlesUrl).filter((name) => name.endsWith('.json'))
const families = files.map((name) => ({ file: name, ...readJson<Family>(new URL(name, articlesUrl)) }))
const articles = families.flatMap((family) => family.articles)
const divisions = readJson<Division[]>(new URL('case/data/divisions.json', sharedUrl))
const tree = readJson<TreeNode[]>(new URL('case/data/classification.json', sharedUrl))

/** The values that occur more than once, so that a failure names them. */
function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

/** The ids of the articles that break a rule, so that a failure names them. */
function offenders(isRight: (article: Article) => boolean): string[] {
  return articles.filter((article) => !isRight(article)).map((article) => article.id)
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

const length = (text: string): number => [...text].length
const hasWords = (text: unknown): boolean => typeof text === 'string' && text.trim() === text && text !== ''

describe('knowledge articles', () => {
  it('has 120 families and 400 articles or more, each family with two or more, each in a file of its name', () => {
    expect(families.length).toBeGreaterThanOrEqual(120)
    expect(articles.length).toBeGreaterThanOrEqual(400)
    expect(families.filter((family) => family.articles.length < 2).map((family) => family.family)).toEqual([])
    expect(families.filter((family) => family.file !== `${family.family}.json`)).toEqual([])
    expect(families.filter((family) => !hasWords(family.name))).toEqual([])
    expect(repeated(families.map((family) => family.name))).toEqual([])
  })

  it('covers what citizens ask for most', () => {
    const names = families.map((family) => family.family)
    expect(names).toEqual(
      expect.arrayContaining([
        ...['bus-lines', 'bus-stops-transfer', 'railway-station', 'taxi', 'driving-licence'],
        ...['vehicle-inspection', 'parking', 'street-lights', 'roads-potholes', 'noise', 'water-supply'],
        ...['electricity', 'gas', 'garbage', 'environment', 'social-security-card'],
        ...['social-security-contributions', 'medical-insurance', 'pension', 'housing-fund'],
        ...['household-register', 'identity-card', 'residence-permit', 'marriage', 'birth-certificates'],
        ...['school-enrolment', 'taxes', 'business-registration', 'consumer-food-safety'],
        ...['property-management', 'housing-rent', 'wage-arrears', 'unemployment', 'legal-aid'],
        ...['disability-subsistence', 'elder-benefits', 'tourism', 'pets-dogs', 'telecom-fraud'],
      ]),
    )
  })

  it('gives every article an id, a title and a question of its own', () => {
    expect(offenders((article) => /^KB-[1-9]\d{3}$/.test(article.id))).toEqual([])
    expect(repeated(articles.map((article) => article.id))).toEqual([])
    expect(repeated(articles.map((article) => article.title))).toEqual([])
    expect(repeated(articles.flatMap((article) => article.questions))).toEqual([])
    expect(repeated(articles.map((article) => article.body))).toEqual([])
  })

  it('fills every field', () => {
    const fields = [
      'id',
      'version',
      'title',
      'body',
      'source',
      'unit',
      'validUntil',
      'district',
      'questions',
    ].toSorted()
    const mayHave = new Set(['words', 'related', 'validFrom', 'sheets'])
    const needed = (article: Article) => Object.keys(article).filter((key) => !mayHave.has(key))
    expect(offenders((article) => needed(article).toSorted().join() === fields.join())).toEqual([])
    expect(offenders((article) => [article.title, article.body, article.source, article.unit].every(hasWords))).toEqual(
      [],
    )
    expect(offenders((article) => length(article.title) <= 40)).toEqual([])
    expect(offenders((article) => article.questions.length >= 2 && article.questions.every(hasWords))).toEqual([])
    expect(
      offenders((article) => Number.isInteger(article.version) && article.version >= 1 && article.version <= 9),
    ).toEqual([])
  })

  it('adds other words and related articles that exist, and a first day before the last', () => {
    const ids = new Set(articles.map((article) => article.id))
    expect(
      offenders(
        ({ words }) => words === undefined || (words.length >= 2 && words.length <= 16 && words.every(hasWords)),
      ),
    ).toEqual([])
    expect(offenders(({ words }) => repeated(words ?? []).length === 0)).toEqual([])
    expect(offenders(({ id, related }) => (related ?? []).every((other) => other !== id && ids.has(other)))).toEqual([])
    expect(offenders(({ related }) => related === undefined || (related.length >= 1 && related.length <= 4))).toEqual(
      [],
    )
    expect(offenders(({ related }) => repeated(related ?? []).length === 0)).toEqual([])
    expect(
      offenders(
        ({ validFrom, validUntil }) => validFrom === undefined || (isDate(validFrom) && validFrom < validUntil),
      ),
    ).toEqual([])
  })

  it('keeps bodies between 120 and 500 characters, in clean lines', () => {
    expect(offenders((article) => length(article.body) >= 120 && length(article.body) <= 500)).toEqual([])
    expect(offenders((article) => article.body.split('\n').every(hasWords))).toEqual([])
    expect(offenders((article) => article.body.includes('\n') && !/[\t\r<>\uFFFD]/.test(article.body))).toEqual([])
  })

  it('ends the validity of each article on a real day from 2026-12-31 to 2028-12-31', () => {
    expect(
      offenders(({ validUntil }) => isDate(validUntil) && validUntil >= '2026-12-31' && validUntil <= '2028-12-31'),
    ).toEqual([])
  })

  it('names only districts of the divisions table', () => {
    const known = new Set(divisions.map((division) => division.name))
    expect(offenders(({ district }) => district === null || known.has(district))).toEqual([])
  })

  it('answers the way to the railway station by line 28', () => {
    const found = articles.find((article) => article.id === 'KB-2041')
    expect(found).toMatchObject({
      version: 7,
      title: '28 路：白沙大道中 → 江门站',
      source: '公交集团',
      validUntil: '2027-03-31',
    })
    expect(found?.questions).toContain('坐公交去江门站怎么走')
    for (const fact of [
      '6:20–22:00',
      '10–12 分',
      '上车：白沙大道中',
      '江门站（第 14 站）',
      '2 元，可刷码',
      '约 35 分',
    ]) {
      expect(found?.body).toContain(fact)
    }
  })

  it('keeps line 8 and line 18 apart', () => {
    const lineEight = /(?<!\d)8 ?路/
    const text = (article: Article): string => [article.title, article.body, ...article.questions].join('\n')
    const lines = families.find((family) => family.family === 'bus-lines')?.articles ?? []
    const eight = lines.find((article) => article.title.startsWith('8 路'))
    const eighteen = lines.find((article) => article.title.startsWith('18 路'))
    expect(eight && lineEight.test(text(eight))).toBe(true)
    expect(eighteen && lineEight.test(text(eighteen))).toBe(false)
    expect(lines.map((article) => article.title)).toContain('江门站公交接驳一览')
  })
})

describe('divisions', () => {
  it('has the three districts and four cities with their official codes', () => {
    expect(divisions.map(({ code, name }) => [code, name])).toEqual([
      ['440703', '蓬江区'],
      ['440704', '江海区'],
      ['440705', '新会区'],
      ['440781', '台山市'],
      ['440783', '开平市'],
      ['440784', '鹤山市'],
      ['440785', '恩平市'],
    ])
  })

  it('lists only streets and towns, each once', () => {
    const streets = divisions.flatMap((division) => division.streets)
    expect(divisions.map((division) => division.streets.length)).toEqual([6, 3, 11, 17, 15, 10, 11])
    expect(streets.filter((street) => !/^[\u4e00-\u9fff]{2,4}(?:街道|镇)$/.test(street))).toEqual([])
    expect(repeated(streets)).toEqual([])
  })
})

describe('classification', () => {
  const children = tree.flatMap((node) => node.children ?? [])

  it('has fourteen first-level and ninety second-level entries or more', () => {
    expect(tree.length).toBeGreaterThanOrEqual(14)
    expect(children.length).toBeGreaterThanOrEqual(90)
  })

  it('starts the code of every child with that of its parent', () => {
    expect(tree.filter((node) => !/^\d{2}$/.test(node.code) || !node.children?.length)).toEqual([])
    for (const node of tree) {
      const stray = (node.children ?? []).filter(
        (child) => !/^\d{4}$/.test(child.code) || !child.code.startsWith(node.code),
      )
      expect(stray).toEqual([])
    }
    expect(children.filter((child) => child.children)).toEqual([])
  })

  it('has no code and no name twice', () => {
    const all = [...tree, ...children]
    expect(all.filter((node) => !hasWords(node.name))).toEqual([])
    expect(repeated(all.map((node) => node.code))).toEqual([])
    expect(repeated(all.map((node) => node.name))).toEqual([])
  })
})
