import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFocusBack } from '../ui/use-focus-back.ts'
import css from './panel.module.css'

type Props = {
  readonly words: string
  /** What comes of it, said before it is done. */
  readonly sure: string
  readonly onSure: () => void
  readonly disabled?: boolean
}

/** A button whose act is asked about once more, in its own place; Escape is no. */
export function SureButton({ words, sure, onSure, disabled }: Props) {
  const [asked, setAsked] = useState(false)
  if (!asked)
    return (
      <Button disabled={disabled} onClick={() => setAsked(true)}>
        {words}
      </Button>
    )
  return <Asked words={words} sure={sure} onSure={onSure} onLeave={() => setAsked(false)} />
}

function Asked({ words, sure, onSure, onLeave }: Props & { readonly onLeave: () => void }) {
  const { t } = useTranslation('admin')
  const box = useFocusBack<HTMLDivElement>()
  return (
    <div
      ref={box}
      className={css.row}
      role="group"
      aria-label={words}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
    >
      <span className={css.note}>{sure}</span>
      <Button
        onClick={() => {
          onLeave()
          onSure()
        }}
      >
        {words} · {t('sure')}
      </Button>
      <Button onClick={onLeave}>{t('cancel')}</Button>
    </div>
  )
}
