import { Textarea } from '@mantine/core'
import { useState, type ClipboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST, LONGEST_DRAFT, type DraftKind } from '../../../shared/unit/unit-page.ts'
import { timeOfDay } from '../../ui/format-time.ts'
import { useFailureWords } from '../failure-words.ts'
import css from './act.module.css'
import { useAct } from './act-store.ts'
import { useWords, write, type Words } from './draft-store.ts'

type Props = {
  readonly caseId: string
  readonly kind: DraftKind
  readonly label: string
  readonly hint: string
  readonly rows?: number
}

/** Where the words of a step are written: kept while they are typed, counted, and never cut. */
export function WordsField({ caseId, kind, label, hint, rows = 5 }: Props) {
  const { t } = useTranslation('portal')
  const words = useWords(caseId, kind)
  // What would be typed now would be neither in the step nor in the draft.
  const working = useAct((one) => one.working)
  const [pasted, setPasted] = useState<number | null>(null)
  const { length } = words.text
  const most = LONGEST[kind]
  const id = `words-${kind}`
  // What cannot be kept is not taken in: it stays on the clipboard, and the field stays quick.
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const text = event.clipboardData.getData('text')
    const { selectionStart, selectionEnd } = event.currentTarget
    const tooLong = length - (selectionEnd - selectionStart) + text.length > LONGEST_DRAFT
    if (tooLong) event.preventDefault()
    setPasted(tooLong ? text.length : null)
  }
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <Textarea
        id={id}
        rows={rows}
        placeholder={hint}
        aria-describedby={`${id}-note`}
        readOnly={working}
        value={words.text}
        error={length > most}
        onPaste={onPaste}
        onChange={(event) => write(caseId, kind, event.currentTarget.value)}
      />
      <div className={css.note} id={`${id}-note`}>
        <span data-bad={length > most || undefined}>
          {length > most ? t('act.tooLong', { over: length - most }) : t('act.length', { length, most })}
        </span>
        <DraftSign words={words} />
      </div>
      {pasted !== null && (
        <p className={css.bad} role="alert">
          {t('act.pasteTooLong', { length: pasted, most: LONGEST_DRAFT })}
        </p>
      )}
    </div>
  )
}

function DraftSign({ words }: { readonly words: Words }) {
  const { t } = useTranslation('portal')
  const failureWords = useFailureWords()
  const { state, savedAt, failure } = words
  const said =
    state === 'tooLong'
      ? t('draft.tooLong')
      : state === 'failed' && failure !== null
        ? t('draft.failed', { words: failureWords(failure) })
        : state === 'saved'
          ? savedAt === null
            ? ''
            : t('draft.saved', { time: timeOfDay(savedAt) })
          : t('draft.saving')
  return (
    <span data-testid="draft" data-state={state} data-bad={state === 'failed' || state === 'tooLong' || undefined}>
      {said}
    </span>
  )
}
