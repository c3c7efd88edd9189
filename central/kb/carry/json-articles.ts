/** Articles as JSON: `{ "articles": [ … ] }` or the list alone, each with its fields by their names, its owner and its state. */
import { MOST_CARRIED } from '../../../shared/kb/article-life-carry.ts'
import type { ReadFile } from './read-row.ts'

type Said = Readonly<Record<string, unknown>>
const isSaid = (value: unknown): value is Said => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

/** Reads a list; a field that an article does not name stays as it is. The version is central's own affair. */
export function readJsonArticles(bytes: Uint8Array): ReadFile {
  const value = parsed(bytes)
  const list: unknown = isSaid(value) ? value['articles'] : value
  if (!Array.isArray(list) || !list.every(isSaid)) return { reason: 'format' }
  if (list.length === 0) return { reason: 'empty' }
  if (list.length > MOST_CARRIED) return { reason: 'tooMany' }
  return {
    rows: list.map(({ id, ...said }, index) => ({
      ...{ row: index + 1, id: typeof id === 'string' && id !== '' ? id : null, said },
    })),
  }
}
