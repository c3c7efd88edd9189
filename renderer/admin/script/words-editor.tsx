import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { TextField } from '../field.tsx'
import { FlawsAt } from '../tables/flaw-words.tsx'
import { FoundRows } from '../tables/found-rows.tsx'
import { WordsField } from '../tables/words-field.tsx'
import scriptCss from './script.module.css'

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

/** A list of words, one a row; a new one comes first. */
export function WordsEditor<W extends Listed>({
  note,
  words,
  flaws,
  fresh,
  fields: Fields,
  texts,
  onChange,
}: Props<W>) {
  const { t } = useTranslation('admin')
  return (
    <FoundRows
      note={note}
      add={t('script.addWord')}
      rows={words}
      flaws={flaws}
      fresh={fresh}
      texts={texts}
      onChange={onChange}
    >
      {(word, index, { change, remove }) => (
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
          <Button aria-label={t('script.removeWord', { word: word.word })} onClick={remove}>
            ×
          </Button>
          <FlawsAt flaws={flaws} path={['words', index]} />
        </div>
      )}
    </FoundRows>
  )
}
