import { Button } from '@mantine/core'
import { useState, type ChangeEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberUnit } from '../../../shared/case/case-line.ts'
import type { articleWords } from '../../../shared/i18n/zh/articles.ts'
import {
  carriedSchema,
  carryPlanSchema,
  fileReasons,
  MOST_CARRIED_BYTES,
  OWN_OF_CENTRE,
  type CarryFormat,
  type CarryItem,
  type CarryPlan,
} from '../../../shared/kb/article-life-carry.ts'
import { ask } from '../../page/api.ts'
import { WhyForm } from '../../page/kb/article-steps.tsx'
import { FieldChanges } from '../../page/kb/field-changes.tsx'
import type { KbPage } from '../../page/kb/kb-page.ts'
import css from '../../page/kb/kb.module.css'
import { OutcomeWords, type Outcome } from '../../page/kb/outcome.tsx'
import { SelectField } from '../../page/select-field.tsx'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import lineCss from '../../page/lines.module.css'

type Chosen = { readonly query: Query; readonly file: File; readonly plan: CarryPlan }
type Query = { readonly format: CarryFormat; readonly owner?: string }
const formatOf = (name: string): CarryFormat =>
  /\.docx$/i.test(name) ? 'docx' : /\.json$/i.test(name) ? 'json' : 'csv'

/** Takes all articles away as a file, and brings a file in: what it would change is shown first. */
export function CarryPanel({ page, onChanged }: { readonly page: KbPage; readonly onChanged: () => void }) {
  const { t } = useTranslation('articles')
  const heading = useFocusBack<HTMLHeadingElement>()
  return (
    <section className={css.panel} aria-label={t('carry.title')}>
      <a className={css.back} href={page.hrefTo()}>
        {t('back')}
      </a>
      <h2 ref={heading} tabIndex={-1}>
        {t('carry.title')}
      </h2>
      <p className={css.note}>{t('carry.exportNote')}</p>
      <div className={css.row}>
        <Button component="a" href="/kb/export?format=csv" download>
          {t('carry.exportCsv')}
        </Button>
        <Button component="a" href="/kb/export?format=json" download>
          {t('carry.exportJson')}
        </Button>
      </div>
      {!page.looks && <Import units={page.units ?? []} onChanged={onChanged} />}
    </section>
  )
}

type ImportProps = { readonly units: readonly MemberUnit[]; readonly onChanged: () => void }

function Import({ units, onChanged }: ImportProps) {
  const { t } = useTranslation('articles')
  const fileWords = useFileWords()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const [working, setWorking] = useState(false)
  const [owner, setOwner] = useState('')

  const show = async (file: File, of: string) => {
    setOutcome(null)
    setChosen(null)
    if (file.size > MOST_CARRIED_BYTES) return setOutcome({ failure: { code: 'invalidInput', detail: 'tooLarge' } })
    const query: Query = { format: formatOf(file.name), ...(of === '' ? {} : { owner: of }) }
    setWorking(true)
    const sent = { name: file.name, bytes: file }
    const plan = await ask(carryPlanSchema, `/kb/import?${new URLSearchParams(query)}`, { method: 'POST', file: sent })
    setWorking(false)
    if (plan.ok) return setChosen({ query, file, plan: plan.value })
    const reason = fileReasons.find((one) => one === plan.error.detail)
    setOutcome(reason === undefined ? { failure: plan.error } : { bad: fileWords(reason) })
  }
  const apply = async (why: string, { query: asked, file, plan }: Chosen) => {
    setWorking(true)
    const query = new URLSearchParams({ ...asked, hash: plan.hash, why })
    const sent = { name: file.name, bytes: file }
    const answer = await ask(carriedSchema, `/kb/import/apply?${query}`, { method: 'POST', file: sent })
    setWorking(false)
    if (!answer.ok) {
      const isLate = answer.error.code === 'outdated'
      if (isLate) setChosen(null)
      return setOutcome(isLate ? { bad: t('carry.meanwhile') } : { failure: answer.error })
    }
    setChosen(null)
    setOutcome({ words: t('carry.applied', answer.value.counts) })
    onChanged()
  }
  const onFile = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? []
    // The same file, changed meanwhile, can be chosen once more.
    event.currentTarget.value = ''
    if (file !== undefined) void show(file, owner)
  }
  const changeOwner = (next: string) => {
    setOwner(next)
    if (chosen !== null) void show(chosen.file, next)
  }
  return (
    <div className={css.section}>
      <p className={css.note}>{t('carry.importNote')}</p>
      <SelectField
        label={t('carry.owner')}
        value={owner}
        disabled={working}
        choices={[
          { value: '', words: t('carry.byUnit') },
          { value: OWN_OF_CENTRE, words: t('centre') },
          ...units.map(({ id, name }) => ({ value: id, words: name })),
        ]}
        onChange={changeOwner}
      />
      <label className={css.field}>
        <span className={css.note}>{t('carry.file')}</span>
        <input type="file" accept=".csv,.json,.docx" disabled={working} onChange={onFile} />
      </label>
      {working && <p className={lineCss.empty}>{t('carry.looking')}</p>}
      {chosen !== null && (
        <>
          <Plan plan={chosen.plan} />
          {chosen.plan.counts.fresh + chosen.plan.counts.changed > 0 && (
            <WhyForm
              wanted
              words={t('carry.apply')}
              working={working}
              onLeave={() => setChosen(null)}
              onSend={(why) => void apply(why, chosen)}
            />
          )}
        </>
      )}
      <OutcomeWords outcome={outcome} />
    </div>
  )
}

function useFileWords(): (reason: (typeof fileReasons)[number]) => string {
  const { t } = useTranslation('articles')
  return (reason) => t(`carry.reason.${reason}`)
}

function Plan({ plan: { counts, states, items } }: { readonly plan: CarryPlan }) {
  const { t } = useTranslation('articles')
  const more = counts.fresh + counts.changed + counts.refused - items.length
  return (
    <>
      <p role="status">{t('carry.summary', counts)}</p>
      <p className={css.note}>{t('carry.states', states)}</p>
      {states.published > 0 && <p className={css.warn}>{t('carry.goesLive', { number: states.published })}</p>}
      <ul className={css.events} data-testid="plan">
        {items.map((item) => (
          <li key={item.row}>
            <Item item={item} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={css.note}>{t('carry.more', { number: more })}</p>}
    </>
  )
}

type Field = keyof typeof articleWords.field

function Item({ item: { row, kind, id, title, changes, state, reason, field } }: { readonly item: CarryItem }) {
  const { t, i18n } = useTranslation('articles')
  const isField = (name: string): name is Field => i18n.exists(`articles:field.${name}`)
  const named = field === undefined ? '' : isField(field) ? t(`field.${field}`) : field
  return (
    <>
      <b>
        {t(`carry.${kind}`)} · {title} {id}
      </b>
      <p className={css.note} data-bad={kind === 'refused' || undefined}>
        {t('carry.row', { row })}
        {state !== undefined && ` · ${t(`state.${state}`)}`}
        {reason !== undefined && `：${t(`carry.reason.${reason}`, { field: named })}`}
      </p>
      {kind === 'changed' && <FieldChanges changes={changes} />}
      {kind === 'fresh' && <FieldChanges changes={changes.filter(({ field: name }) => name === 'owner')} />}
    </>
  )
}
