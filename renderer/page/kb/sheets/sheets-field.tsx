import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Sheet } from '../../../../shared/kb/sheet.ts'
import { freshSheet, MOST_SHEETS, sheetFlaws, sheetKinds, type SheetKind } from '../../../../shared/kb/sheet-editing.ts'
import { replaced } from '../../list-changes.ts'
import { RowKeys } from '../../row-keys.tsx'
import { Rows } from '../../rows.tsx'
import css from '../kb.module.css'
import { SheetFields } from './sheet-fields.tsx'
import sheetCss from './sheets.module.css'

type Props = { readonly sheets: readonly Sheet[]; readonly onChange: (sheets: Sheet[]) => void }

/** The tables of an article, each in a card of its own. */
export function SheetsField({ sheets, onChange }: Props) {
  const { t } = useTranslation('articles')
  const add = (kind: SheetKind) => {
    const columns = [t('sheets.firstColumn'), t(kind === 'fees' ? 'sheets.feeColumn' : 'sheets.paperColumn')]
    onChange([...sheets, freshSheet(kind, columns)])
  }
  return (
    <section className={`${css.wide} ${sheetCss.sheets}`} aria-label={t('field.sheets')}>
      <h3>{t('field.sheets')}</h3>
      <p className={css.note}>{t('sheets.note')}</p>
      <Rows of={sheets}>
        {(sheet, index) => {
          const name = t('sheets.name', { place: index + 1, kind: t(`sheets.kind.${sheet.kind}`) })
          return (
            <section className={sheetCss.card} aria-label={name}>
              <div className={sheetCss.head}>
                <h4>{name}</h4>
                <RowKeys list={sheets} index={index} name={name} removes onChange={onChange} />
              </div>
              <SheetFields
                sheet={sheet}
                flaws={sheetFlaws(sheet)}
                onChange={(next) => onChange(replaced(sheets, index, next))}
              />
            </section>
          )
        }}
      </Rows>
      <div className={css.row}>
        {sheetKinds.map((kind) => (
          <Button key={kind} disabled={sheets.length >= MOST_SHEETS} onClick={() => add(kind)}>
            {t('sheets.add', { kind: t(`sheets.kind.${kind}`) })}
          </Button>
        ))}
      </div>
    </section>
  )
}
