import { Input } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../shared/case/form-check.ts'
import type { FormField } from '../../../shared/case/form.ts'
import { maskPapers } from '../../../shared/people/mask-caller.ts'
import { languageOf } from '../../ui/i18n.ts'
import { SearchSelect } from '../../ui/search-select.tsx'
import { particularElement } from '../focus.ts'
import { useDraft } from '../stores/draft-store.ts'
import { refuseLongPaste } from '../stores/paste-note.ts'
import { editParticular } from './edit-particular.ts'
import { useFindingWords } from './use-findings.ts'
import css from './particulars.module.css'

type Props = {
  readonly field: FormField
  readonly value: string
  readonly other: boolean
  readonly finding: Finding | null
  /** The cursor is in it, or has left it. */
  readonly onHold: (holds: boolean) => void
}

/** One particular: its name, under it what is doubtful of it, and its value. */
export function ParticularField({ field, value, other, finding, onHold }: Props) {
  const { t, i18n } = useTranslation()
  const words = useFindingWords()
  const marking = useDraft((draft) => draft.marking)
  const language = languageOf(i18n)
  const id = particularElement(field.id)
  const isDoubtful = finding?.severity === 'implausible'
  const doubt = isDoubtful ? words(finding) : other ? t('form.otherRecord') : ''
  const tone = isDoubtful ? 'warn' : undefined
  return (
    <div
      className={css.field}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
      data-testid={`particular-${field.id}`}
    >
      <label htmlFor={id} className={css.name} title={field.label[language]}>
        <span>
          {field.label[language]}
          {field.required && !other && <b aria-hidden> *</b>}
        </span>
        {doubt !== '' && (
          <small id={`${id}-doubt`} role="status" data-tone={tone}>
            {doubt}
          </small>
        )}
      </label>
      <ParticularValue
        field={field}
        value={value}
        described={doubt === '' ? undefined : `${id}-doubt`}
        problem={marking && finding?.severity === 'missing' ? t('form.problem.empty') : null}
      />
    </div>
  )
}

type ValueProps = Pick<Props, 'field' | 'value'> & {
  readonly described: string | undefined
  readonly problem: string | null
}

function ParticularValue(props: ValueProps) {
  return props.field.type === 'choice' || props.field.type === 'yesNo' ? <Choice {...props} /> : <Typed {...props} />
}

function Choice({ field, value, described, problem }: ValueProps) {
  const { t, i18n } = useTranslation()
  const language = languageOf(i18n)
  const choices =
    field.choices?.map((choice) => ({ value: choice.value, label: choice[language] })) ??
    (['yes', 'no'] as const).map((one) => ({ value: one, label: t(`form.yesNo.${one}`) }))
  const known = choices.some((choice) => choice.value === value)
  return (
    <SearchSelect
      id={particularElement(field.id)}
      // A choice that there is no more still stands as it was made.
      data={known || value === '' ? choices : [...choices, { value, label: value }]}
      value={value === '' ? null : value}
      onChange={(next) => editParticular(field, next ?? '')}
      placeholder={problem ?? field.hint?.[language]}
      aria-describedby={described}
      aria-required={field.required}
      nothingFoundMessage={t('form.nothingFound')}
    />
  )
}

/** What is personal is whole only while the cursor is in it: nobody reads it over a shoulder. */
function Typed({ field, value, described, problem }: ValueProps) {
  const { i18n } = useTranslation()
  const [editing, setEditing] = useState(false)
  const language = languageOf(i18n)
  const { id, maxLength, type } = field
  const masked = field.pii && !editing ? (maskPapers({ [id]: value }, { fields: [field] })[id] ?? '') : value
  return (
    <Input
      id={particularElement(id)}
      value={value === '' ? '' : masked}
      maxLength={maxLength}
      inputMode={type === 'number' ? 'decimal' : type === 'phone' ? 'tel' : undefined}
      placeholder={problem ?? field.hint?.[language]}
      aria-describedby={described}
      aria-required={field.required}
      spellCheck={false}
      onFocus={() => setEditing(true)}
      onBlur={() => setEditing(false)}
      onPaste={(event) => refuseLongPaste(event, field.label[language], maxLength)}
      onChange={(event) => editParticular(field, event.currentTarget.value)}
    />
  )
}
