import { useTranslation } from 'react-i18next'
import { minutesOf } from '../../ui/format-time.ts'
import panel from '../../ui/panel.module.css'
import { useCallMarks } from '../call/use-call-marks.ts'
import { useDraft } from '../stores/draft-store.ts'
import { isClean } from '../stores/open-draft.ts'
import { SimilarLine } from './similar-line.tsx'
import css from './form-head.module.css'

/** Which case this is, and how safe what was typed is: each said only after the commit. */
export function FormHead() {
  const { t } = useTranslation()
  const open = useDraft((draft) => draft.open)
  const clean = isClean(open)
  const caseNo = open?.caseNo ?? null
  return (
    <h2 className={panel.head}>
      <span className={css.name}>
        {t('form.column')} {caseNo !== null && <span data-testid="case-no">{caseNo}</span>}
        {caseNo !== null && (
          <span className={panel.tag} data-tone={clean ? 'ok' : 'warn'} data-testid="save-state">
            {clean ? `✓ ${t('form.saved')}` : `● ${t('form.unsaved')}`}
          </span>
        )}
        <MarksTag callId={open?.callId ?? null} />
        {clean && open?.confirmed && <span className={css.confirmed}>{t('form.confirmed')}</span>}
      </span>
      <SimilarLine />
      <DraftState hidden={clean} />
    </h2>
  )
}

/** What was marked of the call that the case came of: it stands, and nobody writes it here. */
function MarksTag({ callId }: { readonly callId: string | null }) {
  const { t } = useTranslation()
  const { warnings } = useCallMarks(callId)
  if (warnings.length === 0) return null
  return (
    <span
      className={panel.tag}
      data-tone="bad"
      title={t('care.warnedAt', { times: minutesOf(warnings, t('care.separator')) })}
      data-testid="case-marks"
    >
      {t('care.warnedAt', { times: minutesOf(warnings, t('care.separator')) })}
    </span>
  )
}

function DraftState({ hidden }: { readonly hidden: boolean }) {
  const { t } = useTranslation()
  const open = useDraft((draft) => draft.open)
  const sign = useDraft((draft) => draft.sign)
  const words = open === null ? t('form.newHint') : sign === null || hidden ? '' : t(`draft.${sign.state}`)
  return (
    <span className={css.draft} role="status" data-testid="draft-state" data-state={hidden ? undefined : sign?.state}>
      {words}
    </span>
  )
}
