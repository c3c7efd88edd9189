import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { keyShown, type KeyId } from './key-map.ts'
import css from './key-button.module.css'

type Props = {
  readonly id: KeyId
  readonly tone?: 'plain' | 'go' | 'end' | 'accept'
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly wide?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

/** A button that shows its key; a click leaves the cursor where the operator types. */
export function KeyButton({ id, tone = 'plain', disabled, pressed, wide, onPress, children }: Props) {
  return (
    <Button
      className={css.button}
      data-tone={tone}
      data-wide={wide || undefined}
      justify="space-between"
      disabled={disabled}
      aria-pressed={pressed}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
      rightSection={<kbd aria-hidden>{keyShown(id)}</kbd>}
    >
      {children}
    </Button>
  )
}
