import { useId } from 'react'
import css from './panel.module.css'

type Props = {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** Yes or no, with its words beside it. */
export function CheckField({ label, checked, onChange, disabled }: Props) {
  const id = useId()
  return (
    <span className={css.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
    </span>
  )
}
