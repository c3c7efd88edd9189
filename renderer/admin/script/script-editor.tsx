import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  isWaitingMoment,
  WAIT_SECONDS,
  waitsOf,
  withWait,
  type Moment,
  type ScriptBody,
  type Sentence,
  type WaitingMoment,
} from '../../../shared/script/script.ts'
import { TextField } from '../field.tsx'
import css from '../panel.module.css'
import { Rows } from '../../page/rows.tsx'
import { FlawsAt } from '../tables/flaw-words.tsx'
import { replaced } from '../../page/list-changes.ts'
import { replacedAmong } from '../tables/list-text.ts'
import { RowKeys } from '../../page/row-keys.tsx'
import type { EditorProps } from '../tables/editor-props.ts'
import tableCss from '../tables/tables.module.css'
import { MomentField } from './moment-field.tsx'
import { useScriptPlace } from './script-place.ts'
import { SentenceFields } from './sentence-fields.tsx'

/** The id of one more sentence of a moment: back-from-hold-2. */
function freshId(sentences: readonly Sentence[], when: Moment): string {
  const ids = new Set(sentences.map(({ id }) => id))
  const stem = when.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  let number = 2
  while (ids.has(`${stem}-${number}`)) number += 1
  return `${stem}-${number}`
}

const freshSentence = (sentences: readonly Sentence[], when: Moment): Sentence => ({
  ...{ id: freshId(sentences, when), when, kinds: null, say: { zh: '', yue: '', en: '' }, hints: [] },
})

/** The sentences of a moment in their order, each a row with its tongues side by side. */
export function ScriptEditor({ body, flaws, onChange }: EditorProps<'script'>) {
  const { t } = useTranslation('admin')
  const { moment } = useScriptPlace()
  const { sentences } = body
  const ours = sentences.filter(({ when }) => when === moment)
  const change = (next: readonly Sentence[]) =>
    onChange({ ...body, sentences: replacedAmong(sentences, ({ when }) => when === moment, next) })
  return (
    <>
      <p className={css.note}>{t('script.note')}</p>
      <div className={css.fields}>
        <MomentField body={body} flaws={flaws} />
        <NameFields body={body} moment={moment} onChange={onChange} />
        {isWaitingMoment(moment) && <WaitField body={body} moment={moment} onChange={onChange} />}
      </div>
      <FlawsAt flaws={flaws} path={['names', moment]} />
      <FlawsAt flaws={flaws} path={['waits', moment]} />
      <Rows of={ours}>
        {(sentence, index) => (
          <fieldset className={tableCss.card}>
            <legend className={css.legend}>{t('script.row', { place: index + 1, id: sentence.id })}</legend>
            <SentenceFields
              sentence={sentence}
              others={ours.filter(({ id }) => id !== sentence.id).map(({ id }) => id)}
              flaws={flaws}
              path={['sentences', sentences.indexOf(sentence)]}
              onChange={(next) => change(replaced(ours, index, next))}
            />
            <RowKeys list={ours} index={index} name={sentence.id} removes={ours.length > 1} onChange={change} />
          </fieldset>
        )}
      </Rows>
      <div className={css.row}>
        <Button onClick={() => change([...ours, freshSentence(sentences, moment)])}>{t('script.add')}</Button>
      </div>
    </>
  )
}

type PartProps<M extends Moment> = {
  readonly body: ScriptBody
  readonly moment: M
  readonly onChange: (body: ScriptBody) => void
}

/** How the moment is called on the desk. */
function NameFields({ body, moment, onChange }: PartProps<Moment>) {
  const { t } = useTranslation('admin')
  const name = body.names[moment]
  const rename = (part: Partial<typeof name>) =>
    onChange({ ...body, names: { ...body.names, [moment]: { ...name, ...part } } })
  return (
    <>
      <TextField label={t('script.nameZh')} value={name.zh} maxLength={200} onChange={(zh) => rename({ zh })} />
      <TextField label={t('script.nameEn')} value={name.en} maxLength={200} onChange={(en) => rename({ en })} />
    </>
  )
}

/** After how many seconds the moment comes. */
function WaitField({ body, moment, onChange }: PartProps<WaitingMoment>) {
  const { t } = useTranslation('admin')
  const seconds = waitsOf(body)[moment]
  return (
    <TextField
      label={t('script.wait', WAIT_SECONDS)}
      value={seconds === 0 ? '' : String(seconds)}
      maxLength={3}
      onChange={(text) => onChange(withWait(body, moment, Number(text.replace(/\D/g, ''))))}
    />
  )
}
