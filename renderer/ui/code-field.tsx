import { Input } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { wantsCode } from '../../shared/people/one-time-code.ts'

type Props = {
  readonly id: string
  /** As typed; shared/people/one-time-code.ts reads it, so that nothing is rewritten under an input method. */
  readonly value: string
  readonly onChange: (typed: string) => void
  /** What central said last: where it wants a code, or another one, the focus comes here. */
  readonly failure: Failure | null
}

/** Room for a gap in the middle. */
const MAX_LENGTH = 8

/** The field for the authenticator's six digits, with the focus as soon as it is there. */
export function CodeField({ id, value, onChange, failure }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wantsCode(failure)) box.current?.focus()
  }, [failure])
  return (
    <>
      <label htmlFor={id}>{t('signIn.code')}</label>
      <Input
        id={id}
        ref={box}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={MAX_LENGTH}
        value={value}
        error={failure?.code === 'codeWrong'}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  )
}
