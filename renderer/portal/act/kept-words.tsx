import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftKinds, type DraftKind } from '../../../shared/unit/unit-page.ts'
import css from './act.module.css'
import { discard, useDrafts } from './draft-store.ts'

/** Words that were begun for a step that cannot be taken any more: to be read, copied, or thrown away. */
export function KeptWords({ caseId, shown }: { readonly caseId: string; readonly shown: readonly DraftKind[] }) {
  const words = useDrafts((drafts) => drafts.words)
  const kept = draftKinds.filter((kind) => !shown.includes(kind) && (words[`${caseId}/${kind}`]?.text ?? '') !== '')
  return kept.map((kind) => (
    <Kept key={kind} caseId={caseId} kind={kind} text={words[`${caseId}/${kind}`]?.text ?? ''} />
  ))
}

function Kept({ caseId, kind, text }: { readonly caseId: string; readonly kind: DraftKind; readonly text: string }) {
  const { t } = useTranslation('portal')
  const [copied, setCopied] = useState(false)
  const [sure, setSure] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <section className={css.kept} aria-label={t('act.keptWords')}>
      <h3>
        {t('act.keptWords')} · {t(`act.${kind}`)}
      </h3>
      <p className={css.text} data-testid={`kept-${kind}`}>
        {text}
      </p>
      <div className={css.row}>
        <Button onClick={() => void copy()}>{copied ? t('act.copied') : t('act.copy')}</Button>
        <Button onClick={() => (sure ? void discard(caseId, kind) : setSure(true))}>
          {sure ? t('act.discardSure') : t('act.discard')}
        </Button>
      </div>
    </section>
  )
}
