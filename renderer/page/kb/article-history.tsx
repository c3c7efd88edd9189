import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { diffFields, type ArticleFields } from '../../../shared/kb/article-life-fields.ts'
import type { ArticleLife, ArticleStep } from '../../../shared/kb/article-life.ts'
import { articleEditionSchema, type ArticleEvent } from '../../../shared/kb/article-life-page.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { useAsked } from '../use-asked.ts'
import { WhyForm } from './article-steps.tsx'
import { ArticlePreview } from './article-preview.tsx'
import { useKbFailureWords } from './failure-words.ts'
import { FieldChanges } from './field-changes.tsx'
import { articlePath, type KbPage } from './kb-page.ts'
import css from './kb.module.css'

type Props = {
  readonly page: KbPage
  readonly life: ArticleLife
  readonly events: readonly ArticleEvent[]
  readonly onTake: (step: ArticleStep) => void
  readonly working: boolean
}

/** All that happened to an article, the newest first: who, when, why, and what was written then. */
export function ArticleHistory({ page, life, events, onTake, working }: Props) {
  const { t } = useTranslation('articles')
  const [open, setOpen] = useState<number | null>(null)
  const who = ({ by, party }: ArticleEvent) => (by === null ? t('by.program') : t(`by.${party ?? 'editor'}`, { by }))
  return (
    <ul className={css.events}>
      {events.map((event, index) => {
        const { edition, step, at, why, version } = event
        const grew = version > (events[index + 1]?.version ?? 0)
        return (
          <li key={edition}>
            <b>{t(`step.${step}`)}</b> {grew && <span className={css.note}>{t('became', { version })}</span>}
            <p className={css.note}>
              {t('event', { time: at === 0 ? '—' : dayAndTime(at), by: who(event) })}
              {why !== '' && ` · ${why}`}
            </p>
            {(step === 'edit' || grew) && (
              <Button aria-expanded={open === edition} onClick={() => setOpen(open === edition ? null : edition)}>
                {t(open === edition ? 'hide' : 'look')}
              </Button>
            )}
            {open === edition && (
              <Then page={page} life={life} edition={edition}>
                {grew && version < life.version && page.party === 'editor' && !page.looks && (
                  <RollBack version={version} working={working} onTake={onTake} />
                )}
              </Then>
            )}
          </li>
        )
      })}
    </ul>
  )
}

type ThenProps = {
  readonly page: KbPage
  readonly life: ArticleLife
  readonly edition: number
  readonly children: React.ReactNode
}

/** What was written then, and how it differs from what is published now. */
function Then({ page, life, edition, children }: ThenProps) {
  const { t } = useTranslation('articles')
  const failureWords = useKbFailureWords()
  const { value, failure } = useAsked(articleEditionSchema, `${articlePath(page, life.id)}/editions/${edition}`)
  if (value === null) return <p className={css.note}>{failure === null ? t('loading') : failureWords(failure)}</p>
  return (
    <div className={css.section}>
      <ArticlePreview fields={value.fields} />
      {life.published !== null && <Differences fields={value.fields} stands={life.published} />}
      {children}
    </div>
  )
}

function Differences({ fields, stands }: { readonly fields: ArticleFields; readonly stands: ArticleFields }) {
  const { t } = useTranslation('articles')
  const changes = diffFields(fields, stands)
  if (changes.length === 0) return <p className={css.note}>{t('sameAsPublished')}</p>
  return (
    <>
      <h3>{t('thenAndNow')}</h3>
      <FieldChanges changes={changes} />
    </>
  )
}

type RollBackProps = {
  readonly version: number
  readonly working: boolean
  readonly onTake: (step: ArticleStep) => void
}

function RollBack({ version, working, onTake }: RollBackProps) {
  const { t } = useTranslation('articles')
  const [asked, setAsked] = useState(false)
  if (!asked)
    return (
      <div className={css.row}>
        <Button onClick={() => setAsked(true)}>{t('step.rollBack')}</Button>
      </div>
    )
  return (
    <WhyForm
      wanted
      words={t('step.rollBack')}
      working={working}
      onLeave={() => setAsked(false)}
      onSend={(why) => onTake({ type: 'rollBack', version, why })}
    />
  )
}
