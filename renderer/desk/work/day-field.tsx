import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readDay } from '../../../shared/read-day.ts'
import { useNow } from '../../ui/use-now.ts'
import css from './work.module.css'

type Props = {
  readonly label: string
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

/** A day, typed in any usual way and shown as 2026-11-26: the browser's own field speaks the system's language. */
export function DayField({ label, value, onChange }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const [typed, setTyped] = useState({ text: value ?? '', day: value })
  const [left, setLeft] = useState(false)
  // Another value than what was typed: a saved search was taken, or everything is shown again.
  const text = typed.day === value ? typed.text : (value ?? '')
  const wrong = left && text.trim() !== '' && value === null
  return (
    <label className={css.day}>
      {label}
      <TextInput
        className={css.dayBox}
        aria-label={label}
        placeholder={t('work.search.dayHint')}
        inputMode="numeric"
        maxLength={12}
        error={wrong}
        title={wrong ? t('work.search.dayWrong') : undefined}
        value={text}
        onChange={({ currentTarget }) => {
          const day = readDay(currentTarget.value, now)
          setTyped({ text: currentTarget.value, day })
          setLeft(false)
          onChange(day)
        }}
        onBlur={() => {
          setLeft(true)
          if (value !== null) setTyped({ text: value, day: value })
        }}
      />
    </label>
  )
}
