import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../../../shared/kb/article-life-fields.ts'
import { sheetSchema, type Sheet } from '../../../../shared/kb/sheet.ts'
import { sheetKinds } from '../../../../shared/kb/sheet-editing.ts'
import { tableOf } from '../../../../shared/kb/sheet-rows.ts'
import { useSaid } from './use-said.ts'

/** The tables of an article as they were told; null for what is none, as a text that was cut. */
function readSheets(text: string): readonly unknown[] | null {
  if (text === '') return []
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read : null
  } catch {
    return null
  }
}

/** What changes in the tables of an article, in words: the tables that differ, row by row. */
export function useSheetChange(): (change: FieldChange) => FieldChange {
  const { t } = useTranslation('articles')
  const said = useSaid()
  const wordsOf = (sheet: Sheet): string => {
    const { title, columns, rows } = tableOf(sheet)
    const lines = rows.map(({ cells }) => cells.map(said).join(' ｜ '))
    return [title, ...(columns.length === 0 ? [] : [columns.join(' ｜ ')]), ...lines].join('\n')
  }
  const told = (sheet: unknown): string => {
    const read = sheetSchema.safeParse(sheet)
    if (read.success) return wordsOf(read.data)
    const kind = sheetKinds.find((one) => one === (sheet as { readonly kind?: unknown } | null)?.kind)
    return t('sheets.notWhole', { name: kind === undefined ? '' : t(`sheets.kind.${kind}`) })
  }
  return (change) => {
    const [before, after] = [readSheets(change.before), readSheets(change.after)]
    if (before === null || after === null) return change
    const [old, now] = [before.map(told), after.map(told)]
    const only = (list: readonly string[], other: readonly string[]) => list.filter((one) => !other.includes(one))
    const [gone, come] = [only(old, now), only(now, old)]
    // Where only their order is another, all are shown.
    const isMoved = gone.length === 0 && come.length === 0
    return { ...change, before: (isMoved ? old : gone).join('\n\n'), after: (isMoved ? now : come).join('\n\n') }
  }
}
