import { Button, Input } from '@mantine/core'
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseStep } from '../../../shared/case/case-step.ts'
import { LONGEST, type DraftKind } from '../../../shared/unit/unit-page.ts'
import { isComposing } from '../../ui/composing.ts'
import css from './act.module.css'
import { act, useAct } from './act-store.ts'
import { useWords } from './draft-store.ts'
import { Files } from './files.tsx'
import { WordsField } from './words-field.tsx'
import submitCss from '../../page/submit.module.css'

type FormProps = { readonly caseId: string }

type ShellProps = {
  readonly label: string
  readonly submit: string
  /** Why it cannot be sent yet; null where it can. */
  readonly missing: string | null
  readonly onSend: () => void
  readonly children: ReactNode
}

/** What the forms of the steps share: Ctrl ↵ sends, and what is missing is said beside the key. */
export function ActForm({ label, submit, missing, onSend, children }: ShellProps) {
  const { t } = useTranslation('portal')
  const working = useAct((one) => one.working)
  const send = () => {
    if (missing === null && !working) onSend()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event.nativeEvent)) {
      event.preventDefault()
      send()
    }
  }
  return (
    <form className={css.form} aria-label={label} onSubmit={onSubmit} onKeyDown={onKeyDown}>
      {children}
      <div className={css.row}>
        <Button type="submit" variant="filled" className={submitCss.submit} disabled={missing !== null || working}>
          {working ? t('act.working') : submit}
          <kbd aria-hidden>Ctrl ↵</kbd>
        </Button>
        {missing !== null && <small className={css.quiet}>{missing}</small>}
      </div>
    </form>
  )
}

/** What is missing of the words of a step; null for nothing. */
function useMissing(caseId: string, kind: DraftKind): string | null {
  const { t } = useTranslation('portal')
  const { text } = useWords(caseId, kind)
  if (text.trim() === '') return t('act.empty')
  return text.length > LONGEST[kind] ? t('act.tooLong', { over: text.length - LONGEST[kind] }) : null
}

/** 反馈 of the unit that leads, 会办意见 of one that takes part. */
export function AnswerForm({ caseId, kind }: FormProps & { readonly kind: 'answer' | 'contribute' }) {
  const { t } = useTranslation('portal')
  const { text } = useWords(caseId, kind)
  const missing = useMissing(caseId, kind)
  const step: CaseStep = { type: kind, text }
  return (
    <ActForm
      label={t(`act.${kind}`)}
      submit={t(`act.${kind}Submit`)}
      missing={missing}
      onSend={() => void act(caseId, step)}
    >
      <WordsField caseId={caseId} kind={kind} label={t(`act.${kind}Label`)} hint={t(`act.${kind}Hint`)} rows={7} />
      <Files caseId={caseId} />
    </ActForm>
  )
}

export function ReturnForm({ caseId }: FormProps) {
  const { t } = useTranslation('portal')
  const { text: reason } = useWords(caseId, 'return')
  const missing = useMissing(caseId, 'return')
  const send = () => void act(caseId, { type: 'return', reason })
  return (
    <ActForm label={t('act.return')} submit={t('act.returnSubmit')} missing={missing} onSend={send}>
      <WordsField caseId={caseId} kind="return" label={t('act.returnLabel')} hint={t('act.returnHint')} />
    </ActForm>
  )
}

const MOST_DAYS = 60

export function ExtensionForm({ caseId }: FormProps) {
  const { t } = useTranslation('portal')
  const { text: reason } = useWords(caseId, 'askExtension')
  const [typed, setTyped] = useState('')
  const days = Number(typed)
  const wrong = !/^\d{1,2}$/.test(typed.trim()) || days < 1 || days > MOST_DAYS
  const words = useMissing(caseId, 'askExtension')
  const missing = wrong ? t('act.daysWrong') : words
  const send = () => void act(caseId, { type: 'askExtension', days, reason })
  return (
    <ActForm label={t('act.askExtension')} submit={t('act.extensionSubmit')} missing={missing} onSend={send}>
      <div className={css.field}>
        <label htmlFor="extension-days">{t('act.extensionDays')}</label>
        <Input
          id="extension-days"
          className={css.days}
          inputMode="numeric"
          maxLength={2}
          value={typed}
          error={typed !== '' && wrong}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <WordsField caseId={caseId} kind="askExtension" label={t('act.extensionLabel')} hint={t('act.extensionHint')} />
    </ActForm>
  )
}
