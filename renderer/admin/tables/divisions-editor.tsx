import { Button, Textarea } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../field.tsx'
import css from '../panel.module.css'
import { Rows } from '../../page/rows.tsx'
import { FlawsAt } from './flaw-words.tsx'
import { replaced } from '../../page/list-changes.ts'
import { RowKeys } from '../../page/row-keys.tsx'
import type { EditorProps } from './editor-props.ts'
import tableCss from './tables.module.css'

type District = EditorProps<'divisions'>['body'][number]

/** The districts, each with its streets one a line. */
export function DivisionsEditor({ body, flaws, onChange }: EditorProps<'divisions'>) {
  const { t } = useTranslation('admin')
  return (
    <>
      <Rows of={body}>
        {(district, index) => (
          <fieldset className={tableCss.card}>
            <legend className={css.legend}>{district.name}</legend>
            <DistrictFields district={district} onChange={(next) => onChange(replaced(body, index, next))} />
            <FlawsAt flaws={flaws} path={[index]} />
            <RowKeys list={body} index={index} name={district.name} removes={body.length > 1} onChange={onChange} />
          </fieldset>
        )}
      </Rows>
      <div className={css.row}>
        <Button onClick={() => onChange([...body, { code: '', name: '', streets: [] }])}>
          {t('tables.divisions.add')}
        </Button>
      </div>
    </>
  )
}

type FieldsProps = { readonly district: District; readonly onChange: (district: District) => void }

function DistrictFields({ district, onChange }: FieldsProps) {
  const { t } = useTranslation('admin')
  const id = useId()
  const { code, name, streets } = district
  return (
    <>
      <div className={css.fields}>
        <TextField
          label={t('tables.divisions.code')}
          value={code}
          maxLength={6}
          onChange={(next) => onChange({ ...district, code: next })}
        />
        <TextField
          label={t('tables.divisions.name')}
          value={name}
          maxLength={40}
          onChange={(next) => onChange({ ...district, name: next })}
        />
      </div>
      <div className={css.field}>
        <label htmlFor={id}>{t('tables.divisions.streets')}</label>
        <Textarea
          id={id}
          rows={Math.min(12, Math.max(3, streets.length))}
          value={streets.join('\n')}
          onChange={(event) => onChange({ ...district, streets: event.currentTarget.value.split('\n') })}
          // An empty line is where the next one is being typed.
          onBlur={() => onChange({ ...district, streets: streets.filter((street) => street.trim() !== '') })}
        />
      </div>
    </>
  )
}
