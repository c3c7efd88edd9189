import { useTranslation } from 'react-i18next'
import { isFixed, isNeeded, type FormField } from '../../../shared/case/form.ts'
import { TextField } from '../field.tsx'
import css from '../panel.module.css'
import { CheckField } from '../../page/check-field.tsx'
import { FlawsAt } from './flaw-words.tsx'
import { replaced } from '../../page/list-changes.ts'
import { RowKeys } from '../../page/row-keys.tsx'
import type { EditorProps } from './editor-props.ts'
import tableCss from './tables.module.css'

/** The fields of the form as rows: what they are called, whether they are asked for and must be; the rest is edited as JSON. */
export function FormEditor({ body: { fields }, flaws, onChange }: EditorProps<'form'>) {
  const { t } = useTranslation('admin')
  return (
    <>
      <p className={css.note}>{t('tables.form.note')}</p>
      {fields.map((field, index) => (
        <fieldset key={field.id} className={tableCss.card}>
          <legend className={css.legend}>{t('tables.form.row', { id: field.id, type: field.type })}</legend>
          <Fields field={field} onChange={(next) => onChange({ fields: replaced(fields, index, next) })} />
          <FlawsAt flaws={flaws} path={['fields', index]} />
          <RowKeys
            list={fields}
            index={index}
            name={field.id}
            removes={false}
            onChange={(next) => onChange({ fields: next })}
          />
        </fieldset>
      ))}
    </>
  )
}

function Fields({ field, onChange }: { readonly field: FormField; readonly onChange: (field: FormField) => void }) {
  const { t } = useTranslation('admin')
  const { label, required, retired } = field
  return (
    <>
      <div className={css.fields}>
        <TextField
          label={t('tables.form.zh')}
          value={label.zh}
          maxLength={60}
          onChange={(zh) => onChange({ ...field, label: { ...label, zh } })}
        />
        <TextField
          label={t('tables.form.en')}
          value={label.en}
          maxLength={80}
          onChange={(en) => onChange({ ...field, label: { ...label, en } })}
        />
      </div>
      <div className={css.row}>
        <CheckField
          label={t('tables.form.required')}
          checked={required}
          disabled={isNeeded(field.id)}
          onChange={(on) => onChange({ ...field, required: on })}
        />
        <CheckField
          label={t('tables.form.retired')}
          checked={retired}
          disabled={isFixed(field.id)}
          onChange={(on) => onChange({ ...field, retired: on })}
        />
      </div>
    </>
  )
}
