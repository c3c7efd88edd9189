/** The drafts of tables in the browser's storage, each by itself, by who writes it. */
import { z } from 'zod'
import type { FlawCode } from '../../../shared/tables/flaw.ts'
import { checkTable, shippedBodies, tableNames, type TableName } from '../../../shared/tables/tables.ts'
import type { Drafts, TableDraft } from './table-draft.ts'

const keyOf = (staffNo: string, name: TableName) => `sanxin.tables.${staffNo}.${name}`

const draftSchema = z.object({
  base: z.number().int(),
  body: z.unknown(),
  text: z.string().nullable(),
  why: z.string(),
})

/** What tells of another shape, as an older page may have kept it; all else is only not finished. */
const shapeless: ReadonlySet<FlawCode> = new Set(['missing', 'wrongType', 'unknownKey'])

function hasShape(name: TableName, body: unknown): boolean {
  const checked = checkTable(name, body, shippedBodies, new Set())
  return checked.ok || checked.flaws.every(({ code }) => !shapeless.has(code))
}

/** One that cannot be shown by rows is shown as text. What central found wrong is asked anew. */
function readDraft(name: TableName, kept: string): TableDraft | null {
  const { success, data } = draftSchema.safeParse(JSON.parse(kept))
  if (!success) return null
  const text = data.text ?? (hasShape(name, data.body) ? null : JSON.stringify(data.body, null, 2))
  return { ...data, body: data.body, text, flaws: [] }
}

/** What somebody left there; nothing where it cannot be read. */
export function keptDrafts(staffNo: string): Drafts {
  const read = tableNames.flatMap((name) => {
    try {
      const kept = localStorage.getItem(keyOf(staffNo, name))
      const draft = kept === null ? null : readDraft(name, kept)
      return draft === null ? [] : [[name, draft] as const]
    } catch {
      return []
    }
  })
  return Object.fromEntries(read) as Drafts
}

/** Keeps a draft, or lets go of it where there is none; false where the browser has no room for it, or gives no leave. */
export function keepDraft(staffNo: string, name: TableName, draft: TableDraft | undefined): boolean {
  try {
    if (draft === undefined) localStorage.removeItem(keyOf(staffNo, name))
    else localStorage.setItem(keyOf(staffNo, name), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}
