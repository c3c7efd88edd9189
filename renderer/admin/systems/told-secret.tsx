import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import css from '../panel.module.css'
import { Secret } from '../told-once.tsx'

type Props = { readonly label: string; readonly secret: string; readonly onDone: () => void }

/** What was told once, until it was handed over; who leaves the page before is asked first. */
export function ToldSecret({ label, secret, onDone }: Props) {
  const { t } = useTranslation('admin')
  const box = useFocusBack<HTMLDivElement>()
  useEffect(() => {
    const keep = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', keep)
    return () => window.removeEventListener('beforeunload', keep)
  }, [])
  return (
    <div ref={box} className={css.told} role="group" aria-label={label} tabIndex={-1} data-testid="told">
      <b>{t('systems.once')}</b>
      <Secret label={label} shown={secret} copied={secret} />
      <div className={css.row}>
        <Button onClick={onDone}>{t('systems.handedOver')}</Button>
      </div>
    </div>
  )
}
