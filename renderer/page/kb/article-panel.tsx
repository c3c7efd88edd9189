import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Result } from '../../../shared/errors.ts'
import { stateOf, type ArticleStep } from '../../../shared/kb/article-life.ts'
import { articleDetailSchema, type ArticleDetail } from '../../../shared/kb/article-life-page.ts'
import { isComposing } from '../../ui/composing.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { ask } from '../api.ts'
import lineCss from '../lines.module.css'
import { useAsked } from '../use-asked.ts'
import { ArticleEditor } from './article-editor.tsx'
import { ArticleHistory } from './article-history.tsx'
import { StateTag } from './article-list.tsx'
import { ArticlePreview } from './article-preview.tsx'
import { ArticleSteps, keyedSteps, type KeyedStep } from './article-steps.tsx'
import { settleTyped, typedNow, useTyped } from './article-typed.ts'
import { useKbFailureWords } from './failure-words.ts'
import { articlePath, type KbPage } from './kb-page.ts'
import css from './kb.module.css'
import { OutcomeWords, type Outcome } from './outcome.tsx'

const parts = ['edit', 'preview', 'history'] as const
type Part = (typeof parts)[number]
const takenSchema = z.object({ edition: z.number().int() })

type Props = { readonly page: KbPage; readonly id: string; readonly onChanged: () => void }

/** One article: as it is written, as a desk shows it, what happened to it, and what can be done with it. */
export function ArticlePanel({ page, id, onChanged }: Props) {
  const { t } = useTranslation('articles')
  const failureWords = useKbFailureWords()
  const asked = useAsked(articleDetailSchema, articlePath(page, id))
  const refresh = () => {
    asked.refresh()
    onChanged()
  }
  if (asked.value === null)
    return <p className={lineCss.empty}>{asked.failure === null ? t('loading') : failureWords(asked.failure)}</p>
  return <Chosen page={page} detail={asked.value} onChanged={refresh} />
}

type ChosenProps = { readonly page: KbPage; readonly detail: ArticleDetail; readonly onChanged: () => void }

const isField = (target: EventTarget) =>
  target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)

function Chosen({ page, detail: { life, events }, onChanged }: ChosenProps) {
  const { t } = useTranslation('articles')
  const heading = useFocusBack<HTMLHeadingElement>()
  const [part, setPart] = useState<Part>('edit')
  const [chosen, setChosen] = useState<KeyedStep | null>(null)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const [working, setWorking] = useState(false)
  const typed = useTyped((all) => all[life.id])
  // What was not saved would be in no step: first it is saved, or dropped.
  const steps = page.looks || typed !== undefined ? [] : keyedSteps(life, page.party)

  const take = async (step: ArticleStep, edition = life.edition): Promise<Result<unknown>> => {
    setWorking(true)
    const sent = typedNow(life.id)
    const answer = await ask(takenSchema, `${articlePath(page, life.id)}/steps`, {
      method: 'POST',
      json: { edition, step },
    })
    setWorking(false)
    setOutcome(answer.ok ? { words: t(`done.${step.type}`) } : { failure: answer.error })
    if (answer.ok) {
      setChosen(null)
      if (step.type === 'edit') settleTyped(life.id, sent, answer.value.edition)
    }
    // Also where it was refused: what stands in its way is read anew.
    onChanged()
    return answer
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isField(event.target) || isComposing(event.nativeEvent))
      return
    const step = steps[Number(event.key) - 1]
    if (step === undefined) return
    event.preventDefault()
    setChosen(step)
  }
  const fields = typed?.fields ?? life.draft?.fields ?? life.published
  return (
    <article className={css.panel} aria-label={life.id} onKeyDown={onKeyDown}>
      <a className={css.back} href={page.hrefTo()}>
        {t('back')}
      </a>
      <div className={css.row}>
        <h2 ref={heading} tabIndex={-1}>
          {fields?.title ?? ''} · {life.id}
        </h2>
        <StateTag state={stateOf(life)} />
        <span className={css.note}>
          {life.version === 0 ? t('noVersion') : t('version', { version: life.version })}
          {life.version > 0 && life.draft !== null && ` · ${t('beside')}`}
        </span>
      </div>
      <Segmented
        id="article-part"
        label={t('part')}
        values={parts}
        value={part}
        words={(one) => t(`parts.${one}`)}
        onChange={setPart}
      />
      {part === 'edit' && <ArticleEditor page={page} life={life} events={events} working={working} onTake={take} />}
      {part === 'preview' && fields !== null && <ArticlePreview fields={fields} />}
      {part === 'history' && (
        <ArticleHistory page={page} life={life} events={events} working={working} onTake={(step) => void take(step)} />
      )}
      <OutcomeWords outcome={outcome} />
      <ArticleSteps
        steps={steps}
        party={page.party}
        chosen={chosen}
        onChoose={setChosen}
        onTake={(step) => void take(step)}
        working={working}
      />
    </article>
  )
}
