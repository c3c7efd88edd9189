import { useTranslation } from 'react-i18next'
import type { MemberUnit } from '../../../shared/case/case-line.ts'
import type { ArticleFields } from '../../../shared/kb/article-life-fields.ts'
import type { Written } from './article-typed.ts'
import { SelectField } from '../select-field.tsx'
import { Field, ListField } from './fields.tsx'
import css from './kb.module.css'
import { SheetsField } from './sheets/sheets-field.tsx'

type Props = {
  readonly written: Written
  readonly onChange: (written: Written) => void
  /** Who may own it; null where it is the unit's that writes. */
  readonly units: readonly MemberUnit[] | null
}

/** The fields of an article. */
export function ArticleForm({ written: { fields, owner }, onChange, units }: Props) {
  const { t } = useTranslation('articles')
  const change = (part: Partial<ArticleFields>) => onChange({ fields: { ...fields, ...part }, owner })
  const changeFrom = (day: string) => {
    const { validFrom: _, ...rest } = fields
    onChange({ fields: day === '' ? rest : { ...rest, validFrom: day }, owner })
  }
  const changeOwner = (id: string) => {
    const own = units?.find((one) => one.id === id)
    // What citizens are told goes along, where it said the one before.
    const before = units?.find((one) => one.id === owner)?.name ?? ''
    const unit = own !== undefined && (fields.unit === '' || fields.unit === before) ? own.name : fields.unit
    onChange({ fields: { ...fields, unit }, owner: id === '' ? null : id })
  }
  return (
    <div className={css.fields}>
      <div className={css.wide}>
        <Field label={t('field.title')} value={fields.title} maxLength={80} onChange={(title) => change({ title })} />
      </div>
      <Field
        label={t('field.body')}
        value={fields.body}
        maxLength={20_000}
        rows={10}
        onChange={(body) => change({ body })}
      />
      <ListField
        label={t('field.questions')}
        value={fields.questions}
        onChange={(questions) => change({ questions })}
      />
      <ListField label={t('field.words')} value={fields.words ?? []} onChange={(words) => change({ words })} />
      {units !== null && (
        <>
          <SelectField
            label={t('field.owner')}
            value={owner ?? ''}
            choices={[{ value: '', words: t('centre') }, ...units.map(({ id, name }) => ({ value: id, words: name }))]}
            onChange={changeOwner}
          />
          <Field label={t('field.unit')} value={fields.unit} maxLength={80} onChange={(unit) => change({ unit })} />
        </>
      )}
      <Field label={t('field.source')} value={fields.source} maxLength={80} onChange={(source) => change({ source })} />
      <Field label={t('field.family')} value={fields.family} maxLength={60} onChange={(family) => change({ family })} />
      <Field
        label={t('field.district')}
        value={fields.district ?? ''}
        maxLength={40}
        hint={t('allDistrictsHint')}
        onChange={(district) => change({ district: district === '' ? null : district })}
      />
      <Field date label={t('field.validFrom')} value={fields.validFrom ?? ''} maxLength={10} onChange={changeFrom} />
      <Field
        date
        label={t('field.validUntil')}
        value={fields.validUntil}
        maxLength={10}
        onChange={(validUntil) => change({ validUntil })}
      />
      <ListField label={t('field.related')} value={fields.related ?? []} onChange={(related) => change({ related })} />
      <SheetsField sheets={fields.sheets ?? []} onChange={(sheets) => change({ sheets })} />
    </div>
  )
}
