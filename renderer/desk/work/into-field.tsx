import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { caseQuerySchema } from '../../../shared/case/case-line.ts'
import type { StepWords } from '../../../shared/case/step-words.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { invoke } from '../../ui/bridge.ts'
import { editStep, stepFieldId } from './step-store.ts'

const WHOLE_NO = /^[a-z]{2}\d{8}-[0-9a-z]{1,4}-\d{1,8}$/i

type Props = { readonly words: StepWords; readonly locked: boolean; readonly invalid: boolean }

/** The case that goes on, by its number: what it is about is shown before anything is joined into it. */
export function IntoField({ words, locked, invalid }: Props) {
  const { t } = useTranslation()
  const { intoNo } = words
  const [found, setFound] = useState<{ readonly no: string; readonly summary: string | null } | null>(null)
  const typed = intoNo.trim()
  useEffect(() => {
    if (!WHOLE_NO.test(typed)) return
    let stale = false
    void invoke('case.find', caseQuerySchema.parse({ words: typed, limit: 5 })).then((answer) => {
      if (stale || !answer.ok) return
      const one = answer.value.list.cases.find(({ caseNo }) => caseNo === typed.toUpperCase())
      setFound({ no: typed, summary: one?.summary ?? null })
      editStep({ into: one?.caseId ?? null })
    })
    return () => {
      stale = true
    }
  }, [typed])
  const shown = found?.no === typed ? found : null
  return (
    <>
      <TextInput
        id={stepFieldId('into')}
        value={intoNo}
        error={invalid}
        disabled={locked}
        onChange={({ currentTarget }) => editStep({ intoNo: currentTarget.value.slice(0, 40), into: null })}
      />
      {shown !== null && (
        <small role="status">
          {shown.summary === null
            ? t('work.form.intoNone')
            : t('work.form.intoFound', { summary: plainLine(shown.summary, 60) })}
        </small>
      )}
    </>
  )
}
