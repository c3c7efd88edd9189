import type { Source } from '../../../shared/kb/sheet-answer.ts'

const KEY = 'sanxin.cited'
const MOST = 60

function remembered(): Source[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as Source[]) : []
  } catch {
    return []
  }
}

/** Remembers whose words were put into a reply, so that its source is still shown after a restart. */
export function rememberArticle({ id, version, title, source, validUntil, expired }: Source): void {
  const others = remembered().filter((cited) => cited.id !== id || cited.version !== version)
  localStorage.setItem(
    KEY,
    JSON.stringify([...others, { id, version, title, source, validUntil, expired }].slice(-MOST)),
  )
}

/** What this desk knows of a cited article, if anything. */
export function citedArticle(id: string, version: number): Source | null {
  return remembered().find((cited) => cited.id === id && cited.version === version) ?? null
}
