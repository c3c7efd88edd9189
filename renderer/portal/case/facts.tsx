import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import tree from '../../../shared/case/data/classification.json' with { type: 'json' }
import { maskCaller } from '../../../shared/people/mask-caller.ts'
import { particularLines } from '../../../shared/case/particular-lines.ts'
import type { Values } from '../../../shared/case/particulars.ts'
import { languageOf } from '../../ui/i18n.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { useUnitName } from '../list/list-store.ts'
import css from './case-page.module.css'
import type { OpenCase } from './case-store.ts'

/** Both levels of a code by their names: 一级 › 二级; the code itself where it is none of ours. */
function classificationOf(code: string): string {
  for (const first of tree) {
    const second = first.children.find((child) => child.code === code)
    if (second !== undefined) return `${first.name} › ${second.name}`
  }
  return code
}

/** What the citizen raised, where, and how to reach her. */
export function Facts({ found: { record, caller, reporterHidden, fields } }: { readonly found: OpenCase }) {
  const { t } = useTranslation('portal')
  const { t: common } = useTranslation()
  const unitName = useUnitName()
  const { groups, life, openedAt } = record
  const { kind, code } = groups.classification
  const { district, street, address } = groups.place
  const place = [district, street, address].filter((part) => part !== null && part !== '').join(' ')
  const named = kind === null ? '' : common(`form.kinds.${kind}`)
  return (
    <section className={css.facts}>
      <dl>
        <Fact label={t('case.openedAt')}>
          {monthDay(openedAt)} {timeOfDay(openedAt)}
        </Fact>
        <Fact label={t('case.kind')}>
          {[named, code === null ? '' : classificationOf(code)].filter(Boolean).join(' · ')}
        </Fact>
        <Fact label={t('case.place')}>{place === '' ? t('case.noPlace') : place}</Fact>
        {reporterHidden ? (
          <Fact label={t('case.caller')}>{t('case.reporterHidden')}</Fact>
        ) : (
          <Caller key={record.caseId} caller={caller} fields={fields} />
        )}
        <Particulars fields={fields} values={groups.particulars.values} />
        {life.unit !== null && <Fact label={t('case.lead')}>{unitName(life.unit)}</Fact>}
        {life.others.length > 0 && <Fact label={t('case.others')}>{life.others.map(unitName).join('、')}</Fact>}
      </dl>
      <h3>{t('case.content')}</h3>
      <p className={css.text}>{groups.content.text}</p>
      {life.answer !== null && (
        <>
          <h3>{t('case.answer')}</h3>
          <p className={css.text} data-testid="answer">
            {life.answer}
          </p>
        </>
      )}
    </section>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What was asked beyond the fixed fields, with the labels of then. */
function Particulars({ fields, values }: Pick<OpenCase, 'fields'> & { readonly values: Values }) {
  const { t, i18n } = useTranslation()
  const language = languageOf(i18n)
  return particularLines({ fields }, values).map(({ id, label, value }) => (
    <Fact key={id} label={label?.[language] ?? t('form.otherRecord')}>
      {value[language]}
    </Fact>
  ))
}

/** Masked until it is wanted: others look at the screen, too. Who opened the case stands in the audit already. */
function Caller({ caller, fields }: Pick<OpenCase, 'caller' | 'fields'>) {
  const { t } = useTranslation('portal')
  const [whole, setWhole] = useState(false)
  if (caller === null) return <Fact label={t('case.caller')}>{t('case.noCaller')}</Fact>
  const { name, phone, papers = {} } = whole ? caller : maskCaller(caller, { fields })
  return (
    <>
      <Fact label={t('case.caller')}>
        <span className={css.caller}>
          <span data-testid="caller">{[name, phone].filter(Boolean).join(' ') || t('case.noCaller')}</span>
          {whole && phone !== '' && <a href={`tel:${phone}`}>{t('case.phone')}</a>}
          <Button aria-pressed={whole} onClick={() => setWhole(!whole)}>
            {whole ? t('case.hide') : t('case.show')}
          </Button>
        </span>
      </Fact>
      <Particulars fields={fields} values={papers} />
    </>
  )
}
