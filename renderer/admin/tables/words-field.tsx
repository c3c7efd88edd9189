import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../field.tsx'
import { textOf, wordsOf } from './list-text.ts'

type Props = {
  readonly label: string
  readonly words: readonly string[]
  readonly onChange: (words: string[]) => void
}

/** A list of short words in one field; what is typed stays as it was typed while it says the same. */
export function WordsField({ label, words, onChange }: Props) {
  const { t } = useTranslation('admin')
  const [typed, setTyped] = useState(textOf(words))
  const shown = textOf(wordsOf(typed)) === textOf(words) ? typed : textOf(words)
  return (
    <TextField
      label={label}
      value={shown}
      maxLength={2000}
      hint={t('tables.listHint')}
      onChange={(text) => {
        setTyped(text)
        onChange(wordsOf(text))
      }}
    />
  )
}
