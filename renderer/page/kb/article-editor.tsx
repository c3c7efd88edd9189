import { Button } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../../shared/errors.ts'
import { cleanFields, diffFields, sameFields, type ArticleFields } from '../../../shared/kb/article-life-fields.ts'
import { articleSteps, type ArticleLife, type ArticleStep } from '../../../shared/kb/article-life.ts'
import type { ArticleEvent } from '../../../shared/kb/article-life-page.ts'
import submitCss from '../submit.module.css'
import { ArticleForm } from './article-form.tsx'
import { ArticlePreview } from './article-preview.tsx'
import { dropTyped, emptyFields, keepTyped, useTyped, type Typed, type Written } from './article-typed.ts'
import { FieldChanges } from './field-changes.tsx'
import type { KbPage } from './kb-page.ts'
import css from './kb.module.css'
import { countSheetFlaws } from '../../../shared/kb/sheet-editing.ts'
import { UnfinishedSheets } from './sheets/unfinished-sheets.tsx'

type Props = {
  readonly page: KbPage
  readonly life: ArticleLife
  readonly events: readonly ArticleEvent[]
  readonly working: boolean
  readonly onTake: (step: ArticleStep, edition: number) => Promise<Result<unknown>>
}

/** Writes an article; what somebody else did meanwhile is shown beside what was typed, and nothing of that is lost. */
export function ArticleEditor({ page, life, events, working, onTake }: Props) {
  const { t } = useTranslation('articles')
  const typed = useTyped((all) => all[life.id])
  const stands = life.draft?.fields ?? life.published ?? emptyFields
  const forbidden = page.looks ? 'looks' : articleSteps.edit.unless(life, page.party)
  if (forbidden !== null && typed === undefined)
    return (
      <>
        <p className={css.note}>{t(page.looks ? 'readOnly' : 'inReview')}</p>
        <ArticlePreview fields={stands} />
        <Against published={life.published} fields={stands} />
      </>
    )
  const written: Written = typed ?? { fields: stands, owner: life.owner }
  const edition = typed?.edition ?? life.edition
  const isNew = !sameFields(cleanFields(written.fields), stands) || written.owner !== life.owner
  // What was typed while it was being saved stands upon an edition that is still to be read.
  const late = typed !== undefined && typed.edition < life.edition
  // A draft that another version was published over is saved once more by who has seen that one.
  const overtaken = life.draft !== null && life.draft.base !== life.version
  const unfinished = countSheetFlaws(cleanFields(written.fields).sheets)
  const ready = !working && !late && unfinished === 0 && (isNew || overtaken)
  const save = () => {
    const owner = page.party === 'editor' ? { owner: written.owner } : {}
    if (ready) void onTake({ type: 'edit', fields: cleanFields(written.fields), ...owner }, edition)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey) return
    event.preventDefault()
    save()
  }
  return (
    <div className={css.editor} onKeyDown={onKeyDown} role="group" aria-label={t('parts.edit')}>
      {late && <Late typed={typed} life={life} stands={stands} by={events[0]?.by ?? null} />}
      <ArticleForm written={written} units={page.units} onChange={(next) => keepTyped(life.id, { ...next, edition })} />
      <div className={css.row}>
        <Button className={`${submitCss.submit} ${css.key}`} variant="filled" disabled={!ready} onClick={save}>
          {t('save')}
          <kbd aria-hidden>Ctrl ↵</kbd>
        </Button>
        {typed !== undefined && (
          <>
            <Button onClick={() => dropTyped(life.id)}>{t('discardTyped')}</Button>
            <span className={css.note}>{t('typed')}</span>
          </>
        )}
        <UnfinishedSheets number={unfinished} />
      </div>
      <Against published={life.published} fields={written.fields} />
    </div>
  )
}

type LateProps = {
  readonly typed: Typed
  readonly life: ArticleLife
  readonly stands: ArticleFields
  readonly by: string | null
}

function Late({ typed, life, stands, by }: LateProps) {
  const { t } = useTranslation('articles')
  return (
    <div className={css.warn} role="alert">
      <span>{t('outdated', { edition: life.edition, by: by ?? t('by.program') })}</span>
      <b>{t('differs')}</b>
      <FieldChanges changes={diffFields(stands, cleanFields(typed.fields))} />
      <Button onClick={() => keepTyped(life.id, { ...typed, edition: life.edition })}>{t('goOn')}</Button>
    </div>
  )
}

/** What is written against what is published. */
function Against({ published, fields }: { readonly published: ArticleFields | null; readonly fields: ArticleFields }) {
  const { t } = useTranslation('articles')
  if (published === null) return <p className={css.note}>{t('newArticle')}</p>
  const changes = diffFields(published, cleanFields(fields))
  if (changes.length === 0) return <p className={css.note}>{t('sameAsPublished')}</p>
  return (
    <section className={css.section} aria-label={t('changes')}>
      <h3>{t('changes')}</h3>
      <FieldChanges changes={changes} />
    </section>
  )
}
