import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { gapListSchema, type ArticleGap } from '../../../shared/kb/article-life-page.ts'
import { WhyForm } from '../../page/kb/article-steps.tsx'
import { emptyFields, keepTyped, useTyped } from '../../page/kb/article-typed.ts'
import { NEW_ARTICLE, type KbPage } from '../../page/kb/kb-page.ts'
import css from '../../page/kb/kb.module.css'
import { OutcomeWords } from '../../page/kb/outcome.tsx'
import { useAsked } from '../../page/use-asked.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { EndedList, useEnded } from './ended-list.tsx'
import { useClosing } from './use-closing.ts'

type Props = { readonly page: KbPage; readonly onChanged: () => void }

/** What desks looked for in vain, the most often first; each is closed with a reason, or an article begun for it. */
export function GapsPanel({ page, onChanged }: Props) {
  const { t } = useTranslation('articles')
  const [ended, setEnded] = useEnded()
  const asked = useAsked(gapListSchema, `/kb/gaps?ended=${ended}`)
  const { closing, setClosing, outcome, close } = useClosing(t('gaps.closed'), () => {
    asked.refresh()
    onChanged()
  })
  const gaps = asked.value?.gaps ?? null
  return (
    <>
      <EndedList
        page={page}
        kind="gaps"
        ended={ended}
        onEnded={setEnded}
        count={gaps?.length ?? null}
        failure={asked.failure}
      >
        {gaps?.map((gap) => (
          <li key={gap.words}>
            <Gap gap={gap} />
            {gap.closedAt === null && !page.looks && (
              <div className={css.row}>
                <Button onClick={() => write(page, gap.words)}>{t('gaps.write')}</Button>
                <Button aria-expanded={closing === gap.words} onClick={() => setClosing(gap.words)}>
                  {t('gaps.close')}
                </Button>
              </div>
            )}
            {closing === gap.words && (
              <WhyForm
                wanted
                words={t('gaps.close')}
                working={false}
                onLeave={() => setClosing(null)}
                onSend={(why) => void close('/kb/gaps/close', { words: gap.words, why })}
              />
            )}
          </li>
        ))}
      </EndedList>
      <OutcomeWords outcome={outcome} />
    </>
  )
}

/** Begins an article that answers what was looked for; what was being written of another new one stays. */
function write(page: KbPage, words: string): void {
  const { fields, owner } = useTyped.getState()[NEW_ARTICLE] ?? { fields: emptyFields, owner: null }
  const title = fields.title === '' ? words : fields.title
  const questions = fields.questions.includes(words) ? fields.questions : [...fields.questions, words]
  keepTyped(NEW_ARTICLE, { fields: { ...fields, title, questions }, owner, edition: 0 })
  page.goTo(NEW_ARTICLE)
}

function Gap({ gap: { words, times, desks, lastAt, closedAt, closedBy, why } }: { readonly gap: ArticleGap }) {
  const { t } = useTranslation('articles')
  return (
    <>
      <b>{words}</b>
      <p className={css.note}>{t('gaps.times', { times, desks, time: dayAndTime(lastAt) })}</p>
      {closedAt !== null && (
        <p className={css.note}>
          {t('tasks.result', { time: dayAndTime(closedAt), by: closedBy ?? '', why: why ?? '' })}
        </p>
      )}
    </>
  )
}
