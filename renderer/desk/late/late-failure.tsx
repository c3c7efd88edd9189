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
  const known = (['changed', 'settled', 'hidden'] as const).find((why) => detail === `late.${why}`)
  const words = known === undefined ? t(`error.${code}`) : t(`late.${known}`)
  return (
    <span role="alert" className={css.failed}>
      {words}
    </span>
  )
}
