import { Button, Input } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import css from './lines.module.css'

type Props = {
  readonly label: string
  readonly hint: string
  /** What is searched for now; where that changes from elsewhere, give the field another `key`. */
  readonly words: string
  readonly onSearch: (words: string) => void
}

/** A field to search by words, with its button. */
export function SearchField({ label, hint, words, onSearch }: Props) {
  const [typed, setTyped] = useState(words)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(typed)
  }
  return (
    <form role="search" className={css.search} onSubmit={onSubmit}>
      <Input
        type="search"
        aria-label={label}
        placeholder={hint}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit">{label}</Button>
    </form>
  )
}
