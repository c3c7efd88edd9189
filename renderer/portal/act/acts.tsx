import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseRecord } from '../../../shared/case/case-record.ts'
import type { StepType } from '../../../shared/case/case-step.ts'
import { stepsOpen } from '../../../shared/case/steps.ts'
import { draftKinds } from '../../../shared/unit/unit-page.ts'
import { useSession } from '../session/session-store.ts'
import css from './act.module.css'
import { AnswerForm, ExtensionForm, ReturnForm } from './act-forms.tsx'
import { act, quiet, useAct } from './act-store.ts'
import { fetchDrafts, useDrafts } from './draft-store.ts'
import { InviteForm } from './invite-form.tsx'
import { KeptWords } from './kept-words.tsx'
import { Outcome } from './outcome.tsx'
import submitCss from '../../page/submit.module.css'

const beside = ['invite', 'askExtension', 'return'] as const
type Beside = (typeof beside)[number]

/** All that the unit may do with the case now; made anew for another case. */
export function Acts({ record }: { readonly record: CaseRecord }) {
  const { t } = useTranslation('portal')
  const { caseId, life } = record
  const unit = useSession(({ me }) => me?.unit)
  const party = life.unit === unit ? 'lead' : 'other'
  const open = stepsOpen(record, party)
  const { chosen, toggle } = useChosen(caseId, open)
  useEffect(() => quiet, [])
  useEffect(() => void fetchDrafts(caseId), [caseId])
  const offered = beside.filter((one) => open.includes(one))
  const answer = open.includes('answer') ? 'answer' : open.includes('contribute') ? 'contribute' : null
  const shown = draftKinds.filter((kind) => kind === answer || kind === chosen)
  const never = party === 'lead' && life.reviewed && (record.state === 'toSign' || record.state === 'inHand')
  return (
    <section className={css.acts} aria-label={t('act.title')}>
      <h2>{t('act.title')}</h2>
      <Outcome caseId={caseId} />
      {open.length === 0 && <p className={css.quiet}>{t('act.nothing')}</p>}
      {open.includes('sign') && <Sign caseId={caseId} />}
      {answer !== null && <AnswerForm key={answer} caseId={caseId} kind={answer} />}
      {life.asked !== null && <p className={css.quiet}>{t('act.extensionAsked', { days: life.asked })}</p>}
      {never && <p className={css.quiet}>{t('act.returnNever')}</p>}
      {offered.length > 0 && (
        <div className={css.row}>
          {offered.map((one) => (
            <Button key={one} aria-expanded={chosen === one} onClick={() => toggle(one)}>
              {t(`act.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {chosen === 'return' && <ReturnForm caseId={caseId} />}
      {chosen === 'askExtension' && <ExtensionForm caseId={caseId} />}
      {chosen === 'invite' && <InviteForm caseId={caseId} there={life.others} />}
      <KeptWords caseId={caseId} shown={shown} />
    </section>
  )
}

/** Which of the steps beside the answer is open; words that were begun for one open it by themselves. */
function useChosen(caseId: string, open: readonly StepType[]) {
  const words = useDrafts((drafts) => drafts.words)
  const [choice, setChoice] = useState<Beside | 'none' | null>(null)
  const begun = beside.find((one) => (words[`${caseId}/${one}`]?.text ?? '') !== '')
  const wanted = choice === 'none' ? null : (choice ?? begun ?? null)
  const chosen = wanted !== null && open.includes(wanted) ? wanted : null
  return { chosen, toggle: (one: Beside) => setChoice(chosen === one ? 'none' : one) }
}

function Sign({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('portal')
  const working = useAct((one) => one.working)
  return (
    <div className={css.row}>
      <Button
        variant="filled"
        className={submitCss.submit}
        disabled={working}
        onClick={() => void act(caseId, { type: 'sign' })}
      >
        {t('act.sign')}
      </Button>
      <small className={css.quiet}>{t('act.signHint')}</small>
    </div>
  )
}
