import { useTranslation } from 'react-i18next'
import { timeOfDay } from '../../ui/format-time.ts'
import { useCase, type Stepped } from '../case/case-store.ts'
import { useFailureWords } from '../failure-words.ts'
import { useList } from '../list/list-store.ts'
import css from './act.module.css'
import { useAct } from './act-store.ts'

/** What became of the step that was sent last: done, refused with what to do, or somebody else was faster. */
export function Outcome({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('portal')
  const { caseId: of, type, outcome } = useAct()
  const failureWords = useFailureWords()
  const moved = useMovedWords()
  if (of !== caseId || outcome === null || type === null) return <div className={css.silent} role="status" />
  if (outcome === 'done') {
    const words = type in actWords ? t(`act.${actWords[type as keyof typeof actWords]}`) : ''
    return (
      <p className={css.done} role="status">
        {t('act.done', { words })}
      </p>
    )
  }
  return (
    <p className={css.bad} role="alert">
      {outcome === 'moved' ? moved() : failureWords(outcome)}
    </p>
  )
}

const actWords = {
  sign: 'sign',
  return: 'return',
  askExtension: 'askExtension',
  invite: 'invite',
  answer: 'answer',
  contribute: 'contribute',
} as const

/** Who was faster, and with what. */
function useMovedWords(): () => string {
  const { t } = useTranslation('portal')
  const found = useCase((one) => one.found)
  const members = useList((list) => list.work.members)
  return () => {
    const last: Stepped | undefined = found?.steps.at(-1)
    if (found === null || last === undefined) return t('refused.notFound')
    const who = members.find(({ staffNo }) => staffNo === last.by)?.name ?? last.by
    const time = timeOfDay(last.at)
    if (last.step.type === 'answer') return t('conflict.answered', { who, time })
    if (last.step.type === 'sign') return t('conflict.signed', { who, time })
    return t('conflict.moved', { state: t(`state.${found.record.state}`) })
  }
}
