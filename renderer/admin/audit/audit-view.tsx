import { Button, Input } from '@mantine/core'
import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { auditListSchema } from '../../../shared/admin/audit-page.ts'
import { auditActions } from '../../../shared/audit-action.ts'
import lineCss from '../../page/lines.module.css'
import submitCss from '../../page/submit.module.css'
import workCss from '../../page/work.module.css'
import { SelectField, TextField } from '../field.tsx'
import css from '../panel.module.css'
import { ReadFailure } from '../read-failure.tsx'
import { usePages } from '../../page/use-pages.ts'
import { ChainPanel } from './chain-panel.tsx'
import { Entry } from './entry.tsx'

type Filter = { readonly who: string; readonly action: string; readonly day: string }
const all: Filter = { who: '', action: '', day: '' }

/** Who did what: found by person, kind and day, and whether the chain of it holds. */
export function AuditView() {
  const { t } = useTranslation('admin')
  const [filter, setFilter] = useState(all)
  const list = usePages(auditListSchema, `/admin/audit?${new URLSearchParams(filter)}`)
  const entries = list.pages?.flatMap((page) => page.entries) ?? []
  return (
    <>
      <div className={`${workCss.list} ${css.stack}`}>
        <FilterForm onFilter={setFilter} onSame={list.refresh} filter={filter} />
        <ChainPanel />
      </div>
      {/* Nothing in it takes the focus: it is scrolled by the keys as a whole. */}
      <section className={workCss.beside} aria-label={t('audit.list')} tabIndex={0}>
        <div className={lineCss.panel}>
          <ReadFailure failure={list.failure} />
          {list.pages === null && list.failure === null && <p className={lineCss.empty}>{t('loading')}</p>}
          {list.pages !== null && entries.length === 0 && <p className={lineCss.empty}>{t('audit.none')}</p>}
          <ul className={lineCss.lines}>
            {entries.map((entry) => (
              <Entry key={entry.seq} entry={entry} />
            ))}
          </ul>
          {list.more !== null && (
            <Button className={lineCss.more} onClick={list.more}>
              {t('more')}
            </Button>
          )}
        </div>
      </section>
    </>
  )
}

type FormProps = {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  /** The same once more: read it anew. */
  readonly onSame: () => void
}

function FilterForm({ filter, onFilter, onSame }: FormProps) {
  const { t } = useTranslation('admin')
  const [typed, setTyped] = useState(filter)
  const day = useId()
  const kinds = auditActions.map((action) => ({ value: action, words: t(`audit.action.${action}`) }))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (JSON.stringify(typed) === JSON.stringify(filter)) onSame()
    else onFilter(typed)
  }
  return (
    <form className={css.panel} role="search" aria-label={t('audit.filter')} onSubmit={onSubmit}>
      <TextField
        label={t('audit.who')}
        value={typed.who}
        maxLength={100}
        hint={t('audit.whoHint')}
        onChange={(who) => setTyped({ ...typed, who })}
      />
      <SelectField
        label={t('audit.kind')}
        value={typed.action}
        choices={[{ value: '', words: t('audit.allKinds') }, ...kinds]}
        onChange={(action) => setTyped({ ...typed, action })}
      />
      <div className={css.field}>
        <label htmlFor={day}>{t('audit.day')}</label>
        <Input
          id={day}
          type="date"
          value={typed.day}
          onChange={(event) => setTyped({ ...typed, day: event.currentTarget.value })}
        />
      </div>
      <Button className={submitCss.submit} type="submit" variant="filled">
        {t('audit.find')}
      </Button>
    </form>
  )
}
