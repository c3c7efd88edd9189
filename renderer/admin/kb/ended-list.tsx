import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/errors.ts'
import { useKbFailureWords } from '../../page/kb/failure-words.ts'
import type { KbPage } from '../../page/kb/kb-page.ts'
import css from '../../page/kb/kb.module.css'
import lineCss from '../../page/lines.module.css'
import { Segmented } from '../../ui/segmented.tsx'
import { useFocusBack } from '../../ui/use-focus-back.ts'

const ends = ['0', '1'] as const
export type Ended = (typeof ends)[number]

type Props = {
  readonly page: KbPage
  readonly kind: 'tasks' | 'gaps'
  readonly ended: Ended
  readonly onEnded: (ended: Ended) => void
  /** How many there are; null while nothing is known. */
  readonly count: number | null
  readonly failure: Failure | null
  readonly children: ReactNode
}

/** A list of what desks told: what is open, or what is closed. */
export function EndedList({ page, kind, ended, onEnded, count, failure, children }: Props) {
  const { t } = useTranslation('articles')
  const failureWords = useKbFailureWords()
  const heading = useFocusBack<HTMLHeadingElement>()
  return (
    <section className={css.panel} aria-label={t(`${kind}.title`)}>
      <a className={css.back} href={page.hrefTo()}>
        {t('back')}
      </a>
      <h2 ref={heading} tabIndex={-1}>
        {t(`${kind}.title`)}
      </h2>
      <p className={css.note}>{t(`${kind}.note`)}</p>
      <Segmented
        id={`${kind}-ended`}
        label={t(`${kind}.title`)}
        values={ends}
        value={ended}
        words={(one) => t(one === '0' ? `${kind}.open` : `${kind}.done`)}
        onChange={onEnded}
      />
      {failure !== null && (
        <p className={lineCss.failure} role="alert">
          {failureWords(failure)}
        </p>
      )}
      {count === null && failure === null && <p className={css.note}>{t('loading')}</p>}
      {count === 0 && <p className={css.note}>{t(ended === '0' ? `${kind}.none` : `${kind}.noneDone`)}</p>}
      <ul className={css.events}>{children}</ul>
    </section>
  )
}

/** Which half of a list is shown. */
export const useEnded = () => useState<Ended>('0')
