import { Button, Input } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { TextField } from '../field.tsx'
import css from '../panel.module.css'
import { Rows } from '../../page/rows.tsx'
import { FlawsAt } from '../tables/flaw-words.tsx'
import { replaced } from '../../page/list-changes.ts'
import { WordsField } from '../tables/words-field.tsx'
import scriptCss from './script.module.css'

/** So many rows are shown at once; the others are found by their words. */
const MOST_SHOWN = 60

type Listed = { readonly word: string; readonly except: string[] }
export type WordProps<W> = { readonly word: W; readonly onChange: (word: W) => void }
type Props<W extends Listed> = {
  readonly note: string
  readonly words: readonly W[]
  readonly flaws: readonly Flaw[]
  readonly fresh: W
  /** What is told of a word besides itself. */
  readonly fields: (props: WordProps<W>) => ReactNode
  /** All that a word is found by. */
  readonly texts: (word: W) => readonly string[]
  readonly onChange: (words: W[]) => void
}

/** The rows that answer, by their places. */
function placesOf<W extends Listed>({ words, texts }: Props<W>, typed: string): readonly number[] {
  const sought = typed.trim().toLowerCase()
  const isFound = (word: W) => texts(word).some((text) => text.toLowerCase().includes(sought))
  return words.flatMap((word, index) => (sought === '' || isFound(word) ? [index] : []))
}

/** The first of them, and after those whichever have something wrong. */
function shownOf<W extends Listed>({ words, flaws }: Props<W>, places: readonly number[]): readonly number[] {
  const first = places.filter((index) => index < words.length).slice(0, MOST_SHOWN)
  const flawed = flaws.map(({ path }) => path[1]).filter((at) => typeof at === 'number')
  return [...new Set([...first, ...flawed])]
}

/** A list of words, one a row; a new one comes first. */
export function WordsEditor<W extends Listed>(props: Props<W>) {
  const { t } = useTranslation('admin')
  const { note, words, flaws, fresh, fields: Fields, onChange } = props
  const [typed, setTyped] = useState('')
  /** As they were found: a row stays while its words are changed. */
  const [found, setFound] = useState<readonly number[] | null>(null)
  const shown = shownOf(props, found ?? placesOf(props, ''))
  const search = (text: string) => {
    setTyped(text)
    setFound(text.trim() === '' ? null : placesOf(props, text))
  }
  const changeList = (next: W[]) => {
    search('')
    onChange(next)
  }
  return (
    <>
      <p className={css.note}>{note}</p>
      <div className={css.row}>
        <Input
          type="search"
          aria-label={t('script.search')}
          placeholder={t('script.search')}
          value={typed}
          onChange={(event) => search(event.currentTarget.value)}
        />
        <Button onClick={() => changeList([fresh, ...words])}>{t('script.addWord')}</Button>
        <span className={css.note} role="status">
          {t('script.shown', { shown: shown.length, all: words.length })}
        </span>
      </div>
      <Rows of={shown}>
        {(index) => {
          const word = words[index]
          if (word === undefined) return null
          const change = (next: W) => onChange(replaced(words, index, next))
          return (
            <div className={scriptCss.word} role="group" aria-label={word.word}>
              <TextField
                label={t('script.word')}
                value={word.word}
                maxLength={40}
                onChange={(text) => change({ ...word, word: text })}
              />
              <Fields word={word} onChange={change} />
              <WordsField
                label={t('script.except')}
                words={word.except}
                onChange={(except) => change({ ...word, except })}
              />
              <Button
                aria-label={t('script.removeWord', { word: word.word })}
                onClick={() => changeList(words.toSpliced(index, 1))}
              >
                ×
              </Button>
              <FlawsAt flaws={flaws} path={['words', index]} />
            </div>
          )
        }}
      </Rows>
    </>
  )
}
