import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from './list-store.ts'
import { freshOf, useLook } from './look-store.ts'

/** The page's title says what waits, so that it is seen in a tab that stands behind others. */
export function PageTitle() {
  const { t } = useTranslation('portal')
  const { counts } = useList()
  const fresh = useLook((look) => freshOf(look).length)
  const red = (counts.toSign?.red ?? 0) + (counts.inHand?.red ?? 0)
  const parts = [
    ...(fresh > 0 ? [t('remind.fresh', { number: fresh })] : []),
    ...(red > 0 ? [t('remind.red', { number: red })] : []),
    t('title'),
  ]
  const title = parts.join(' · ')
  useEffect(() => {
    const before = document.title
    document.title = title
    return () => void (document.title = before)
  }, [title])
  return null
}
