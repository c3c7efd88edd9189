import { Button } from '@mantine/core'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cleanFields } from '../../../shared/kb/article-life-fields.ts'
import { madeArticleSchema } from '../../../shared/kb/article-life-page.ts'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { ask } from '../api.ts'
import submitCss from '../submit.module.css'
import { ArticleForm } from './article-form.tsx'
import { dropTyped, emptyFields, keepTyped, settleTyped, typedNow, useTyped } from './article-typed.ts'
import { NEW_ARTICLE, type KbPage } from './kb-page.ts'
import css from './kb.module.css'
import { countSheetFlaws } from '../../../shared/kb/sheet-editing.ts'
import { UnfinishedSheets } from './sheets/unfinished-sheets.tsx'
import { OutcomeWords, type Outcome } from './outcome.tsx'

/** The edition of an article that has just begun. */
const FIRST_EDITION = 1

type Props = { readonly page: KbPage; readonly onChanged: () => void; readonly onMade?: (id: string) => void }

/** Begins an article; what was typed stands until it is saved, wherever one looks meanwhile. */
export function NewArticle({ page, onChanged, onMade }: Props) {
  const { t } = useTranslation('articles')
  const heading = useFocusBack<HTMLHeadingElement>()
  const typed = useTyped((all) => all[NEW_ARTICLE]) ?? { fields: emptyFields, owner: null, edition: 0 }
  // The same words once more, because the answer was lost, are the same beginning.
  const begun = useRef({ text: '', id: '' })
  const [outcome, setOutcome] = useState<Outcome>(null)
  const [working, setWorking] = useState(false)
  const { fields, owner } = typed
  const unfinished = countSheetFlaws(cleanFields(fields).sheets)
  const isWritten = fields.title.trim() !== '' && fields.body.trim() !== '' && fields.validUntil !== ''
  const ready = !working && isWritten && unfinished === 0
  const save = async () => {
    setWorking(true)
    const sent = typedNow(NEW_ARTICLE)
    const text = JSON.stringify([fields, owner])
    if (begun.current.text !== text) begun.current = { text, id: crypto.randomUUID() }
    const json = { made: begun.current.id, fields: cleanFields(fields), owner }
    const answer = await ask(madeArticleSchema, `${page.base}/articles`, { method: 'POST', json })
    setWorking(false)
    if (!answer.ok) return setOutcome({ failure: answer.error })
    settleTyped(NEW_ARTICLE, sent, FIRST_EDITION, answer.value.id)
    onMade?.(answer.value.id)
    onChanged()
    page.goTo(answer.value.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey) return
    event.preventDefault()
    if (ready) void save()
  }
  const title = t(page.party === 'unit' ? 'propose' : 'add')
  return (
    <div className={css.panel} onKeyDown={onKeyDown} role="group" aria-label={title}>
      <a className={css.back} href={page.hrefTo()}>
        {t('back')}
      </a>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <ArticleForm
        written={typed}
        units={page.units}
        onChange={(next) => keepTyped(NEW_ARTICLE, { ...next, edition: 0 })}
      />
      <OutcomeWords outcome={outcome} />
      <div className={css.row}>
        <Button
          className={`${submitCss.submit} ${css.key}`}
          variant="filled"
          disabled={!ready}
          onClick={() => void save()}
        >
          {t('save')}
          <kbd aria-hidden>Ctrl ↵</kbd>
        </Button>
        <Button onClick={() => dropTyped(NEW_ARTICLE)}>{t('discardTyped')}</Button>
        <UnfinishedSheets number={unfinished} />
      </div>
    </div>
  )
}
