import { Select, type SelectProps } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { isComposing } from './composing.ts'
import css from './search-select.module.css'

const classNames = { input: css.input, dropdown: css.dropdown, option: css.option }
const comboboxProps = { transitionProps: { duration: 0 }, shadow: 'none' } as const

/**
 * Enter takes the option that is shown as chosen. An input method commits a whole word in one change, which
 * opens the list as well; Mantine then forgets which option it marked, and its own Enter does nothing.
 */
function takeMarkedOption(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.defaultPrevented || isComposing(event.nativeEvent)) return
  const input = event.currentTarget
  if (input.getAttribute('aria-expanded') !== 'true') return
  const list = document.getElementById(input.getAttribute('aria-controls') ?? '')
  const marked = list?.querySelector<HTMLElement>('[data-combobox-selected]')
  if (!marked) return
  event.preventDefault()
  marked.click()
}

type Props = Omit<
  SelectProps,
  'classNames' | 'comboboxProps' | 'searchable' | 'selectFirstOptionOnChange' | 'openOnFocus' | 'onKeyDown'
>

/** A select that is searched by typing; it does not open by the mere focus, which comes and goes with the draft. */
export function SearchSelect(props: Props) {
  return (
    <Select
      {...props}
      classNames={classNames}
      comboboxProps={comboboxProps}
      searchable
      selectFirstOptionOnChange
      openOnFocus={false}
      onKeyDown={takeMarkedOption}
    />
  )
}
