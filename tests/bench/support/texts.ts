/** Chinese words in bulk, the same in every run: sentences of the program's own articles, mixed anew. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Article } from '../../../shared/sync/protocol.ts'
import { articlesFolder } from '../../../central/kb/seed.ts'

type Family = { readonly articles: readonly Pick<Article, 'title' | 'body' | 'questions'>[] }

const families = readdirSync(articlesFolder)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
  .map((name) => JSON.parse(readFileSync(join(articlesFolder, name), 'utf8')) as Family)
const originals = families.flatMap(({ articles }) => articles)
const sentences = originals.flatMap(({ body }) => body.split(/[\n；。]/)).filter((one) => one.length > 8)
const questions = originals.flatMap((one) => one.questions)
const titles = originals.map(({ title }) => title)
const districts = ['蓬江区', '江海区', '新会区', '台山市', '开平市', '鹤山市', '恩平市']
const streets = ['白沙大道', '迎宾路', '建设路', '胜利路', '港口路', '天沙河路', '江会路', '五邑路', '丰乐路', '院士路']
const units = ['市住建局', '市人社局', '市医保局', '市公安局', '市城管局', '市交通局', '市教育局', '市卫生健康局']

/** Numbers from a seed (mulberry32): `next(n)` lies from 0 to below n. */
export function createDice(seed: number) {
  let state = seed >>> 0
  const next = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  const pick = (from: readonly string[]) => from[next(from.length)] ?? ''
  return { next, pick }
}

export type Dice = ReturnType<typeof createDice>

/** An invented place; most are different. */
function address({ next, pick }: Dice): string {
  return `${pick(districts)}${pick(streets)}${next(900) + 1}号`
}

/** What a citizen may have said and heard, about 150 and 60 characters. */
export function caseTexts(index: number): { content: string; reply: string; phone: string; address: string } {
  const dice = createDice(index)
  const { next, pick } = dice
  const where = address(dice)
  return {
    content: `市民反映${where}附近的情况：${pick(questions)}。${pick(sentences)}。${pick(sentences)}。${pick(sentences)}，希望尽快处理并回复。`,
    reply: `已向市民说明：${pick(sentences)}。${pick(sentences)}。`,
    phone: `13${String(100_000_000 + next(899_999_999))}`,
    address: where,
  }
}

/** About 1.4 kB of body in UTF-8. */
const BODY_CHARS = 540

export function someArticle(index: number): Article {
  const dice = createDice(index + 1_000_000)
  const { next, pick } = dice
  let body = ''
  while (body.length < BODY_CHARS) {
    body += `${pick(sentences)}；窗口在${address(dice)}，电话 0750-${3_000_000 + next(900_000)}，${pick(units)}负责\n`
  }
  return {
    id: `KB-${String(index).padStart(7, '0')}`,
    version: 1,
    family: `family-${index % 500}`,
    title: `${pick(districts)}${pick(streets)}：${pick(titles)}`.slice(0, 80),
    body: body.trim(),
    source: pick(units),
    unit: pick(units),
    validUntil: '2028-06-30',
    district: null,
    questions: [pick(questions), pick(questions), pick(questions)],
  }
}
