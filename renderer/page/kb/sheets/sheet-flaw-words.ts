import { useTranslation } from 'react-i18next'
import type { articleWords } from '../../../../shared/i18n/zh/articles.ts'
import type { Sheet } from '../../../../shared/kb/sheet.ts'
import type { Flaw } from '../../../../shared/tables/flaw.ts'

type Told = keyof typeof articleWords.sheets.flaw
type Named = keyof typeof articleWords.sheets.field
/** Where what is no time is wrong. */
const timed: ReadonlySet<string> = new Set(['there', 'back', 'week', 'holidays'])

/** What is wrong with a table and where, in words that say what to do. */
export function useSheetFlawWords(): (sheet: Sheet, flaw: Flaw) => string {
  const { t, i18n } = useTranslation('articles')
  const isTold = (code: string): code is Told => i18n.exists(`articles:sheets.flaw.${code}`)
  const isNamed = (field: string): field is Named => i18n.exists(`articles:sheets.field.${field}`)
  const columnOf = (sheet: Sheet, column: number) =>
    ('columns' in sheet && sheet.columns[column]) || t('sheets.column', { column: column + 1 })

  const placeOf = (sheet: Sheet, [field = '', at, within]: Flaw['path']): string => {
    if (field === 'columns' && typeof at === 'number') return t('sheets.columnName', { column: at + 1 })
    if (field === 'rows' && typeof at === 'number' && typeof within === 'number')
      return t('sheets.cell', { row: at + 1, column: columnOf(sheet, within) })
    // Of `there.first` it is called thereFirst.
    const key = `${field}${typeof at === 'string' ? `${at.charAt(0).toUpperCase()}${at.slice(1)}` : ''}`
    const name = isNamed(key) ? t(`sheets.field.${key}`) : key
    return typeof at === 'number' ? `${name} ${t('sheets.row', { row: at + 1 })}` : name
  }
  return (sheet, flaw) => {
    const [field] = flaw.path
    const isTime = flaw.code === 'format' && timed.has(String(field))
    const code = isTime ? 'time' : flaw.code
    return t('sheets.flawAt', {
      place: placeOf(sheet, flaw.path),
      what: t(`sheets.flaw.${isTold(code) ? code : 'wrong'}`),
    })
  }
}
