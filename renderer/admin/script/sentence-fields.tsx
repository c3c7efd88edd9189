import { Button, Textarea } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { tongues, type Sentence } from '../../../shared/script/script.ts'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { SelectField, TextField } from '../field.tsx'
import css from '../panel.module.css'
import { RowKeys } from '../../page/row-keys.tsx'
import { Rows } from '../../page/rows.tsx'
import { FlawsAt, flawsWithin } from '../tables/flaw-words.tsx'
import { KindsField } from '../tables/kinds-field.tsx'
import { replaced } from '../../page/list-changes.ts'
import scriptCss from './script.module.css'

/** The longest sentence, in characters. */
const MOST = 200
const MOST_HINTS = 6

type Props = {
  readonly sentence: Sentence
  /** The ids of the other sentences of the moment. */
  readonly others: readonly string[]
  readonly flaws: readonly Flaw[]
  readonly path: Flaw['path']
  readonly onChange: (sentence: Sentence) => void
}

/** A sentence: in three tongues side by side, for which kinds, in whose place, and the hints beside it. */
export function SentenceFields({ sentence, others, flaws, path, onChange }: Props) {
  const { t } = useTranslation('admin')
  const { say, kinds, insteadOf } = sentence
  const inPlaceOf = (id: string) => {
    const { insteadOf: _, ...rest } = sentence
    onChange(id === '' ? rest : { ...rest, insteadOf: id })
  }
  const ownFlaws = flawsWithin(flaws, path).filter(({ path: at }) => at[path.length] !== 'say')
  return (
    <>
      <div className={scriptCss.tongues}>
        {tongues.map((tongue) => (
          <div key={tongue} className={css.field}>
            <Words
              label={t(`script.tongues.${tongue}`)}
              value={say[tongue]}
              lang={tongue}
              onChange={(text) => onChange({ ...sentence, say: { ...say, [tongue]: text } })}
            />
            <FlawsAt flaws={flaws} path={[...path, 'say', tongue]} />
          </div>
        ))}
      </div>
      <KindsField label={t('script.kinds')} kinds={kinds} onChange={(next) => onChange({ ...sentence, kinds: next })} />
      <div className={css.fields}>
        <SelectField
          label={t('script.insteadOf')}
          value={insteadOf ?? ''}
          choices={[
            { value: '', words: t('script.nobody') },
            ...[...new Set([...others, ...(insteadOf === undefined ? [] : [insteadOf])])].map((id) => ({
              value: id,
              words: id,
            })),
          ]}
          onChange={inPlaceOf}
        />
      </div>
      <HintFields sentence={sentence} onChange={onChange} />
      <FlawsAt flaws={ownFlaws} path={path} />
    </>
  )
}

type WordsProps = {
  readonly label: string
  readonly value: string
  readonly lang: string
  readonly onChange: (text: string) => void
}

function Words({ label, value, lang, onChange }: WordsProps) {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Textarea
        id={id}
        lang={lang}
        value={value}
        maxLength={MOST}
        rows={3}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  )
}

/** What the operator reads beside it, in the languages of the desk. */
function HintFields({ sentence, onChange }: Pick<Props, 'sentence' | 'onChange'>) {
  const { t } = useTranslation('admin')
  const { hints } = sentence
  return (
    <>
      <Rows of={hints}>
        {(hint, index) => (
          <div className={scriptCss.hint}>
            <TextField
              label={t('script.hintZh', { place: index + 1 })}
              value={hint.zh}
              maxLength={MOST}
              onChange={(zh) => onChange({ ...sentence, hints: replaced(hints, index, { ...hint, zh }) })}
            />
            <TextField
              label={t('script.hintEn', { place: index + 1 })}
              value={hint.en}
              maxLength={MOST}
              onChange={(en) => onChange({ ...sentence, hints: replaced(hints, index, { ...hint, en }) })}
            />
            <RowKeys
              list={hints}
              index={index}
              name={t('script.hint', { place: index + 1 })}
              removes
              onChange={(next) => onChange({ ...sentence, hints: next })}
            />
          </div>
        )}
      </Rows>
      {hints.length > 1 && <p className={css.note}>{t('script.oneHint')}</p>}
      {hints.length < MOST_HINTS && (
        <div className={css.row}>
          <Button onClick={() => onChange({ ...sentence, hints: [...hints, { zh: '', en: '' }] })}>
            {t('script.addHint')}
          </Button>
        </div>
      )}
    </>
  )
}
