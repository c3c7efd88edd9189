import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { nameableOutcomes, type LedgerEntry } from '../../../shared/ledger/entry.ts'
import { isComposing } from '../../ui/composing.ts'
import css from './ledger.module.css'
import { editDraft, sendWord, useLedger, type LegDraft } from './ledger-store.ts'
import { numberWords } from './ledger-words.ts'

type Props = {
  readonly draft: LegDraft
  readonly leg: LedgerEntry
  /** The keys are the list's again. */
  readonly done: () => void
}

/** What is said of a call: the number of its case, or its outcome and why. */
export function LedgerDraft({ draft, leg, done }: Props) {
  const { t } = useTranslation()
  const sending = useLedger((state) => state.sending)
  const send = async () => {
    await sendWord()
    if (useLedger.getState().draft === null) done()
  }
  const leave = () => {
    editDraft(null)
    done()
  }
  const press = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) void send()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const title = t(draft.act === 'link' ? 'ledger.link' : 'ledger.name', { number: numberWords(leg, t) })
  return (
    <div className={css.draft} role="group" aria-label={title} data-testid="ledger-draft" onKeyDown={press}>
      <b>{title}</b>
      {draft.act === 'link' ? (
        <TextInput
          ref={(box) => box?.focus()}
          aria-label={t('ledger.caseNo')}
          placeholder={t('ledger.caseNoHint')}
          maxLength={40}
          disabled={sending}
          value={draft.caseNo}
          onChange={({ currentTarget }) => editDraft({ act: 'link', caseNo: currentTarget.value })}
        />
      ) : (
        <Naming draft={draft} sending={sending} />
      )}
      <small>{t('ledger.send')}</small>
    </div>
  )
}

type NamingProps = { readonly draft: Extract<LegDraft, { act: 'name' }>; readonly sending: boolean }

/** The outcome by its digit, then the reason. */
function Naming({ draft, sending }: NamingProps) {
  const { t } = useTranslation()
  const choices = useRef<HTMLDivElement>(null)
  const reason = useRef<HTMLInputElement>(null)
  useEffect(() => choices.current?.focus(), [])
  const choose = (index: number) => {
    const outcome = nameableOutcomes[index]
    if (outcome === undefined) return
    editDraft({ ...draft, outcome })
    reason.current?.focus()
  }
  return (
    <>
      <div
        ref={choices}
        className={css.outcomes}
        role="radiogroup"
        aria-label={t('ledger.outcomeLabel')}
        tabIndex={0}
        onKeyDown={(event) => {
          const { key, ctrlKey, altKey, metaKey } = event
          if (ctrlKey || altKey || metaKey || !/^[1-9]$/.test(key)) return
          // The digit is not the first word of the reason.
          event.preventDefault()
          choose(Number(key) - 1)
        }}
      >
        {nameableOutcomes.map((outcome, index) => (
          <Button
            key={outcome}
            size="xs"
            variant="default"
            role="radio"
            aria-checked={draft.outcome === outcome}
            tabIndex={-1}
            disabled={sending}
            rightSection={<kbd aria-hidden>{index + 1}</kbd>}
            onClick={() => choose(index)}
          >
            {t(`ledger.outcome.${outcome}`)}
          </Button>
        ))}
      </div>
      <TextInput
        ref={reason}
        aria-label={t('ledger.reason')}
        placeholder={t('ledger.reasonHint')}
        maxLength={500}
        disabled={sending}
        value={draft.reason}
        onChange={({ currentTarget }) => editDraft({ ...draft, reason: currentTarget.value })}
      />
    </>
  )
}
