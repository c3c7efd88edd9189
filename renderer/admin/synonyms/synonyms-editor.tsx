import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Synonyms } from '../../../shared/kb/synonyms.ts'
import scriptCss from '../script/script.module.css'
import { FlawsAt } from '../tables/flaw-words.tsx'
import { FoundRows } from '../tables/found-rows.tsx'
import type { EditorProps } from '../tables/editor-props.ts'
import { WordsField } from '../tables/words-field.tsx'

type Group = Synonyms['groups'][number]

/** Words that mean the same, a group a row; a new one comes first. */
export function SynonymsEditor({ body: { groups }, flaws, onChange }: EditorProps<'synonyms'>) {
  const { t } = useTranslation('admin')
  return (
    <FoundRows<Group>
      note={t('tables.synonyms.note')}
      add={t('tables.synonyms.add')}
      rows={groups}
      flaws={flaws}
      fresh={{ words: [] }}
      texts={({ words }) => words}
      onChange={(next) => onChange({ groups: next })}
    >
      {({ words }, index, { change, remove }) => (
        <div className={scriptCss.group} role="group" aria-label={words[0] ?? t('tables.synonyms.fresh')}>
          <WordsField label={t('tables.synonyms.words')} words={words} onChange={(next) => change({ words: next })} />
          <Button aria-label={t('script.removeWord', { word: words[0] ?? '' })} onClick={remove}>
            ×
          </Button>
          <FlawsAt flaws={flaws} path={['groups', index]} />
        </div>
      )}
    </FoundRows>
  )
}
