import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { isCaseState } from '../../../shared/case/case-step.ts'
import type { Failure } from '../../../shared/errors.ts'
import { keyShown } from '../keys/key-map.ts'
import css from './case-page.module.css'
import { useStep } from './step-store.ts'

/** What central says of a step that cannot be, or that names what is not there. */
const details = [
  'notVisited',
  'rehandled',
  'reviewed',
  'asked',
  'notAsked',
  'suspended',
  'notSuspended',
  'sameUnit',
  'itself',
  'ownCall',
  'notReached',
  'unit',
  'into',
  'intoEnded',
  'calledAgain',
] as const

/** Why a step was not taken, and what to do about it. */
export function refusalWords({ code, detail = '' }: Failure, t: TFunction): string {
  if (code === 'illegalTransition' && isCaseState(detail))
    return t('work.form.refused.state', { state: t(`earlier.state.${detail}`) })
  const known = details.find((one) => one === detail)
  if ((code === 'illegalTransition' || code === 'invalidInput') && known !== undefined)
    return t(`work.form.refused.${known}`)
  if (code === 'forbidden' || code === 'notFound') return t(`work.form.refused.${code}`)
  return t('work.form.refused.other', { words: t(`error.${code}`) })
}

/** What became of the step that was sent last. */
export function StepOutcome({ away }: { readonly away: boolean }) {
  const { t } = useTranslation()
  const { failure, taken, sent, words } = useStep()
  const key = keyShown('save')
  if (sent) return <Said tone="warn">{t('work.form.unknown', { key })}</Said>
  if (failure?.code === 'centralUnreachable') return <Said tone="warn">{t('work.form.notSent', { key })}</Said>
  if (failure !== null) return <Said tone="bad">{refusalWords(failure, t)}</Said>
  if (taken !== null) {
    const state = t(`earlier.state.${taken.state}`)
    return <Said tone="ok">{t('work.form.taken', { step: t(`work.step.${taken.type}`), state })}</Said>
  }
  return away && words !== null ? <Said tone="warn">{t('work.form.notSent', { key })}</Said> : null
}

function Said({ tone, children }: { readonly tone: 'ok' | 'warn' | 'bad'; readonly children: string }) {
  return (
    <p className={css.said} data-tone={tone} role="status" data-testid="step-outcome">
      {children}
    </p>
  )
}
