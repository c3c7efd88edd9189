import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/errors.ts'
import { useLate } from '../stores/late-store.ts'
import css from './late-strip.module.css'

/** Why the last choice about an entry was not made. */
export function LateFailure({ id }: { readonly id: string }) {
  const dealt = useLate((state) => state.dealt[id])
  return dealt?.state === 'failed' ? <Words failure={dealt.failure} /> : null
}

function Words({ failure: { code, detail } }: { readonly failure: Failure }) {
  const { t } = useTranslation()
  const words =
    detail === 'late.changed' ? t('late.changed') : detail === 'late.settled' ? t('late.settled') : t(`error.${code}`)
  return (
    <span role="alert" className={css.failed}>
      {words}
    </span>
  )
}
