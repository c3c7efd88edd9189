import type { SheetProps } from './sheet-props.ts'
import { useTranslation } from 'react-i18next'
import css from '../kb.module.css'
import { HoursFields } from './hours-fields.tsx'
import { LineFields } from './line-fields.tsx'
import { useSheetFlawWords } from './sheet-flaw-words.ts'
import { TableFields } from './table-fields.tsx'
import sheetCss from './sheets.module.css'

/** One table by its kind, and below it what is wrong with it so far. */
export function SheetFields({ sheet, flaws, onChange }: SheetProps) {
  const { t } = useTranslation('articles')
  const words = useSheetFlawWords()
  return (
    <>
      <OfKind sheet={sheet} flaws={flaws} onChange={onChange} />
      {flaws.length > 0 && (
        <ul className={sheetCss.flaws} aria-label={t('sheets.flaws')}>
          {[...new Set(flaws.map((flaw) => words(sheet, flaw)))].map((told) => (
            <li key={told}>{told}</li>
          ))}
        </ul>
      )}
      {flaws.length === 0 && <p className={css.note}>{t('sheets.whole')}</p>}
    </>
  )
}

function OfKind({ sheet, flaws, onChange }: SheetProps) {
  switch (sheet.kind) {
    case 'line':
      return <LineFields sheet={sheet} flaws={flaws} onChange={onChange} />
    case 'hours':
      return <HoursFields sheet={sheet} flaws={flaws} onChange={onChange} />
    case 'fees':
    case 'papers':
      return <TableFields sheet={sheet} flaws={flaws} onChange={(next) => onChange({ ...sheet, ...next })} />
  }
}
