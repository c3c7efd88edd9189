import { Button, Textarea } from '@mantine/core'
import { useId, useMemo, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { diffTable } from '../../../shared/tables/diff.ts'
import { placeOf, type Flaw, type FlawCode } from '../../../shared/tables/flaw.ts'
import type { TableName } from '../../../shared/tables/tables.ts'
import { flawedSchema, MOST_WHY, tableVersionSchema, type TableVersion } from '../../../shared/tables/versions.ts'
import { ask } from '../../page/api.ts'
import submitCss from '../../page/submit.module.css'
import { OutcomeWords, type Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { SureButton } from '../sure-button.tsx'
import { Changes, useKeyWords } from './changes.tsx'
import { changeDraft, discardDraft } from './draft-store.ts'
import type { TableDraft } from './table-draft.ts'
import { inOrder } from './in-order.ts'
import { useFlawWords } from './flaw-words.tsx'
import { isJson } from './read-json.ts'
import tableCss from './tables.module.css'

type Props = {
  readonly name: TableName
  readonly draft: TableDraft
  readonly standing: TableVersion
  readonly onPublished: (version: TableVersion) => void
  /** Another version stands by now: it is to be read. */
  readonly onOutdated: () => void
}

/** What would change, why, and its publication; what central finds wrong stands here by its place. */
export function PublishBox({ name, draft, standing, onPublished, onOutdated }: Props) {
  const { t } = useTranslation('admin')
  const why = useId()
  const [outcome, setOutcome] = useState<Outcome>(null)
  const body = useMemo(() => inOrder(name, draft), [name, draft])
  const changes = useMemo(() => diffTable(standing.body, body), [standing.body, body])
  const outdated = draft.base !== standing.version
  const broken = draft.text !== null && !isJson(draft.text)
  const ready = changes.length > 0 && draft.why.trim() !== '' && !broken
  const send = async () => {
    const flawed: Flaw[] = []
    const onRefusal = (told: unknown) => {
      const read = flawedSchema.safeParse(told)
      if (read.success) flawed.push(...read.data.flaws.map(({ path, code }) => ({ path, code: code as FlawCode })))
    }
    // Who publishes after another has seen the changes against what stands now, in the list above.
    const json = { base: standing.version, body, why: draft.why }
    const answer = await ask(tableVersionSchema, `/tables/${name}`, { method: 'PUT', json, onRefusal })
    if (answer.ok) {
      // First, for without the draft it is what stands that is shown, and changed by who writes on.
      onPublished(answer.value)
      discardDraft(name)
      return setOutcome({ words: t('tables.published', { version: answer.value.version }) })
    }
    if (flawed.length > 0) {
      setOutcome(null)
      // They are places of what was sent.
      return changeDraft(name, standing, { body, flaws: flawed })
    }
    if (answer.error.code === 'outdated') onOutdated()
    setOutcome({ failure: answer.error })
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void send()
  }
  return (
    <form className={css.section} onSubmit={onSubmit}>
      {outdated && (
        <p className={tableCss.outdated} role="alert">
          {t('tables.outdated', { version: standing.version })}
        </p>
      )}
      <h3>{t('tables.changes', { version: standing.version })}</h3>
      <Changes changes={changes} />
      <FlawList draft={draft} />
      <div className={css.field}>
        <label htmlFor={why}>{t('tables.why')}</label>
        <Textarea
          id={why}
          value={draft.why}
          maxLength={MOST_WHY}
          rows={2}
          onChange={(event) => changeDraft(name, standing, { why: event.currentTarget.value })}
        />
      </div>
      <OutcomeWords outcome={outcome} />
      <div className={css.row}>
        <Button className={submitCss.submit} type="submit" variant="filled" disabled={!ready}>
          {t('tables.publish')}
        </Button>
        <SureButton
          words={t('tables.discard')}
          sure={t('tables.discardSure')}
          disabled={changes.length === 0 && draft.text === null && draft.why === ''}
          onSure={() => discardDraft(name)}
        />
      </div>
    </form>
  )
}

function FlawList({ draft: { body, flaws } }: { readonly draft: TableDraft }) {
  const { t } = useTranslation('admin')
  const words = useFlawWords()
  const keyWords = useKeyWords()
  const inWords = (place: string) => place.split(' › ').map(keyWords).join(' › ')
  if (flaws.length === 0) return null
  return (
    <div role="alert" className={tableCss.flaws}>
      <b>{t('tables.flaws', { number: flaws.length })}</b>
      <ul>
        {flaws.map((flaw) => (
          <li key={`${flaw.path.join('/')} ${flaw.code}`}>
            {inWords(placeOf(body, flaw.path))}：{words(flaw.code)}
          </li>
        ))}
      </ul>
    </div>
  )
}
