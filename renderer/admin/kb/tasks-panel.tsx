import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { taskListSchema, type ArticleTask } from '../../../shared/kb/article-life-page.ts'
import { WhyForm } from '../../page/kb/article-steps.tsx'
import type { KbPage } from '../../page/kb/kb-page.ts'
import css from '../../page/kb/kb.module.css'
import { OutcomeWords } from '../../page/kb/outcome.tsx'
import { useAsked } from '../../page/use-asked.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { EndedList, useEnded } from './ended-list.tsx'
import { useClosing } from './use-closing.ts'

type Props = { readonly page: KbPage; readonly onChanged: () => void }

/** Answers that were found wrong in calls, the oldest first; each is closed with what came of it. */
export function TasksPanel({ page, onChanged }: Props) {
  const { t } = useTranslation('articles')
  const [ended, setEnded] = useEnded()
  const asked = useAsked(taskListSchema, `/kb/tasks?ended=${ended}`)
  const { closing, setClosing, outcome, close } = useClosing(t('tasks.closed'), () => {
    asked.refresh()
    onChanged()
  })
  const tasks = asked.value?.tasks ?? null
  return (
    <>
      <EndedList
        page={page}
        kind="tasks"
        ended={ended}
        onEnded={setEnded}
        count={tasks?.length ?? null}
        failure={asked.failure}
      >
        {tasks?.map((task) => (
          <li key={task.id}>
            <Task page={page} task={task} />
            {task.doneAt === null && !page.looks && (
              <>
                <Button aria-expanded={closing === task.id} onClick={() => setClosing(task.id)}>
                  {t('tasks.close')}
                </Button>
                {closing === task.id && (
                  <WhyForm
                    wanted
                    words={t('tasks.close')}
                    working={false}
                    onLeave={() => setClosing(null)}
                    onSend={(why) => void close(`/kb/tasks/${task.id}/close`, { why })}
                  />
                )}
              </>
            )}
          </li>
        ))}
      </EndedList>
      <OutcomeWords outcome={outcome} />
    </>
  )
}

function Task({ page, task }: { readonly page: KbPage; readonly task: ArticleTask }) {
  const { t } = useTranslation('articles')
  const { articleId, title, version, words, callId, caseId, by, at, doneAt, doneBy, why } = task
  const beside = [
    ...(callId === null ? [] : [t('tasks.call', { call: callId })]),
    ...(caseId === null ? [] : [t('tasks.case')]),
  ]
  return (
    <>
      <a className={css.link} href={page.hrefTo(articleId)}>
        {title ?? ''} · {articleId}
      </a>
      <p className={css.text}>{words}</p>
      <p className={css.note}>{[t('tasks.of', { time: dayAndTime(at), by, version }), ...beside].join(' · ')}</p>
      {doneAt !== null && (
        <p className={css.note}>{t('tasks.result', { time: dayAndTime(doneAt), by: doneBy ?? '', why: why ?? '' })}</p>
      )}
    </>
  )
}
