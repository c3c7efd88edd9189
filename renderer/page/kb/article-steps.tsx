import { Button, Textarea } from '@mantine/core'
import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import {
  articleStepsOpen,
  MOST_WHY,
  type ArticleLife,
  type ArticleParty,
  type ArticleStep,
  type ArticleStepType,
} from '../../../shared/kb/article-life.ts'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import submitCss from '../submit.module.css'
import css from './kb.module.css'

/** What has a key of its own here; to write is the form's, to go back the history's. */
export type KeyedStep = Exclude<ArticleStepType, 'edit' | 'rollBack'>
const isKeyed = (type: ArticleStepType): type is KeyedStep => type !== 'edit' && type !== 'rollBack'
export const keyedSteps = (life: ArticleLife, party: ArticleParty): KeyedStep[] =>
  articleStepsOpen(life, party).filter(isKeyed)

type Props = {
  readonly steps: readonly KeyedStep[]
  readonly party: ArticleParty
  readonly chosen: KeyedStep | null
  readonly onChoose: (step: KeyedStep | null) => void
  readonly onTake: (step: ArticleStep) => void
  readonly working: boolean
}

/** What can be done with the article now, each by its digit; what needs a reason asks for it in its place. */
export function ArticleSteps({ steps, party, chosen, onChoose, onTake, working }: Props) {
  const { t } = useTranslation('articles')
  if (steps.length === 0) return null
  const wordsOf = (type: KeyedStep) => t(`step.${type === 'sendBack' && party === 'unit' ? 'takeBack' : type}`)
  return (
    <section className={css.section} aria-label={t('steps')}>
      <h3>{t('steps')}</h3>
      <div className={css.row}>
        {steps.map((type, index) => (
          <Button
            key={type}
            className={css.key}
            aria-expanded={chosen === type}
            disabled={working}
            onClick={() => onChoose(chosen === type ? null : type)}
          >
            {wordsOf(type)}
            <kbd aria-hidden>{index + 1}</kbd>
          </Button>
        ))}
        <span className={css.note}>{t('stepsHint')}</span>
      </div>
      {chosen !== null && steps.includes(chosen) && (
        <WhyForm
          key={chosen}
          words={wordsOf(chosen)}
          wanted={chosen !== 'submit' && chosen !== 'publish'}
          working={working}
          onLeave={() => onChoose(null)}
          onSend={(why) => onTake({ type: chosen, why })}
        />
      )}
    </section>
  )
}

type WhyProps = {
  readonly words: string
  /** Whether it cannot be done without a reason. */
  readonly wanted: boolean
  readonly working: boolean
  readonly onSend: (why: string) => void
  readonly onLeave: () => void
}

/** The reason of a step, and its key; Escape is no. */
export function WhyForm({ words, wanted, working, onSend, onLeave }: WhyProps) {
  const { t } = useTranslation('articles')
  const id = useId()
  const field = useFocusBack<HTMLTextAreaElement>()
  const [why, setWhy] = useState('')
  const ready = !working && (!wanted || why.trim() !== '')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onSend(why)
  }
  return (
    <form
      className={css.field}
      aria-label={words}
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
    >
      <label htmlFor={id}>{t(wanted ? 'why' : 'whyFree')}</label>
      <Textarea
        id={id}
        ref={field}
        rows={2}
        maxLength={MOST_WHY}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.form?.requestSubmit()
        }}
      />
      <div className={css.row}>
        <Button className={`${submitCss.submit} ${css.key}`} type="submit" variant="filled" disabled={!ready}>
          {words} · {t('go')}
          <kbd aria-hidden>Ctrl ↵</kbd>
        </Button>
        <Button onClick={onLeave}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
