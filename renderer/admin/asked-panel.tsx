import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import lineCss from '../page/lines.module.css'
import { useFocusBack } from '../ui/use-focus-back.ts'
import { useFailureWords } from './failure-words.ts'
import css from './panel.module.css'
import { hrefTo, type View } from './route.ts'
import type { Asked } from '../page/use-asked.ts'

type Props<T> = { readonly asked: Asked<T>; readonly children: (value: T) => ReactNode }

/** What was asked for, once it is there; until then, or where it cannot be, words. */
export function AskedPanel<T>({ asked: { value, failure }, children }: Props<T>) {
  const { t } = useTranslation('admin')
  const failureWords = useFailureWords()
  if (value !== null) return children(value)
  return <p className={lineCss.empty}>{failure === null ? t('loading') : failureWords(failure)}</p>
}

/** The way back to the list, on a telephone, and the title, which has the focus when it comes. */
export function PanelHead({ view, title }: { readonly view: View; readonly title: string }) {
  const { t } = useTranslation('admin')
  const heading = useFocusBack<HTMLHeadingElement>()
  return (
    <>
      <a className={css.back} href={hrefTo(view)}>
        {t('back')}
      </a>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
    </>
  )
}
